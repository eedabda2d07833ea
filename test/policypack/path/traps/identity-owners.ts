import { secretText } from "../../../../policypack/stack/special-values";
import { unknown } from "../../rules/analyze";
import { attachment, json, role } from "../../rules/examples";
import { aws, endpointOnly, plus, set, stack, without } from "./bases";
import type { Trap } from "./trap";

const core = "arn:aws:iam::aws:policy/AmazonSSMManagedInstanceCore";
const granting = (actions: readonly string[]) => json({ Effect: "Allow", Action: actions, Resource: "*" });
const lacks =
  "the role does not allow `ssm:UpdateInstanceInformation`, and AmazonSSMManagedInstanceCore is not attached to it";

const settingOf = (settingValue: string, others: object = {}) =>
  aws("ssm/serviceSetting:ServiceSetting", "setting", {
    settingId: "/ssm/managed-instance/default-ec2-instance-management-role",
    settingValue,
    ...others,
  });
/** Default Host Management is turned off in the account. */
const off = plus(settingOf("$None", { status: "Default" }));
/** Default Host Management provides this role. */
const on = plus(
  role("default", "ssm.amazonaws.com"),
  attachment("default-core", "default", "arn:aws:iam::aws:policy/AmazonSSMManagedEC2InstanceDefaultPolicy"),
  settingOf("service-role/default"),
);
const turnedOff = "Default Host Management Configuration is turned off";
const trusting = (...statements: readonly object[]) => set("instances", { assumeRolePolicy: json(...statements) });
const trust = { Effect: "Allow", Action: "sts:AssumeRole", Principal: { Service: "ec2.amazonaws.com" } };
const exclusive = (policyArns: readonly string[]) =>
  plus(
    aws("iam/rolePolicyAttachmentsExclusive:RolePolicyAttachmentsExclusive", "exclusive", {
      roleName: "instances",
      policyArns,
    }),
  );
const takingOver = (others: object) =>
  plus(aws("iam/policyAttachment:PolicyAttachment", "everywhere", { name: "everywhere", policyArn: core, ...others }));
const ownPolicy = aws("iam/rolePolicy:RolePolicy", "own", {
  name: "own",
  role: "instances",
  policy: granting(["ssm:*", "ssmmessages:*"]),
});
const exclusiveInline = (policyNames: readonly string[]) =>
  stack(
    endpointOnly,
    off,
    without("core"),
    plus(
      ownPolicy,
      aws("iam/rolePoliciesExclusive:RolePoliciesExclusive", "inline", { roleName: "instances", policyNames }),
    ),
  );

