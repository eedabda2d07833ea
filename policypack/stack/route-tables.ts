import { type AddressRange, type AddressSet, readBlock } from "./addresses";
import { isOf } from "./kinds";
import { isOwned } from "./ownership";
import { type PrefixList, prefixListBehind } from "./prefix-lists";
import { type Reading, elementsOf, known, read, readText } from "./reading";
import { type StackResource, given } from "./resource";
import type { RouteEntry } from "./routing";
import { type Stack, type Target } from "./stack";
import { vpcOfDefault } from "./vpc-defaults";

export interface RouteTable {
  /** The table, or for a VPC's implicit main table the VPC. */
  readonly resource: StackResource;
  /** What has its routes: a DefaultRouteTable for the main table of its VPC. */
  readonly managedBy: StackResource;
  /** In addition to the route `local`. */
  readonly routes: readonly Route[];
  /** What shows that a virtual private gateway propagates its routes, which no stack contains, to the table. */
  readonly propagation: StackResource | undefined;
}

/** The kind of target of a route, by the property that names it. */
export type RouteTargetKind =
  | "internet gateway"
  | "NAT gateway"
  | "egress-only internet gateway"
  | "network interface"
  | "transit gateway"
  | "VPC peering connection"
  | "gateway load balancer or firewall endpoint"
  | "core network"
  | "carrier gateway"
  | "local gateway"
  | "virtual private gateway"
  | "unknown target";

export interface Route {
  readonly resource: StackResource;
  /** Top-level property that the route is in. */
  readonly property: string;
  readonly destination: Destination;
  readonly kind: RouteTargetKind;
  readonly target: Reading;
  /** Whether its target no longer exists, as AWS reported when the stack was last refreshed. */
  readonly isBlackhole: boolean;
}

export type Destination =
  | { readonly is: "block"; readonly text: string; readonly block: AddressRange }
  | { readonly is: "IPv6 block"; readonly text: string }
  | { readonly is: "prefix list"; readonly list: PrefixList }
  /** Not known yet; `isPrivate` where it is the block of a VPC or subnet of this stack. */
  | { readonly is: "unknown"; readonly isPrivate: boolean };

/** The route table that a reference leads to; `undefined` for one that is not in the stack or not known yet. */
export function routeTableBehind(stack: Stack, target: Target): RouteTable | undefined {
  return target.is === "resource" ? stack.derive(routeTablesOf).get(target.resource.urn) : undefined;
}

/** The main route table of a VPC. */
export function mainRouteTableOf(stack: Stack, vpc: StackResource): RouteTable | undefined {
  const { byVpc, uncertain } = stack.derive(mainAssociations);
  const associated = byVpc.get(vpc.urn);
  if (associated) return associated.table && routeTableBehind(stack, associated.table);
  if (uncertain) return undefined;
  const table = stack.derive(routeTablesOf).get(vpc.urn);
  return table && isOwned(table.managedBy) ? table : undefined;
}

/** What replaces the main tables of VPCs, by the URN of the VPC, and whether it is not known of which VPC one does. */
function mainAssociations(stack: Stack) {
  const byVpc = new Map<string, { readonly table: Target | undefined }>();
  let uncertain = false;
  for (const association of stack.of("mainRouteTableAssociation")) {
    const vpc = stack.followProperty(association, "vpcId", "vpc");
    if (vpc?.is === "unknown") uncertain = true;
    if (vpc?.is !== "resource" || byVpc.has(vpc.resource.urn)) continue; // of several for one VPC the first counts
    byVpc.set(vpc.resource.urn, { table: stack.followProperty(association, "routeTableId", "routeTable") });
  }
  return { byVpc, uncertain };
}

