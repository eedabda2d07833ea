import { endpointOnly, endpointsAndNat, everything, hopsOfTraffic, nat, plus, set, stack, without } from "./bases";
import { gateway } from "./hub-base";
import {
  endpointsInSubnet,
  firewall,
  throughNat,
  lowerHalf,
  upperHalf,
  to,
  withoutS3,
  noS3Endpoint,
  secondNat,
  toInternetGateway,
  list,
  toList,
  throughAppliance,
} from "./routing-base";
import type { Trap } from "./trap";

/** Which route of a table counts. */
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
];
