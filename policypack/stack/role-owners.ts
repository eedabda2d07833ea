import type { PolicyDocument } from "../iam/document";
import { type Reading, asText, elementsOf, isSecret, known, read } from "./reading";
import { type StackResource, given } from "./resource";
import { rolesNamedBy } from "./named-roles";
import { Stack, type Target } from "./stack";

/** An inline policy of a role, and the resource that has it. */
export interface InlinePolicy {
  readonly resource: StackResource;
  readonly name: Reading<string>;
  /** `undefined` while it is not known. */
  readonly document: PolicyDocument | undefined;
}

/** What detaches a policy from a role, or may. */
export interface Detacher {
  readonly resource: StackResource;
  readonly isSure: boolean;
}

/** A managed policy on a role, and what attaches it. */
interface Attached {
  readonly resource: StackResource;
  readonly arn: Reading<string>;
  readonly customerManaged?: Target | undefined;
}

/**
 * The managed policies of a role, each with what detaches it. The provider detaches what a RolePolicyAttachmentsExclusive of
 * the role does not list, and a policy of a PolicyAttachment from every role that it does not list, whatever attaches it.
 *
 * Sources: the descriptions of RolePolicyAttachmentsExclusive, RolePoliciesExclusive and PolicyAttachment of aws.iam in
 * \@pulumi/aws 7.48.0, checked 2026-11-28.
 *
 * @param role its URN, or its name where it is not in the stack
 */
export function withDetached<T extends Attached>(
  stack: Stack,
  role: string,
  policies: readonly T[],
): (T & { readonly detachedBy?: Detacher })[] {
  const exclusive = stack.derive(exclusiveAttachments).get(role) ?? [];
  const owners = stack.of("policyAttachment");
  if (exclusive.length === 0 && owners.length === 0) return [...policies];
  return policies.map((policy) => {
    const detaching = [
      ...exclusive.map((list) => detachedByList(stack, list, policy)),
      ...owners.map((owner) => detachedByOwner(stack, owner, policy, role)),
    ].filter((one) => one !== undefined);
    const detachedBy = detaching.find(({ isSure }) => isSure) ?? detaching[0];
    return detachedBy ? { ...policy, detachedBy } : policy;
  });
}

function detachedByList(stack: Stack, list: StackResource, policy: Attached): Detacher | undefined {
  if (policy.resource === list) return undefined;
  const arns = elementsOf(given(list, "policyArns"));
  const targets = stack.followEach(arns, list, "policyArns", "policy");
  const listed = targets.map((target) => isSamePolicy(target, policy));
  if (listed.includes(true)) return undefined;
  return { resource: list, isSure: !listed.includes(undefined) };
}

function detachedByOwner(stack: Stack, owner: StackResource, policy: Attached, role: string): Detacher | undefined {
  if (policy.resource === owner) return undefined;
  const isOwned = isSamePolicy(stack.followProperty(owner, "policyArn", "policy"), policy);
  if (isSecret(read(owner.props, "policyArn"))) return { resource: owner, isSure: false };
  if (isOwned !== true) return undefined; // of two policies that are not known yet, nothing says that they are one
  const roles = rolesNamedBy(stack, owner);
  if (roles.some(({ key, certain }) => certain && key === role)) return undefined;
  const named = elementsOf(read(owner.props, "roles")).length;
  return {
    resource: owner,
    isSure: named === 0 || (roles.length > 0 && roles.every(({ certain }) => certain)),
  };
}

function isSamePolicy(target: Target | undefined, { arn, customerManaged }: Attached): boolean | undefined {
  const value = known(arn);
  const own: Target | undefined =
    customerManaged ?? (value === undefined ? { is: "unknown" } : { is: "outside", id: value });
  return Stack.same(target, own);
}

/** The inline policies of a role without those that a RolePoliciesExclusive deletes; unknown where it may. */
export function withoutDeleted(
  stack: Stack,
  role: string,
  policies: readonly InlinePolicy[],
): (PolicyDocument | undefined)[] {
  const lists = stack.derive(exclusivePolicies).get(role) ?? [];
  return policies.flatMap((policy) => {
    const kept = lists.map((list) => isKept(list, policy));
    if (kept.includes(false)) return [];
    return [kept.includes(undefined) ? undefined : policy.document];
  });
}

function isKept(list: StackResource, { resource, name }: InlinePolicy): boolean | undefined {
  const names = elementsOf(given(list, "policyNames")).map(asText);
  if (name.is === "known" && names.some((one) => known(one) === name.value)) return true;
  if (list.propertyDependencies?.["policyNames"]?.includes(resource) === true) return true;
  return name.is === "known" && names.every(({ is }) => is === "known") ? false : undefined;
}

function exclusiveAttachments(stack: Stack): ReadonlyMap<string, readonly StackResource[]> {
  return byRole(stack, stack.of("rolePolicyAttachmentsExclusive"));
}

function exclusivePolicies(stack: Stack): ReadonlyMap<string, readonly StackResource[]> {
  return byRole(stack, stack.of("rolePoliciesExclusive"));
}

/** Those that are surely of the role. */
function byRole(stack: Stack, resources: readonly StackResource[]): ReadonlyMap<string, readonly StackResource[]> {
  const lists = new Map<string, StackResource[]>();
  for (const resource of resources) {
    for (const { key, certain } of rolesNamedBy(stack, resource)) {
      if (certain) lists.set(key, [...(lists.get(key) ?? []), resource]);
    }
  }
  return lists;
}
