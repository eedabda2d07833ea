import { accountOnly, json } from "../../rules/examples";
import { endpointOnly, endpointsAndNat, everything, natAndGateway, plus, set, stack, without } from "./bases";
import { gateway, hubAndSpoke, hubBlock, hubId } from "./hub-base";
import {
  firewall,
  throughNat,
  lowerHalf,
  upperHalf,
  to,
  hopsOfS3,
  secondNat,
  published,
  throughAppliance,
} from "./routing-base";
import type { Trap } from "./trap";

/** Routes to S3 in addition to a gateway endpoint, and to central endpoints. */
export const routingS3: readonly Trap[] = [
  {
    title: "a route to a firewall for S3's CIDR block, in addition to the gateway endpoint",
    why: "at the same prefix length, a route for a CIDR block takes precedence over one for a prefix list",
    resources: stack(endpointOnly, published, plus(to("inspected", "52.218.0.0/17", firewall))),
    leavesUnknown: hopsOfS3,
    unknownAtPreview: ["s3-route"],
  },
  {
    title: "a route to a firewall for a larger block than S3's, in addition to the gateway endpoint",
    why: "the endpoint's route is more specific",
    resources: stack(endpointOnly, published, plus(to("inspected", "52.0.0.0/8", firewall))),
  },
  {
    title: "a default route in two halves to a firewall, in addition to the gateway endpoint",
    why: "the endpoint's route is more specific",
    resources: stack(endpointOnly, plus(to("lower", lowerHalf, firewall), to("upper", upperHalf, firewall))),
  },
  {
    title: "a route to a firewall for half of S3's addresses, in addition to the gateway endpoint",
    why: "which address a bucket has is not known",
    resources: stack(endpointOnly, published, plus(to("inspected", "52.218.0.0/18", firewall))),
    leavesUnknown: hopsOfS3,
  },
  {
    title: "a route to a firewall for one address of S3, in addition to the gateway endpoint",
    why: "S3 has many addresses",
    resources: stack(endpointOnly, published, plus(to("inspected", "52.218.1.1/32", firewall))),
  },
  {
    title: "a route to a firewall for public addresses outside S3's ranges, in addition to the gateway endpoint",
    why: "S3's addresses are those that the endpoint reports once it is created",
    resources: stack(endpointOnly, published, plus(to("inspected", "35.180.0.0/16", firewall))),
    unknownAtPreview: hopsOfS3,
  },
  {
    title: "a route to NAT for S3's CIDR blocks, which bypasses a gateway endpoint with a strict policy",
    why: "the policy of an endpoint applies only to traffic through it",
    resources: stack(
      natAndGateway,
      published,
      set("s3", { policy: json(accountOnly) }),
      plus(to("around", "52.218.0.0/16", throughNat), to("exactly", "52.218.0.0/17", throughNat)),
    ),
    unknownAtPreview: hopsOfS3,
  },
  {
    title: "no S3 endpoint in the route table, and a route to NAT only for S3's CIDR blocks",
    why: "these are all of S3's addresses in the Region",
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
    title: "central endpoints behind a private NAT gateway whose subnet has the route to them",
    why: "a private NAT gateway can forward traffic with its own address",
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
    why: "responses are dropped",
    resources: stack(hubAndSpoke, set("to-spoke", { transitGatewayId: "tgw-gone", state: "blackhole" })),
    blocks: [
      "control-plane",
      "the return route of `hub-table` to the subnet of the instances is a blackhole: its target does not exist",
    ],
  },
  {
    title: "central endpoints, and a more specific route for their subnet to another target",
    why: "the route with the longest prefix applies",
    resources: stack(
      hubAndSpoke,
      set("to-hub", { destinationCidrBlock: "10.99.0.0/16" }),
      plus(to("inspected", hubBlock, throughAppliance)),
    ),
    leavesUnknown: ["control-plane"],
  },
  {
    title: "central endpoints, and a less specific route to another target",
    why: "the route with the longest prefix applies",
    resources: stack(hubAndSpoke, plus(to("corporate", "10.0.0.0/8", throughAppliance))),
  },
  {
    title: "central endpoints, and routes propagated from a virtual private gateway in the hub",
    why: "a static route takes precedence over a propagated one for the same CIDR block",
    resources: stack(hubAndSpoke, set("hub-table", { propagatingVgws: ["vgw-0a1b2c3d4e5f67890"], vpcId: hubId })),
  },
  {
    title: "S3 through a NAT gateway whose subnet has an S3 gateway endpoint that denies the repositories",
    why: "a NAT gateway forwards traffic by the route table of its subnet",
    resources: stack(natAndGateway, set("s3", { routeTableIds: ["rtb-public"], policy: json(accountOnly) })),
    leavesUnknown: ["payload", "snapshot", "repository"],
  },
  {
    title: "S3 through a NAT gateway whose subnet has an S3 gateway endpoint that allows all requests",
    why: "no policy denies the requests, whether they pass the endpoint or not",
    resources: stack(natAndGateway, set("s3", { routeTableIds: ["rtb-public"] })),
  },
];
