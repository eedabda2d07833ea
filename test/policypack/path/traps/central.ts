import type { ExampleResource } from "../../rules/analyze";
import { aws, endpointsAndNat, https, plus, set, stack, vpcId, without } from "./bases";
import {
  gateway,
  hubAndSpoke,
  hubBlock,
  hubId,
  joinedByGateway,
  moved,
  peer,
  peered,
  route,
  spokeAlone,
  zone,
} from "./hub-base";
import type { Trap } from "./trap";

const association = (name: string, zoneId: string) =>
  aws("route53/zoneAssociation:ZoneAssociation", name, { zoneId, vpcId });

const noRouteThere = "`table` has no route to the endpoint `ssm` in another VPC";

const resolverRule = aws("route53/resolverRuleAssociation:ResolverRuleAssociation", "rule-of-spoke", {
  resolverRuleId: "rslvr-rr-1",
  vpcId,
});

/** The spoke alone, whose route to the hub leads there by something else than a transit gateway. */
const spokeBy = (target: object, ...added: readonly ExampleResource[]) =>
  stack(
    spokeAlone,
    without("spoke-attachment"),
    set("to-hub", { transitGatewayId: undefined, ...target }),
    plus(...added),
  );

const noRouteOut = [
  "control-plane",
  "the VPC has no endpoint for `ssm`, and the route table has no default route",
] as const;

