import { parsePolicy } from "../iam/parse";
import { type Truth, any } from "../iam/truth";
import { type Reading, asText, elementsOf, known, plain, read, readText } from "./reading";
import { type ResourceIndex, type StackResource, given, indexOf, isOf, referenced } from "./resource";

/** A managed policy on a role, and the property that puts it there. */
export interface AttachedManagedPolicy {
  readonly resource: StackResource;
  readonly property: string;
  readonly arn: Reading<string>;
}

/**
 * The managed policies that one resource attaches to roles, whatever its kind.
 * A PolicyAttachment counts only when it names roles: on users and groups it is not about instances.
 */
export function managedPoliciesAttachedBy(resource: StackResource): AttachedManagedPolicy[] {
  const { props } = resource;
  const one = (property: string) => [{ resource, property, arn: readText(props, property) }];
  const several = (property: string) =>
    elementsOf(given(resource, property)).map((arn, i) => ({
      resource,
      property: `${property}[${i}]`,
      arn: asText(arn),
    }));
  if (isOf("role", resource)) return several("managedPolicyArns");
  if (isOf("rolePolicyAttachment", resource)) return one("policyArn");
  if (isOf("policyAttachment", resource)) return elementsOf(read(props, "roles")).length > 0 ? one("policyArn") : [];
  if (isOf("rolePolicyAttachmentsExclusive", resource)) return several("policyArns");
  return [];
}

/** A role that a stack has, or only names. */
export interface Role {
  /** `undefined` for a role that is made elsewhere. */
  readonly resource: StackResource | undefined;
  readonly name: string | undefined;
  /** Trusts EC2, or sits in an instance profile. */
  readonly isForInstances: Truth;
  readonly managedPolicies: readonly AttachedManagedPolicy[];
}

/** The roles of a stack, and those that it only names, with the managed policies that the stack attaches to each. */
export function rolesOf(resources: readonly StackResource[]): Role[] {
  const roles = resources.filter((resource) => isOf("role", resource));
  const index = indexOf(roles, nameOf);
  const attached = new Map<string, AttachedManagedPolicy[]>();
  const inProfile = new Map<string, Truth>();
  for (const resource of resources) {
    if (isOf("role", resource)) continue;
    const policies = managedPoliciesAttachedBy(resource);
    const isProfile = isOf("instanceProfile", resource);
    if (policies.length === 0 && !isProfile) continue;
    for (const { key, certain } of rolesNamedBy(resource, index)) {
      if (!attached.has(key)) attached.set(key, []);
      attached.get(key)!.push(...policies);
      if (isProfile) inProfile.set(key, any([inProfile.get(key) ?? false, certain || "unknown"]));
    }
  }
  const ours = roles.map((role) => ({
    resource: role,
    name: nameOf(role),
    isForInstances: any([trustsEc2(role), inProfile.get(role.urn) ?? false]),
    managedPolicies: [...managedPoliciesAttachedBy(role), ...(attached.get(role.urn) ?? [])],
  }));
  const urns = new Set(roles.map(({ urn }) => urn));
  const elsewhere = [...attached]
    .filter(([key]) => !urns.has(key))
    .map(([name, managedPolicies]) => ({
      resource: undefined,
      name,
      isForInstances: inProfile.get(name) ?? ("unknown" as const),
      managedPolicies,
    }));
  return [...ours, ...elsewhere];
}

const isNative = (resource: StackResource) => resource.type.startsWith("aws-native:");
const nameOf = (role: StackResource) => known(readText(role.props, isNative(role) ? "roleName" : "name"));

/**
 * The roles that an attachment or an instance profile names, in whichever property it does: by URN, or by name where the
 * role is not in the stack.
 */
function rolesNamedBy(resource: StackResource, index: ResourceIndex): { key: string; certain: boolean }[] {
  return ["role", "roles", "roleName"].flatMap((property) => {
    const whole = read(resource.props, property);
    const references = whole.is === "known" && Array.isArray(whole.value) ? elementsOf(whole) : [whole];
    return references.flatMap((reference) => {
      const targets = referenced(reference, resource, property, index);
      const name = known(asText(reference));
      if (targets.length === 0 && name !== undefined) return [{ key: name, certain: true }];
      return targets.map(({ urn }) => ({ key: urn, certain: targets.length === 1 }));
    });
  });
}

/** Whether the trust policy lets EC2 assume the role; unknown while the policy is. */
function trustsEc2(role: StackResource): Truth {
  const policy = plain(read(role.props, isNative(role) ? "assumeRolePolicyDocument" : "assumeRolePolicy"));
  if (policy.is !== "known") return policy.is === "unknown" ? "unknown" : false;
  const { document } = parsePolicy(policy.value, "trust");
  return (document?.statements ?? []).some(
    ({ effect, principals }) =>
      effect === "Allow" &&
      principals?.named.some(({ type, value }) => type === "Service" && /^ec2\.amazonaws\.com(\.cn)?$/.test(value)),
  );
}