/** All route tables by the URN of their resource; a VPC's main table by the VPC's, and by that of what manages it. */
function routeTablesOf(stack: Stack): ReadonlyMap<string, RouteTable> {
  const routes = new Map<string, Route[]>();
  const put = (urn: string, route: Route | undefined) => {
    if (!route) return;
    const others = routes.get(urn);
    if (others) others.push(route);
    else routes.set(urn, [route]);
  };
  for (const resource of stack.of("route")) {
    const table = stack.followProperty(resource, "routeTableId", "routeTable");
    if (table?.is === "resource") {
      put(ownerOf(stack, table.resource).urn, readRoute(stack, resource, resource.props, undefined));
    }
  }
  const ofAnyTable = stack
    .of("route")
    .filter((route) => stack.followProperty(route, "routeTableId", "routeTable")?.is === "unknown")
    .map(unknownRoute);
  const tables = [...stack.of("routeTable"), ...stack.of("defaultRouteTable")];
  for (const resource of tables) {
    const { urn } = ownerOf(stack, resource);
    const inline = given(resource, "routes");
    if (inline.is === "unknown") put(urn, unknownRoute(resource));
    for (const route of inline.is === "known" ? elementsOf(inline) : []) {
      put(urn, route.is === "known" ? readRoute(stack, resource, route.value, "routes") : unknownRoute(resource));
    }
  }
  const propagations = propagationsOf(stack);
  const managers = new Map(tables.map((table) => [ownerOf(stack, table).urn, table]));
  return new Map(
    [...stack.of("vpc"), ...tables].map((one): [string, RouteTable] => {
      const resource = ownerOf(stack, one);
      const ofTable = [...(routes.get(resource.urn) ?? []), ...ofAnyTable];
      const managedBy = managers.get(resource.urn) ?? resource;
      return [one.urn, { resource, managedBy, routes: ofTable, propagation: propagations.get(resource.urn) }];
    }),
  );
}

/** Where the routes of a table are collected: for a DefaultRouteTable, at the VPC whose main table it manages. */
function ownerOf(stack: Stack, table: StackResource): StackResource {
  const vpc = isOf("defaultRouteTable", table) ? vpcOfDefault(stack, table, "defaultRouteTableId") : undefined;
  return vpc ?? table;
}

/** What propagates routes, by the URN of the table: an input of the table, or a resource of its own. */
function propagationsOf(stack: Stack): ReadonlyMap<string, StackResource> {
  const inline = [...stack.of("routeTable"), ...stack.of("defaultRouteTable")]
    .filter(({ props, propertyDependencies }) => {
      // AWS computes the list where it is not given.
      const isNamed = elementsOf(read(props, "propagatingVgws")).some(({ is }) => is === "known");
      return isNamed || (propertyDependencies?.["propagatingVgws"] ?? []).length > 0;
    })
    .map((table) => [ownerOf(stack, table).urn, table] as const);
  const separate = stack.of("routePropagation").flatMap((propagation) => {
    const tables = [
      stack.followProperty(propagation, "routeTableId", "routeTable"),
      ...stack.followAll(read(propagation.props, "routeTableIds"), propagation, "routeTableIds", "routeTable"),
    ];
    return tables.flatMap((table) =>
      table?.is === "resource" ? [[ownerOf(stack, table.resource).urn, propagation] as const] : [],
    );
  });
  return new Map([...inline, ...separate]);
}

/** The properties that name the target of a route, of both providers and both ways to write routes. */
const targets: readonly (readonly [property: string, kind: RouteTargetKind])[] = [
  ["natGatewayId", "NAT gateway"],
  ["gatewayId", "internet gateway"],
  ["egressOnlyGatewayId", "egress-only internet gateway"],
  ["egressOnlyInternetGatewayId", "egress-only internet gateway"],
  ["networkInterfaceId", "network interface"],
  ["instanceId", "network interface"],
  ["transitGatewayId", "transit gateway"],
  ["vpcPeeringConnectionId", "VPC peering connection"],
  ["vpcEndpointId", "gateway load balancer or firewall endpoint"],
  ["coreNetworkArn", "core network"],
  ["carrierGatewayId", "carrier gateway"],
  ["localGatewayId", "local gateway"],
];

/** `undefined` for the route `local`, which every table has. */
function readRoute(
  stack: Stack,
  resource: StackResource,
  record: unknown,
  inList: string | undefined,
): Route | undefined {
  const destination = readDestination(stack, resource, record, inList);
  const isDead = known(readText(record, "state")) === "blackhole";
  for (const [name, ofProperty] of targets) {
    const target = inList ? read(record, name) : given(resource, name); // AWS computes some of them where not given
    if (target.is === "absent") continue;
    if (known(target) === "local") return undefined;
    const property = inList ?? name;
    const kind = kindOfTarget(ofProperty, target, resource, property);
    // A target that is about to be created replaces the one that is gone.
    return { resource, property, destination, kind, target, isBlackhole: isDead && target.is === "known" };
  }
  return { ...unknownRoute(resource), property: inList ?? "routes", destination, isBlackhole: isDead };
}

