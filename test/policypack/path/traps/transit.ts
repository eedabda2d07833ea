import { type Change, aws, everything, plus, set, stack, vpcId, without } from "./bases";
import { gateway, hubAndSpoke, hubBlock, hubId, spokeBlock } from "./hub-base";
import type { Trap } from "./trap";

const noRouteThrough = "the route of `table` to the endpoint `ssm` does not reach it";

/** An attachment in a separate subnet, instead of the one that instances or endpoints are in. */
const attachedBy = (
  attachment: string,
  of: string,
  cidrBlock: string,
  availabilityZone?: string,
): readonly Change[] => [
  plus(aws("ec2/subnet:Subnet", "attached", { id: "subnet-attached", vpcId: of, cidrBlock, availabilityZone })),
  set(attachment, { subnetIds: ["subnet-attached"] }),
];
const spokeAttachedIn = (zone?: string) => attachedBy("spoke-attachment", vpcId, "10.0.2.0/24", zone);

/** A hub with the CIDR block of the spoke. */
const hubInSpokeBlock: readonly Change[] = [
  set("hub", { cidrBlock: spokeBlock }),
  set("hub-subnet", { cidrBlock: "10.0.99.0/24" }),
  set("to-hub", { destinationCidrBlock: "10.0.99.0/24" }),
  set("web-group", { egress: [everything] }),
];

const routeOfGateway = (type: string, name: string, transitGatewayRouteTableId: string, others: object) =>
  aws(`ec2transitgateway/${type}`, name, { transitGatewayRouteTableId, ...others });
const withTableId = set("tgw", { associationDefaultRouteTableId: "tgw-rtb-first" });

/** Transit gateways that connect hub and spoke, or do not. */
export const transit: readonly Trap[] = [
  {
    title: "central endpoints, and a transit gateway to which this stack does not attach the hub",
    why: "another stack may attach it",
    resources: stack(hubAndSpoke, without("hub-attachment")),
    leavesUnknown: ["control-plane"],
  },
  {
    title: "central endpoints, and a transit gateway with custom route tables",
    why: "they decide which attachments reach each other, and are not read",
    resources: stack(
      hubAndSpoke,
      plus(aws("ec2transitgateway/routeTable:RouteTable", "isolated-spokes", { id: "tgw-rtb-1", ...gateway })),
    ),
    leavesUnknown: ["control-plane"],
  },
  {
    title: "central endpoints, and a transit gateway with default propagation disabled",
    why: "its routes are then created outside this stack",
    resources: stack(hubAndSpoke, set("tgw", { defaultRouteTablePropagation: "disable" })),
    leavesUnknown: ["control-plane"],
  },
  {
    title: "central endpoints, and a spoke attachment only in another Availability Zone",
    why: "a transit gateway is not reachable from an Availability Zone without a subnet of the attachment",
    resources: stack(hubAndSpoke, ...spokeAttachedIn("eu-west-1b")),
    blocks: ["control-plane", `${noRouteThrough}: \`spoke-attachment\` has no subnet in eu-west-1a`],
  },
  {
    title: "central endpoints, and a hub attachment only in another Availability Zone",
    why: "responses have to reach the transit gateway from the Availability Zone of the endpoint",
    resources: stack(
      hubAndSpoke,
      set("hub-subnet", { availabilityZone: "eu-west-1b" }),
      ...attachedBy("hub-attachment", hubId, "10.99.1.0/24", "eu-west-1a"),
    ),
    blocks: [
      "control-plane",
      "the return route of `hub-table` to the subnet of the instances does not reach it: `hub-attachment` has no subnet in eu-west-1b",
    ],
  },
  {
    title: "central endpoints, and a spoke attachment in another subnet of the same Availability Zone",
    why: "one subnet of the attachment serves its whole Availability Zone",
    resources: stack(hubAndSpoke, ...spokeAttachedIn("eu-west-1a")),
  },
  {
    title: "central endpoints, and a spoke attachment in a subnet whose Availability Zone is not set",
    why: "AWS chooses an Availability Zone if none is set",
    resources: stack(hubAndSpoke, ...spokeAttachedIn()),
    leavesUnknown: ["control-plane"],
  },
  {
    title: "central endpoints, and a fleet in a Local Zone",
    why: "traffic passes the attachment's subnet in the parent zone, which the name of the Local Zone does not show",
    resources: stack(
      hubAndSpoke,
      ...spokeAttachedIn("eu-west-1b"),
      set("private", { availabilityZone: "eu-west-1-lax-1a" }),
    ),
    leavesUnknown: ["control-plane"],
  },
  {
    title: "central endpoints, and a hub with the spoke's CIDR block",
    why: "a transit gateway propagates only one of two overlapping CIDR blocks, and each VPC routes its own block locally",
    resources: stack(hubAndSpoke, ...hubInSpokeBlock),
    blocks: ["control-plane", `${noRouteThrough}: the CIDR blocks of \`vpc\` and \`hub\` overlap`],
  },
  {
    title: "central endpoints in the secondary CIDR block of a hub whose primary block is the spoke's",
    why: "whether the block that does not overlap is propagated is not documented",
    resources: stack(hubAndSpoke, set("hub", { cidrBlock: spokeBlock })),
    leavesUnknown: ["control-plane"],
  },
  {
    title: "central endpoints, and a blackhole route in the transit gateway's default route table",
    why: "a static route takes precedence over propagated routes",
    resources: stack(
      hubAndSpoke,
      withTableId,
      plus(routeOfGateway("route:Route", "hole", "tgw-rtb-first", { destinationCidrBlock: hubBlock, blackhole: true })),
    ),
    leavesUnknown: ["control-plane"],
  },
  {
    title: "central endpoints, and a prefix list reference in a transit gateway route table that is not in the stack",
    why: "it is a static route for each of its CIDR blocks, and the route table may be the transit gateway's",
    resources: stack(
      hubAndSpoke,
      plus(routeOfGateway("prefixListReference:PrefixListReference", "list", "tgw-rtb-elsewhere", { blackhole: true })),
    ),
    leavesUnknown: ["control-plane"],
  },
  {
    title: "central endpoints, and a static route in another transit gateway's route table",
    why: "the route does not apply to this transit gateway",
    resources: stack(
      hubAndSpoke,
      withTableId,
      plus(
        aws("ec2transitgateway/transitGateway:TransitGateway", "other-tgw", {
          id: "tgw-2",
          associationDefaultRouteTableId: "tgw-rtb-other",
        }),
        routeOfGateway("route:Route", "hole", "tgw-rtb-other", { destinationCidrBlock: hubBlock, blackhole: true }),
      ),
    ),
  },
];
