import { isOf } from "./kinds";
import { type Reading, elementsOf, known, read } from "./reading";
import type { StackResource } from "./resource";
import type { Stack } from "./stack";

/** A role by its URN, or by its name where it is not in the stack. */
export interface NamedRole {
  readonly key: string;
  readonly certain: boolean;
}

/** Whether an attachment may be of any role: the stack tells neither which it names nor where that comes from. */
export function namesAnyRole(stack: Stack, resource: StackResource): boolean {
  const isUnknown = ["role", "roles", "roleName"].some((property) => {
    const named = read(resource.props, property);
    return (
      named.is === "unknown" || (Array.isArray(known(named)) && elementsOf(named).some(({ is }) => is === "unknown"))
    );
  });
  return isUnknown && rolesNamedBy(stack, resource).length === 0;
}

/**
 * The roles that an attachment or an instance profile names, in whichever property it does: by URN, or by name where the
 * role is not in the stack.
 */
export function rolesNamedBy(stack: Stack, resource: StackResource): NamedRole[] {
  return ["role", "roles", "roleName"].flatMap((property): NamedRole[] => {
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
