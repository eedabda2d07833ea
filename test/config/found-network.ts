import type { ExistingNetwork } from "@patchpath/components";

export const vpcId = "vpc-0123456789abcdef0";

/** A VPC that was looked up: a subnet with a default route to NAT, and no endpoints. */
export const found: ExistingNetwork = {
  vpcId,
  cidrBlock: "10.0.0.0/16",
  dnsSupport: true,
  dnsHostnames: true,
  subnets: [{ id: "subnet-1", vpcId, zone: "eu-west-1a" }],
  routeTables: [{ id: "rtb-1", vpcId, defaultRoute: "nat-1", routes: [] }],
  endpoints: { s3: undefined, interfaces: {} },
};
