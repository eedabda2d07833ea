import type { LaunchSettings } from "./fleet";
import { hasElasticIp } from "./elastic-ips";
import { isNative } from "./kinds";
import { elementsOf, known, read, scalarNumber } from "./reading";
import { type StackResource, given } from "./resource";
import { Stack, type Target } from "./stack";

type OfInterface = Partial<Pick<LaunchSettings, "subnets" | "securityGroups" | "publicAddress">>;

/**
 * What an instance has from a network interface of its own resource, which replaces its subnet and groups. It gets no public
 * address but an Elastic IP address: a public address is only assigned to a new network interface. Source:
 * `AssociatePublicIpAddress` of EC2's InstanceNetworkInterfaceSpecification, checked 2026-11-28. Empty for an instance
 * without such an interface.
 */
export function ofOwnInterface(stack: Stack, instance: StackResource): OfInterface {
  const found = primaryInterfaceOf(stack, instance);
  if (!found) return {};
  if (found.is !== "resource") {
    const unknown: readonly Target[] = [{ is: "unknown" }];
    return { subnets: unknown, securityGroups: unknown, publicAddress: "unknown" };
  }
  const { resource } = found;
  const subnet = stack.followProperty(resource, "subnetId", "subnet");
  const groupsAt = isNative(resource) ? "groupSet" : "securityGroups";
  const groups = stack.followAll(given(resource, groupsAt), resource, groupsAt, "securityGroup");
  return {
    subnets: [subnet ?? { is: "unknown" }],
    securityGroups: groups,
    publicAddress: hasElasticIp(stack, instance) || hasElasticIp(stack, resource),
  };
}

/** By the property of provider 7, or the first device of the older list. */
function primaryInterfaceOf(stack: Stack, instance: StackResource): Target | undefined {
  const property = "primaryNetworkInterface";
  const own = given(instance, property);
  if (own.is === "unknown") return stack.follow(own, instance, property, "networkInterface");
  const first = elementsOf(given(instance, "networkInterfaces")).find((one) => {
    const index = known(read(known(one), "deviceIndex"));
    return one.is === "unknown" || scalarNumber(index ?? 0) === 0;
  });
  const [record, within] = own.is === "known" ? [own, property] : [first, "networkInterfaces"];
  if (!record) return undefined;
  const id = record.is === "unknown" ? record : read(known(record), "networkInterfaceId");
  const target = stack.follow(id, instance, within, "networkInterface");
  // In a state, both also list the interface that EC2 creates with the instance.
  return target?.is === "outside" ? undefined : target;
}

/** The groups that are attached to the network interface of an instance by resources of their own. */
export function attachedGroups(stack: Stack, instance: StackResource): Target[] {
  const attachments = stack.of("networkInterfaceGroup");
  const primary = attachments.length > 0 ? primaryInterfaceOf(stack, instance) : undefined;
  return attachments.flatMap((attachment): Target[] => {
    const own = stack.followProperty(attachment, "networkInterfaceId", "instance");
    const ofInterface = stack.followProperty(attachment, "networkInterfaceId", "networkInterface");
    const isOwn = [Stack.same(own, { is: "resource", resource: instance }), Stack.same(ofInterface, primary)];
    if (isOwn.includes(true))
      return [stack.followProperty(attachment, "securityGroupId", "securityGroup") ?? { is: "unknown" }];
    return own?.is === "unknown" && ofInterface?.is !== "resource" ? [{ is: "unknown" }] : [];
  });
}
