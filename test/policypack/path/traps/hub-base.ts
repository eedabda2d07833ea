import type { ExampleResource } from "../../rules/analyze";
import { type Change, aws, endpointOnly, https, plus, set, stack, vpcId, without } from "./bases";

export const hubId = "vpc-0b1b2c3d4e5f67890";
export const spokeBlock = "10.0.0.0/16";
export const hubBlock = "10.99.0.0/24";

const nameOf = (service: string) => `${service}.eu-west-1.amazonaws.com`;

/** A hosted zone for a service's name, associated with the hub and other VPCs, with the record for the endpoint. */
export const zone = (service: string, ...vpcIds: readonly string[]): readonly ExampleResource[] => [
  aws("route53/zone:Zone", `${service}-zone`, {
    id: `Z-${service}`,
    name: nameOf(service),
    vpcs: vpcIds.map((id) => ({ vpcId: id })),
  }),
  aws("route53/record:Record", `${service}-record`, {
    zoneId: `Z-${service}`,
    name: nameOf(service),
    type: "A",
    aliases: [{ name: `vpce-${service}-abcdefgh.${service}.eu-west-1.vpce.amazonaws.com`, zoneId: "Z7K1066E3PUKB" }],
  }),
];

export const route = (name: string, routeTableId: string, destinationCidrBlock: string, target: object) =>
  aws("ec2/route:Route", name, { routeTableId, destinationCidrBlock, ...target });

export const gateway = { transitGatewayId: "tgw-1" };
export const peer = { vpcPeeringConnectionId: "pcx-1" };

export const joinedByGateway = plus(
  aws("ec2transitgateway/transitGateway:TransitGateway", "tgw", { id: "tgw-1" }),
  ...[vpcId, hubId].map((of, i) =>
    aws("ec2transitgateway/vpcAttachment:VpcAttachment", ["spoke-attachment", "hub-attachment"][i]!, {
      ...gateway,
      id: `tgw-attach-${i}`,
      vpcId: of,
      subnetIds: [["subnet-1", "subnet-hub"][i]!],
    }),
  ),
  route("to-hub", "rtb-1", hubBlock, gateway),
  route("to-spoke", "rtb-hub", spokeBlock, gateway),
);

const joinedByPeering = plus(
  aws("ec2/vpcPeeringConnection:VpcPeeringConnection", "peering", {
    id: "pcx-1",
    vpcId,
    peerVpcId: hubId,
    autoAccept: true,
  }),
  route("to-hub", "rtb-1", hubBlock, peer),
  route("to-spoke", "rtb-hub", spokeBlock, peer),
);

const inHub = { vpcId: hubId, subnetIds: ["subnet-hub"], privateDnsEnabled: false };

/** The endpoints of a spoke moved to a hub, with their hosted zones. */
export const moved: readonly Change[] = [
  plus(
    aws("ec2/vpc:Vpc", "hub", {
      id: hubId,
      cidrBlock: "10.99.0.0/16",
      enableDnsSupport: true,
      enableDnsHostnames: true,
      defaultSecurityGroupId: "sg-hub-default",
      defaultRouteTableId: "rtb-hub-main",
      mainRouteTableId: "rtb-hub-main",
      defaultNetworkAclId: "acl-hub-default",
    }),
    aws("ec2/subnet:Subnet", "hub-subnet", {
      id: "subnet-hub",
      vpcId: hubId,
      cidrBlock: hubBlock,
      availabilityZone: "eu-west-1a",
    }),
    aws("ec2/routeTable:RouteTable", "hub-table", { id: "rtb-hub", vpcId: hubId }),
    aws("ec2/routeTableAssociation:RouteTableAssociation", "hub-association", {
      subnetId: "subnet-hub",
      routeTableId: "rtb-hub",
    }),
    ...zone("ssm", hubId, vpcId),
    ...zone("ssmmessages", hubId, vpcId),
  ),
  set("ssm", inHub),
  set("ssmmessages", inHub),
  set("endpoints", { vpcId: hubId, ingress: [{ ...https, cidrBlocks: [spokeBlock] }] }),
  set("web-group", {
    egress: [
      { ...https, cidrBlocks: [hubBlock] },
      { ...https, prefixListIds: ["pl-s3"] },
    ],
  }),
];

export const hubAndSpoke = stack(endpointOnly, ...moved, joinedByGateway);
export const peered = stack(endpointOnly, ...moved, joinedByPeering);

/** The part of it that is in the spoke's own stack. */
export const spokeAlone = stack(
  hubAndSpoke,
  without(
    ...["hub", "hub-subnet", "hub-table", "hub-association", "hub-attachment", "to-spoke", "tgw"],
    ...["ssm", "ssmmessages", "endpoints", "ssm-zone", "ssmmessages-zone", "ssm-record", "ssmmessages-record"],
  ),
);
