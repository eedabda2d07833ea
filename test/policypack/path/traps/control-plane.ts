import { interfaceEndpoint } from "../../rules/network";
import { json } from "../../rules/examples";
import { aws, endpointOnly, endpointsAndNat, hopsOfTraffic, nat, plus, set, stack, vpcId, without } from "./bases";
import type { Trap } from "./trap";

const subnetB = aws("ec2/subnet:Subnet", "private-b", {
  id: "subnet-2",
  vpcId,
  cidrBlock: "10.0.2.0/24",
  availabilityZone: "eu-west-1b",
});

/** The instance in another Availability Zone than the endpoints. */
const inZoneB = stack(
  endpointOnly,
  plus(
    subnetB,
    aws("ec2/routeTableAssociation:RouteTableAssociation", "association-b", {
      subnetId: "subnet-2",
      routeTableId: "rtb-1",
    }),
  ),
  set("web", { subnetId: "subnet-2" }),
);

const toPeer = (property: string, id: string) =>
  plus(
    aws("ec2/route:Route", "to-peer", { routeTableId: "rtb-1", destinationCidrBlock: "10.99.0.0/16", [property]: id }),
  );

const admitsAll = { Effect: "Allow", Principal: "*", Action: "*", Resource: "*" };
const ofAccount = (account: string) => ({ Condition: { StringEquals: { "aws:PrincipalAccount": account } } });
const withPolicy = (...statements: readonly object[]) =>
  stack(endpointOnly, set("ssm", { policy: json(...statements) }));
const ownedBy = (ownerId: string, resources: ReturnType<typeof stack>) =>
  resources.map((one) => (one.name === "ssm" ? { ...one, computed: { ownerId } } : one));