/** What else decides the permissions of the agent: Default Host Management, trust policies, exclusive attachments. */
export const identityOwners: readonly Trap[] = [
  {
    title: "a role with only AmazonS3FullAccess, where Default Host Management is off",
    why: "AmazonS3FullAccess allows no action of Systems Manager",
    resources: stack(endpointOnly, off, set("core", { policyArn: "arn:aws:iam::aws:policy/AmazonS3FullAccess" })),
    blocks: ["identity", `${lacks}, and ${turnedOff}`],
  },
  {
    title: "a role with a broad managed policy whose content is not known, where Default Host Management is off",
    why: "the policy may allow the agent's actions",
    resources: stack(
      endpointOnly,
      off,
      set("core", { policyArn: "arn:aws:iam::aws:policy/AmazonWorkSpacesFullAccess" }),
    ),
    leavesUnknown: ["identity"],
  },
  {
    title: "no instance profile, where Default Host Management is off",
    why: "the agent has no credentials from any role",
    resources: stack(endpointOnly, off, set("web", { iamInstanceProfile: undefined })),
    blocks: ["identity", `there is no instance profile, and ${turnedOff}`],
  },
  {
    title: "no instance profile, where Default Host Management provides a role",
    why: "the agent uses the role of Default Host Management",
    resources: stack(endpointOnly, on, set("web", { iamInstanceProfile: undefined })),
    advice: ["note-identity"],
  },
  {
    title: "no instance profile, where the role of Default Host Management is not in the stack",
    why: "the permissions of that role are not in the stack",
    resources: stack(endpointOnly, plus(settingOf("other")), set("web", { iamInstanceProfile: undefined })),
    leavesUnknown: ["identity"],
  },
  {
    title: "no instance profile, where the role of Default Host Management has no policy",
    why: "that role does not allow the agent's actions either",
    resources: stack(endpointOnly, on, without("default-core"), set("web", { iamInstanceProfile: undefined })),
    blocks: [
      "identity",
      "there is no instance profile, and the role of Default Host Management Configuration does not allow `ssm:UpdateInstanceInformation`",
    ],
  },
  {
    title: "no instance profile, where the role of Default Host Management trusts EC2",
    why: "Systems Manager has to assume that role",
    resources: stack(
      endpointOnly,
      on,
      without("default"),
      plus(role("default", "ec2.amazonaws.com")),
      set("web", { iamInstanceProfile: undefined }),
    ),
    blocks: [
      "identity",
      "there is no instance profile, and the role of Default Host Management Configuration does not trust Systems Manager",
    ],
  },
  {
    title: "a role without policies, where Default Host Management is off",
    why: "the agent's requests are denied",
    resources: stack(endpointOnly, off, without("core")),
    blocks: ["identity", `${lacks}, and ${turnedOff}`],
  },
  {
    title: "a role without policies, where Default Host Management provides a role",
    why: "on AccessDenied, the agent falls back to the role of Default Host Management",
    resources: stack(endpointOnly, on, without("core")),
    advice: ["note-identity"],
  },
  {
    title: "a role that allows only the agent's registration, where Default Host Management provides a role",
    why: "an agent that can register does not fall back",
    resources: stack(
      endpointOnly,
      on,
      without("core"),
      plus(
        aws("iam/rolePolicy:RolePolicy", "own", {
          role: "instances",
          policy: granting(["ssm:UpdateInstanceInformation"]),
        }),
      ),
    ),
    blocks: [
      "identity",
      "the role does not allow `ssm:GetDeployablePatchSnapshotForInstance`, and AmazonSSMManagedInstanceCore is not attached to it",
    ],
  },
  {
    title: "a role that Lambda may assume, where Default Host Management is off",
    why: "EC2 cannot assume the role",
    resources: stack(endpointOnly, off, without("instances"), plus(role("instances", "lambda.amazonaws.com"))),
    blocks: ["identity", `the role does not trust EC2, and ${turnedOff}`],
  },
  {
    title: "a trust policy that allows EC2 another action",
    why: "without sts:AssumeRole, EC2 cannot assume the role",
    resources: stack(endpointOnly, off, trusting({ ...trust, Action: "sts:TagSession" })),
    blocks: ["identity", `the role does not trust EC2, and ${turnedOff}`],
  },
  {
    title: "a trust policy that allows EC2 all actions of AWS STS",
    why: "`sts:*` includes sts:AssumeRole",
    resources: stack(endpointOnly, off, trusting({ ...trust, Action: "sts:*" })),
  },
  {
    title: "a trust policy for EC2 with a condition",
    why: "which condition keys EC2 sends is not documented",
    resources: stack(
      endpointOnly,
      off,
      trusting({ ...trust, Condition: { StringEquals: { "sts:ExternalId": "secret" } } }),
    ),
    leavesUnknown: ["identity"],
  },
  {
    title: "a trust policy for EC2 with a Deny for EC2",
    why: "an explicit Deny overrides any Allow",
    resources: stack(endpointOnly, off, trusting(trust, { ...trust, Effect: "Deny" })),
    blocks: ["identity", `the role does not trust EC2, and ${turnedOff}`],
  },
  {
    title: "a trust policy for EC2 with a Deny for Lambda",
    why: "the Deny applies to another principal",
    resources: stack(
      endpointOnly,
      off,
      trusting(trust, { ...trust, Effect: "Deny", Principal: { Service: "lambda.amazonaws.com" } }),
    ),
  },
  {
    title: "a RolePolicyAttachmentsExclusive without AmazonSSMManagedInstanceCore",
    why: "the provider detaches every policy that is not in the list",
    resources: stack(endpointOnly, off, exclusive(["arn:aws:iam::aws:policy/CloudWatchAgentServerPolicy"])),
    blocks: [
      "identity",
      `the role does not allow \`ssm:UpdateInstanceInformation\`: \`exclusive\` detaches AmazonSSMManagedInstanceCore, and ${turnedOff}`,
    ],
  },
  {
    title: "a RolePolicyAttachmentsExclusive with AmazonSSMManagedInstanceCore",
    why: "the provider keeps the policy",
    resources: stack(endpointOnly, off, exclusive([core])),
  },
  {
    title: "a RolePolicyAttachmentsExclusive with a policy ARN that is not known",
    why: "that policy may be AmazonSSMManagedInstanceCore",
    resources: stack(endpointOnly, off, exclusive([unknown])),
    leavesUnknown: ["identity"],
  },
  {
    title: "a RolePolicyAttachmentsExclusive for another role",
    why: "it manages only the attachments of that role",
    resources: stack(
      endpointOnly,
      off,
      plus(
        aws("iam/rolePolicyAttachmentsExclusive:RolePolicyAttachmentsExclusive", "exclusive", {
          roleName: "other",
          policyArns: [],
        }),
      ),
    ),
  },
  {
    title: "AmazonSSMManagedInstanceCore attached to a role that is not known",
    why: "it may be the fleet's role",
    resources: stack(endpointOnly, off, set("core", { role: unknown })),
    leavesUnknown: ["identity"],
  },
  {
    title: "a PolicyAttachment of AmazonSSMManagedInstanceCore to roles that are not known",
    why: "the fleet's role may be one of them",
    resources: stack(endpointOnly, off, takingOver({ roles: [unknown] })),
    leavesUnknown: ["identity"],
  },
  {
    title: "a PolicyAttachment of AmazonSSMManagedInstanceCore to another role",
    why: "it manages every attachment of its policy in the account",
    resources: stack(endpointOnly, off, takingOver({ roles: ["other"] })),
    blocks: [
      "identity",
      `the role does not allow \`ssm:UpdateInstanceInformation\`: \`everywhere\` detaches AmazonSSMManagedInstanceCore, and ${turnedOff}`,
    ],
  },
  {
    title: "a PolicyAttachment of AmazonSSMManagedInstanceCore to another role and the fleet's",
    why: "the provider keeps the policy",
    resources: stack(endpointOnly, off, takingOver({ roles: ["other", "instances"] })),
  },
  {
    title: "a PolicyAttachment of another policy to another role",
    why: "it manages only the attachments of its own policy",
    resources: stack(
      endpointOnly,
      off,
      takingOver({ roles: ["other"], policyArn: "arn:aws:iam::aws:policy/CloudWatchAgentServerPolicy" }),
    ),
  },
  {
    title: "a RolePoliciesExclusive without the inline policy for the agent",
    why: "the provider deletes every inline policy that is not in the list",
    resources: exclusiveInline(["another"]),
    blocks: ["identity", `${lacks}, and ${turnedOff}`],
  },
  {
    title: "a RolePoliciesExclusive with a name that is not known",
    why: "that may be the inline policy for the agent",
    resources: exclusiveInline([unknown]),
    leavesUnknown: ["identity"],
  },
  {
    title: "a RolePoliciesExclusive with the inline policy for the agent",
    why: "the provider keeps the policy",
    resources: exclusiveInline(["own"]),
  },
  {
    title: "an instance profile whose name is a secret",
    why: "which role it has cannot be determined",
    resources: stack(endpointOnly, set("web", { iamInstanceProfile: secretText })),
    leavesUnknown: ["identity"],
  },
  {
    title: "an instance profile with a role that is not in the stack",
    why: "the policies of the role are not in the stack",
    resources: stack(endpointOnly, set("profile", { role: "elsewhere" })),
    leavesUnknown: ["identity"],
  },
  {
    title: "no instance profile, where the trust policy of the role of Default Host Management is not known yet",
    why: "Systems Manager has to assume that role",
    resources: stack(
      endpointOnly,
      on,
      set("default", { assumeRolePolicy: unknown }),
      set("web", { iamInstanceProfile: undefined }),
    ),
    leavesUnknown: ["identity"],
  },
  {
    title: "no instance profile, where the role of Default Host Management has a policy whose content is not known",
    why: "the policy may allow the agent's actions",
    resources: stack(
      endpointOnly,
      on,
      set("default-core", { policyArn: "arn:aws:iam::aws:policy/AmazonWorkSpacesFullAccess" }),
      set("web", { iamInstanceProfile: undefined }),
    ),
    leavesUnknown: ["identity"],
  },
];
