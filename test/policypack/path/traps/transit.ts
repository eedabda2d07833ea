import { type Change, aws, everything, plus, set, stack, vpcId, without } from "./bases";
import { gateway, hubAndSpoke, hubBlock, hubId, spokeBlock } from "./hub-base";
import type { Trap } from "./trap";

const noRouteThrough = "the route of `table` to the endpoint `ssm` does not reach it";

/** An attachment in a subnet of its own, in place of the one that instances or endpoints are in. */
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

/** The hub in the spoke's own block. */
const hubInSpokeBlock: readonly Change[] = [
  set("hub", { cidrBlock: spokeBlock }),
  set("hub-subnet", { cidrBlock: "10.0.99.0/24" }),
  set("to-hub", { destinationCidrBlock: "10.0.99.0/24" }),
  set("web-group", { egress: [everything] }),
];

const routeOfGateway = (type: string, name: string, transitGatewayRouteTableId: string, others: object) =>
  aws(`ec2transitgateway/${type}`, name, { transitGatewayRouteTableId, ...others });
const withTableId = set("tgw", { associationDefaultRouteTableId: "tgw-rtb-first" });

/** Transit gateways that join hub and spoke, or do not. */
export const transit: readonly Trap[] = [
  {
    title: "central endpoints, and a transit gateway that the hub is not attached to here",
    why: "another stack may attach it",
    resources: stack(hubAndSpoke, without("hub-attachment")),
    leavesUnknown: ["control-plane"],
  },
  {
    title: "central endpoints, and a transit gateway with route tables of its own",
    why: "these say which attachments reach each other, and are not read",
    resources: stack(
      hubAndSpoke,
      plus(aws("ec2transitgateway/routeTable:RouteTable", "isolated-spokes", { id: "tgw-rtb-1", ...gateway })),
    ),
    leavesUnknown: ["control-plane"],
  },
  {
    title: "central endpoints, and a transit gateway that propagates nothing by default",
    why: "then its routes are made elsewhere",
    resources: stack(hubAndSpoke, set("tgw", { defaultRouteTablePropagation: "disable" })),
    leavesUnknown: ["control-plane"],
  },
  {
    title: "central endpoints, and an attachment of the spoke's in another zone only",
    why: "a transit gateway can't be reached from a zone without a subnet of the attachment",
    resources: stack(hubAndSpoke, ...spokeAttachedIn("eu-west-1b")),
    blocks: ["control-plane", `${noRouteThrough}: \`spoke-attachment\` has no subnet in eu-west-1a`],
  },
  {
    title: "central endpoints, and an attachment of the hub's in another zone only",
    why: "the answers have to reach the transit gateway from the zone of the endpoint",
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
    title: "central endpoints, and an attachment of the spoke's in another subnet of its zone",
    why: "one subnet of the attachment serves its whole zone",
    resources: stack(hubAndSpoke, ...spokeAttachedIn("eu-west-1a")),
  },
  {
    title: "central endpoints, and an attachment of the spoke's to a subnet without a zone",
    why: "AWS chooses one where none is given",
    resources: stack(hubAndSpoke, ...spokeAttachedIn()),
    leavesUnknown: ["control-plane"],
  },
  {
    title: "central endpoints, and a fleet in a Local Zone",
    why: "it goes by the attachment's subnet in the parent zone, which its name does not tell",
    resources: stack(
      hubAndSpoke,
      ...spokeAttachedIn("eu-west-1b"),
      set("private", { availabilityZone: "eu-west-1-lax-1a" }),
    ),
    leavesUnknown: ["control-plane"],
  },
  {
    title: "central endpoints, and a hub with the spoke's block",
    why: "a transit gateway takes over one of two blocks that overlap, and each VPC keeps what is for its own",
    resources: stack(hubAndSpoke, ...hubInSpokeBlock),
    blocks: ["control-plane", `${noRouteThrough}: the CIDR blocks of \`vpc\` and \`hub\` overlap`],
  },
  {
    title: "central endpoints in a second block of a hub, whose first block is the spoke's",
    why: "what becomes of the block that does not overlap is not documented",
    resources: stack(hubAndSpoke, set("hub", { cidrBlock: spokeBlock })),
    leavesUnknown: ["control-plane"],
  },
  {
    title: "central endpoints, and a blackhole in the transit gateway's own table",
    why: "a static route wins over those that attachments bring",
    resources: stack(
      hubAndSpoke,
      withTableId,
      plus(routeOfGateway("route:Route", "hole", "tgw-rtb-first", { destinationCidrBlock: hubBlock, blackhole: true })),
    ),
    leavesUnknown: ["control-plane"],
  },
  {
    title: "central endpoints, and a prefix list in a table that is made elsewhere",
    why: "it is a static route to each of its blocks, and the table may be the transit gateway's",
    resources: stack(
      hubAndSpoke,
      plus(routeOfGateway("prefixListReference:PrefixListReference", "list", "tgw-rtb-elsewhere", { blackhole: true })),
    ),
    leavesUnknown: ["control-plane"],
  },
  {
    title: "central endpoints, and a static route of another transit gateway",
    why: "it is in that one's table",
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