const destinations = ["destinationCidrBlock", "cidrBlock", "destinationIpv6CidrBlock", "ipv6CidrBlock"];

function readDestination(
  stack: Stack,
  resource: StackResource,
  record: unknown,
  inList: string | undefined,
): Destination {
  for (const name of destinations) {
    const text = readText(record, name);
    if (text.is === "absent") continue;
    if (text.is === "unknown") {
      const sources = resource.propertyDependencies?.[inList ?? name] ?? [];
      const isPrivate = sources.length > 0 && sources.every((one) => isOf("vpc", one) || isOf("subnet", one));
      return { is: "unknown", isPrivate: isPrivate && inList === undefined };
    }
    if (text.value.includes(":")) return { is: "IPv6 block", text: text.value };
    const block = readBlock(text.value);
    return block ? { is: "block", text: text.value, block } : { is: "unknown", isPrivate: false };
  }
  const list = read(record, "destinationPrefixListId");
  if (list.is === "absent") return { is: "unknown", isPrivate: false };
  return {
    is: "prefix list",
    list: prefixListBehind(stack, list, resource, inList ?? "destinationPrefixListId"),
  };
}

/** The kinds of target by their ids: EC2 takes each of them as `gatewayId`, too, and states keep it as it was given. */
const otherTargets: readonly (readonly [prefix: string, kind: RouteTargetKind])[] = [
  ["vgw-", "virtual private gateway"],
  ["nat-", "NAT gateway"],
  ["eigw-", "egress-only internet gateway"],
  ["vpce-", "gateway load balancer or firewall endpoint"],
  ["tgw-", "transit gateway"],
  ["pcx-", "VPC peering connection"],
  ["eni-", "network interface"],
  ["lgw-", "local gateway"],
  ["cagw-", "carrier gateway"],
];

/** A `gatewayId` may name another target: by the id, or where that is unknown by what it may come from. */
function kindOfTarget(kind: RouteTargetKind, target: Reading, from: StackResource, property: string): RouteTargetKind {
  if (kind !== "internet gateway") return kind;
  const id = known(target);
  if (target.is === "known") {
    return otherTargets.find(([prefix]) => typeof id === "string" && id.startsWith(prefix))?.[1] ?? kind;
  }
  const sources = from.propertyDependencies?.[property] ?? [];
  if (!sources.some((one) => isOf("vpnGateway", one))) return kind;
  return sources.some((one) => isOf("internetGateway", one)) ? "unknown target" : "virtual private gateway";
}

function unknownRoute(resource: StackResource): Route {
  return {
    resource,
    property: "routes",
    destination: { is: "unknown", isPrivate: false },
    kind: "unknown target",
    target: { is: "unknown" },
    isBlackhole: false,
  };
}

/** The routes of a table for the evaluator, and those of which it is not known which addresses they are for. */
export interface RoutesToEvaluate {
  readonly entries: readonly RouteEntry<Route>[];
  readonly undetermined: readonly Route[];
}

/**
 * The IPv4 routes of a table. The AWS-managed list of S3 contains none but S3's addresses, so it is a route only for
 * these.
 *
 * @param s3Blocks the addresses of S3 in the region, where the traffic to them is asked about
 */
export function routesToEvaluate({ routes }: RouteTable, s3Blocks: AddressSet = []): RoutesToEvaluate {
  const entries: RouteEntry<Route>[] = [];
  const undetermined: Route[] = [];
  for (const route of routes) {
    const { destination } = route;
    switch (destination.is) {
      case "block":
        entries.push({ blocks: [destination.block], origin: "static", target: route });
        break;
      case "prefix list": {
        const { list } = destination;
        const blocks = list.is === "blocks" ? list.blocks : list.is === "service" ? s3BlocksIn(list, s3Blocks) : [];
        entries.push({ blocks, origin: "prefix list", target: route });
        if (list.is === "unknown" || (list.is === "blocks" && list.isPartial)) undetermined.push(route);
        break;
      }
      case "unknown":
        undetermined.push(route);
        break;
      case "IPv6 block":
        break;
    }
  }
  return { entries, undetermined };
}

function s3BlocksIn({ service }: PrefixList & { is: "service" }, s3Blocks: AddressSet): AddressSet {
  return service === "s3" ? s3Blocks : [];
}
