import { accountId } from "../account";
import { arnIn, atMostOneOf, given, knownText, knownTexts, pattern, policyDocument, within } from "./checks";
import { type Check, type TypeRow, constant, iamArn, iamUniqueId, idFromInput, idFromInputs } from "./row";

/** Limits and character sets: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html. */
const nameOfIam = (property: string, longest: number): Check =>
  pattern(property, new RegExp(`^[\\w+=,.@-]{1,${longest}}$`), `1 to ${longest} letters, digits or +=,.@-_`);

const path = pattern("path", /^\/([!-~]+\/)?$/, "a path that begins and ends with /");

/** At most ten by AWS's default quota. */
const atMostTenPolicies =
  (property: string): Check =>
  ({ inputs }) => {
    const { length } = knownTexts(inputs, property);
    return length <= 10
      ? undefined
      : { property, reason: `has ${length} policies; expected at most 10 (LimitExceeded)` };
  };

const inlinePolicies: Check = (request) => {
  const policies = request.inputs["inlinePolicies"];
  for (const policy of Array.isArray(policies) ? policies : []) {
    const wrong = policyDocument("policy", "role")({ ...request, inputs: policy as never });
    if (wrong) return { property: "inlinePolicies", reason: wrong.reason };
  }
  return undefined;
};

const somebodyToAttachTo: Check = ({ inputs }) =>
  ["users", "roles", "groups"].some((name) => given(inputs, name))
    ? undefined
    : { property: "roles", reason: "no users, roles or groups are given; expected at least one" };

const attachment = (to: "role" | "user" | "group"): TypeRow => ({
  id: ({ text, hex }) => `${text(to)}-${hex(26, "attachment")}`,
  replaceOn: [to, "policyArn"],
  checks: [arnIn("policyArn")],
  global: true,
});

const inlinePolicy = (of: "role" | "user" | "group"): TypeRow => ({
  id: ({ text }) => `${text(of)}:${text("name")}`,
  autoname: { input: "name", maxLength: 128 },
  replaceOn: [of, "name", "namePrefix"],
  checks: [policyDocument("policy", of), nameOfIam("name", 128)],
  global: true,
});

const exclusive = (of: "role" | "user" | "group"): TypeRow => ({
  id: idFromInput(`${of}Name`),
  replaceOn: [`${of}Name`],
  global: true,
});