export const controlPlane: readonly Trap[] = [
  {
    title: "no endpoint for ssm",
    why: "the agent registers with this service, and there is no other route to it",
    resources: stack(endpointOnly, without("ssm")),
    blocks: ["control-plane", "the VPC has no endpoint for `ssm`, and the route table has no default route"],
  },
  {
    title: "no endpoint for ssmmessages",
    why: "the agent receives its commands from this service",
    resources: stack(endpointOnly, without("ssmmessages")),
    blocks: ["control-plane", "the VPC has no endpoint for `ssmmessages`, and the route table has no default route"],
  },
  {
    title: "no endpoint for ssmmessages, but one for ec2messages",
    why: "current agents use ssmmessages only",
    resources: stack(endpointOnly, without("ssmmessages"), plus(interfaceEndpoint("ec2messages"))),
    blocks: ["control-plane", "the VPC has no endpoint for `ssmmessages`, and the route table has no default route"],
    advice: ["ec2messages"],
  },
  {
    title: "an endpoint for ec2messages in addition to ssm and ssmmessages",
    why: "it is not needed, and it costs money",
    resources: stack(endpointOnly, plus(interfaceEndpoint("ec2messages"))),
    advice: ["ec2messages"],
  },
  {
    title: "no endpoint for ssmmessages, with a NAT gateway",
    why: "its name resolves to public addresses, which the NAT gateway reaches",
    resources: stack(endpointsAndNat, without("ssmmessages")),
  },
  {
    title: "an endpoint for ssm-contacts instead of ssm",
    why: "a service name with the same prefix is another service",
    resources: stack(endpointOnly, set("ssm", { serviceName: "com.amazonaws.eu-west-1.ssm-contacts" })),
    blocks: ["control-plane", "the VPC has no endpoint for `ssm`, and the route table has no default route"],
  },
  {
    title: "an endpoint with no subnet",
    why: "without a subnet, the endpoint has no network interface to answer",
    resources: stack(endpointOnly, set("ssm", { subnetIds: [] })),
    blocks: ["control-plane", "the endpoint for `ssm` has no subnet"],
  },
  {
    title: "an endpoint whose subnets are associated by VpcEndpointSubnetAssociation",
    why: "an association adds a subnet as `subnetIds` does",
    resources: stack(
      endpointOnly,
      set("ssm", { subnetIds: undefined }),
      plus(
        aws("ec2/vpcEndpointSubnetAssociation:VpcEndpointSubnetAssociation", "ssm-in-private", {
          vpcEndpointId: "vpce-ssm",
          subnetId: "subnet-1",
        }),
      ),
    ),
  },
  {
    title: "endpoints in one Availability Zone, the instance in another",
    why: "addresses of the VPC are reachable across Availability Zones, at a cost",
    resources: inZoneB,
    advice: ["note-control-plane"],
  },
  {
    title: "an endpoint whose policy allows only another service's actions",
    why: "the policy of an interface endpoint applies as that of a gateway endpoint does",
    resources: stack(
      endpointOnly,
      set("ssm", { policy: json({ Effect: "Allow", Principal: "*", Action: "ec2:*", Resource: "*" }) }),
    ),
    blocks: ["control-plane", "the policy of the endpoint for `ssm` does not allow `ssm:UpdateInstanceInformation`"],
  },
  {
    title: "an endpoint whose policy allows the service's actions",
    why: "a custom policy is not a fault in itself",
    resources: stack(
      endpointOnly,
      set("ssm", { policy: json({ Effect: "Allow", Principal: "*", Action: "ssm:*", Resource: "*" }) }),
    ),
  },
  {
    title: "an endpoint whose policy allows some of the agent's actions",
    why: "the agent registers but cannot get its patch baseline",
    resources: withPolicy({ ...admitsAll, Action: ["ssm:Update*", "ssm:List*", "ssm:PutInventory"] }),
    blocks: [
      "control-plane",
      "the policy of the endpoint for `ssm` does not allow `ssm:GetDeployablePatchSnapshotForInstance`",
    ],
  },
  {
    title: "an endpoint whose policy allows requests from its VPC",
    why: "the request has the VPC's ID, which is not known until the update",
    resources: withPolicy({ ...admitsAll, Condition: { StringEquals: { "aws:SourceVpc": vpcId } } }),
    unknownAtPreview: ["control-plane"],
  },
  {
    title: "an endpoint whose policy allows its own account",
    why: "the agent signs with the instance's role, which is in that account; the account ID is known once the endpoint is created",
    resources: ownedBy("123456789012", withPolicy({ ...admitsAll, ...ofAccount("123456789012") })),
    unknownAtPreview: ["control-plane"],
  },
  {
    title: "an endpoint whose policy allows another account",
    why: "the agent signs with the instance's role, which is in the endpoint's account",
    resources: ownedBy("123456789012", withPolicy({ ...admitsAll, ...ofAccount("210987654321") })),
    blocks: ["control-plane", "the policy of the endpoint for `ssm` does not allow `ssm:UpdateInstanceInformation`"],
    unknownAtPreview: ["control-plane"],
  },
  {
    title: "an endpoint whose policy has its own account as the principal",
    why: "on an interface endpoint, an account principal includes all of its roles; the account ID is known once the endpoint is created",
    resources: ownedBy("123456789012", withPolicy({ ...admitsAll, Principal: { AWS: "123456789012" } })),
    unknownAtPreview: ["control-plane"],
  },
  {
    title: "an endpoint whose policy has another account as the principal",
    why: "the instance's role is in the endpoint's account",
    resources: ownedBy(
      "123456789012",
      withPolicy({ ...admitsAll, Principal: { AWS: "arn:aws:iam::210987654321:root" } }),
    ),
    blocks: ["control-plane", "the policy of the endpoint for `ssm` does not allow `ssm:UpdateInstanceInformation`"],
    unknownAtPreview: ["control-plane"],
  },
  {
    title: "an endpoint whose policy has the fleet's own role as the principal",
    why: "the role and its name are in the stack; its account ID is known once it is created",
    resources: ownedBy(
      "123456789012",
      withPolicy({ ...admitsAll, Principal: { AWS: "arn:aws:iam::123456789012:role/instances" } }),
    ),
    unknownAtPreview: ["control-plane"],
  },
  {
    title: "an endpoint whose policy has another role as the principal",
    why: "the fleet's role has another name, which is known at preview too",
    resources: withPolicy({ ...admitsAll, Principal: { AWS: "arn:aws:iam::123456789012:role/administrators" } }),
    blocks: ["control-plane", "the policy of the endpoint for `ssm` does not allow `ssm:UpdateInstanceInformation`"],
  },
  {
    title: "an endpoint whose policy allows addresses of its VPC",
    why: "the range contains the VPC's CIDR block",
    resources: withPolicy({ ...admitsAll, Condition: { IpAddress: { "aws:VpcSourceIp": "10.0.0.0/8" } } }),
  },
  {
    title: "an endpoint whose policy allows an organization",
    why: "the account's organization is not in the stack",
    resources: withPolicy({ ...admitsAll, Condition: { StringEquals: { "aws:PrincipalOrgID": "o-a1b2c3d4e5" } } }),
    leavesUnknown: ["control-plane"],
  },
  {
    title: "an endpoint whose policy denies requests without TLS",
    why: "the agent calls the service over HTTPS",
    resources: withPolicy(admitsAll, {
      ...admitsAll,
      Effect: "Deny",
      Condition: { Bool: { "aws:SecureTransport": "false" } },
    }),
  },
  {
    title: "an endpoint whose policy is not a policy document",
    why: "how AWS handles it is not known",
    resources: stack(endpointOnly, set("ssm", { policy: "none" })),
    leavesUnknown: ["control-plane"],
  },
  {
    title: "two endpoints for one service, where the one without private DNS allows no inbound traffic",
    why: "the service's name resolves to the endpoint with private DNS",
    resources: stack(
      endpointOnly,
      plus(
        { ...interfaceEndpoint("ssm", { id: "vpce-second", privateDnsEnabled: false }), name: "second" },
        aws("ec2/securityGroup:SecurityGroup", "closed", { id: "sg-closed", vpcId }),
      ),
      set("second", { securityGroupIds: ["sg-closed"] }),
    ),
  },
  {
    title: "endpoints in another VPC, with no route to it",
    why: "an endpoint serves its own VPC",
    resources: stack(
      endpointOnly,
      plus(aws("ec2/vpc:Vpc", "shared", { id: "vpc-shared", cidrBlock: "10.99.0.0/16" })),
      set("ssm", { vpcId: "vpc-shared" }),
    ),
    blocks: ["control-plane", "the VPC has no endpoint for `ssm`, and the route table has no default route"],
  },
  {
    title: "central endpoints behind a peering connection",
    why: "the peer VPC is not in the stack",
    resources: stack(endpointOnly, without("ssm", "ssmmessages"), toPeer("vpcPeeringConnectionId", "pcx-1")),
    leavesUnknown: ["dns", "control-plane"],
  },
  {
    title: "central endpoints behind a transit gateway",
    why: "what is behind the transit gateway is not in the stack",
    resources: stack(endpointOnly, without("ssm", "ssmmessages"), toPeer("transitGatewayId", "tgw-1")),
    leavesUnknown: ["dns", "control-plane"],
  },
  {
    title: "a NAT instance",
    why: "whether the instance forwards traffic is not in the stack",
    resources: stack(nat, without("nat"), set("to-nat", { natGatewayId: undefined, networkInterfaceId: "eni-1" })),
    leavesUnknown: hopsOfTraffic,
  },
  {
    title: "a private NAT gateway in addition to the endpoints",
    why: "it has no route to the internet, and none is needed",
    resources: stack(endpointsAndNat, set("nat", { connectivityType: "private" })),
  },
  {
    title: "a NAT gateway in a subnet with no route to an internet gateway, and no endpoint for ssm",
    why: "a NAT gateway needs a route to an internet gateway",
    resources: stack(endpointsAndNat, without("ssm"), set("public-table", { routes: [] })),
    blocks: [
      "control-plane",
      "the VPC has no endpoint for `ssm`, and the subnet of the NAT gateway has no route to an internet gateway",
    ],
  },
  {
    title: "an internet gateway, an instance without a public IP address, and no endpoint for ssm",
    why: "an internet gateway serves only instances with a public IP address",
    resources: stack(
      endpointsAndNat,
      without("ssm", "nat"),
      set("to-nat", { natGatewayId: undefined, gatewayId: "igw-1" }),
    ),
    blocks: [
      "control-plane",
      "the VPC has no endpoint for `ssm`, and the default route targets an internet gateway, which instances without a public IP address cannot use",
    ],
  },
  {
    title: "an internet gateway and an instance with a public IP address, and no endpoint",
    why: "the subnet is public, and the instance can be patched",
    resources: stack(
      nat,
      without("nat"),
      set("to-nat", { natGatewayId: undefined, gatewayId: "igw-1" }),
      set("web", { associatePublicIpAddress: true }),
    ),
  },
  {
    title: "endpoints in two Availability Zones, one of them that of the instance",
    why: "traffic stays in the Availability Zone of the instance",
    resources: stack(endpointOnly, plus(subnetB), set("ssm", { subnetIds: ["subnet-1", "subnet-2"] })),
  },
  {
    title: "endpoints in another subnet, and an instance in a subnet whose Availability Zone is not set",
    why: "AWS chooses an Availability Zone, which may be that of the endpoints",
    resources: stack(
      endpointOnly,
      plus(subnetB),
      set("private", { availabilityZone: undefined }),
      set("ssm", { subnetIds: ["subnet-2"] }),
    ),
  },
];
