import { aws, endpointOnly, endpointsAndNat, hopsOfTraffic, nat, plus, set, stack, vpcId, without } from "./bases";
import { withoutS3, noS3Endpoint, dualStack, ipv6Route } from "./routing-base";
import type { Trap } from "./trap";

/** Private and regional NAT gateways, propagated routes and IPv6 routes. */
export const routingGateways: readonly Trap[] = [
  {
    title: "a private NAT gateway whose subnet has a default route to a transit gateway",
    why: "the transit gateway may connect an egress VPC",
    resources: stack(
      nat,
      set("nat", { connectivityType: "private" }),
      set("public-table", { routes: [{ cidrBlock: "0.0.0.0/0", transitGatewayId: "tgw-1" }] }),
    ),
    leavesUnknown: hopsOfTraffic,
  },
  ...["tgw-1", "pcx-1", "eni-1", "lgw-1", "cagw-1"].map((gatewayId) => ({
    title: `a default route whose gatewayId is ${gatewayId}`,
    why: "the state keeps the target in the property that was set, and this one is not an internet gateway",
    resources: stack(nat, without("nat"), set("to-nat", { natGatewayId: undefined, gatewayId })),
    leavesUnknown: hopsOfTraffic,
  })),
  {
    title: "a private NAT gateway in a subnet with an internet gateway",
    why: "it has no public IP address, so the internet gateway drops its traffic",
    resources: stack(endpointsAndNat, withoutS3, set("nat", { connectivityType: "private" })),
    blocks: [
      "s3-route",
      `${noS3Endpoint}, and the default route targets a private NAT gateway, which has no route to the internet`,
    ],
  },
  {
    title: "a regional NAT gateway",
    why: "it is not in a subnet, and AWS creates its route table",
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
    title: "no default route, and routes propagated from a virtual private gateway",
    why: "the propagated routes may include a default route",
    resources: stack(nat, without("to-nat"), set("table", { propagatingVgws: ["vgw-0a1b2c3d4e5f67890"] })),
    leavesUnknown: hopsOfTraffic,
  },
  {
    title: "no default route, and routes propagated by VpnGatewayRoutePropagation",
    why: "the propagated routes may include a default route",
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
    title: "a default route to NAT, and routes propagated from a virtual private gateway",
    why: "a static default route has precedence over a propagated one",
    resources: stack(nat, set("table", { propagatingVgws: ["vgw-0a1b2c3d4e5f67890"] })),
  },
  {
    title: "a dual-stack subnet with a route for all public IPv6 addresses, and no endpoint for ssm",
    why: "2000::/3 contains all public IPv6 addresses",
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
    why: "no public host has an address in fc00::/7",
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
