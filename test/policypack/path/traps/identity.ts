import { attachment, json, role } from "../../rules/examples";
import { agentActions } from "../../../../policypack/facts/agents";
import { aws, endpointOnly, plus, set, stack, without } from "./bases";
import type { Trap } from "./trap";

const core = "arn:aws:iam::aws:policy/AmazonSSMManagedInstanceCore";
const granting = (actions: readonly string[]) => json({ Effect: "Allow", Action: actions, Resource: "*" });

const customerManaged = (actions: readonly string[]) => [
  aws("iam/policy:Policy", "a-policy", {
    arn: "arn:aws:iam::123456789012:policy/a-policy",
    policy: granting(actions),
  }),
  attachment("a-attachment", "instances", "arn:aws:iam::123456789012:policy/a-policy"),
];
const boundaryArn = "arn:aws:iam::123456789012:policy/boundary";
const within = (policy: string) =>
  stack(
    endpointOnly,
    set("instances", { permissionsBoundary: boundaryArn }),
    plus(aws("iam/policy:Policy", "boundary", { id: boundaryArn, arn: boundaryArn, policy })),
  );
const denying = (Action: string | readonly string[]) =>
  stack(
    endpointOnly,
    set("instances", { inlinePolicies: [{ name: "own", policy: json({ Effect: "Deny", Action, Resource: "*" }) }] }),
  );

