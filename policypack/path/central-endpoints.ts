import { contains, overlaps, prefixLengthOf, readBlock } from "../stack/addresses";
import { type PlacedEndpoint, endpointsOfService } from "../stack/endpoints";
import { foreignNames, hostedZoneFor, zonesOf } from "../stack/hosted-zones";
import { type Route, type RouteTable, type RouteTargetKind, type Subnet, subnetOf } from "../stack/network";
import { known } from "../stack/reading";
import { type StackResource, regionOf } from "../stack/resource";
import { Stack, type Target } from "../stack/stack";
import { jointOf } from "../stack/transit";
import { type HopVerdict, blocked, gravest, open, unknown } from "./hop";
import type { InternetWay, ServiceWay } from "./way";

/** Route targets that lead to other VPCs. */
const betweenVpcs: readonly RouteTargetKind[] = ["VPC peering connection", "transit gateway", "core network"];

/**
 * The path to an endpoint in another VPC, by the hosted zone that resolves the service's name to it. Source of the
 * arrangement:
 * https://docs.aws.amazon.com/whitepapers/latest/building-scalable-secure-multi-vpc-network-infrastructure/centralized-access-to-vpc-private-endpoints.html,
 * checked 2026-11-22. `undefined` where nothing indicates one.
 */
export function centralWay(
  stack: Stack,
  subnet: Subnet,
  service: string,
  internet: InternetWay,
): ServiceWay | undefined {
  if (subnet.vpc?.is !== "resource" || !subnet.resource) return undefined;
  const vpc = subnet.vpc.resource;
  // Only a hosted zone can resolve a name to an endpoint of another VPC.
  const isAnywhere = stack.of("hostedZone").length > 0;
  const others = (isAnywhere ? endpointsOfService(stack, service).all : []).filter(
    (endpoint) => endpoint.type === "Interface" && Stack.same(endpoint.vpc, subnet.vpc) === false,
  );
  const wayTo = (endpoint: PlacedEndpoint): ServiceWay => ({
    is: "endpoint",
    endpoint,
    transit: transitTo(stack, subnet, endpoint),
  });
  const named = others.find((endpoint) => hostedZoneFor(stack, endpoint, vpc)?.is === "leading");
  if (named) return wayTo(named);
  const [zoned] = zonesOf(stack, service, regionOf(subnet.resource), vpc);
  if (zoned) {
    const because = `what the hosted zone \`${zoned.zone.name}\` resolves \`${service}\` to`;
    return { is: "unknown", because, evidence: { resource: zoned.zone }, isAboutName: true };
  }
  const foreign = foreignNames(stack, vpc);
  const routes = subnet.routeTable?.routes ?? [];
  // Names from outside the stack may resolve to addresses behind an appliance or a VPN, too.
  const leading =
    routes.find(({ kind }) => betweenVpcs.includes(kind)) ?? (foreign && routes.find(({ kind }) => !isWayOut(kind)));
  if (!leading || (internet.is !== "none" && !foreign)) return undefined;
  const unnamed = foreign ? undefined : others.find((endpoint) => isForgotten(stack, subnet, endpoint));
  if (unnamed) return wayTo(unnamed);
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

/** Does traffic get from a subnet to an endpoint of another VPC, and back? */
function transitTo(stack: Stack, subnet: Subnet, endpoint: PlacedEndpoint): HopVerdict {
  const verdicts = endpoint.subnets.map((target) => {
    const there = subnetOf(stack, target);
    const way = leg(stack, subnet, there, `the endpoint \`${endpoint.resource.name}\``, "route");
    return way.verdict === "open" ? leg(stack, there, subnet, "the subnet of the instances", "return route") : way;
  });
  return gravest(verdicts) ?? open("the endpoint has no address to route to");
}

/**
 * One direction: the route table of the sending subnet has a route to the other one, through a resource that connects
 * both VPCs.
 */
function leg(stack: Stack, from: Subnet, to: Subnet, whom: string, kind: "route" | "return route"): HopVerdict {
  if (!from.routeTable)
    return unknown(
      `the route table of the subnet that routes to ${whom}`,
      from.resource && { resource: from.resource },
    );
  const [here, there] = [vpcOf(from.vpc), vpcOf(to.vpc)];
  if (!here || !there || to.cidrBlock === undefined) return unknown(`the VPC or the CIDR block of ${whom}`);
  const { resource } = from.routeTable;
  const route = routeFor(from.routeTable, to.cidrBlock);
  if (route === "unknown") return unknown(`which ${kind} of \`${resource.name}\` applies to ${whom}`, { resource });
  if (!route || !betweenVpcs.includes(route.kind)) {
    if (route && !isWayOut(route.kind)) {
      return unknown(`whether the ${route.kind} in \`${resource.name}\` forwards traffic to ${whom}`, { resource });
    }
    return blocked(
      `\`${resource.name}\` has no ${kind} to ${whom} in another VPC`,
      { resource, property: "routes" },
      `Add a route for ${to.cidrBlock} to \`${resource.name}\`, through a VPC peering connection or a transit gateway to the other VPC.`,
    );
  }
  const evidence = { resource: route.resource, property: route.property };
  if (route.kind === "core network") return unknown(`whether the core network forwards traffic to ${whom}`, evidence);
  const joint = jointOf(stack, route, { subnet: from, vpc: here }, { subnet: to, vpc: there });
  if (joint.is === "joined") return open(`through the ${route.kind}`, { evidence });
  if (joint.is === "unknown") return unknown(joint.because, { resource: joint.tells });
  return blocked(
    `the ${kind} of \`${resource.name}\` to ${whom} does not reach it: ${joint.because}`,
    { resource: joint.tells },
    joint.fix,
  );
}

function vpcOf(target: Target | undefined): StackResource | undefined {
  return target?.is === "resource" ? target.resource : undefined;
}

function isWayOut(kind: RouteTargetKind): boolean {
  return ["NAT gateway", "internet gateway", "egress-only internet gateway", "carrier gateway"].includes(kind);
}

/**
 * The most specific route to a whole block; "unknown" where only a part of it has one, or a destination is not known.
 */
function routeFor({ routes }: RouteTable, block: string): Route | "unknown" | undefined {
  const range = readBlock(block);
  if (!range) return "unknown";
  let best: { route: Route; length: number } | undefined;
  let isDoubtful = false;
  for (const route of routes) {
    const text = known(route.destination);
    const destination = text === undefined ? undefined : readBlock(text);
    if (!destination) {
      // A prefix list, or not known yet; IPv6 is another address family.
      if (!text?.includes(":")) isDoubtful ||= !isWayOut(route.kind);
    } else if (contains(destination, range)) {
      const length = prefixLengthOf(destination);
      if (!best || length > best.length) best = { route, length };
    } else if (overlaps(destination, range)) isDoubtful = true;
  }
  return isDoubtful ? "unknown" : best?.route;
}
