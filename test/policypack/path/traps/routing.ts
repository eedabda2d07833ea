import { accountOnly, json } from "../../rules/examples";
import {
  type Change,
  aws,
  endpointOnly,
  endpointsAndNat,
  everything,
  hopsOfTraffic,
  nat,
  natAndGateway,
  plus,
  set,
  stack,
  vpcId,
  without,
} from "./bases";
import { gateway, hubAndSpoke, hubBlock, hubId, route } from "./hub-base";
import type { Trap } from "./trap";

const firewall = { vpcEndpointId: "vpce-firewall" };
const throughNat = { natGatewayId: "nat-1" };
const lowerHalf = "0.0.0.0/1";
const upperHalf = "128.0.0.0/1";

const to = (name: string, destinationCidrBlock: string, target: object) =>
  route(name, "rtb-1", destinationCidrBlock, target);

/** Endpoints for Systems Manager, and whatever is left for S3. */
const withoutS3 = without("s3");
const noS3Endpoint = "the route table of `private` has no S3 gateway endpoint";

/** What nobody can tell where only S3 goes through the internet. */
const hopsOfS3 = ["s3-route", "payload", "snapshot", "repository"] as const;

const secondNat = (name: string, others: object, ...routes: readonly object[]) =>
  plus(
    aws("ec2/subnet:Subnet", `${name}-subnet`, {
      id: `subnet-${name}`,
      vpcId,
      cidrBlock: "10.0.7.0/24",
      availabilityZone: "eu-west-1a",
    }),
    aws("ec2/routeTable:RouteTable", `${name}-table`, { id: `rtb-${name}`, vpcId, routes }),
    aws("ec2/routeTableAssociation:RouteTableAssociation", `${name}-association`, {
      subnetId: `subnet-${name}`,
      routeTableId: `rtb-${name}`,
    }),
    aws("ec2/natGateway:NatGateway", name, { id: `nat-${name}`, subnetId: `subnet-${name}`, ...others }),
  );
const toInternetGateway = { cidrBlock: "0.0.0.0/0", gatewayId: "igw-1" };

const list = (id: string, ...blocks: readonly string[]) =>
  aws("ec2/managedPrefixList:ManagedPrefixList", "list", {
    id,
    addressFamily: "IPv4",
    maxEntries: 5,
    entries: blocks.map((cidr) => ({ cidr })),
  });
const toList = (destinationPrefixListId: string, target: object) =>
  aws("ec2/route:Route", "to-list", { routeTableId: "rtb-1", destinationPrefixListId, ...target });

/** The S3 endpoint with S3's published blocks, as it is once created. */
const published: Change = (resources) =>
  resources.map((one) => (one.name === "s3" ? { ...one, computed: { cidrBlocks: ["52.218.0.0/17"] } } : one));

const endpointsInSubnet = [
  plus(
    aws("ec2/subnet:Subnet", "shared", {
      id: "subnet-shared",
      vpcId,
      cidrBlock: "10.0.9.0/24",
      availabilityZone: "eu-west-1a",
    }),
  ),
  set("ssm", { subnetIds: ["subnet-shared"] }),
  set("ssmmessages", { subnetIds: ["subnet-shared"] }),
] as const;
const throughAppliance = { networkInterfaceId: "eni-appliance" };

const dualStack = set("private", { ipv6CidrBlock: "2001:db8::/64", assignIpv6AddressOnCreation: true });
const ipv6Route = (destinationIpv6CidrBlock: string) =>
  plus(
    aws("ec2/route:Route", "to-ipv6", {
      routeTableId: "rtb-1",
      destinationIpv6CidrBlock,
      egressOnlyGatewayId: "eigw-1",
    }),
  );

