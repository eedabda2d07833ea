import { groupedBy } from "./grouped-by";
import { isSecret } from "./reading";
import { given, type StackResource } from "./resource";
import { type Stack, type Target, alternativesOf } from "./stack";

/**
 * Whether an instance has an Elastic IP address, by the address itself or by an association; "unknown" where it is one of
 * several instances that may have it.
 */
export function hasElasticIp(stack: Stack, instance: StackResource): boolean | "unknown" {
  const targets = stack.derive(instancesWithAddress).get(instance.urn) ?? [];
  if (targets.length === 0) return stack.derive(isOfSecretInstance) && "unknown";
  return targets.some(({ is }) => is === "resource") || "unknown";
}

/** Whether an address is that of an instance whose id is a secret, so that it may be any. */
function isOfSecretInstance(stack: Stack): boolean {
  return addressesIn(stack).some((resource) => owners.some((property) => isSecret(given(resource, property))));
}

const owners = ["instance", "instanceId"];

function addressesIn(stack: Stack): StackResource[] {
  return [...stack.of("elasticIp"), ...stack.of("elasticIpAssociation")];
}

/** What names each instance, by its URN. */
function instancesWithAddress(stack: Stack): ReadonlyMap<string, readonly Target[]> {
  const named = addressesIn(stack).flatMap((resource) =>
    owners.flatMap((property) => {
      const target = stack.follow(given(resource, property), resource, property, "instance");
      return (target ? alternativesOf(target) : []).flatMap((one) =>
        one.is === "resource" ? [{ urn: one.resource.urn, target: target! }] : [],
      );
    }),
  );
  const groups = groupedBy(named, ({ urn }) => urn);
  return new Map([...groups].map(([urn, all]) => [urn, all.map(({ target }) => target)]));
}
