import { type PlacedEndpoint, endpointsOfService } from "../stack/endpoints";
import { foreignNames, hostedZoneFor, zonesOf } from "../stack/hosted-zones";
import { type Subnet, subnetOf } from "../stack/network";
import { regionOf } from "../stack/resource";
import { Stack } from "../stack/stack";
import { endpointInWords, isBetweenVpcs, leadsOutside, placeIn, routesBetween } from "./between-subnets";
import { type HopVerdict, gravest, open } from "./hop";
import type { InternetEgress, ServiceEgress } from "./egress";

/**
 * The path to an endpoint in another VPC, by the hosted zone that resolves the service's name to it. Source of the
 * arrangement:
 * https://docs.aws.amazon.com/whitepapers/latest/building-scalable-secure-multi-vpc-network-infrastructure/centralized-access-to-vpc-private-endpoints.html,
 * checked 2026-11-22. `undefined` where nothing indicates one.
 */
export function centralEgress(
  stack: Stack,
  subnet: Subnet,
  service: string,
  internet: InternetEgress,
): ServiceEgress | undefined {
  if (subnet.vpc?.is !== "resource" || !subnet.resource) return undefined;
  const vpc = subnet.vpc.resource;
  // Only a hosted zone can resolve a name to an endpoint of another VPC. Without one, nothing is compared with the
  // endpoints of all VPCs, so that the cost stays linear.
  const isAnywhere = stack.of("hostedZone").length > 0;
  const others = (isAnywhere ? endpointsOfService(stack, service).all : []).filter(
    (endpoint) => endpoint.type === "Interface" && Stack.same(endpoint.vpc, subnet.vpc) === false,
  );
  const through = (endpoint: PlacedEndpoint): ServiceEgress => ({
    is: "endpoint",
    endpoint,
    transit: transitTo(stack, subnet, endpoint),
  });
  const named = others.find((endpoint) => hostedZoneFor(stack, endpoint, vpc)?.is === "leading");
  if (named) return through(named);
  const [zoned] = zonesOf(stack, service, regionOf(subnet.resource), vpc);
  if (zoned) {
    const because = `what the hosted zone \`${zoned.zone.name}\` resolves \`${service}\` to`;
    return { is: "unknown", because, evidence: { resource: zoned.zone }, isAboutName: true };
  }
  const foreign = foreignNames(stack, vpc);
  const routes = subnet.routeTable?.routes ?? [];
  // Names from outside the stack may resolve to addresses behind an appliance or a VPN, too.
  const leading = routes.find(isBetweenVpcs) ?? (foreign && routes.find((route) => !leadsOutside(route)));
  if (!leading || (internet.is !== "none" && !foreign)) return undefined;
  const unnamed = foreign ? undefined : others.find((endpoint) => isForgotten(stack, subnet, endpoint));
  if (unnamed) return through(unnamed);
  return {
    is: "unknown",
    because:
      leading.kind === "unknown target"
        ? "the target of a route in the route table"
        : `whether \`${service}\` can be reached through the ${leading.kind} in the route table`,
    evidence: { resource: leading.resource, property: leading.property },
    isAboutName: true,
  };
}

/** An endpoint that other VPCs share, as its hosted zone shows, and that this VPC has routes to. */
function isForgotten(stack: Stack, subnet: Subnet, endpoint: PlacedEndpoint): boolean {
  const isShared =
    endpoint.vpc?.is === "resource" && hostedZoneFor(stack, endpoint, endpoint.vpc.resource)?.is === "leading";
  return isShared && transitTo(stack, subnet, endpoint).verdict === "open";
}

/** Do routes lead from a subnet to an endpoint in another VPC, and back? */
function transitTo(stack: Stack, subnet: Subnet, endpoint: PlacedEndpoint): HopVerdict {
  const verdicts = endpoint.subnets.map((target) =>
    routesBetween(stack, placeIn(subnet), placeIn(subnetOf(stack, target)), endpointInWords(endpoint)),
  );
  return gravest(verdicts) ?? open("the endpoint has no address to route to");
}