/** Routes: which one applies to which addresses. */
export const routing: readonly Trap[] = [
  {
    title: "a NAT gateway in the subnet that it serves",
    why: "its own default route leads back to it",
    resources: stack(endpointsAndNat, withoutS3, set("nat", { subnetId: "subnet-1" })),
    blocks: ["s3-route", `${noS3Endpoint}, and the NAT gateway \`nat\` is in a subnet whose default route targets it`],
  },
  {
    title: "two NAT gateways that are each other's default route",
    why: "neither leads to an internet gateway",
    resources: stack(
      endpointsAndNat,
      withoutS3,
      set("public-table", { routes: [{ cidrBlock: "0.0.0.0/0", natGatewayId: "nat-second" }] }),
      secondNat("second", {}, { cidrBlock: "0.0.0.0/0", natGatewayId: "nat-1" }),
    ),
    blocks: ["s3-route", `${noS3Endpoint}, and the subnet of the NAT gateway has no route to an internet gateway`],
  },
  {
    title: "a NAT gateway whose subnet routes to a second NAT gateway",
    why: "the second one's subnet has the internet gateway",
    resources: stack(
      nat,
      set("public-table", { routes: [{ cidrBlock: "0.0.0.0/0", natGatewayId: "nat-second" }] }),
      secondNat("second", {}, toInternetGateway),
    ),
  },
  {
    title: "a default route in two halves, both to NAT",
    why: "together they are all addresses",
    resources: stack(
      nat,
      without("to-nat"),
      plus(to("lower", lowerHalf, throughNat), to("upper", upperHalf, throughNat)),
    ),
  },
  {
    title: "a default route in two halves, to two NAT gateways",
    why: "each has a route to the internet gateway",
    resources: stack(
      nat,
      without("to-nat"),
      secondNat("second", {}, toInternetGateway),
      plus(to("lower", lowerHalf, throughNat), to("upper", upperHalf, { natGatewayId: "nat-second" })),
    ),
  },
  {
    title: "a default route in two halves, one of them to a firewall",
    why: "which half a host is in is not known, and the firewall's rules are not read",
    resources: stack(
      nat,
      without("to-nat"),
      plus(to("lower", lowerHalf, throughNat), to("upper", upperHalf, firewall)),
    ),
    leavesUnknown: hopsOfTraffic,
  },
  {
    title: "half of a default route",
    why: "which half a host is in is not known",
    resources: stack(nat, without("to-nat"), plus(to("lower", lowerHalf, throughNat))),
    leavesUnknown: hopsOfTraffic,
  },
  {
    title: "a default route to NAT, and two more specific halves to a private NAT gateway",
    why: "the longest prefix has precedence",
    resources: stack(
      endpointsAndNat,
      withoutS3,
      secondNat("inner", { connectivityType: "private" }, toInternetGateway),
      plus(
        to("lower", lowerHalf, { natGatewayId: "nat-inner" }),
        to("upper", upperHalf, { natGatewayId: "nat-inner" }),
      ),
    ),
    blocks: [
      "s3-route",
      `${noS3Endpoint}, and the default route targets a private NAT gateway, which has no route to the internet`,
    ],
  },
  {
    title: "a more specific route to a firewall beside NAT",
    why: "hosts may have these addresses",
    resources: stack(nat, plus(to("inspected", "52.0.0.0/8", firewall))),
    leavesUnknown: hopsOfTraffic,
  },
  {
    title: "a more specific route to a firewall beside NAT, for one address",
    why: "no host of AWS or a distributor depends on one address",
    resources: stack(nat, plus(to("inspected", "185.220.101.1/32", firewall))),
  },
  {
    title: "private networks behind a transit gateway, beside NAT",
    why: "no public host has these addresses",
    resources: stack(
      nat,
      plus(
        to("corporate", "10.0.0.0/8", gateway),
        to("lab", "172.16.0.0/12", gateway),
        to("cgn", "100.64.0.0/10", gateway),
      ),
    ),
  },
  {
    title: "a customer's prefix list of both halves of all addresses as the default route",
    why: "a route for a prefix list is one for each of its blocks",
    resources: stack(nat, without("to-nat"), plus(list("pl-all", lowerHalf, upperHalf), toList("pl-all", throughNat))),
  },
  {
    title: "a customer's prefix list of private blocks to NAT, and no default route",
    why: "no public host is in it",
    resources: stack(
      endpointsAndNat,
      withoutS3,
      without("to-nat"),
      plus(list("pl-private", "10.0.0.0/8"), toList("pl-private", throughNat)),
    ),
    blocks: ["s3-route", `${noS3Endpoint}, and the route table has no default route`],
  },
  {
    title: "a prefix list from elsewhere to a firewall, beside NAT",
    why: "it may contain any host",
    resources: stack(nat, plus(toList("pl-elsewhere", firewall))),
    leavesUnknown: hopsOfTraffic,
  },
  {
    title: "a prefix list from elsewhere to a transit gateway, beside NAT",
    why: "private networks are behind it: the default route says that the internet is elsewhere",
    resources: stack(nat, plus(toList("pl-elsewhere", gateway))),
  },
  {
    title: "a prefix list from elsewhere to NAT, and no default route",
    why: "which addresses have a route is not known",
    resources: stack(nat, without("to-nat"), plus(toList("pl-elsewhere", throughNat))),
    leavesUnknown: hopsOfTraffic,
  },
  {
    title: "a default route whose target is gone",
    why: "AWS reports it as a blackhole, and drops what it applies to",
    resources: stack(endpointsAndNat, withoutS3, set("to-nat", { natGatewayId: "nat-gone", state: "blackhole" })),
    blocks: ["s3-route", `${noS3Endpoint}, and the default route is a blackhole: its target does not exist`],
  },
  {
    title: "a default route whose target is there",
    why: "its state is active",
    resources: stack(endpointsAndNat, withoutS3, set("to-nat", { state: "active" })),
  },
  {
    title: "endpoints behind a route more specific than local, to an appliance",
    why: "what the appliance forwards is not in the stack",
    resources: stack(endpointOnly, ...endpointsInSubnet, plus(to("inspected", "10.0.9.0/24", throughAppliance))),
    leavesUnknown: ["control-plane"],
  },
  {
    title: "an S3 interface endpoint behind a route more specific than local, to an appliance",
    why: "what the appliance forwards is not in the stack",
    resources: stack(
      endpointOnly,
      ...endpointsInSubnet,
      set("ssm", { subnetIds: ["subnet-1"] }),
      set("ssmmessages", { subnetIds: ["subnet-1"] }),
      set("s3", {
        vpcEndpointType: "Interface",
        ipAddressType: "dualstack",
        routeTableIds: undefined,
        prefixListId: undefined,
        subnetIds: ["subnet-shared"],
        securityGroupIds: ["sg-endpoints"],
        privateDnsEnabled: true,
        dnsOptions: { privateDnsOnlyForInboundResolverEndpoint: false },
      }),
      set("web-group", { egress: [everything] }),
      plus(to("inspected", "10.0.9.0/24", throughAppliance)),
    ),
    leavesUnknown: ["s3-route"],
  },
  {
    title: "endpoints in a VPC whose local route has an appliance as its target",
    why: "a static route for the VPC's block replaces the target of `local`",
    resources: stack(endpointOnly, ...endpointsInSubnet, plus(to("inspected", "10.0.0.0/16", throughAppliance))),
    leavesUnknown: ["control-plane"],
  },
  {
    title: "endpoints beside a route more specific than local, for another subnet",
    why: "the endpoints' addresses are not in it",
    resources: stack(endpointOnly, ...endpointsInSubnet, plus(to("inspected", "10.0.3.0/24", throughAppliance))),
  },
  {
    title: "endpoints beside a route for all private networks",
    why: "local is more specific",
    resources: stack(endpointOnly, ...endpointsInSubnet, plus(to("corporate", "10.0.0.0/8", gateway))),
  },
  {
    title: "endpoints in the subnet of the instances, and a route for that subnet",
    why: "no route applies within a subnet",
    resources: stack(endpointOnly, plus(to("inspected", "10.0.1.0/24", throughAppliance))),
  },
  {
    title: "a private NAT gateway with a transit gateway behind it",
    why: "an egress VPC may be behind that",
    resources: stack(
      nat,
      set("nat", { connectivityType: "private" }),
      set("public-table", { routes: [{ cidrBlock: "0.0.0.0/0", transitGatewayId: "tgw-1" }] }),
    ),
    leavesUnknown: hopsOfTraffic,
  },
  {
    title: "a private NAT gateway in a subnet with an internet gateway",
    why: "it has no public address, so the internet gateway drops its traffic",
    resources: stack(endpointsAndNat, withoutS3, set("nat", { connectivityType: "private" })),
    blocks: [
      "s3-route",
      `${noS3Endpoint}, and the default route targets a private NAT gateway, which has no route to the internet`,
    ],
  },
  {
    title: "a regional NAT gateway",
    why: "it is in no subnet, and AWS creates its route table",
    resources: stack(nat, set("nat", { subnetId: undefined, vpcId, availabilityMode: "regional" })),
  },
  {
    title: "a regional NAT gateway in a VPC whose internet gateway is not in the stack",
    why: "another stack may attach it",
    resources: stack(
      nat,
      without("igw", "public-table", "public-association"),
      set("nat", { subnetId: undefined, vpcId, availabilityMode: "regional" }),
    ),
    leavesUnknown: hopsOfTraffic,
  },
  {
    title: "no default route, and routes that a virtual private gateway propagates",
    why: "a default route may be among them",
    resources: stack(nat, without("to-nat"), set("table", { propagatingVgws: ["vgw-0a1b2c3d4e5f67890"] })),
    leavesUnknown: hopsOfTraffic,
  },
  {
    title: "no default route, and routes that VpnGatewayRoutePropagation propagates",
    why: "a default route may be among them",
    resources: stack(
      nat,
      without("to-nat"),
      plus(
        aws("ec2/vpnGatewayRoutePropagation:VpnGatewayRoutePropagation", "propagation", {
          vpnGatewayId: "vgw-0a1b2c3d4e5f67890",
          routeTableId: "rtb-1",
        }),
      ),
    ),
    leavesUnknown: hopsOfTraffic,
  },
  {
    title: "a default route to NAT, and routes that a virtual private gateway propagates",
    why: "a static default route has precedence over a propagated one",
    resources: stack(nat, set("table", { propagatingVgws: ["vgw-0a1b2c3d4e5f67890"] })),
  },
  {
    title: "a dual-stack subnet with a route for all of IPv6's public addresses, and no endpoint for ssm",
    why: "2000::/3 is where public hosts are",
    resources: stack(
      endpointOnly,
      dualStack,
      ipv6Route("2000::/3"),
      without("ssm"),
      set("s3", { ipAddressType: "dualstack" }),
    ),
    leavesUnknown: ["control-plane"],
  },
  {
    title: "a dual-stack subnet with a route for a private IPv6 block, and no endpoint for ssm",
    why: "no public host is in fc00::/7",
    resources: stack(
      endpointOnly,
      dualStack,
      ipv6Route("fd00::/8"),
      without("ssm"),
      set("s3", { ipAddressType: "dualstack" }),
    ),
    blocks: ["control-plane", "the VPC has no endpoint for `ssm`, and the route table has no default route"],
  },
  {
    title: "a route to a firewall for the addresses of S3, beside the gateway endpoint",
    why: "at the same length a route for a CIDR block has precedence over one for a prefix list",
    resources: stack(endpointOnly, published, plus(to("inspected", "52.218.0.0/17", firewall))),
    leavesUnknown: hopsOfS3,
    unknownAtPreview: ["s3-route"],
  },
  {
    title: "a route to a firewall for a block around S3's, beside the gateway endpoint",
    why: "the endpoint's route is more specific",
    resources: stack(endpointOnly, published, plus(to("inspected", "52.0.0.0/8", firewall))),
  },
  {
    title: "a default route in two halves to a firewall, beside the gateway endpoint",
    why: "the endpoint's route is more specific",
    resources: stack(endpointOnly, plus(to("lower", lowerHalf, firewall), to("upper", upperHalf, firewall))),
  },
  {
    title: "a route to a firewall for half of S3's addresses, beside the gateway endpoint",
    why: "which of them a bucket has is not known",
    resources: stack(endpointOnly, published, plus(to("inspected", "52.218.0.0/18", firewall))),
    leavesUnknown: hopsOfS3,
  },
  {
    title: "a route to a firewall for one address of S3, beside the gateway endpoint",
    why: "S3 answers at many",
    resources: stack(endpointOnly, published, plus(to("inspected", "52.218.1.1/32", firewall))),
  },
  {
    title: "a route to a firewall for public addresses that are not S3's, beside the gateway endpoint",
    why: "S3's addresses are those that the endpoint publishes, once it is created",
    resources: stack(endpointOnly, published, plus(to("inspected", "35.180.0.0/16", firewall))),
    unknownAtPreview: hopsOfS3,
  },
  {
    title: "a route to NAT for the addresses of S3, around a gateway endpoint with a strict policy",
    why: "the policy of an endpoint applies only to what goes through it",
    resources: stack(
      natAndGateway,
      published,
      set("s3", { policy: json(accountOnly) }),
      plus(to("around", "52.218.0.0/16", throughNat), to("exactly", "52.218.0.0/17", throughNat)),
    ),
    unknownAtPreview: hopsOfS3,
  },
  {
    title: "no S3 endpoint on the table, and a route to NAT for S3's published addresses only",
    why: "these are all that S3 has in the region",
    resources: stack(
      endpointsAndNat,
      published,
      without("to-nat"),
      set("s3", { routeTableIds: ["rtb-public"] }),
      set("web-group", { egress: [everything] }),
      plus(to("to-s3", "52.218.0.0/17", throughNat)),
    ),
    unknownAtPreview: hopsOfS3,
  },
  {
    title: "central endpoints behind a private NAT gateway, whose subnet has the route to them",
    why: "it may forward, with its own address",
    resources: stack(
      hubAndSpoke,
      without("to-hub"),
      secondNat("inner", { connectivityType: "private" }, { cidrBlock: hubBlock, ...gateway }),
      plus(to("to-inner", hubBlock, { natGatewayId: "nat-inner" })),
    ),
    leavesUnknown: ["control-plane"],
  },
  {
    title: "central endpoints, and a return route that is a blackhole",
    why: "the answers are dropped",
    resources: stack(hubAndSpoke, set("to-spoke", { transitGatewayId: "tgw-gone", state: "blackhole" })),
    blocks: [
      "control-plane",
      "the return route of `hub-table` to the subnet of the instances is a blackhole: its target does not exist",
    ],
  },
  {
    title: "central endpoints, and a more specific route for their subnet that leads elsewhere",
    why: "the longest prefix has precedence",
    resources: stack(
      hubAndSpoke,
      set("to-hub", { destinationCidrBlock: "10.99.0.0/16" }),
      plus(to("inspected", hubBlock, throughAppliance)),
    ),
    leavesUnknown: ["control-plane"],
  },
  {
    title: "central endpoints, and a less specific route that leads elsewhere",
    why: "the longest prefix has precedence",
    resources: stack(hubAndSpoke, plus(to("corporate", "10.0.0.0/8", throughAppliance))),
  },
  {
    title: "central endpoints, and routes that a virtual private gateway propagates to the hub",
    why: "a static route for the same block has precedence",
    resources: stack(hubAndSpoke, set("hub-table", { propagatingVgws: ["vgw-0a1b2c3d4e5f67890"], vpcId: hubId })),
  },
];
