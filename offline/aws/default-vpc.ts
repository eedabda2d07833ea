import { type Place, accountId, availabilityZones } from "./account";
import type { Properties } from "./values";

/**
 * The default VPC of the account, as AWS creates it: 172.31.0.0/16 with a public /20 subnet in each availability zone. Source:
 * https://docs.aws.amazon.com/vpc/latest/userguide/default-vpc-components.html, checked 2026-11-28.
 */
export const defaultVpcId = "vpc-0de1a0170de1a0170";

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
