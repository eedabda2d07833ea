/** The VPC endpoints that the SSM agent needs before anything else works. */
export const controlPlaneServices = ["ssm", "ssmmessages"] as const;

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

/** What AWS attaches to an endpoint for which no policy is given: everything is admitted. */
export const defaultEndpointPolicy = {
  Statement: [{ Effect: "Allow", Principal: "*", Action: "*", Resource: "*" }],
} as const;
