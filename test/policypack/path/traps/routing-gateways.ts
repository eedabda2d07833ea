import { aws, endpointOnly, endpointsAndNat, hopsOfTraffic, nat, plus, set, stack, vpcId, without } from "./bases";
import { withoutS3, noS3Endpoint, dualStack, ipv6Route } from "./routing-base";
import type { Trap } from "./trap";

/** What private and regional NAT gateways, propagated routes and IPv6 routes lead to. */
export const routingGateways: readonly Trap[] = [
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
  ...["tgw-1", "pcx-1", "eni-1", "lgw-1", "cagw-1"].map((gatewayId) => ({
    title: `a default route whose gatewayId is ${gatewayId}`,
    why: "states keep the target where it was given, and this one is no internet gateway",
    resources: stack(nat, without("nat"), set("to-nat", { natGatewayId: undefined, gatewayId })),
    leavesUnknown: hopsOfTraffic,
  })),
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
];
