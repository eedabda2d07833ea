import { isNative, isOf } from "./kinds";
import { isOwned, ownershipOf } from "./ownership";
import { type Reading, elementsOf, known, read, readText } from "./reading";
import { type StackResource, given } from "./resource";
import { type Stack, type Target } from "./stack";

/** A subnet of a stack, or one that the stack only names. */
export interface Subnet {
  /** `undefined` for a subnet that is not in the stack or not known yet. */
  readonly resource: StackResource | undefined;
  readonly vpc: Target | undefined;
  readonly cidrBlock: string | undefined;
  readonly zone: string | undefined;
  readonly hasIpv6: boolean;
  /** Whether it has no IPv4 at all. */
  readonly isIpv6Only: boolean;
  /** Whether instances get a public address; unknown while that is. */
  readonly publicAddresses: Reading<boolean>;
  /** `undefined` where it is not known which table it is. */
  readonly routeTable: RouteTable | undefined;
}

export interface RouteTable {
  /** The table, or for a VPC's implicit main table the VPC. */
  readonly resource: StackResource;
  readonly isImplicitMain: boolean;
  /** What has its routes: a DefaultRouteTable for the main table of its VPC. */
  readonly managedBy: StackResource;
  readonly routes: readonly Route[];
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
  /** CIDR block or prefix list. */
  readonly destination: Reading<string>;
  readonly kind: RouteTargetKind;
  readonly target: Reading;
}

/** The subnet that a reference leads to. */
export function subnetOf(stack: Stack, target: Target): Subnet {
  if (target.is !== "resource") return unknownSubnet;
  return stack.derive(subnetsOf).get(target.resource.urn) ?? unknownSubnet;
}

const unknownSubnet: Subnet = {
  resource: undefined,
  vpc: { is: "unknown" },
  cidrBlock: undefined,
  zone: undefined,
  hasIpv6: false,
  isIpv6Only: false,
  publicAddresses: { is: "unknown" },
  routeTable: undefined,
};

function subnetsOf(stack: Stack): ReadonlyMap<string, Subnet> {
  return new Map(
    stack.of("subnet").map((resource) => {
      const vpc = stack.followProperty(resource, "vpcId", "vpc");
      const subnet: Subnet = {
        resource,
        vpc,
        cidrBlock: known(readText(resource.props, "cidrBlock")),
        zone: known(readText(resource.props, "availabilityZone")),
        hasIpv6: [read(resource.props, "ipv6CidrBlock"), read(resource.props, "assignIpv6AddressOnCreation")].some(
          (reading) => reading.is === "known" && Boolean(reading.value),
        ),
        isIpv6Only: known(flag(given(resource, "ipv6Native"))) === true,
        publicAddresses: flag(ofCreated(resource, "mapPublicIpOnLaunch")),
        routeTable: routeTableOf(stack, resource, vpc),
      };
      return [resource.urn, subnet];
    }),
  );
}

/** A property with AWS's default where it is not given; of a resource that AWS creates, it may have been changed. */
function ofCreated(resource: StackResource, property: string): Reading {
  return isOwned(resource) ? given(resource, property) : read(resource.props, property);
}

/** A flag; one of another type, or none, is `false`. */
export function flag(reading: Reading): Reading<boolean> {
  if (reading.is === "unknown") return reading;
  return { is: "known", value: known(reading) === true || known(reading) === "true" };
}

/** By association; else the main table of the VPC. */
function routeTableOf(stack: Stack, subnet: StackResource, vpc: Target | undefined): RouteTable | undefined {
  const { bySubnet, uncertain } = stack.derive(associationsOf);
  const associated = bySubnet.get(subnet.urn);
  if (associated) return routeTableBehind(stack, associated);
  // A subnet that the stack does not create may be associated with another table where it is created.
  if (uncertain || vpc?.is !== "resource" || ownershipOf(subnet) === "read") return undefined;
  return mainRouteTableOf(stack, vpc.resource);
}

function associationsOf(stack: Stack) {
  const bySubnet = new Map<string, Target>();
  let uncertain = false;
  for (const association of stack.of("routeTableAssociation")) {
    const subnet = stack.followProperty(association, "subnetId", "subnet");
    const table = stack.followProperty(association, "routeTableId", "routeTable");
    if (subnet?.is === "unknown") uncertain = true;
    if (subnet?.is === "resource" && table) bySubnet.set(subnet.resource.urn, table);
  }
  return { bySubnet, uncertain };
}

function mainRouteTableOf(stack: Stack, vpc: StackResource): RouteTable | undefined {
  for (const association of stack.of("mainRouteTableAssociation")) {
    const of = stack.followProperty(association, "vpcId", "vpc");
    const table = stack.followProperty(association, "routeTableId", "routeTable");
    if (of?.is !== "resource" || of.resource.urn !== vpc.urn) continue;
    return table && routeTableBehind(stack, table);
  }
  const table = stack.derive(routeTablesOf).get(vpc.urn);
  return table && isOwned(table.managedBy) ? table : undefined;
}

