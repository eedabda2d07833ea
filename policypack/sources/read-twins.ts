import { known, readText } from "../stack/reading";
import type { StackResource } from "../stack/resource";

/** What one stack reads and another one creates is the same resource: where it is created, it shows whole. */
export function withoutReadTwins(resources: readonly StackResource[]): readonly StackResource[] {
  const created = new Map<string | undefined, StackResource>(
    resources.filter(({ isRead }) => !isRead).map((resource) => [identityOf(resource), resource]),
  );
  created.delete(undefined);
  const twins = new Map<StackResource, StackResource>();
  for (const resource of resources) {
    const twin = resource.isRead ? created.get(identityOf(resource)) : undefined;
    if (twin) twins.set(resource, twin);
  }
  if (twins.size === 0) return resources;
  return resources
    .filter((resource) => !twins.has(resource))
    .map((resource) => {
      const origins = Object.entries(resource.propertyDependencies ?? {});
      if (!origins.some(([, all]) => all.some((one) => twins.has(one)))) return resource;
      const propertyDependencies = origins.map(([property, all]) => [
        property,
        all.map((one) => twins.get(one) ?? one),
      ]);
      return {
        ...resource,
        propertyDependencies: Object.fromEntries(propertyDependencies) as object as NonNullable<
          StackResource["propertyDependencies"]
        >,
      };
    });
}

function identityOf({ type, props }: StackResource): string | undefined {
  const id = known(readText(props, "id"));
  return id === undefined ? undefined : `${type} ${id}`;
}
