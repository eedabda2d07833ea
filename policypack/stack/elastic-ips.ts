import { groupedBy } from "./grouped-by";
import { isSecret, read } from "./reading";
import { given, type StackResource } from "./resource";
import { type Stack, type Target, alternativesOf } from "./stack";

/**
 * Whether an instance has an Elastic IP address, by the address itself or by an association; "unknown" where it is one of
 * several instances that may have it.
 */
export function hasElasticIp(stack: Stack, instance: StackResource): boolean | "unknown" {
  const targets = stack.derive(instancesWithAddress).get(instance.urn) ?? [];
  if (targets.length === 0) return stack.derive(hasSecretInstance) && "unknown";
  return targets.some(({ is }) => is === "resource") || "unknown";
}

/** Whether the instance of an address is a secret, so that it may be any. */
function hasSecretInstance(stack: Stack): boolean {
  return [...stack.of("elasticIp"), ...stack.of("elasticIpAssociation")].some(({ props }) =>
    ["instance", "instanceId"].some((property) => isSecret(read(props, property))),
  );
}

/** The properties that name what has an address. */
const properties = [
  ["instance", "instance"],
  ["instanceId", "instance"],
  ["networkInterface", "networkInterface"],
  ["networkInterfaceId", "networkInterface"],
] as const;

/** What names each instance or network interface, by its URN. */
function instancesWithAddress(stack: Stack): ReadonlyMap<string, readonly Target[]> {
  const named = [...stack.of("elasticIp"), ...stack.of("elasticIpAssociation")].flatMap((resource) =>
    properties.flatMap(([property, kind]) => {
      const target = stack.follow(given(resource, property), resource, property, kind);
      return (target ? alternativesOf(target) : []).flatMap((one) =>
        one.is === "resource" ? [{ urn: one.resource.urn, target: target! }] : [],
      );
    }),
  );
  const groups = groupedBy(named, ({ urn }) => urn);
  return new Map([...groups].map(([urn, all]) => [urn, all.map(({ target }) => target)]));
}
