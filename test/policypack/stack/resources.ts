import type { StackResource } from "../../../policypack/stack/resource";
import type { Target } from "../../../policypack/stack/stack";

/**
 * A resource with its properties as a state has them.
 *
 * @param from for each property, the resources that its value may come from
 */
export function resource(
  type: string,
  name: string,
  props: Readonly<Record<string, unknown>>,
  from?: Readonly<Record<string, readonly StackResource[]>>,
): StackResource {
  const urn = `urn:pulumi:test::test::${type}::${name}`;
  return { type, name, urn, props, ...(from && { propertyDependencies: from }) };
}

/** What a reference leads to, in short: the name of a resource, an id, `unknown`, or `none`. */
export function briefly(target: Target | undefined): string {
  if (target?.is === "resource") return target.resource.name;
  return target?.is === "outside" ? `outside: ${target.id}` : (target?.is ?? "none");
}
