import { attachment, json, role } from "../../rules/examples";
import { agentActions } from "../../../../policypack/facts/agents";
import { aws, endpointOnly, plus, set, stack, without } from "./bases";
import type { Trap } from "./trap";

const core = "arn:aws:iam::aws:policy/AmazonSSMManagedInstanceCore";
const granting = (actions: readonly string[]) => json({ Effect: "Allow", Action: actions, Resource: "*" });

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
    why: "Default Host Management may serve it, which is a setting of the account",
    resources: stack(endpointOnly, set("web", { iamInstanceProfile: undefined })),
    leavesUnknown: ["identity"],
  },
  {
    title: "an instance profile from elsewhere",
    why: "its role is not in the stack",
    resources: stack(endpointOnly, set("web", { iamInstanceProfile: "made-elsewhere" })),
    leavesUnknown: ["identity"],
  },
  {
    title: "a role without policies",
    why: "the agent is refused, and falls back to Default Host Management, if the account has it",
    resources: stack(endpointOnly, without("core")),
    leavesUnknown: ["identity"],
  },
  {
    title: "a role without policies, of a fleet that a resource group may hold",
    why: "nobody can say that nothing patches it, nor that something does",
    resources: stack(
      endpointOnly,
      without("core"),
      set("web", { tags: {} }),
      set("window-target", { targets: [{ key: "resource-groups:Name", values: ["servers"] }] }),
    ),
    leavesUnknown: ["identity"],
  },
  {
    title: "a role without policies, of a fleet that Quick Setup leaves out",
    why: "its tag is another one",
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
    title: "a role with a policy of AWS's about something else",
    why: "reading S3 registers no agent",
    resources: stack(
      endpointOnly,
      without("core"),
      plus(attachment("s3-read", "instances", "arn:aws:iam::aws:policy/CloudWatchAgentServerPolicy")),
    ),
    leavesUnknown: ["identity"],
  },
  {
    title: "a role that Lambda may assume",
    why: "EC2 gets no credentials of it, and the agent falls back to Default Host Management, if the account has it",
    resources: stack(endpointOnly, without("instances"), plus(role("instances", "lambda.amazonaws.com"))),
    leavesUnknown: ["identity"],
  },
  {
    title: "an instance profile without role",
    why: "it gives nothing",
    resources: stack(endpointOnly, set("profile", { role: undefined })),
    blocks: ["identity", "the instance profile has no role"],
  },
  {
    title: "the core policy by managedPolicyArns",
    why: "it is one of the ways of attaching",
    resources: stack(endpointOnly, without("core"), set("instances", { managedPolicyArns: [core] })),
  },
  {
    title: "the core policy by PolicyAttachment",
    why: "it is one of the ways of attaching",
    resources: stack(
      endpointOnly,
      without("core"),
      plus(aws("iam/policyAttachment:PolicyAttachment", "core", { policyArn: core, roles: ["instances"] })),
    ),
  },
  {
    title: "the core policy by PolicyAttachment on a group of users",
    why: "that is not about instances",
    resources: stack(
      endpointOnly,
      without("core"),
      plus(aws("iam/policyAttachment:PolicyAttachment", "core", { policyArn: core, groups: ["admins"] })),
    ),
    leavesUnknown: ["identity"],
  },
  {
    title: "the core actions by an inline policy",
    why: "what they grant counts, and not where they come from",
    resources: stack(
      endpointOnly,
      without("core"),
      set("instances", { inlinePolicies: [{ name: "own", policy: granting(agentActions) }] }),
    ),
  },
  {
    title: "the core actions by a RolePolicy",
    why: "what they grant counts, and not where they come from",
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
    title: "the core actions by a policy of the customer's",
    why: "the stack makes it, so it can be read",
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
    title: "a policy of the customer's that lacks ssmmessages",
    why: "the agent registers and gets no command",
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
    title: "a policy of the customer's from elsewhere",
    why: "what it grants is not in the stack",
    resources: stack(
      endpointOnly,
      set("core", { policyArn: "arn:aws:iam::123456789012:policy/AmazonSSMManagedInstanceCore" }),
    ),
    leavesUnknown: ["identity"],
  },
  {
    title: "a permissions boundary from elsewhere",
    why: "it may take away what the policies grant",
    resources: stack(
      endpointOnly,
      set("instances", { permissionsBoundary: "arn:aws:iam::123456789012:policy/boundary" }),
    ),
    leavesUnknown: ["identity"],
  },
  {
    title: "a permissions boundary that admits the agent's actions",
    why: "the stack makes it, so it can be read",
    resources: within(granting(["ssm:*", "ssmmessages:*", "s3:*"])),
  },
  {
    title: "a permissions boundary for one region, which is the fleet's",
    why: "that the calls go to this region is known",
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
    title: "a permissions boundary that lacks ssmmessages",
    why: "what the role has counts within the boundary only",
    resources: within(granting(["ssm:*", "s3:*", "ec2:*"])),
    blocks: ["identity", "the permissions boundary of the role does not allow `ssmmessages:CreateControlChannel`"],
  },
  {
    title: "a permissions boundary for requests from one VPC",
    why: "by which way the calls come is not known here",
    resources: within(
      json({ Effect: "Allow", Action: "*", Resource: "*", Condition: { StringEquals: { "aws:SourceVpc": "vpc-1" } } }),
    ),
    leavesUnknown: ["identity"],
  },
  {
    title: "PowerUserAccess as permissions boundary",
    why: "it leaves out iam, organizations and account only",
    resources: stack(
      endpointOnly,
      set("instances", { permissionsBoundary: "arn:aws:iam::aws:policy/PowerUserAccess" }),
    ),
  },
  {
    title: "CloudWatchAgentServerPolicy as permissions boundary",
    why: "it grants nothing of Systems Manager",
    resources: stack(
      endpointOnly,
      set("instances", { permissionsBoundary: "arn:aws:iam::aws:policy/CloudWatchAgentServerPolicy" }),
    ),
    leavesUnknown: ["identity"],
  },
  {
    title: "a policy of AWS's that our tables lack as permissions boundary",
    why: "what it grants is not known here",
    resources: stack(endpointOnly, set("instances", { permissionsBoundary: "arn:aws:iam::aws:policy/ReadOnlyAccess" })),
    leavesUnknown: ["identity"],
  },
  {
    title: "the core policy beside an inline Deny of something else",
    why: "the agent does not delete buckets",
    resources: denying(["s3:DeleteBucket", "iam:*"]),
  },
  {
    title: "the core policy beside an inline Deny of one of its actions",
    why: "a Deny wins over each Allow",
    resources: denying("ssm:Get*"),
    blocks: ["identity", "a policy of the role denies `ssm:GetDeployablePatchSnapshotForInstance`"],
  },
];