/** The route table that a reference leads to; `undefined` for one that is not in the stack or not known yet. */
export function routeTableBehind(stack: Stack, target: Target): RouteTable | undefined {
  return target.is === "resource" ? stack.derive(routeTablesOf).get(target.resource.urn) : undefined;
}

/** All route tables by the URN of their resource; a VPC's main table by the VPC's, and by that of what manages it. */
function routeTablesOf(stack: Stack): ReadonlyMap<string, RouteTable> {
  const routes = new Map<string, Route[]>();
  const put = (urn: string, route: Route) => {
    const others = routes.get(urn);
    if (others) others.push(route);
    else routes.set(urn, [route]);
  };
  for (const resource of stack.of("route")) {
    const table = stack.followProperty(resource, "routeTableId", "routeTable");
    if (table?.is === "resource") {
      put(ownerOf(stack, table.resource).urn, readRoute(resource, resource.props, undefined));
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
      put(urn, route.is === "known" ? readRoute(resource, route.value, "routes") : unknownRoute(resource));
    }
  }
  const managers = new Map(tables.map((table) => [ownerOf(stack, table).urn, table]));
  return new Map(
    [...stack.of("vpc"), ...tables].map((one): [string, RouteTable] => {
      const resource = ownerOf(stack, one);
      const isImplicitMain = isOf("vpc", resource);
      const managedBy = managers.get(resource.urn) ?? resource;
      const ofTable = [...(routes.get(resource.urn) ?? []), ...ofAnyTable];
      return [one.urn, { resource, isImplicitMain, managedBy, routes: ofTable }];
    }),
  );
}

/** Where the routes of a table are collected: for a DefaultRouteTable, at the VPC whose main table it manages. */
function ownerOf(stack: Stack, table: StackResource): StackResource {
  const vpc = isOf("defaultRouteTable", table) ? vpcOfDefault(stack, table, "defaultRouteTableId") : undefined;
  return vpc ?? table;
}

/** The VPC whose own route table, security group or network ACL a resource manages by its id. */
export function vpcOfDefault(stack: Stack, resource: StackResource, property: string): StackResource | undefined {
  const id = known(read(resource.props, property));
  if (id !== undefined) return stack.of("vpc").find(({ props }) => known(read(props, property)) === id);
  const vpc = stack.followProperty(resource, property, "vpc");
  return vpc?.is === "resource" ? vpc.resource : undefined;
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

function readRoute(resource: StackResource, record: unknown, inList: string | undefined): Route {
  const destination =
    ["destinationCidrBlock", "cidrBlock", "destinationIpv6CidrBlock", "ipv6CidrBlock", "destinationPrefixListId"]
      .map((name) => readText(record, name))
      .find((reading) => reading.is !== "absent" && known(reading) !== "") ?? ({ is: "unknown" } as const);
  for (const [name, kind] of targets) {
    const target = inList ? read(record, name) : given(resource, name); // AWS computes some of them where not given
    if (target.is === "absent" || known(target) === "") continue;
    return {
      resource,
      property: inList ?? name,
      destination,
      kind: kindOfTarget(kind, target, resource, inList ?? name),
      target,
    };
  }
  return { resource, property: inList ?? "routes", destination, kind: "unknown target", target: { is: "unknown" } };
}

/** `gatewayId` takes virtual private gateways, too: by the id, or where that is unknown by what it may come from. */
function kindOfTarget(kind: RouteTargetKind, target: Reading, from: StackResource, property: string): RouteTargetKind {
  if (kind !== "internet gateway") return kind;
  const id = known(target);
  if (target.is === "known") return typeof id === "string" && id.startsWith("vgw-") ? "virtual private gateway" : kind;
  const sources = from.propertyDependencies?.[property] ?? [];
  if (!sources.some((one) => isOf("vpnGateway", one))) return kind;
  return sources.some((one) => isOf("internetGateway", one)) ? "unknown target" : "virtual private gateway";
}

function unknownRoute(resource: StackResource): Route {
  const unknown = { is: "unknown" } as const;
  return { resource, property: "routes", destination: unknown, kind: "unknown target", target: unknown };
}

/** The DNS attributes of a VPC; AWS's defaults where they are not given: support on, hostnames off. */
export function dnsOf(vpc: StackResource): { support: Reading<boolean>; hostnames: Reading<boolean> } {
  const isDefault = vpc.type.endsWith(":DefaultVpc");
  const attribute = (name: string, fallback: boolean): Reading<boolean> => {
    const reading = ofCreated(vpc, name);
    return reading.is === "absent" ? { is: "known", value: fallback } : flag(reading);
  };
  return {
    support: attribute("enableDnsSupport", true),
    hostnames: attribute("enableDnsHostnames", isDefault && !isNative(vpc)),
  };
}

/** The IPv4 blocks of a VPC. */
export function cidrBlocksOf(vpc: StackResource): string[] {
  const block = known(readText(vpc.props, "cidrBlock"));
  return block === undefined ? [] : [block];
}
