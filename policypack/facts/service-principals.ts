import { type Region, regions } from "./regions";

/**
 * The principal by which a policy trusts an AWS service, the same in every partition.
 *
 * Source: the npm package @aws-cdk/region-info 2.269.0 (`servicePrincipal` in lib/default.js), checked 2026-11-22: all
 * of these are `SERVICE.amazonaws.com`, in China too.
 */
export function servicePrincipal(
  service: "cloudformation" | "cloudwatch" | "config" | "dlm" | "events" | "ssm",
): string {
  return `${service}.amazonaws.com`;
}

/**
 * EC2 uses the partition's suffix, which older accounts in China require: @aws-cdk/region-info wrote it so for years,
 * and writes `ec2.amazonaws.com` now.
 */
export function ec2Principal(region: Region): string {
  return `ec2.${regions[region].partition.dnsSuffix}`;
}

/** CloudWatch Logs has a name for each region. Source: @aws-cdk/region-info 2.269.0, as above, checked 2026-11-22. */
export function logsPrincipal(region: Region): string {
  return `logs.${region}.${regions[region].partition.dnsSuffix}`;
}
