import { type Place, accountId, availabilityZones, hex } from "./account";
import type { Properties } from "./values";

/**
 * The default VPC of the account, as AWS creates it: 172.31.0.0/16 with a public /20 subnet in each availability zone. Source:
 * https://docs.aws.amazon.com/vpc/latest/userguide/default-vpc-components.html, checked 2026-11-28.
 */
export const defaultVpcId = "vpc-0de1a0170de1a0170";

/** The attributes of a VPC that no stack created; those of the default VPC are AWS's, of others invented. */
export function existingVpc(id: string, place: Place): Properties {
  return {
    id,
    arn: `arn:${place.partition}:ec2:${place.region}:${accountId}:vpc/${id}`,
    cidrBlock: "172.31.0.0/16",
    cidrBlockAssociations: [],
    default: id === defaultVpcId,
    defaultNetworkAclId: `acl-0${hex(16, id)}`,
    defaultRouteTableId: `rtb-0${hex(16, id)}`,
    defaultSecurityGroupId: `sg-0${hex(16, id)}`,
    dhcpOptionsId: `dopt-0${hex(16, id)}`,
    enableDnsHostnames: true,
    enableDnsSupport: true,
    instanceTenancy: "default",
    mainRouteTableId: `rtb-0${hex(16, id)}`,
    ownerId: accountId,
    region: place.region,
    tags: {},
  };
}

/** The main route table of the default VPC, which its subnets use: a route to an internet gateway. */
export function defaultRouteTable(place: Place): Properties & { readonly id: string } {
  const id = `rtb-0${hex(16, defaultVpcId)}`;
  return {
    id,
    arn: `arn:${place.partition}:ec2:${place.region}:${accountId}:route-table/${id}`,
    associations: [],
    ownerId: accountId,
    region: place.region,
    routes: [{ cidrBlock: "0.0.0.0/0", gatewayId: `igw-0${hex(16, defaultVpcId)}` }],
    tags: {},
    vpcId: defaultVpcId,
  };
}

export interface DefaultSubnet extends Properties {
  readonly id: string;
}

export function defaultSubnets(place: Place): DefaultSubnet[] {
  return availabilityZones(place.region).map((zone, i) => {
    const id = `subnet-0de1a0170de1a${String(i).padStart(4, "0")}`;
    return {
      id,
      arn: `arn:${place.partition}:ec2:${place.region}:${accountId}:subnet/${id}`,
      availabilityZone: zone.name,
      availabilityZoneId: zone.id,
      cidrBlock: `172.31.${i * 16}.0/20`,
      defaultForAz: true,
      mapPublicIpOnLaunch: true,
      ownerId: accountId,
      region: place.region,
      state: "available",
      tags: {},
      vpcId: defaultVpcId,
    };
  });
}

/** The default VPC and its subnets, for `.get()` and imports: they are in the account without a stack. */
export function partOfDefaultVpc(type: string, id: string, place: Place): Properties | undefined {
  if (type === "aws:ec2/vpc:Vpc" && id === defaultVpcId) return existingVpc(id, place);
  if (type !== "aws:ec2/subnet:Subnet") return undefined;
  return defaultSubnets(place).find((subnet) => subnet.id === id);
}
