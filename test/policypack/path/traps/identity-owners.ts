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
/** The account says that Default Host Management provides no role. */
const off = plus(settingOf("$None", { status: "Default" }));
/** It provides this role. */
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

/** What else decides about the role of the agent: Default Host Management, trust policies, owners of attachments. */
export const identityOwners: readonly Trap[] = [
  {
    title: "a role with all of S3 and nothing else, where Default Host Management is off",
    why: "AmazonS3FullAccess allows no action of Systems Manager",
    resources: stack(endpointOnly, off, set("core", { policyArn: "arn:aws:iam::aws:policy/AmazonS3FullAccess" })),
    blocks: ["identity", `${lacks}, and ${turnedOff}`],
  },
  {
    title: "a role with a broad policy that is not known, where Default Host Management is off",
    why: "it may allow the actions of the agent",
    resources: stack(
      endpointOnly,
      off,
      set("core", { policyArn: "arn:aws:iam::aws:policy/AmazonWorkSpacesFullAccess" }),
    ),
    leavesUnknown: ["identity"],
  },
  {
    title: "no instance profile, where Default Host Management is off",
    why: "nothing gives the agent a role",
    resources: stack(endpointOnly, off, set("web", { iamInstanceProfile: undefined })),
    blocks: ["identity", `there is no instance profile, and ${turnedOff}`],
  },
  {
    title: "no instance profile, where Default Host Management has a role",
    why: "the agent gets that role",
    resources: stack(endpointOnly, on, set("web", { iamInstanceProfile: undefined })),
    advice: ["note-identity"],
  },
  {
    title: "no instance profile, where the role of Default Host Management is from elsewhere",
    why: "what it grants is not in the stack",
    resources: stack(endpointOnly, plus(settingOf("other")), set("web", { iamInstanceProfile: undefined })),
    leavesUnknown: ["identity"],
  },
  {
    title: "no instance profile, where the role of Default Host Management has no policy",
    why: "the agent is refused with it as well",
    resources: stack(endpointOnly, on, without("default-core"), set("web", { iamInstanceProfile: undefined })),
    blocks: [
      "identity",
      "there is no instance profile, and the role of Default Host Management Configuration does not allow `ssm:UpdateInstanceInformation`",
    ],
  },
  {
    title: "no instance profile, where the role of Default Host Management trusts EC2",
    why: "Systems Manager itself has to assume it",
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
    why: "the agent is refused",
    resources: stack(endpointOnly, off, without("core")),
    blocks: ["identity", `${lacks}, and ${turnedOff}`],
  },
  {
    title: "a role without policies, where Default Host Management has a role",
    why: "on AccessDenied the agent falls back to it",
    resources: stack(endpointOnly, on, without("core")),
    advice: ["note-identity"],
  },
  {
    title: "a role that may register the agent only, where Default Host Management has a role",
    why: "an agent that may register does not fall back",
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
    why: "EC2 gets no credentials of it",
    resources: stack(endpointOnly, off, without("instances"), plus(role("instances", "lambda.amazonaws.com"))),
    blocks: ["identity", `the role does not trust EC2, and ${turnedOff}`],
  },
  {
    title: "a trust policy for EC2 with another action",
    why: "without sts:AssumeRole it gives no credentials",
    resources: stack(endpointOnly, off, trusting({ ...trust, Action: "sts:TagSession" })),
    blocks: ["identity", `the role does not trust EC2, and ${turnedOff}`],
  },
  {
    title: "a trust policy for EC2 with all actions of sts",
    why: "sts:AssumeRole is one of them",
    resources: stack(endpointOnly, off, trusting({ ...trust, Action: "sts:*" })),
  },
  {
    title: "a trust policy for EC2 under a condition",
    why: "which keys EC2 sends is not documented",
    resources: stack(
      endpointOnly,
      off,
      trusting({ ...trust, Condition: { StringEquals: { "sts:ExternalId": "secret" } } }),
    ),
    leavesUnknown: ["identity"],
  },
  {
    title: "a trust policy for EC2 beside a Deny for EC2",
    why: "a Deny wins over each Allow",
    resources: stack(endpointOnly, off, trusting(trust, { ...trust, Effect: "Deny" })),
    blocks: ["identity", `the role does not trust EC2, and ${turnedOff}`],
  },
  {
    title: "a trust policy for EC2 beside a Deny for Lambda",
    why: "that is somebody else",
    resources: stack(
      endpointOnly,
      off,
      trusting(trust, { ...trust, Effect: "Deny", Principal: { Service: "lambda.amazonaws.com" } }),
    ),
  },
  {
    title: "an exclusive list of attachments without the core policy",
    why: "the provider detaches every policy that is not in it",
    resources: stack(endpointOnly, off, exclusive(["arn:aws:iam::aws:policy/CloudWatchAgentServerPolicy"])),
    blocks: [
      "identity",
      `the role does not allow \`ssm:UpdateInstanceInformation\`: \`exclusive\` detaches AmazonSSMManagedInstanceCore, and ${turnedOff}`,
    ],
  },
  {
    title: "an exclusive list of attachments with the core policy",
    why: "it stays",
    resources: stack(endpointOnly, off, exclusive([core])),
  },
  {
    title: "an exclusive list of attachments with a policy that is not known",
    why: "that policy may be the core policy",
    resources: stack(endpointOnly, off, exclusive([unknown])),
    leavesUnknown: ["identity"],
  },
  {
    title: "an exclusive list of attachments of another role",
    why: "it owns the attachments of that role alone",
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
    title: "an attachment of the core policy to a role that is not known",
    why: "this role may be that one",
    resources: stack(endpointOnly, off, set("core", { role: unknown })),
    leavesUnknown: ["identity"],
  },
  {
    title: "a PolicyAttachment of the core policy to roles that are not known",
    why: "this role may be one of them",
    resources: stack(endpointOnly, off, takingOver({ roles: [unknown] })),
    leavesUnknown: ["identity"],
  },
  {
    title: "a PolicyAttachment of the core policy to another role",
    why: "it owns every attachment of its policy in the account",
    resources: stack(endpointOnly, off, takingOver({ roles: ["other"] })),
    blocks: [
      "identity",
      `the role does not allow \`ssm:UpdateInstanceInformation\`: \`everywhere\` detaches AmazonSSMManagedInstanceCore, and ${turnedOff}`,
    ],
  },
  {
    title: "a PolicyAttachment of the core policy to this role as well",
    why: "it stays",
    resources: stack(endpointOnly, off, takingOver({ roles: ["other", "instances"] })),
  },
  {
    title: "a PolicyAttachment of another policy to another role",
    why: "it owns the attachments of its own policy alone",
    resources: stack(
      endpointOnly,
      off,
      takingOver({ roles: ["other"], policyArn: "arn:aws:iam::aws:policy/CloudWatchAgentServerPolicy" }),
    ),
  },
  {
    title: "an exclusive list of inline policies without the one that serves the agent",
    why: "the provider deletes every inline policy that is not in it",
    resources: exclusiveInline(["another"]),
    blocks: ["identity", `${lacks}, and ${turnedOff}`],
  },
  {
    title: "an exclusive list of inline policies with a name that is not known",
    why: "that may be the one that serves the agent",
    resources: exclusiveInline([unknown]),
    leavesUnknown: ["identity"],
  },
  {
    title: "an exclusive list of inline policies with the one that serves the agent",
    why: "it stays",
    resources: exclusiveInline(["own"]),
  },
];
