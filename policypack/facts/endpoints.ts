import { type Region, isRegion, regions } from "./regions";

/** The VPC endpoints that the SSM agent requires before anything else works. */
export const controlPlaneServices = ["ssm", "ssmmessages"] as const;

/**
 * The VPC endpoints that only some features need, and what for.
 *
 * Source: https://docs.aws.amazon.com/systems-manager/latest/userguide/setup-create-vpc.html and
 * systems-manager-setting-up-messageAPIs.html there, checked 2026-11-21. Agents since 3.3.40.0 use `ssmmessages`
 * instead of `ec2messages`. `monitoring`:
 * https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/cloudwatch-and-interface-VPC.html, checked 2026-11-22.
 */
export const optionalServices = {
  ec2messages: "agents before 3.3.40.0",
  ec2: "VSS snapshots of Windows",
  kms: "encrypted sessions and parameters",
  logs: "output to CloudWatch Logs",
  monitoring: "CloudWatch metrics",
} as const;

/** A service that the patch path or one of its features reaches by an interface endpoint. */
export type EndpointService = (typeof controlPlaneServices)[number] | keyof typeof optionalServices;

/**
 * Services whose endpoints in China have names of another form. Source: the table of exceptions in aws-cdk-lib,
 * https://github.com/aws/aws-cdk/blob/main/packages/aws-cdk-lib/aws-ec2/lib/vpc-endpoint.ts, checked 2026-11-22; it
 * lists `s3` as an interface endpoint, the gateway endpoint has the ordinary name.
 */
const otherNamesInChina: readonly string[] = ["ec2", "monitoring"];

/**
 * The name of the endpoint service of an AWS service in a region.
 *
 * Source: https://docs.aws.amazon.com/systems-manager/latest/userguide/setup-create-vpc.html, checked 2026-11-21.
 */
export function endpointServiceName(service: string, region: Region): string {
  const prefix = regions[region].partition.id === "aws-cn" && otherNamesInChina.includes(service) ? "cn." : "";
  return `${prefix}com.amazonaws.${region}.${service}`;
}

/**
 * Whether an S3 gateway endpoint is known to carry IPv6 beside IPv4 (`ipAddressType` `dualstack`): one that supports
 * only IPv4 does not serve requests over IPv6. China and GovCloud are unconfirmed.
 *
 * Sources, checked 2026-11-22:
 * https://docs.aws.amazon.com/AmazonS3/latest/userguide/privatelink-interface-endpoints.html, and for the announcement
 * of November 2025 https://github.com/gardener/gardener-extension-provider-aws/issues/1601. Of S3's addresses only
 * those of IPv4 have a prefix list:
 * https://docs.aws.amazon.com/vpc/latest/userguide/working-with-aws-managed-prefix-lists.html.
 */
export function gatewayEndpointCarriesIpv6(region: Region): boolean {
  return regions[region].partition.id === "aws";
}

/**
 * The DNS name of a service that the agent calls.
 *
 * Source: https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_CreateVpcEndpoint.html (`PrivateDnsEnabled`, with
 * an example of this form), checked 2026-11-22; the suffix is the partition's, for a region that is not supported that of
 * the commercial one.
 */
export function serviceHostName(service: string, region: string): string {
  const { dnsSuffix } = regions[isRegion(region) ? region : "us-east-1"].partition;
  return `${service}.${region}.${dnsSuffix}`;
}

/** An endpoint policy has at most this many characters, white space included (facts: AWS PrivateLink guide). */
export const endpointPolicyMaxCharacters = 20_480;
