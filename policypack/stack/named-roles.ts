import { isOf } from "./kinds";
import { type Reading, elementsOf, known, read } from "./reading";
import { type StackResource, given } from "./resource";
import type { Stack } from "./stack";

/** A role by its URN, or by its name where it is not in the stack. */
export interface NamedRole {
  readonly key: string;
  readonly certain: boolean;
}

/** The policies that may be any role's: the stack tells neither which roles they name nor where that comes from. */
export function policiesOfAnyRole(stack: Stack): StackResource[] {
  return (
    ["rolePolicyAttachment", "policyAttachment", "rolePolicyAttachmentsExclusive", "rolePolicy", "policy"] as const
  )
    .flatMap((kind) => stack.of(kind))
    .filter((resource) => namesUnknown(resource) && rolesNamedBy(stack, resource).length === 0);
}

function namesUnknown(resource: StackResource): boolean {
  return namesOfRoles.some((property) => {
    // A policy of aws-native need not name any.
    const named = isOf("policy", resource) ? given(resource, property) : read(resource.props, property);
    return (
      named.is === "unknown" || (Array.isArray(known(named)) && elementsOf(named).some(({ is }) => is === "unknown"))
    );
  });
}

const namesOfRoles = ["role", "roles", "roleName"];

/**
 * The roles that an attachment or an instance profile names, in whichever property it does: by URN, or by name where the
 * role is not in the stack.
 */
export function rolesNamedBy(stack: Stack, resource: StackResource): NamedRole[] {
  return namesOfRoles.flatMap((property): NamedRole[] => {
    const whole = read(resource.props, property);
    const list: Reading =
      whole.is === "known" && !Array.isArray(whole.value) ? { is: "known", value: [whole.value] } : whole;
    const targets = stack.followAll(list, resource, property, "role");
    if (targets.some(({ is }) => is === "unknown")) {
      return (resource.propertyDependencies?.[property] ?? [])
        .filter((candidate) => isOf("role", candidate))
        .map(({ urn }) => ({ key: urn, certain: false }));
    }
    return targets.flatMap((target) =>
      target.is === "unknown"
        ? []
        : [{ key: target.is === "resource" ? target.resource.urn : target.id, certain: true }],
    );
  });
}
