/** The VPC endpoints that the SSM agent needs before anything else works. */
export const controlPlaneServices = ["ssm", "ssmmessages"] as const;

/**
 * The VPC endpoints that only some features need, and what for.
 *
 * Source: https://docs.aws.amazon.com/systems-manager/latest/userguide/setup-create-vpc.html and
 * systems-manager-setting-up-messageAPIs.html there, checked 2026-11-21. Agents since 3.3.40.0 use `ssmmessages` in
 * place of `ec2messages`.
 */
export const optionalServices = {
  ec2messages: "agents before 3.3.40.0",
  ec2: "VSS snapshots of Windows",
  kms: "encrypted sessions and parameters",
  logs: "output to CloudWatch Logs",
} as const;

/**
 * The name of the endpoint service of an AWS service in a region of the `aws` and `aws-us-gov` partitions.
 *
 * Source: https://docs.aws.amazon.com/systems-manager/latest/userguide/setup-create-vpc.html, checked 2026-11-21. The
 * names in China are not in our sources.
 */
export function endpointServiceName(service: string, region: string): string {
  return `com.amazonaws.${region}.${service}`;
}

/** An endpoint policy has at most this many characters, white space included (facts: AWS PrivateLink guide). */
export const endpointPolicyMaxCharacters = 20_480;
