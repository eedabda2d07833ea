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

/** The instance in another zone than the endpoints. */
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
    why: "the agent registers there, and there is no other way out",
    resources: stack(endpointOnly, without("ssm")),
    blocks: ["control-plane", "the VPC has no endpoint for `ssm`, and the route table has no default route"],
  },
  {
    title: "no endpoint for ssmmessages",
    why: "the agent gets its commands there",
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
    title: "an endpoint for ec2messages beside the two",
    why: "it is not needed, and it costs",
    resources: stack(endpointOnly, plus(interfaceEndpoint("ec2messages"))),
    advice: ["ec2messages"],
  },
  {
    title: "no endpoint for ssmmessages beside a NAT gateway",
    why: "its name leads to public addresses, which the NAT gateway reaches",
    resources: stack(endpointsAndNat, without("ssmmessages")),
  },
  {
    title: "endpoints of the service ssm-contacts in place of ssm",
    why: "names that only begin alike are other services",
    resources: stack(endpointOnly, set("ssm", { serviceName: "com.amazonaws.eu-west-1.ssm-contacts" })),
    blocks: ["control-plane", "the VPC has no endpoint for `ssm`, and the route table has no default route"],
  },
  {
    title: "an endpoint that is in no subnet",
    why: "without a network interface nothing answers",
    resources: stack(endpointOnly, set("ssm", { subnetIds: [] })),
    blocks: ["control-plane", "the endpoint for `ssm` has no subnet"],
  },
  {
    title: "an endpoint whose subnets are associations of their own",
    why: "they count as the list does",
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
    title: "endpoints in one zone, the instance in another",
    why: "addresses of the VPC are reached across zones, at a cost",
    resources: inZoneB,
    advice: ["note-control-plane"],
  },
  {
    title: "an endpoint with a policy that admits another service's calls only",
    why: "an interface endpoint's policy decides as S3's does",
    resources: stack(
      endpointOnly,
      set("ssm", { policy: json({ Effect: "Allow", Principal: "*", Action: "ec2:*", Resource: "*" }) }),
    ),
    blocks: ["control-plane", "the policy of the endpoint for `ssm` does not allow `ssm:UpdateInstanceInformation`"],
  },
  {
    title: "an endpoint with a policy that admits the service",
    why: "that it has a policy is no fault",
    resources: stack(
      endpointOnly,
      set("ssm", { policy: json({ Effect: "Allow", Principal: "*", Action: "ssm:*", Resource: "*" }) }),
    ),
  },
  {
    title: "an endpoint whose policy admits some of the agent's calls",
    why: "the agent registers, and gets no baseline to patch by",
    resources: withPolicy({ ...admitsAll, Action: ["ssm:Update*", "ssm:List*", "ssm:PutInventory"] }),
    blocks: [
      "control-plane",
      "the policy of the endpoint for `ssm` does not allow `ssm:GetDeployablePatchSnapshotForInstance`",
    ],
  },
  {
    title: "an endpoint whose policy admits calls from its VPC",
    why: "the VPC's id is in the request; before it is known nobody can tell",
    resources: withPolicy({ ...admitsAll, Condition: { StringEquals: { "aws:SourceVpc": vpcId } } }),
    unknownAtPreview: ["control-plane"],
  },
  {
    title: "an endpoint whose policy admits its own account",
    why: "the agent signs by the instance's role, which is of that account; AWS tells it when the endpoint is made",
    resources: ownedBy("123456789012", withPolicy({ ...admitsAll, ...ofAccount("123456789012") })),
    unknownAtPreview: ["control-plane"],
  },
  {
    title: "an endpoint whose policy admits another account",
    why: "the agent signs by the instance's role, which is of the endpoint's account",
    resources: ownedBy("123456789012", withPolicy({ ...admitsAll, ...ofAccount("210987654321") })),
    blocks: ["control-plane", "the policy of the endpoint for `ssm` does not allow `ssm:UpdateInstanceInformation`"],
    unknownAtPreview: ["control-plane"],
  },
  {
    title: "an endpoint whose policy has its own account for a principal",
    why: "on an interface endpoint an account stands for all of its roles; AWS tells it when the endpoint is made",
    resources: ownedBy("123456789012", withPolicy({ ...admitsAll, Principal: { AWS: "123456789012" } })),
    unknownAtPreview: ["control-plane"],
  },
  {
    title: "an endpoint whose policy has another account for a principal",
    why: "the instance's role is of the endpoint's account",
    resources: ownedBy(
      "123456789012",
      withPolicy({ ...admitsAll, Principal: { AWS: "arn:aws:iam::210987654321:root" } }),
    ),
    blocks: ["control-plane", "the policy of the endpoint for `ssm` does not allow `ssm:UpdateInstanceInformation`"],
    unknownAtPreview: ["control-plane"],
  },
  {
    title: "an endpoint whose policy names the fleet's own role",
    why: "the role is in the stack, and so is its name; whose account it is AWS tells when it is made",
    resources: ownedBy(
      "123456789012",
      withPolicy({ ...admitsAll, Principal: { AWS: "arn:aws:iam::123456789012:role/instances" } }),
    ),
    unknownAtPreview: ["control-plane"],
  },
  {
    title: "an endpoint whose policy names another role",
    why: "the fleet's role has another name, at preview too",
    resources: withPolicy({ ...admitsAll, Principal: { AWS: "arn:aws:iam::123456789012:role/administrators" } }),
    blocks: ["control-plane", "the policy of the endpoint for `ssm` does not allow `ssm:UpdateInstanceInformation`"],
  },
  {
    title: "an endpoint whose policy admits addresses of its VPC",
    why: "the range holds the whole of the VPC's block",
    resources: withPolicy({ ...admitsAll, Condition: { IpAddress: { "aws:VpcSourceIp": "10.0.0.0/8" } } }),
  },
  {
    title: "an endpoint whose policy admits an organization",
    why: "which organization the account is in is nowhere in the stack",
    resources: withPolicy({ ...admitsAll, Condition: { StringEquals: { "aws:PrincipalOrgID": "o-a1b2c3d4e5" } } }),
    leavesUnknown: ["control-plane"],
  },
  {
    title: "an endpoint whose policy denies what is not TLS",
    why: "its calls are HTTPS",
    resources: withPolicy(admitsAll, {
      ...admitsAll,
      Effect: "Deny",
      Condition: { Bool: { "aws:SecureTransport": "false" } },
    }),
  },
  {
    title: "an endpoint whose policy is no policy document",
    why: "what AWS makes of it is not known",
    resources: stack(endpointOnly, set("ssm", { policy: "none" })),
    leavesUnknown: ["control-plane"],
  },
  {
    title: "two endpoints of one service, of which the one without private DNS admits nobody",
    why: "the name leads to the one that has private DNS",
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
    title: "endpoints in another VPC, without a way there",
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
    why: "the other VPC is outside of what is judged here",
    resources: stack(endpointOnly, without("ssm", "ssmmessages"), toPeer("vpcPeeringConnectionId", "pcx-1")),
    leavesUnknown: ["dns", "control-plane"],
  },
  {
    title: "central endpoints behind a transit gateway",
    why: "what is behind it is outside of what is judged here",
    resources: stack(endpointOnly, without("ssm", "ssmmessages"), toPeer("transitGatewayId", "tgw-1")),
    leavesUnknown: ["dns", "control-plane"],
  },
  {
    title: "a NAT instance",
    why: "what runs on it, and whether it forwards, is nowhere in the stack",
    resources: stack(nat, without("nat"), set("to-nat", { natGatewayId: undefined, networkInterfaceId: "eni-1" })),
    leavesUnknown: hopsOfTraffic,
  },
  {
    title: "a private NAT gateway beside the endpoints",
    why: "it leads nowhere, and nobody needs it",
    resources: stack(endpointsAndNat, set("nat", { connectivityType: "private" })),
  },
  {
    title: "a NAT gateway in a subnet without internet gateway, and no endpoint for ssm",
    why: "it has no way onward",
    resources: stack(endpointsAndNat, without("ssm"), set("public-table", { routes: [] })),
    blocks: [
      "control-plane",
      "the VPC has no endpoint for `ssm`, and the subnet of the NAT gateway has no route to an internet gateway",
    ],
  },
  {
    title: "an internet gateway, an instance without public address, and no endpoint for ssm",
    why: "an internet gateway carries public addresses only",
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
    title: "an internet gateway and an instance with public address, without an endpoint",
    why: "it is no private subnet, and it patches",
    resources: stack(
      nat,
      without("nat"),
      set("to-nat", { natGatewayId: undefined, gatewayId: "igw-1" }),
      set("web", { associatePublicIpAddress: true }),
    ),
  },
];
