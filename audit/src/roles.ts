import type { AttachedPolicy, InstanceProfile, Role } from "@aws-sdk/client-iam";
import { type StackResource, unknownText } from "patchpath/account";
import type { Maker } from "./resources";

/** A role with its policies; `undefined` where they could not be read. */
export interface ReadRole {
  readonly role: Role;
  readonly attached: readonly AttachedPolicy[] | undefined;
  readonly inline: readonly InlinePolicy[] | undefined;
}

/** @param document `undefined` where it could not be read */
export interface InlinePolicy {
  readonly name: string;
  readonly document: string | undefined;
}

/** IAM's answers have policy documents URL-encoded (RFC 3986). */
export function decoded(document: string | undefined): string | undefined {
  return document === undefined ? undefined : decodeURIComponent(document);
}

export function profileResource(make: Maker, profile: InstanceProfile): StackResource {
  const { Arn: arn = "", InstanceProfileName: name = arn, Roles: [role] = [] } = profile;
  return make("aws:iam/instanceProfile:InstanceProfile", arn, { arn, name, role: role?.Arn }, name);
}

export function roleResource(make: Maker, { role, attached, inline }: ReadRole): StackResource {
  const { Arn: arn = "", RoleName: name = arn } = role;
  const props = {
    arn,
    name,
    assumeRolePolicy: decoded(role.AssumeRolePolicyDocument) ?? unknownText,
    permissionsBoundary: role.PermissionsBoundary?.PermissionsBoundaryArn,
    managedPolicyArns: attached?.map(({ PolicyArn }) => PolicyArn) ?? unknownText,
    inlinePolicies: inline?.map((one) => ({ name: one.name, policy: one.document ?? unknownText })) ?? unknownText,
  };
  return make("aws:iam/role:Role", arn, props, name);
}

/** @param document `undefined` where it could not be read */
export function policyResource(make: Maker, arn: string, document: string | undefined): StackResource {
  return make("aws:iam/policy:Policy", arn, { arn, policy: document ?? unknownText }, arn.split("/").at(-1));
}

/** Whether a managed policy is AWS's own, whose documents the model has or asks about by name. */
export function isAmazonsPolicy(arn: string): boolean {
  return arn.split(":")[4] === "aws";
}
