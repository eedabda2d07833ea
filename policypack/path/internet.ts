import { type AddressSet, fewAddresses, inBlocks, publicAddresses, sizeOf, subtract, unite } from "../stack/addresses";
import { type Subnet, subnetOf } from "../stack/network";
import { isOf } from "../stack/kinds";
import { notOwned } from "../stack/ownership";
import { publicAccess } from "../stack/public-access";
import { known, readText } from "../stack/reading";
import { type StackResource, given } from "../stack/resource";
import { type Route, type RouteTable, type RouteTargetKind, routesToEvaluate } from "../stack/route-tables";
import { routeAddresses } from "../stack/routing";
import { Stack } from "../stack/stack";
import type { Evidence } from "./hop";
import type { InternetEgress } from "./egress";

/** Hosts outside the VPC, by the addresses that they may have. */
export interface Hosts {
  readonly addresses: AddressSet;
  /** Whether all of them are S3's. */
  readonly isS3: boolean;
}

const anyHost: Hosts = { addresses: publicAddresses, isS3: false };

/** How instances in a subnet reach the internet. */
interface From {
  readonly subnet: Subnet;
  readonly publicAddress: boolean | "unknown" | undefined;
  /** The URNs of the NAT gateways that the traffic has passed. */
  readonly passed: ReadonlySet<string>;
  /** The subnets that it comes from. */
  readonly before: readonly Subnet[];
}

/** Over IPv4, which every host supports; where only IPv6 has a route, some hosts may support it. */
export function internetEgress(
  stack: Stack,
  subnet: Subnet,
  publicAddress: boolean | "unknown" | undefined,
  hosts: Hosts = anyHost,
): InternetEgress {
  const egress = ipv4Egress(stack, { subnet, publicAddress, passed: new Set(), before: [] }, hosts);
  if (egress.is !== "none" || !subnet.hasIpv6) return egress;
  const route = subnet.routeTable?.routes.find(({ destination }) => isPublicIpv6(destination));
  if (!route) return egress;
  const because = `which hosts support IPv6, since the only route to the internet is for IPv6, to the ${route.kind}`;
  return { is: "unknown", because, evidence: at(route) };
}

/** Any but unique local (`fc00::/7`) and link-local addresses. */
function isPublicIpv6(destination: Route["destination"]): boolean {
  return destination.is === "IPv6 block" && !/^f[cde]/i.test(destination.text);
}

/** By the routes in the subnet's table for all addresses that the hosts may have. */
function ipv4Egress(stack: Stack, from: From, hosts: Hosts): InternetEgress {
  const { subnet } = from;
  const { routeTable, resource } = subnet;
  if (!resource) return { is: "unknown", because: `the routes of ${subnet.described}`, evidence: undefined };
  if (!routeTable) return { is: "unknown", because: "the route table of the subnet", evidence: { resource } };
  const { entries, undetermined } = routesToEvaluate(routeTable, hosts.isS3 ? hosts.addresses : []);
  const outside = subtract(hosts.addresses, subnet.vpcRanges);
  const parts = routeAddresses(entries, outside).map(({ addresses, target }) => ({
    addresses,
    egress: target ? byRoute(stack, target, from, hosts) : withoutRoute(routeTable, undetermined),
  }));
  // No VPC has the addresses of the internet, but a state may say so.
  if (parts.length === 0) return { is: "unknown", because: "the CIDR blocks of the VPC", evidence: { resource } };
  const egress = overParts(parts);
  const rival = egress.is === "open" ? undetermined.find((route) => mayDivert(stack, route, from, hosts)) : undefined;
  if (!rival) return egress;
  return { is: "unknown", because: whichIsNotKnown(rival), evidence: at(rival) };
}

function whichIsNotKnown({ kind }: Route): string {
  return kind === "unknown target"
    ? "the target of a route in the route table"
    : `which addresses the route to the ${kind} is for`;
}

/** What propagates routes, and a route of which the destination is not known, may be the missing one. */
function withoutRoute({ managedBy, propagation }: RouteTable, undetermined: readonly Route[]): InternetEgress {
  const foreign = notOwned([{ is: "resource", resource: managedBy }]);
  if (foreign !== undefined) {
    return { is: "unknown", because: `the routes of ${foreign}`, evidence: { resource: managedBy } };
  }
  const [route] = undetermined.filter(({ destination }) => !(destination.is === "unknown" && destination.isPrivate));
  if (route) return { is: "unknown", because: whichIsNotKnown(route), evidence: at(route) };
  if (propagation) {
    const because = "which routes the virtual private gateway propagates to the route table";
    return { is: "unknown", because, evidence: { resource: propagation } };
  }
  return { is: "none", because: "the route table has no default route", evidence: { resource: managedBy } };
}

