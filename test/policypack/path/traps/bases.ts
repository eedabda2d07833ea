import type { ExampleResource } from "../../rules/analyze";
import { patchedStack } from "../../rules/network";

/** A change of a stack. */
export type Change = (resources: readonly ExampleResource[]) => readonly ExampleResource[];

/** A stack with changes, one after the other. */
export function stack(base: readonly ExampleResource[], ...changes: readonly Change[]): readonly ExampleResource[] {
  return changes.reduce((resources, change) => change(resources), base);
}

/** Changes inputs of one resource; `undefined` removes one. A name that does not exist is a mistake in the test. */
export function set(name: string, props: Readonly<Record<string, unknown>>): Change {
  return (resources) => {
    if (!resources.some((one) => one.name === name)) throw new Error(`no resource \`${name}\` in the base stack`);
    return resources.map((one) => (one.name === name ? { ...one, props: { ...one.props, ...props } } : one));
  };
}

export function without(...names: readonly string[]): Change {
  return (resources) => {
    const missing = names.find((name) => !resources.some((one) => one.name === name));
    if (missing !== undefined) throw new Error(`no resource \`${missing}\` in the base stack`);
    return resources.filter((one) => !names.includes(one.name));
  };
}

export function plus(...added: readonly ExampleResource[]): Change {
  return (resources) => [...resources, ...added];
}

/** A resource of the classic provider, by the part of its type after `aws:`. */
export function aws(type: string, name: string, props: Readonly<Record<string, unknown>>): ExampleResource {
  return { type: `aws:${type}`, name, props };
}

/** A resource of the aws-native provider. */
export function native(type: string, name: string, props: Readonly<Record<string, unknown>>): ExampleResource {
  return { type: `aws-native:${type}`, name, props };
}

export const vpcId = "vpc-0a1b2c3d4e5f67890";
export const https = { protocol: "tcp", fromPort: 443, toPort: 443 };
export const everything = { protocol: "-1", fromPort: 0, toPort: 0, cidrBlocks: ["0.0.0.0/0"] };

const defaultsOfVpc = {
  defaultSecurityGroupId: "sg-default",
  defaultRouteTableId: "rtb-main",
  mainRouteTableId: "rtb-main",
  defaultNetworkAclId: "acl-default",
};

/** One private subnet, interface endpoints and the S3 gateway endpoint; no route to the internet. */
export const endpointOnly = stack(patchedStack(), set("vpc", defaultsOfVpc));

const publicSide: readonly ExampleResource[] = [
  aws("ec2/internetGateway:InternetGateway", "igw", { id: "igw-1", vpcId }),
  aws("ec2/subnet:Subnet", "public", {
    id: "subnet-public",
    vpcId,
    cidrBlock: "10.0.0.0/24",
    availabilityZone: "eu-west-1a",
  }),
  aws("ec2/routeTable:RouteTable", "public-table", {
    id: "rtb-public",
    vpcId,
    routes: [{ cidrBlock: "0.0.0.0/0", gatewayId: "igw-1" }],
  }),
  aws("ec2/routeTableAssociation:RouteTableAssociation", "public-association", {
    subnetId: "subnet-public",
    routeTableId: "rtb-public",
  }),
  aws("ec2/natGateway:NatGateway", "nat", { id: "nat-1", subnetId: "subnet-public" }),
  aws("ec2/route:Route", "to-nat", {
    routeTableId: "rtb-1",
    destinationCidrBlock: "0.0.0.0/0",
    natGatewayId: "nat-1",
  }),
];

/** All endpoints and a NAT gateway. */
export const endpointsAndNat = stack(endpointOnly, plus(...publicSide), set("web-group", { egress: [everything] }));

/** A NAT gateway and the S3 gateway endpoint. */
export const natAndGateway = stack(endpointsAndNat, without("ssm", "ssmmessages", "endpoints"));

/** A NAT gateway and no endpoint. */
export const nat = stack(natAndGateway, without("s3"));

const parameter = (name: string) => `resolve:ssm:/aws/service/${name}`;

/** Public parameters of AMIs. */
export const images = {
  amazonLinux2: parameter("ami-amazon-linux-latest/amzn2-ami-kernel-5.10-hvm-x86_64-gp2"),
  minimal: parameter("ami-amazon-linux-latest/al2023-ami-minimal-kernel-default-x86_64"),
  debian: parameter("debian/release/12/latest/amd64"),
  minimal2: parameter("ami-amazon-linux-latest/amzn2-ami-minimal-hvm-x86_64-ebs"),
  suse: parameter("suse/sles/15-sp6/x86_64/latest"),
  ubuntu: parameter("canonical/ubuntu/server/24.04/stable/current/amd64/hvm/ebs-gp3/ami-id"),
  windowsLaunch2: parameter("ami-windows-latest/EC2LaunchV2-Windows_Server-2019-English-Full-Base"),
  windows: parameter("ami-windows-latest/Windows_Server-2022-English-Full-Base"),
} as const;

/** An S3 interface endpoint in place of the gateway, which the names that dnf uses resolve to. */
export const dualStackS3 = (others: Readonly<Record<string, unknown>> = {}): Change =>
  set("s3", {
    vpcEndpointType: "Interface",
    ipAddressType: "dualstack",
    routeTableIds: undefined,
    subnetIds: ["subnet-1"],
    securityGroupIds: ["sg-endpoints"],
    privateDnsEnabled: true,
    dnsOptions: { privateDnsOnlyForInboundResolverEndpoint: false },
    ...others,
  });

/** A separate subnet for endpoints. */
export const sharedSubnet = plus(
  aws("ec2/subnet:Subnet", "shared", {
    id: "subnet-shared",
    vpcId,
    cidrBlock: "10.0.9.0/24",
    availabilityZone: "eu-west-1a",
  }),
);

/** All hops that depend on the route of traffic, for stacks whose routes cannot be determined. */
export const hopsOfTraffic = [
  "control-plane",
  "security-groups",
  "network-acls",
  "s3-route",
  "payload",
  "snapshot",
  "repository",
] as const;
