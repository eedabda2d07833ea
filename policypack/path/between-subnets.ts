import { type AddressRange, contains, inBlocks } from "../stack/addresses";
import type { PlacedEndpoint } from "../stack/endpoints";
import { type Subnet, subnetOf } from "../stack/network";
import type { StackResource } from "../stack/resource";
import { type Route, type RouteTable, type RouteTargetKind, routesToEvaluate } from "../stack/route-tables";
import { routeAddresses } from "../stack/routing";
import { Stack, type Target } from "../stack/stack";
import { jointOf } from "../stack/transit";
import { type HopVerdict, blocked, gravest, open, unknown } from "./hop";
import { natSubnetOf } from "./internet";

/** Route targets that lead to other VPCs. */
const betweenVpcs: readonly RouteTargetKind[] = ["VPC peering connection", "transit gateway", "core network"];

export function isBetweenVpcs({ kind }: Route): boolean {
  return betweenVpcs.includes(kind);
}

/** Route targets that lead to the internet, and never to a private address in another VPC by themselves. */
export function leadsOutside({ kind }: Route): boolean {
  return ["NAT gateway", "internet gateway", "egress-only internet gateway", "carrier gateway"].includes(kind);
}

/** A subnet, and the addresses in it that are meant: all of them, or those of one machine. */
export interface Place {
  readonly subnet: Subnet;
  readonly range: AddressRange | undefined;
}

/** A whole subnet. */
export function placeIn(subnet: Subnet): Place {
  return { subnet, range: subnet.range };
}

/** Do routes lead from one subnet to a place in another, in the same VPC or not, and back? */
export function routesBetween(stack: Stack, from: Place, to: Place, whom: string): HopVerdict {
  const there = oneDirection(stack, from.subnet, to, whom, "route");
  return there.verdict === "open"
    ? oneDirection(stack, to.subnet, from, "the subnet of the instances", "return route")
    : there;
}

/** What routes make of the traffic to an endpoint in the same VPC: `undefined` where it stays in the VPC. */
export function diversionOf(stack: Stack, subnet: Subnet, endpoint: PlacedEndpoint): HopVerdict | undefined {
  const verdicts = endpoint.subnets
    .map((target) => subnetOf(stack, target))
    .filter(({ vpc }) => Stack.same(vpc, subnet.vpc) === true)
    .map((there) => routesBetween(stack, placeIn(subnet), placeIn(there), endpointInWords(endpoint)));
  const worst = gravest(verdicts);
  return worst?.verdict === "open" ? undefined : worst;
}

export function endpointInWords({ resource }: PlacedEndpoint): string {
  return `the endpoint \`${resource.name}\``;
}

type Direction = "route" | "return route";

function oneDirection(stack: Stack, from: Subnet, to: Place, whom: string, direction: Direction): HopVerdict {
  return Stack.same(from.vpc, to.subnet.vpc) === true
    ? withinVpc(from, to, whom)
    : toOtherVpc(stack, from, to, whom, direction);
}

/**
 * Every table has a route for the VPC's block, `local`. A route for the same block, or for one in it, has precedence,
 * except within a subnet, where traffic does not pass the router. Sources, in stored copies:
 * https://docs.aws.amazon.com/vpc/latest/userguide/subnet-route-tables.html and gateway-route-tables.html there (rules and
 * considerations: the link layer delivers between interfaces of a subnet), checked 2026-11-28.
 */
function withinVpc({ resource, vpcRanges, routeTable }: Subnet, to: Place, whom: string): HopVerdict {
  const staysLocal = open("both are in the same VPC");
  const destination = to.range ?? vpcRanges[0];
  if (!routeTable || !destination || resource === to.subnet.resource) return staysLocal;
  const local = vpcRanges.find((block) => contains(block, destination)) ?? destination;
  const { entries } = routesToEvaluate(routeTable);
  if (!entries.some(({ blocks }) => blocks.some((block) => contains(local, block)))) return staysLocal; // mostly
  const parts = routeAddresses<Route | undefined>(
    [...entries, { blocks: [local], origin: "local", target: undefined }],
    [destination],
  );
  const route = parts.find(({ target }) => target)?.target;
  if (!route) return staysLocal;
  return unknown(
    `whether the ${route.kind} in \`${routeTable.resource.name}\`, which a route more specific than \`local\` targets, forwards traffic to ${whom}`,
    { resource: route.resource, property: route.property },
  );
}