/** Behind these are other private networks, as long as no default route says otherwise. */
const privateNetworks: readonly RouteTargetKind[] = [
  "transit gateway",
  "VPC peering connection",
  "virtual private gateway",
  "core network",
  "local gateway",
];

/** Whether a route of which the destination is not known may take traffic from a route to the internet. */
function mayDivert(stack: Stack, route: Route, from: From, hosts: Hosts): boolean {
  const { destination, kind } = route;
  if ((destination.is === "unknown" && destination.isPrivate) || privateNetworks.includes(kind)) return false;
  return byRoute(stack, route, from, hosts).is !== "open";
}

interface Part {
  readonly addresses: AddressSet;
  readonly egress: InternetEgress;
}

/** What follows for hosts that may have any of these addresses. */
function overParts(parts: readonly Part[]): InternetEgress {
  const open = parts.flatMap(({ egress }) => (egress.is === "open" ? [egress] : []));
  const closed = parts.flatMap(({ addresses, egress }) => (egress.is === "open" ? [] : [{ addresses, egress }]));
  const unreached = unite(closed.flatMap(({ addresses }) => addresses));
  const [first] = open;
  if (first && sizeOf(unreached) <= fewAddresses) {
    const by = [...new Set(open.map((egress) => egress.by))].join(" and ");
    return {
      is: "open",
      by: closed.length === 0 ? by : `${by} (except to ${inBlocks(unreached)})`,
      evidence: first.evidence,
      natSubnets: [...new Set(open.flatMap(({ natSubnets }) => natSubnets))],
    };
  }
  const relevant = closed.filter(({ addresses }) => closed.length === 1 || sizeOf(addresses) > fewAddresses);
  const doubtful = relevant.find(({ egress }) => egress.is === "unknown");
  const [worst] = doubtful ? [doubtful] : relevant;
  if (!worst || worst.egress.is === "unknown" || !first) return worst?.egress ?? closed[0]!.egress;
  return {
    is: "unknown",
    because: `whether the hosts have addresses in ${inBlocks(unreached)}, for which ${worst.egress.because}`,
    evidence: worst.egress.evidence,
  };
}

function at({ resource, property }: Route): Evidence {
  return { resource, property };
}

/** A route in words: the default route, or the one for its destination. */
function wordsFor({ destination }: Route): string {
  return destination.is === "block" && !destination.text.endsWith("/0") && !destination.text.endsWith("/1")
    ? `route for ${destination.text}`
    : "default route";
}

function byRoute(stack: Stack, route: Route, from: From, hosts: Hosts): InternetEgress {
  const evidence = at(route);
  const which = wordsFor(route);
  if (route.isBlackhole) {
    return { is: "none", because: `the ${which} is a blackhole: its target does not exist`, evidence };
  }
  switch (route.kind) {
    case "NAT gateway":
      return byNat(stack, route, from, hosts);
    case "internet gateway": {
      const address = from.publicAddress ?? known(from.subnet.publicAddresses);
      if (address === true) {
        return (
          publicAccessEgress(stack, from, from.passed.size > 0) ?? {
            is: "open",
            by: "an internet gateway and a public IP address",
            evidence,
            natSubnets: [],
          }
        );
      }
      if (address === undefined || address === "unknown")
        return { is: "unknown", because: "whether the instances have a public IP address", evidence };
      return {
        is: "none",
        because: `the ${which} targets an internet gateway, which instances without a public IP address cannot use`,
        evidence,
      };
    }
    case "egress-only internet gateway":
      return {
        is: "none",
        because: `the ${which} for IPv4 targets an egress-only internet gateway, which supports only IPv6`,
        evidence,
      };
    case "unknown target":
      return { is: "unknown", because: "the target of a route in the route table", evidence };
    case "local gateway":
    case "carrier gateway":
    case "core network":
    case "network interface":
    case "transit gateway":
    case "virtual private gateway":
    case "VPC peering connection":
    case "gateway load balancer or firewall endpoint": {
      const what = route.kind === "network interface" ? "NAT instance or appliance" : route.kind;
      return { is: "unknown", because: `which traffic the ${what} in the ${which} allows`, evidence };
    }
  }
}

/** `undefined` where VPC Block Public Access lets the traffic pass. */
function publicAccessEgress(stack: Stack, from: From, isThroughNat: boolean): InternetEgress | undefined {
  const access = publicAccess(stack, [...from.before, from.subnet], isThroughNat);
  if (access.is === "allowed") return undefined;
  const evidence = { resource: access.by, property: "internetGatewayBlockMode" };
  return access.is === "blocked"
    ? { is: "none", because: `VPC Block Public Access (\`${access.by.name}\`) blocks the internet gateway`, evidence }
    : { is: "unknown", because: `what VPC Block Public Access (\`${access.by.name}\`) blocks`, evidence };
}