/** Interface endpoints that are made once, in a VPC that others reach. */
export const central: readonly Trap[] = [
  {
    title: "central endpoints behind a transit gateway, hub and spoke in one stack",
    why: "their zones belong to both VPCs, both are attached, and routes lead there and back",
    resources: hubAndSpoke,
  },
  {
    title: "central endpoints behind a peering connection, hub and spoke in one stack",
    why: "peering joins two VPCs as a transit gateway does",
    resources: peered,
  },
  {
    title: "central endpoints whose zones the spoke has joined by associations",
    why: "an association is the second way of giving a zone to a VPC",
    resources: stack(
      hubAndSpoke,
      set("ssm-zone", { vpcs: [{ vpcId: hubId }] }),
      set("ssmmessages-zone", { vpcs: [{ vpcId: hubId }] }),
      plus(association("ssm-of-spoke", "Z-ssm"), association("ssmmessages-of-spoke", "Z-ssmmessages")),
    ),
  },
  {
    title: "central endpoints, and no zone of the spoke's",
    why: "the name leads to public addresses, to which there is no route",
    resources: stack(hubAndSpoke, set("ssm-zone", { vpcs: [{ vpcId: hubId }] })),
    blocks: [
      "dns",
      "the endpoint for `ssm` is in another VPC, and no hosted zone of the VPC resolves its name to that endpoint",
    ],
  },
  {
    title: "central endpoints, no zone of the spoke's, and a Route 53 profile",
    why: "the profile may bring the zone",
    resources: stack(
      hubAndSpoke,
      set("ssm-zone", { vpcs: [{ vpcId: hubId }] }),
      plus(aws("route53/profilesAssociation:ProfilesAssociation", "profile-of-spoke", { resourceId: vpcId })),
    ),
    leavesUnknown: ["dns", "control-plane"],
  },
  {
    title: "central endpoints with private DNS instead of zones",
    why: "AWS's own zone answers in the endpoint's VPC only, and another one may be made elsewhere",
    resources: stack(hubAndSpoke, without("ssm-zone", "ssm-record"), set("ssm", { privateDnsEnabled: true })),
    leavesUnknown: ["dns", "control-plane"],
  },
  {
    title: "central endpoints, and a spoke without DNS hostnames",
    why: "a private hosted zone needs both DNS attributes",
    resources: stack(hubAndSpoke, set("vpc", { enableDnsHostnames: false })),
    blocks: ["dns", "the hosted zone `ssm-zone` requires DNS hostnames, which are disabled in the VPC"],
  },
  {
    title: "central endpoints, and no route of the spoke's to them",
    why: "nothing leads from one VPC into another by itself",
    resources: stack(hubAndSpoke, without("to-hub")),
    blocks: ["control-plane", noRouteThere],
  },
  {
    title: "central endpoints, and a route of the spoke's to another block of the hub",
    why: "the endpoints' addresses are not in it",
    resources: stack(hubAndSpoke, set("to-hub", { destinationCidrBlock: "10.99.1.0/24" })),
    blocks: ["control-plane", noRouteThere],
  },
  {
    title: "central endpoints, and a route to half of their subnet",
    why: "where in it they have their addresses is not in the stack",
    resources: stack(hubAndSpoke, set("to-hub", { destinationCidrBlock: "10.99.0.0/25" })),
    leavesUnknown: ["control-plane"],
  },
  {
    title: "central endpoints, and no route back from the hub",
    why: "the answers have to find the spoke",
    resources: stack(hubAndSpoke, without("to-spoke")),
    blocks: ["control-plane", "`hub-table` has no return route to the subnet of the instances in another VPC"],
  },
  {
    title: "central endpoints, and a NAT gateway of the spoke's in place of the route",
    why: "the zone answers with private addresses, which NAT does not reach",
    resources: stack(endpointsAndNat, ...moved, joinedByGateway, without("to-hub")),
    blocks: ["control-plane", noRouteThere],
  },
  {
    title: "central endpoints behind a peering connection that nobody accepts here",
    why: "the other side may not have",
    resources: stack(peered, set("peering", { autoAccept: undefined, acceptStatus: "pending-acceptance" })),
    leavesUnknown: ["control-plane"],
  },
  {
    title: "central endpoints behind a peering connection that its accepter accepts",
    why: "it accepts in the other VPC's name",
    resources: stack(
      peered,
      set("peering", { autoAccept: undefined, acceptStatus: "pending-acceptance" }),
      plus(
        aws("ec2/vpcPeeringConnectionAccepter:VpcPeeringConnectionAccepter", "accepter", { ...peer, autoAccept: true }),
      ),
    ),
  },
  {
    title: "central endpoints, and a peering connection with a third VPC",
    why: "it leads elsewhere, and peering is not transitive",
    resources: stack(
      peered,
      plus(aws("ec2/vpc:Vpc", "third", { id: "vpc-0c1b2c3d4e5f67890", cidrBlock: "10.98.0.0/16" })),
      set("peering", { peerVpcId: "vpc-0c1b2c3d4e5f67890" }),
    ),
    blocks: [
      "control-plane",
      "the route of `table` to the endpoint `ssm` does not reach it: `peering` connects other VPCs",
    ],
  },
  {
    title: "central endpoints, and egress to a group of the spoke's only",
    why: "their addresses are in the hub's block",
    resources: stack(hubAndSpoke, set("web-group", { egress: [{ ...https, prefixListIds: ["pl-s3"] }] })),
    blocks: ["security-groups", "the outbound rules of the security groups do not allow 443 to the endpoint `ssm`"],
  },
  {
    title: "central endpoints that admit their own VPC only",
    why: "the spoke's addresses come from another block",
    resources: stack(hubAndSpoke, set("endpoints", { ingress: [{ ...https, cidrBlocks: ["10.99.0.0/16"] }] })),
    blocks: ["security-groups", "the security groups of `ssm` do not allow inbound 443 from the instances"],
  },
  {
    title: "central endpoints that admit the spoke's group by its id",
    why: "groups of other VPCs count where a transit gateway is told to support that, which is not read",
    resources: stack(hubAndSpoke, set("endpoints", { ingress: [{ ...https, securityGroups: ["sg-web"] }] })),
    leavesUnknown: ["security-groups"],
  },
  {
    title: "a spoke alone, whose hub is elsewhere",
    why: "what answers behind the transit gateway, and by which zone, is in the hub's stack",
    resources: spokeAlone,
    leavesUnknown: ["dns", "control-plane"],
  },
  {
    title: "a spoke alone with its associations",
    why: "an id does not tell the name of a zone, nor where it leads",
    resources: stack(spokeAlone, plus(association("of-spoke", "Z-elsewhere"))),
    leavesUnknown: ["dns", "control-plane"],
  },
  {
    title: "a spoke alone with a resolver rule, and a virtual private gateway to the hub",
    why: "the rule's name servers may lead the names behind it",
    resources: spokeBy({ gatewayId: "vgw-0a1b2c3d4e5f67890" }, resolverRule),
    leavesUnknown: ["dns", "control-plane"],
  },
  {
    title: "a spoke alone with a resolver rule, and a virtual private gateway of its own to the hub",
    why: "a preview does not know its id, only where that comes from",
    resources: spokeBy(
      { gatewayId: "vgw-0a1b2c3d4e5f67890" },
      resolverRule,
      aws("ec2/vpnGateway:VpnGateway", "vpn", { id: "vgw-0a1b2c3d4e5f67890", vpcId }),
    ),
    leavesUnknown: ["dns", "control-plane"],
  },
  {
    title: "a spoke alone with a resolver rule, and an appliance that leads to the hub",
    why: "the rule's name servers may lead the names behind it",
    resources: spokeBy({ networkInterfaceId: "eni-0a1b2c3d4e5f67890" }, resolverRule),
    leavesUnknown: ["dns", "control-plane"],
  },
  {
    title: "a spoke alone with a resolver rule, and a route that leads nowhere but out by IPv6",
    why: "wherever the names of services lead, nothing gets there; the rule may forward those of S3",
    resources: stack(
      spokeBy({ gatewayId: "vgw-0a1b2c3d4e5f67890" }, resolverRule),
      set("to-hub", {
        destinationCidrBlock: undefined,
        gatewayId: undefined,
        destinationIpv6CidrBlock: "::/0",
        egressOnlyGatewayId: "eigw-1",
      }),
    ),
    blocks: noRouteOut,
    leavesUnknown: ["dns"],
  },
  {
    title: "a spoke alone with a virtual private gateway, and AWS's names",
    why: "these lead to public addresses, to which there is no route",
    resources: spokeBy({ gatewayId: "vgw-0a1b2c3d4e5f67890" }),
    blocks: noRouteOut,
  },
  {
    title: "a spoke alone beside NAT, with a zone from elsewhere and a route to other VPCs",
    why: "the zone may lead the names to central endpoints, past the NAT gateway",
    resources: stack(
      endpointsAndNat,
      without("ssm", "ssmmessages", "endpoints"),
      plus(association("of-spoke", "Z-elsewhere"), route("to-hub", "rtb-1", hubBlock, gateway)),
    ),
    leavesUnknown: ["dns", "control-plane"],
  },
  {
    title: "a NAT gateway, and a zone from elsewhere without a route to other VPCs",
    why: "nothing but NAT leads anywhere, so the zone is about other names",
    resources: stack(
      endpointsAndNat,
      without("ssm", "ssmmessages", "endpoints"),
      plus(association("of-spoke", "Z-elsewhere")),
    ),
  },
  {
    title: "a NAT gateway, and a zone of the service that leads nobody knows where",
    why: "the zone answers before public DNS does",
    resources: stack(
      endpointsAndNat,
      without("ssm", "ssmmessages", "endpoints"),
      plus(...zone("ssm", vpcId)),
      set("ssm-record", { aliases: undefined, records: ["somewhere.example.com"] }),
    ),
    leavesUnknown: ["dns", "control-plane"],
  },
];