/**
 * The route table of the sending subnet has a route to the other one, through a resource that connects both VPCs.
 */
function toOtherVpc(stack: Stack, from: Subnet, to: Place, whom: string, direction: Direction): HopVerdict {
  if (!from.routeTable) {
    const evidence = from.resource && { resource: from.resource };
    return unknown(`the route table of the subnet that routes to ${whom}`, evidence);
  }
  const [here, there] = [vpcOf(from.vpc), vpcOf(to.subnet.vpc)];
  if (!here || !there || !to.range) {
    const evidence = to.subnet.resource && { resource: to.subnet.resource };
    return unknown(`the VPC or the CIDR block of ${whom}`, evidence);
  }
  const { managedBy: resource } = from.routeTable;
  const route = routeFor(from.routeTable, to.range);
  if (route === "unknown")
    return unknown(`which ${direction} of \`${resource.name}\` applies to ${whom}`, { resource });
  const forwarding = route && forwarderOf(stack, route, to.range);
  if (forwarding) {
    return unknown(`whether the ${forwarding.kind} in \`${resource.name}\` forwards traffic to ${whom}`, { resource });
  }
  if (!route || !isBetweenVpcs(route)) {
    return blocked(
      `\`${resource.name}\` has no ${direction} to ${whom} in another VPC`,
      { resource, property: "routes" },
      `Add a route for ${to.subnet.cidrBlock ?? inBlocks([to.range])} to \`${resource.name}\`, through a VPC peering connection or a transit gateway to the other VPC.`,
    );
  }
  const evidence = { resource: route.resource, property: route.property };
  if (route.isBlackhole) {
    return blocked(
      `the ${direction} of \`${resource.name}\` to ${whom} is a blackhole: its target does not exist`,
      evidence,
      "Create the target again, or change the route to a target that exists.",
    );
  }
  if (route.kind === "core network") return unknown(`whether the core network forwards traffic to ${whom}`, evidence);
  const joint = jointOf(stack, route, { subnet: from, vpc: here }, { subnet: to.subnet, vpc: there });
  if (joint.is === "joined") return open(`through the ${route.kind}`, { evidence });
  if (joint.is === "unknown") return unknown(joint.because, { resource: joint.tells });
  return blocked(
    `the ${direction} of \`${resource.name}\` to ${whom} does not reach it: ${joint.because}`,
    { resource: joint.tells },
    joint.fix,
  );
}

function vpcOf(target: Target | undefined): StackResource | undefined {
  return target?.is === "resource" ? target.resource : undefined;
}

/**
 * What may lead on to another VPC: an appliance or a VPN, or a NAT gateway whose own subnet has such a route, or may have
 * one where its route table is not known.
 */
function forwarderOf(stack: Stack, route: Route, range: AddressRange): Route | undefined {
  if (isBetweenVpcs(route)) return undefined;
  if (!leadsOutside(route)) return route;
  if (route.kind !== "NAT gateway") return undefined;
  const gateway = stack.follow(route.target, route.resource, route.property, "natGateway");
  const table = gateway?.is === "resource" ? natSubnetOf(stack, gateway.resource)?.routeTable : undefined;
  if (!table) return route;
  const onward = routeFor(table, range);
  return onward && (onward === "unknown" || !leadsOutside(onward)) ? route : undefined;
}

/**
 * The one route for all addresses of a range; "unknown" where there are several, or where a route of which the
 * destination is not known, or a propagated one, may have precedence.
 */
function routeFor(table: RouteTable, range: AddressRange): Route | "unknown" | undefined {
  const { entries, undetermined } = routesToEvaluate(table);
  const [only, ...others] = routeAddresses(entries, [range]);
  const route = only?.target;
  const mayPropagate = table.propagation !== undefined && (!route || leadsOutside(route));
  const isDoubtful = others.length > 0 || mayPropagate || undetermined.some((one) => !leadsOutside(one));
  return isDoubtful ? "unknown" : route;
}
