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

/** The spoke alone, whose route to the hub has a target other than a transit gateway. */
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

/** Interface endpoints in one VPC, shared by other VPCs. */
export const central: readonly Trap[] = [
  {
    title: "central endpoints behind a transit gateway, hub and spoke in one stack",
    why: "the hosted zones are associated with both VPCs, both are attached, and there are routes in both directions",
    resources: hubAndSpoke,
  },
  {
    title: "central endpoints behind a peering connection, hub and spoke in one stack",
    why: "a peering connection connects two VPCs as a transit gateway does",
    resources: peered,
  },
  {
    title: "central endpoints whose hosted zones are associated with the spoke by ZoneAssociation",
    why: "ZoneAssociation associates a hosted zone with a VPC as `vpcs` does",
    resources: stack(
      hubAndSpoke,
      set("ssm-zone", { vpcs: [{ vpcId: hubId }] }),
      set("ssmmessages-zone", { vpcs: [{ vpcId: hubId }] }),
      plus(association("ssm-of-spoke", "Z-ssm"), association("ssmmessages-of-spoke", "Z-ssmmessages")),
    ),
  },
  {
    title: "central endpoints, and no hosted zone associated with the spoke",
    why: "the name resolves to public addresses, to which there is no route",
    resources: stack(hubAndSpoke, set("ssm-zone", { vpcs: [{ vpcId: hubId }] })),
    blocks: [
      "dns",
      "the endpoint for `ssm` is in another VPC, and no hosted zone of the VPC resolves its name to that endpoint",
    ],
  },
  {
    title: "central endpoints, no hosted zone associated with the spoke, and a Route 53 Profile",
    why: "the Profile may associate the hosted zone with the VPC",
    resources: stack(
      hubAndSpoke,
      set("ssm-zone", { vpcs: [{ vpcId: hubId }] }),
      plus(aws("route53/profilesAssociation:ProfilesAssociation", "profile-of-spoke", { resourceId: vpcId })),
    ),
    leavesUnknown: ["dns", "control-plane"],
  },
  {
    title: "central endpoints with private DNS instead of hosted zones",
    why: "the hosted zone that AWS manages answers only in the endpoint's VPC, and another one may be created outside this stack",
    resources: stack(hubAndSpoke, without("ssm-zone", "ssm-record"), set("ssm", { privateDnsEnabled: true })),
    leavesUnknown: ["dns", "control-plane"],
  },
  {
    title: "central endpoints, and a spoke without DNS hostnames",
    why: "a private hosted zone requires both DNS attributes of the VPC",
    resources: stack(hubAndSpoke, set("vpc", { enableDnsHostnames: false })),
    blocks: ["dns", "the hosted zone `ssm-zone` requires DNS hostnames, which are disabled in the VPC"],
  },
  {
    title: "central endpoints, and no route to them in the spoke",
    why: "there is no traffic between VPCs without a route",
    resources: stack(hubAndSpoke, without("to-hub")),
    blocks: ["control-plane", noRouteThere],
  },
  {
    title: "central endpoints, and a route in the spoke to another CIDR block of the hub",
    why: "the endpoints' addresses are not in that block",
    resources: stack(hubAndSpoke, set("to-hub", { destinationCidrBlock: "10.99.1.0/24" })),
    blocks: ["control-plane", noRouteThere],
  },
  {
    title: "central endpoints, and a route to half of their subnet",
    why: "which addresses the endpoints have in the subnet is not in the stack",
    resources: stack(hubAndSpoke, set("to-hub", { destinationCidrBlock: "10.99.0.0/25" })),
    leavesUnknown: ["control-plane"],
  },
  {
    title: "central endpoints, and no route back from the hub",
    why: "responses need a route to the spoke",
    resources: stack(hubAndSpoke, without("to-spoke")),
    blocks: ["control-plane", "`hub-table` has no return route to the subnet of the instances in another VPC"],
  },
  {
    title: "central endpoints, and a NAT gateway in the spoke instead of the route",
    why: "the hosted zone answers with private addresses, which the NAT gateway cannot reach",
    resources: stack(endpointsAndNat, ...moved, joinedByGateway, without("to-hub")),
    blocks: ["control-plane", noRouteThere],
  },
  {
    title: "central endpoints behind a peering connection that is not accepted in this stack",
    why: "the accepter may not have accepted it",
    resources: stack(peered, set("peering", { autoAccept: undefined, acceptStatus: "pending-acceptance" })),
    leavesUnknown: ["control-plane"],
  },
  {
    title: "central endpoints behind a peering connection that a VpcPeeringConnectionAccepter accepts",
    why: "it accepts the connection for the peer VPC",
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
    why: "it connects another VPC, and peering is not transitive",
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
    title: "central endpoints, and outbound rules that do not cover the hub",
    why: "the endpoints' addresses are in the hub's CIDR block",
    resources: stack(hubAndSpoke, set("web-group", { egress: [{ ...https, prefixListIds: ["pl-s3"] }] })),
    blocks: ["security-groups", "the outbound rules of the security groups do not allow 443 to the endpoint `ssm`"],
  },
  {
    title: "central endpoints that allow only their own VPC",
    why: "the spoke has another CIDR block",
    resources: stack(hubAndSpoke, set("endpoints", { ingress: [{ ...https, cidrBlocks: ["10.99.0.0/16"] }] })),
    blocks: ["security-groups", "the security groups of `ssm` do not allow inbound 443 from the instances"],
  },
  {
    title: "central endpoints that allow the spoke's security group by its ID",
    why: "a security group of another VPC can be referenced if the transit gateway supports it, which is not read",
    resources: stack(hubAndSpoke, set("endpoints", { ingress: [{ ...https, securityGroups: ["sg-web"] }] })),
    leavesUnknown: ["security-groups"],
  },
  {
    title: "a spoke whose hub is not in the stack",
    why: "the endpoints behind the transit gateway and their hosted zones are in the hub's stack",
    resources: spokeAlone,
    leavesUnknown: ["dns", "control-plane"],
  },
  {
    title: "a spoke whose hub is not in the stack, with a ZoneAssociation",
    why: "the ID of a hosted zone shows neither its name nor its records",
    resources: stack(spokeAlone, plus(association("of-spoke", "Z-elsewhere"))),
    leavesUnknown: ["dns", "control-plane"],
  },
  {
    title: "a spoke whose hub is not in the stack, with a Resolver rule and a virtual private gateway to the hub",
    why: "the rule's name servers may resolve the names to addresses behind that target",
    resources: spokeBy({ gatewayId: "vgw-0a1b2c3d4e5f67890" }, resolverRule),
    leavesUnknown: ["dns", "control-plane"],
  },
  {
    title: "a spoke whose hub is not in the stack, with a Resolver rule and its own virtual private gateway to the hub",
    why: "at preview, the ID of the gateway is unknown, and only the resource that it comes from is known",
    resources: spokeBy(
      { gatewayId: "vgw-0a1b2c3d4e5f67890" },
      resolverRule,
      aws("ec2/vpnGateway:VpnGateway", "vpn", { id: "vgw-0a1b2c3d4e5f67890", vpcId }),
    ),
    leavesUnknown: ["dns", "control-plane"],
  },
  {
    title: "a spoke whose hub is not in the stack, with a Resolver rule and an appliance as the route to the hub",
    why: "the rule's name servers may resolve the names to addresses behind that target",
    resources: spokeBy({ networkInterfaceId: "eni-0a1b2c3d4e5f67890" }, resolverRule),
    leavesUnknown: ["dns", "control-plane"],
  },
  {
    title: "a spoke whose hub is not in the stack, with a Resolver rule and no route but an outbound one for IPv6",
    why: "wherever the service names resolve to, there is no route; the rule may forward S3's names",
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
    title: "a spoke whose hub is not in the stack, with a virtual private gateway and public DNS",
    why: "the service names resolve to public addresses, to which there is no route",
    resources: spokeBy({ gatewayId: "vgw-0a1b2c3d4e5f67890" }),
    blocks: noRouteOut,
  },
  {
    title: "a NAT gateway, a hosted zone that is not in the stack and a route to other VPCs",
    why: "the hosted zone may resolve the names to central endpoints, which the NAT gateway does not serve",
    resources: stack(
      endpointsAndNat,
      without("ssm", "ssmmessages", "endpoints"),
      plus(association("of-spoke", "Z-elsewhere"), route("to-hub", "rtb-1", hubBlock, gateway)),
    ),
    leavesUnknown: ["dns", "control-plane"],
  },
  {
    title: "a NAT gateway, a hosted zone that is not in the stack and no route to other VPCs",
    why: "the only route is the one to the NAT gateway, so the hosted zone is for other names",
    resources: stack(
      endpointsAndNat,
      without("ssm", "ssmmessages", "endpoints"),
      plus(association("of-spoke", "Z-elsewhere")),
    ),
  },
  {
    title: "a NAT gateway, and a hosted zone for the service whose record points to an unknown name",
    why: "a private hosted zone takes precedence over public DNS",
    resources: stack(
      endpointsAndNat,
      without("ssm", "ssmmessages", "endpoints"),
      plus(...zone("ssm", vpcId)),
      set("ssm-record", { aliases: undefined, records: ["somewhere.example.com"] }),
    ),
    leavesUnknown: ["dns", "control-plane"],
  },
];