export const iam: Readonly<Record<string, TypeRow>> = {
  "aws:iam/role:Role": {
    id: idFromInput("name"),
    computed: {
      arn: iamArn("role"),
      createDate: constant("2026-11-21T00:00:00Z"),
      inlinePolicies: constant([]),
      managedPolicyArns: constant([]),
      uniqueId: iamUniqueId("AROA"),
    },
    autoname: { input: "name", maxLength: 64 },
    defaults: { forceDetachPolicies: false, maxSessionDuration: 3600, path: "/" },
    replaceOn: ["name", "namePrefix", "path"],
    checks: [
      policyDocument("assumeRolePolicy", "trust"),
      nameOfIam("name", 64),
      path,
      inlinePolicies,
      atMostTenPolicies("managedPolicyArns"),
      within("maxSessionDuration", 3600, 43_200),
      arnIn("permissionsBoundary"),
      atMostOneOf("name", "namePrefix"),
    ],
    global: true,
  },
  "aws:iam/rolePolicy:RolePolicy": inlinePolicy("role"),
  "aws:iam/userPolicy:UserPolicy": inlinePolicy("user"),
  "aws:iam/groupPolicy:GroupPolicy": inlinePolicy("group"),
  "aws:iam/rolePolicyAttachment:RolePolicyAttachment": attachment("role"),
  "aws:iam/userPolicyAttachment:UserPolicyAttachment": attachment("user"),
  "aws:iam/groupPolicyAttachment:GroupPolicyAttachment": attachment("group"),
  "aws:iam/policyAttachment:PolicyAttachment": {
    id: idFromInput("name"),
    autoname: { input: "name", maxLength: 128 },
    replaceOn: ["name", "policyArn"],
    checks: [arnIn("policyArn"), somebodyToAttachTo],
    global: true,
  },
  "aws:iam/rolePoliciesExclusive:RolePoliciesExclusive": exclusive("role"),
  "aws:iam/rolePolicyAttachmentsExclusive:RolePolicyAttachmentsExclusive": {
    ...exclusive("role"),
    checks: [atMostTenPolicies("policyArns")],
  },
  "aws:iam/policy:Policy": {
    id: iamArn("policy"),
    computed: { arn: iamArn("policy"), attachmentCount: constant(0), policyId: iamUniqueId("ANPA") },
    autoname: { input: "name", maxLength: 128 },
    defaults: { path: "/" },
    replaceOn: ["description", "name", "namePrefix", "path"],
    checks: [policyDocument("policy", "managed"), nameOfIam("name", 128), path],
    global: true,
  },
  "aws:iam/instanceProfile:InstanceProfile": {
    id: idFromInput("name"),
    computed: {
      arn: iamArn("instance-profile"),
      createDate: constant("2026-11-21T00:00:00Z"),
      uniqueId: iamUniqueId("AIPA"),
    },
    autoname: { input: "name", maxLength: 128 },
    defaults: { path: "/" },
    replaceOn: ["name", "namePrefix", "path"],
    checks: [nameOfIam("name", 128), path],
    global: true,
  },
  "aws:iam/user:User": {
    id: idFromInput("name"),
    computed: { arn: iamArn("user"), uniqueId: iamUniqueId("AIDA") },
    autoname: { input: "name", maxLength: 64 },
    defaults: { forceDestroy: false, path: "/" },
    replaceOn: [],
    checks: [nameOfIam("name", 64), path],
    global: true,
  },
  "aws:iam/group:Group": {
    id: idFromInput("name"),
    computed: { arn: iamArn("group"), uniqueId: iamUniqueId("AGPA") },
    autoname: { input: "name", maxLength: 128 },
    defaults: { path: "/" },
    replaceOn: [],
    checks: [nameOfIam("name", 128), path],
    global: true,
  },
  "aws:iam/groupMembership:GroupMembership": {
    id: idFromInput("name"),
    autoname: { input: "name", maxLength: 128 },
    replaceOn: ["group"],
    global: true,
  },
  "aws:iam/userGroupMembership:UserGroupMembership": {
    id: idFromInputs("/", "user"),
    replaceOn: ["user"],
    global: true,
  },
  "aws:iam/serviceLinkedRole:ServiceLinkedRole": {
    id: ({ inputs, place, text }) =>
      `arn:${place.partition}:iam::${accountId}:role/aws-service-role/${text("awsServiceName")}/${serviceLinkedName(inputs["awsServiceName"])}`,
    computed: {
      arn: ({ id }) => id,
      name: ({ inputs }) => serviceLinkedName(inputs["awsServiceName"]),
      path: ({ text }) => `/aws-service-role/${text("awsServiceName")}/`,
      createDate: constant("2026-11-21T00:00:00Z"),
      uniqueId: iamUniqueId("AROA"),
    },
    replaceOn: ["awsServiceName", "customSuffix"],
    checks: [
      ({ inputs }) =>
        (knownText(inputs, "awsServiceName") ?? ".amazonaws.com").includes(".amazonaws.com")
          ? undefined
          : { property: "awsServiceName", reason: "expected the name of a service, such as ssm.amazonaws.com" },
    ],
    global: true,
  },
  "aws:iam/openIdConnectProvider:OpenIdConnectProvider": {
    id: ({ place, text }) =>
      `arn:${place.partition}:iam::${accountId}:oidc-provider/${text("url").replace("https://", "")}`,
    computed: { arn: ({ id }) => id, thumbprintLists: constant([]) },
    replaceOn: ["url"],
    global: true,
  },
};

function serviceLinkedName(service: unknown): string {
  const [name = ""] = String(service).split(".");
  return `AWSServiceRoleFor${name.charAt(0).toUpperCase()}${name.slice(1)}`;
}
