import { isNative } from "./kinds";
import { type Reading, elementsOf, known, read, readText } from "./reading";
import { type StackResource, given } from "./resource";
import { type Stack, type Target } from "./stack";

/** A subnet of a stack, or one that the stack only names. */
export interface Subnet {
  /** `undefined` for a subnet that is made elsewhere or not known yet. */
  readonly resource: StackResource | undefined;
  readonly vpc: Target | undefined;
  readonly cidrBlock: string | undefined;
  readonly zone: string | undefined;
  readonly hasIpv6: boolean;
  /** Whether instances get a public address; unknown while that is. */
  readonly publicAddresses: Reading<boolean>;
  /** `undefined` where it can't be told which table it is. */
  readonly routeTable: RouteTable | undefined;
}

export interface RouteTable {
  /** The table, or for a VPC's implicit main table the VPC. */
  readonly resource: StackResource;
  readonly isImplicitMain: boolean;
  readonly routes: readonly Route[];
}

/** Where a route leads, by the property that says so. */
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
  | "something unknown";

export interface Route {
  readonly resource: StackResource;
  /** Top-level property that the route stands in. */
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
        publicAddresses: flag(given(resource, "mapPublicIpOnLaunch")),
        routeTable: routeTableOf(stack, resource, vpc),
      };
      return [resource.urn, subnet];
    }),
  );
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
  if (associated) {
    return associated.is === "resource" ? stack.derive(routeTablesOf).get(associated.resource.urn) : undefined;
  }
  if (uncertain || vpc?.is !== "resource") return undefined;
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
    return table?.is === "resource" ? stack.derive(routeTablesOf).get(table.resource.urn) : undefined;
  }
  return stack.derive(routeTablesOf).get(vpc.urn);
}

/** All route tables by the URN of their resource; a VPC's implicit main table by the VPC's. */
function routeTablesOf(stack: Stack): ReadonlyMap<string, RouteTable> {
  const routes = new Map<string, Route[]>();
  const put = (urn: string, route: Route) => {
    const others = routes.get(urn);
    if (others) others.push(route);
    else routes.set(urn, [route]);
  };
  for (const resource of stack.of("route")) {
    const table = tableThat(stack, resource, "routeTableId");
    if (table) put(table.urn, readRoute(resource, resource.props, undefined));
  }
  const ofAnyTable = stack
    .of("route")
    .filter((route) => stack.followProperty(route, "routeTableId", "routeTable")?.is === "unknown")
    .filter((route) => !tableThat(stack, route, "routeTableId"))
    .map(unknownRoute);
  const tables = [...stack.of("routeTable"), ...stack.of("defaultRouteTable")];
  for (const resource of tables) {
    const vpc = kindOfDefault(stack, resource) ?? resource;
    const inline = given(resource, "routes");
    if (inline.is === "unknown") put(vpc.urn, unknownRoute(resource));
    for (const route of inline.is === "known" ? elementsOf(inline) : []) {
      put(vpc.urn, route.is === "known" ? readRoute(resource, route.value, "routes") : unknownRoute(resource));
    }
  }
  const make = (resource: StackResource, isImplicitMain: boolean): [string, RouteTable] => [
    resource.urn,
    { resource, isImplicitMain, routes: [...(routes.get(resource.urn) ?? []), ...ofAnyTable] },
  ];
  return new Map([
    ...stack.of("routeTable").map((resource) => make(resource, false)),
    ...stack.of("vpc").map((resource) => make(resource, true)),
  ]);
}

/** The VPC whose main table a DefaultRouteTable manages. */
function kindOfDefault(stack: Stack, resource: StackResource): StackResource | undefined {
  return resource.type.endsWith(":DefaultRouteTable") ? tableThat(stack, resource, "defaultRouteTableId") : undefined;
}

/** The route table that a property names: a resource, or the VPC for its main table. */
function tableThat(stack: Stack, from: StackResource, property: string): StackResource | undefined {
  const table = stack.followProperty(from, property, "routeTable");
  if (table?.is === "resource") return table.resource;
  if (table?.is === "outside") {
    return stack
      .of("vpc")
      .find(({ props }) =>
        ["mainRouteTableId", "defaultRouteTableId"].some((name) => known(read(props, name)) === table.id),
      );
  }
  const vpc = stack.followProperty(from, property, "vpc");
  return vpc?.is === "resource" ? vpc.resource : undefined;
}

/** The properties that say where a route leads, of both providers and both ways to write routes. */
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
    return { resource, property: inList ?? name, destination, kind: kindOfGateway(kind, target), target };
  }
  return { resource, property: inList ?? "routes", destination, kind: "something unknown", target: { is: "unknown" } };
}

/** `gatewayId` takes virtual private gateways, too. */
function kindOfGateway(kind: RouteTargetKind, target: Reading): RouteTargetKind {
  const id = known(target);
  return typeof id === "string" && id.startsWith("vgw-") ? "virtual private gateway" : kind;
}

function unknownRoute(resource: StackResource): Route {
  const unknown = { is: "unknown" } as const;
  return { resource, property: "routes", destination: unknown, kind: "something unknown", target: unknown };
}

/** The DNS attributes of a VPC; AWS's defaults where they are not given: support on, hostnames off. */
export function dnsOf(vpc: StackResource): { support: Reading<boolean>; hostnames: Reading<boolean> } {
  const isDefault = vpc.type.endsWith(":DefaultVpc");
  const attribute = (name: string, fallback: boolean): Reading<boolean> => {
    const reading = given(vpc, name);
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