function byNat(stack: Stack, route: Route, from: From, hosts: Hosts): InternetEgress {
  const evidence = at(route);
  const which = wordsFor(route);
  const gateway = stack.follow(route.target, route.resource, route.property, "natGateway");
  if (gateway?.is !== "resource") {
    const because =
      gateway?.is === "unknown"
        ? `which NAT gateway the ${which} targets, known after the update`
        : `the NAT gateway in the ${which}, which is not in this stack`;
    return { is: "unknown", because, evidence };
  }
  const { resource } = gateway;
  if (from.passed.has(resource.urn)) {
    const because = `the NAT gateway \`${resource.name}\` is in a subnet whose ${which} targets it`;
    return { is: "none", because, evidence: { resource, property: "subnetId" } };
  }
  if (known(readText(resource.props, "availabilityMode")) === "regional")
    return publicAccessEgress(stack, from, true) ?? byRegionalNat(stack, resource, evidence);
  const connectivity = given(resource, "connectivityType");
  if (connectivity.is === "unknown") {
    const because = `whether the NAT gateway \`${resource.name}\` is public or private`;
    return { is: "unknown", because, evidence: { resource, property: "connectivityType" } };
  }
  const isPrivate = known(connectivity) === "private";
  const natSubnet = natSubnetOf(stack, resource);
  const passed = new Set([...from.passed, resource.urn]);
  const before = [...from.before, from.subnet];
  const onward =
    natSubnet && ipv4Egress(stack, { subnet: natSubnet, publicAddress: !isPrivate, passed, before }, hosts);
  if (isPrivate) return byPrivateNat(resource, which, onward);
  if (!natSubnet || !onward) return { is: "unknown", because: "the subnet of the NAT gateway", evidence: { resource } };
  if (onward.is === "open") {
    return { is: "open", by: "a NAT gateway", evidence, natSubnets: [natSubnet, ...onward.natSubnets] };
  }
  if (isLoop(onward, resource) || isOf("publicAccessOptions", onward.evidence?.resource ?? resource)) return onward;
  const because =
    onward.is === "none"
      ? "the subnet of the NAT gateway has no route to an internet gateway"
      : "whether the subnet of the NAT gateway has a route to the internet";
  return { is: onward.is, because, evidence: { resource, property: "subnetId" } };
}

/** The subnet of a NAT gateway, where it is in this stack. */
export function natSubnetOf(stack: Stack, gateway: StackResource): Subnet | undefined {
  const target = stack.followProperty(gateway, "subnetId", "subnet");
  const subnet = target && subnetOf(stack, target);
  return subnet?.resource ? subnet : undefined;
}

function isLoop({ is, evidence }: InternetEgress, gateway: StackResource): boolean {
  return is === "none" && evidence?.resource === gateway;
}

/**
 * It has no public address, so an internet gateway drops its traffic, but a transit gateway or a virtual private gateway
 * may lead to a network that has a route to the internet. Source:
 * https://docs.aws.amazon.com/vpc/latest/userguide/vpc-nat-gateway.html ("the internet gateway drops the traffic"), in stored
 * copies, and EC2's CreateNatGateway, checked 2026-11-28.
 */
function byPrivateNat(resource: StackResource, which: string, onward: InternetEgress | undefined): InternetEgress {
  if (onward?.is === "none") {
    const because = `the ${which} targets a private NAT gateway, which has no route to the internet`;
    return { is: "none", because, evidence: { resource, property: "connectivityType" } };
  }
  const because = `whether the private NAT gateway \`${resource.name}\` has a route to the internet`;
  return { is: "unknown", because, evidence: onward?.evidence ?? { resource } };
}

/**
 * A regional NAT gateway is in no subnet: AWS creates its route table, and a public subnet is not required. Source:
 * https://docs.amazonaws.cn/vpc/latest/userguide/nat-gateways-regional.html and `routeTableId` of aws.ec2.NatGateway in
 * \@pulumi/aws 7.48.0, checked 2026-11-28.
 */
function byRegionalNat(stack: Stack, gateway: StackResource, evidence: Evidence): InternetEgress {
  const vpc = Stack.key(stack.followProperty(gateway, "vpcId", "vpc"));
  if (vpc !== undefined && stack.derive(vpcsWithInternetGateway).has(vpc)) {
    return { is: "open", by: "a regional NAT gateway", evidence, natSubnets: [] };
  }
  const because = `whether the VPC of the regional NAT gateway \`${gateway.name}\` has an internet gateway`;
  return { is: "unknown", because, evidence: { resource: gateway } };
}

/** By their keys. */
function vpcsWithInternetGateway(stack: Stack): ReadonlySet<string | undefined> {
  const attached = [...stack.of("internetGateway"), ...stack.of("internetGatewayAttachment")];
  return new Set(attached.map((one) => Stack.key(stack.followProperty(one, "vpcId", "vpc"))));
}