export const identity: readonly Trap[] = [
  {
    title: "no instance profile",
    why: "Default Host Management may provide a role, which is a setting of the account",
    resources: stack(endpointOnly, set("web", { iamInstanceProfile: undefined })),
    leavesUnknown: ["identity"],
  },
  {
    title: "an instance profile that is not in the stack",
    why: "its role is not in the stack",
    resources: stack(endpointOnly, set("web", { iamInstanceProfile: "made-elsewhere" })),
    leavesUnknown: ["identity"],
  },
  {
    title: "a role without policies",
    why: "the agent's requests are denied, and it falls back to Default Host Management, if the account has it",
    resources: stack(endpointOnly, without("core")),
    leavesUnknown: ["identity"],
  },
  {
    title: "a role without policies, of a fleet that a resource group may contain",
    why: "whether anything patches the fleet cannot be determined",
    resources: stack(
      endpointOnly,
      without("core"),
      set("web", { tags: {} }),
      set("window-target", { targets: [{ key: "resource-groups:Name", values: ["servers"] }] }),
    ),
    leavesUnknown: ["identity"],
  },
  {
    title: "a role without policies, of a fleet that Quick Setup does not target",
    why: "the fleet has another tag value",
    resources: stack(
      endpointOnly,
      without("core"),
      set("web", { tags: { Team: "web" } }),
      plus(
        aws("ssm/quicksetupConfigurationManager:QuicksetupConfigurationManager", "policy", {
          configurationDefinition: {
            type: "AWSQuickSetupType-PatchPolicy",
            parameters: { TargetType: "Tags", TargetTagKey: "Team", TargetTagValue: "db" },
          },
        }),
      ),
    ),
    leavesUnknown: ["identity"],
    advice: ["unmanaged"],
  },
  {
    title: "a role with an AWS managed policy for another service",
    why: "CloudWatchAgentServerPolicy does not allow the agent's registration",
    resources: stack(
      endpointOnly,
      without("core"),
      plus(attachment("s3-read", "instances", "arn:aws:iam::aws:policy/CloudWatchAgentServerPolicy")),
    ),
    leavesUnknown: ["identity"],
  },
  {
    title: "a role that Lambda may assume",
    why: "EC2 cannot assume the role, and the agent falls back to Default Host Management, if the account has it",
    resources: stack(endpointOnly, without("instances"), plus(role("instances", "lambda.amazonaws.com"))),
    leavesUnknown: ["identity"],
  },
  {
    title: "an instance profile without a role",
    why: "it provides no credentials",
    resources: stack(endpointOnly, set("profile", { role: undefined })),
    blocks: ["identity", "the instance profile has no role"],
  },
  {
    title: "AmazonSSMManagedInstanceCore in `managedPolicyArns`",
    why: "it is one of the ways to attach a policy",
    resources: stack(endpointOnly, without("core"), set("instances", { managedPolicyArns: [core] })),
  },
  {
    title: "AmazonSSMManagedInstanceCore by PolicyAttachment",
    why: "it is one of the ways to attach a policy",
    resources: stack(
      endpointOnly,
      without("core"),
      plus(aws("iam/policyAttachment:PolicyAttachment", "core", { policyArn: core, roles: ["instances"] })),
    ),
  },
  {
    title: "AmazonSSMManagedInstanceCore by PolicyAttachment to an IAM group",
    why: "the permissions of an IAM group do not apply to instances",
    resources: stack(
      endpointOnly,
      without("core"),
      plus(aws("iam/policyAttachment:PolicyAttachment", "core", { policyArn: core, groups: ["admins"] })),
    ),
    leavesUnknown: ["identity"],
  },
  {
    title: "the agent's actions in an inline policy",
    why: "only the permissions matter, not the policy that grants them",
    resources: stack(
      endpointOnly,
      without("core"),
      set("instances", { inlinePolicies: [{ name: "own", policy: granting(agentActions) }] }),
    ),
  },
  {
    title: "the agent's actions in a RolePolicy",
    why: "only the permissions matter, not the policy that grants them",
    resources: stack(
      endpointOnly,
      without("core"),
      plus(
        aws("iam/rolePolicy:RolePolicy", "own", {
          role: "instances",
          policy: granting(["ssm:*", "ssmmessages:*", "ec2messages:*"]),
        }),
      ),
    ),
  },
  {
    title: "the agent's actions in a customer managed policy",
    why: "the stack creates the policy, so its content is known",
    resources: stack(
      endpointOnly,
      without("core"),
      plus(
        aws("iam/policy:Policy", "own", {
          id: "arn:aws:iam::123456789012:policy/own",
          arn: "arn:aws:iam::123456789012:policy/own",
          policy: granting(agentActions),
        }),
        attachment("own-attached", "instances", "arn:aws:iam::123456789012:policy/own"),
      ),
    ),
  },
  {
    title: "an inline policy that lacks the actions of ssmmessages",
    why: "the agent registers but receives no commands",
    resources: stack(
      endpointOnly,
      without("core"),
      plus(aws("iam/rolePolicy:RolePolicy", "own", { role: "instances", policy: granting(["ssm:*"]) })),
    ),
    blocks: [
      "identity",
      "the role does not allow `ssmmessages:CreateControlChannel`, and AmazonSSMManagedInstanceCore is not attached to it",
    ],
  },
  {
    title: "a customer managed policy that is not in the stack",
    why: "its permissions are not in the stack",
    resources: stack(
      endpointOnly,
      set("core", { policyArn: "arn:aws:iam::123456789012:policy/AmazonSSMManagedInstanceCore" }),
    ),
    leavesUnknown: ["identity"],
  },
  {
    title: "a permissions boundary that is not in the stack",
    why: "it may limit what the policies grant",
    resources: stack(
      endpointOnly,
      set("instances", { permissionsBoundary: "arn:aws:iam::123456789012:policy/boundary" }),
    ),
    leavesUnknown: ["identity"],
  },
  {
    title: "a permissions boundary that allows the agent's actions",
    why: "the stack creates the policy, so its content is known",
    resources: within(granting(["ssm:*", "ssmmessages:*", "s3:*"])),
  },
  {
    title: "a permissions boundary for one Region, which is the fleet's",
    why: "the Region of the agent's requests is known",
    resources: within(
      json({
        Effect: "Allow",
        Action: "*",
        Resource: "*",
        Condition: { StringEquals: { "aws:RequestedRegion": "eu-west-1" } },
      }),
    ),
  },
  {
    title: "a permissions boundary that lacks the actions of ssmmessages",
    why: "the role's effective permissions are limited by the boundary",
    resources: within(granting(["ssm:*", "s3:*", "ec2:*"])),
    blocks: ["identity", "the permissions boundary of the role does not allow `ssmmessages:CreateControlChannel`"],
  },
  {
    title: "a permissions boundary for requests from one VPC",
    why: "whether the requests come from that VPC is not known here",
    resources: within(
      json({ Effect: "Allow", Action: "*", Resource: "*", Condition: { StringEquals: { "aws:SourceVpc": "vpc-1" } } }),
    ),
    leavesUnknown: ["identity"],
  },
  {
    title: "PowerUserAccess as the permissions boundary",
    why: "it excludes only actions of iam, organizations and account",
    resources: stack(
      endpointOnly,
      set("instances", { permissionsBoundary: "arn:aws:iam::aws:policy/PowerUserAccess" }),
    ),
  },
  {
    title: "CloudWatchAgentServerPolicy as the permissions boundary",
    why: "it does not allow the agent's actions",
    resources: stack(
      endpointOnly,
      set("instances", { permissionsBoundary: "arn:aws:iam::aws:policy/CloudWatchAgentServerPolicy" }),
    ),
    leavesUnknown: ["identity"],
  },
  {
    title: "an AWS managed policy that is not in our tables as the permissions boundary",
    why: "its permissions are not known",
    resources: stack(endpointOnly, set("instances", { permissionsBoundary: "arn:aws:iam::aws:policy/ReadOnlyAccess" })),
    leavesUnknown: ["identity"],
  },
  {
    title: "AmazonSSMManagedInstanceCore and an inline Deny of other actions",
    why: "the agent does not need the denied actions",
    resources: denying(["s3:DeleteBucket", "iam:*"]),
  },
  {
    title: "AmazonSSMManagedInstanceCore and an inline Deny of one of its actions",
    why: "an explicit Deny overrides any Allow",
    resources: denying("ssm:Get*"),
    blocks: ["identity", "a policy of the role denies `ssm:GetDeployablePatchSnapshotForInstance`"],
  },
  {
    title: "a customer managed policy for the agent's registration only, in addition to AmazonSSMManagedInstanceCore",
    why: "the AWS managed policy allows the agent's other actions",
    resources: stack(endpointOnly, plus(...customerManaged([agentActions[0]!]))),
  },
  {
    title: "a customer managed policy with the agent's actions that RolePolicyAttachmentsExclusive does not list",
    why: "it detaches every policy that is not in its list",
    resources: stack(
      endpointOnly,
      without("core"),
      plus(
        ...customerManaged(["ssm:*", "ssmmessages:*"]),
        aws("iam/rolePolicyAttachmentsExclusive:RolePolicyAttachmentsExclusive", "exclusive", {
          roleName: "instances",
          policyArns: [],
        }),
        aws("ssm/serviceSetting:ServiceSetting", "setting", {
          settingId: "/ssm/managed-instance/default-ec2-instance-management-role",
          settingValue: "$None",
          status: "Default",
        }),
      ),
    ),
    blocks: [
      "identity",
      "the role does not allow `ssm:UpdateInstanceInformation`: `exclusive` detaches the policy that allows it, and Default Host Management Configuration is turned off",
    ],
  },
];
