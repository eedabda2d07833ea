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

/** Routes to S3 beside a gateway endpoint, and to central endpoints. */
export const routingS3: readonly Trap[] = [
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
  {
    title: "S3 through a NAT gateway, in whose subnet an S3 gateway endpoint denies the repositories",
    why: "the NAT gateway sends what it forwards by the route table of its subnet",
    resources: stack(natAndGateway, set("s3", { routeTableIds: ["rtb-public"], policy: json(accountOnly) })),
    leavesUnknown: ["payload", "snapshot", "repository"],
  },
  {
    title: "S3 through a NAT gateway, in whose subnet an S3 gateway endpoint allows everything",
    why: "whether it goes through the endpoint or not, nothing denies it",
    resources: stack(natAndGateway, set("s3", { routeTableIds: ["rtb-public"] })),
  },
];
