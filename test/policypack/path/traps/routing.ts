import {
  dualStackS3,
  endpointOnly,
  endpointsAndNat,
  everything,
  hopsOfTraffic,
  nat,
  plus,
  set,
  stack,
  without,
} from "./bases";
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

/** Which route of a route table applies. */
export const routing: readonly Trap[] = [
  {
    title: "a NAT gateway in the subnet that it serves",
    why: "the default route of its own subnet targets it",
    resources: stack(endpointsAndNat, withoutS3, set("nat", { subnetId: "subnet-1" })),
    blocks: ["s3-route", `${noS3Endpoint}, and the NAT gateway \`nat\` is in a subnet whose default route targets it`],
  },
  {
    title: "two NAT gateways that are each other's default route",
    why: "neither has a route to an internet gateway",
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
    why: "the subnet of the second one has a route to the internet gateway",
    resources: stack(
      nat,
      set("public-table", { routes: [{ cidrBlock: "0.0.0.0/0", natGatewayId: "nat-second" }] }),
      secondNat("second", {}, toInternetGateway),
    ),
  },
  {
    title: "a default route in two halves, both to NAT",
    why: "together they cover all addresses",
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
    why: "which half a host's address is in is not known, and the firewall's rules are not read",
    resources: stack(
      nat,
      without("to-nat"),
      plus(to("lower", lowerHalf, throughNat), to("upper", upperHalf, firewall)),
    ),
    leavesUnknown: hopsOfTraffic,
  },
  {
    title: "half of a default route",
    why: "which half a host's address is in is not known",
    resources: stack(nat, without("to-nat"), plus(to("lower", lowerHalf, throughNat))),
    leavesUnknown: hopsOfTraffic,
  },
  {
    title: "a default route to NAT, and two more specific routes to a private NAT gateway",
    why: "the route with the longest prefix applies",
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
    title: "a default route to NAT, and a more specific route to a firewall",
    why: "public hosts may have these addresses",
    resources: stack(nat, plus(to("inspected", "52.0.0.0/8", firewall))),
    leavesUnknown: hopsOfTraffic,
  },
  {
    title: "a default route to NAT, and a route to a firewall for a single address",
    why: "no host of AWS or of a distributor relies on a single address",
    resources: stack(nat, plus(to("inspected", "185.220.101.1/32", firewall))),
  },
  {
    title: "a default route to NAT, and routes to a transit gateway for private ranges",
    why: "no public host has an address in these ranges",
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
    title: "a route to NAT for a customer-managed prefix list with both halves of the IPv4 address space",
    why: "a route for a prefix list applies to each of its CIDR blocks",
    resources: stack(nat, without("to-nat"), plus(list("pl-all", lowerHalf, upperHalf), toList("pl-all", throughNat))),
  },
  {
    title: "a route to NAT for a customer-managed prefix list of private ranges, and no default route",
    why: "no public host has an address in the list",
    resources: stack(
      endpointsAndNat,
      withoutS3,
      without("to-nat"),
      plus(list("pl-private", "10.0.0.0/8"), toList("pl-private", throughNat)),
    ),
    blocks: ["s3-route", `${noS3Endpoint}, and the route table has no default route`],
  },
  {
    title: "a default route to NAT, and a route to a firewall for a prefix list that is not in the stack",
    why: "the list may contain any address",
    resources: stack(nat, plus(toList("pl-elsewhere", firewall))),
    leavesUnknown: hopsOfTraffic,
  },
  {
    title: "a default route to NAT, and a route to a transit gateway for a prefix list that is not in the stack",
    why: "the transit gateway is taken to connect private networks, as the default route targets the NAT gateway",
    resources: stack(nat, plus(toList("pl-elsewhere", gateway))),
  },
  {
    title: "a route to NAT for a prefix list that is not in the stack, and no default route",
    why: "which addresses have a route is not known",
    resources: stack(nat, without("to-nat"), plus(toList("pl-elsewhere", throughNat))),
    leavesUnknown: hopsOfTraffic,
  },
  {
    title: "a default route whose target no longer exists",
    why: "AWS reports the route as a blackhole and drops its traffic",
    resources: stack(endpointsAndNat, withoutS3, set("to-nat", { natGatewayId: "nat-gone", state: "blackhole" })),
    blocks: ["s3-route", `${noS3Endpoint}, and the default route is a blackhole: its target does not exist`],
  },
  {
    title: "a default route whose target exists",
    why: "the state of the route is active",
    resources: stack(endpointsAndNat, withoutS3, set("to-nat", { state: "active" })),
  },
  {
    title: "endpoints in a subnet with a route to an appliance that is more specific than the local route",
    why: "whether the appliance forwards the traffic is not in the stack",
    resources: stack(endpointOnly, ...endpointsInSubnet, plus(to("inspected", "10.0.9.0/24", throughAppliance))),
    leavesUnknown: ["control-plane"],
  },
  {
    title:
      "an S3 interface endpoint in a subnet with a route to an appliance that is more specific than the local route",
    why: "whether the appliance forwards the traffic is not in the stack",
    resources: stack(
      endpointOnly,
      ...endpointsInSubnet,
      set("ssm", { subnetIds: ["subnet-1"] }),
      set("ssmmessages", { subnetIds: ["subnet-1"] }),
      dualStackS3({ prefixListId: undefined, subnetIds: ["subnet-shared"] }),
      set("web-group", { egress: [everything] }),
      plus(to("inspected", "10.0.9.0/24", throughAppliance)),
    ),
    leavesUnknown: ["s3-route"],
  },
  {
    title: "endpoints in a VPC whose local route targets an appliance",
    why: "a static route for the VPC's CIDR block replaces the target of the local route",
    resources: stack(endpointOnly, ...endpointsInSubnet, plus(to("inspected", "10.0.0.0/16", throughAppliance))),
    leavesUnknown: ["control-plane"],
  },
  {
    title: "endpoints, and a route for another subnet that is more specific than the local route",
    why: "the endpoints' addresses are not in that subnet",
    resources: stack(endpointOnly, ...endpointsInSubnet, plus(to("inspected", "10.0.3.0/24", throughAppliance))),
  },
  {
    title: "endpoints, and a route for a private range around the VPC's CIDR block",
    why: "the local route is more specific",
    resources: stack(endpointOnly, ...endpointsInSubnet, plus(to("corporate", "10.0.0.0/8", gateway))),
  },
  {
    title: "endpoints in the subnet of the instances, and a route for that subnet",
    why: "routes do not apply to traffic within a subnet",
    resources: stack(endpointOnly, plus(to("inspected", "10.0.1.0/24", throughAppliance))),
  },
];
