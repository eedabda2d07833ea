import { ok } from "node:assert/strict";
import type { StackResource } from "../../../policypack/stack/resource";
import type { Mutation } from "./mutation";

/** What the components create, with a change. */
export function mutated(
  resources: readonly StackResource[],
  { drop = [], edit = {}, add = [] }: Pick<Mutation, "add" | "drop" | "edit">,
): StackResource[] {
  for (const name of [...drop, ...Object.keys(edit)]) {
    ok(
      resources.some((resource) => isCalled(name, resource)),
      `there is no ${name} to change`,
    );
  }
  return [
    ...resources
      .filter((resource) => !drop.some((name) => isCalled(name, resource)))
      .map((resource) => {
        const [, change] = Object.entries(edit).find(([name]) => isCalled(name, resource)) ?? [];
        return change ? { ...resource, props: { ...resource.props, ...change(resource.props) } } : resource;
      }),
    ...add.map(({ type, name, props }) => ({ type, name, urn: `urn:pulumi:prod::patchpath::${type}::${name}`, props })),
  ];
}

/** By logical name, after the last word of the type if several resources have that name. */
function isCalled(name: string, resource: StackResource): boolean {
  return [resource.name, `${resource.type.split(":").at(-1) ?? ""} ${resource.name}`].includes(name);
}
