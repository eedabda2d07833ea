import { type Change, aws, plus, set, vpcId, without, sharedSubnet } from "./bases";
import { route } from "./hub-base";

export const firewall = { vpcEndpointId: "vpce-firewall" };
export const throughNat = { natGatewayId: "nat-1" };
export const lowerHalf = "0.0.0.0/1";
export const upperHalf = "128.0.0.0/1";

export const to = (name: string, destinationCidrBlock: string, target: object) =>
  route(name, "rtb-1", destinationCidrBlock, target);

/** Removes the S3 endpoint; those for Systems Manager stay. */
export const withoutS3 = without("s3");
export const noS3Endpoint = "the route table of `private` has no S3 gateway endpoint";

/** The hops that cannot be determined where only traffic to S3 passes the internet. */
export const hopsOfS3 = ["s3-route", "payload", "snapshot", "repository"] as const;

export const secondNat = (name: string, others: object, ...routes: readonly object[]) =>
  plus(
    aws("ec2/subnet:Subnet", `${name}-subnet`, {
      id: `subnet-${name}`,
      vpcId,
      cidrBlock: "10.0.7.0/24",
      availabilityZone: "eu-west-1a",
    }),
    aws("ec2/routeTable:RouteTable", `${name}-table`, { id: `rtb-${name}`, vpcId, routes }),
    aws("ec2/routeTableAssociation:RouteTableAssociation", `${name}-association`, {
      subnetId: `subnet-${name}`,
      routeTableId: `rtb-${name}`,
    }),
    aws("ec2/natGateway:NatGateway", name, { id: `nat-${name}`, subnetId: `subnet-${name}`, ...others }),
  );
export const toInternetGateway = { cidrBlock: "0.0.0.0/0", gatewayId: "igw-1" };

export const list = (id: string, ...blocks: readonly string[]) =>
  aws("ec2/managedPrefixList:ManagedPrefixList", "list", {
    id,
    addressFamily: "IPv4",
    maxEntries: 5,
    entries: blocks.map((cidr) => ({ cidr })),
  });
export const toList = (destinationPrefixListId: string, target: object) =>
  aws("ec2/route:Route", "to-list", { routeTableId: "rtb-1", destinationPrefixListId, ...target });

/** The S3 endpoint with the CIDR blocks of its prefix list, as AWS reports them once it is created. */
export const published: Change = (resources) =>
  resources.map((one) => (one.name === "s3" ? { ...one, computed: { cidrBlocks: ["52.218.0.0/17"] } } : one));

export const endpointsInSubnet = [
  sharedSubnet,
  set("ssm", { subnetIds: ["subnet-shared"] }),
  set("ssmmessages", { subnetIds: ["subnet-shared"] }),
] as const;
export const throughAppliance = { networkInterfaceId: "eni-appliance" };

export const dualStack = set("private", { ipv6CidrBlock: "2001:db8::/64", assignIpv6AddressOnCreation: true });
export const ipv6Route = (destinationIpv6CidrBlock: string) =>
  plus(
    aws("ec2/route:Route", "to-ipv6", {
      routeTableId: "rtb-1",
      destinationIpv6CidrBlock,
      egressOnlyGatewayId: "eigw-1",
    }),
  );

/** Routes: which one applies to which addresses. */
