import { type Region, regions } from "./regions";

/**
 * Buckets of AWS services from which instances read, signed by an account of AWS or not at all, so that a policy for the account's
 * own requests denies the reads.
 *
 * Sources: https://docs.aws.amazon.com/AmazonECR/latest/userguide/vpc-endpoints.html (layers) and, for the others,
 * service_owned_resources.md of https://github.com/aws-samples/data-perimeter-policy-examples at 8e0d3c5, checked 2026-11-28. Their
 * names in China and GovCloud are unconfirmed.
 */
const buckets = {
  ecr: (region: Region) => [`prod-${region}-starport-layer-bucket/*`],
  "cloudwatch-agent": (region: Region) => [`amazoncloudwatch-agent-${region}/*`, "amazoncloudwatch-agent/*"],
  codedeploy: (region: Region) => [`aws-codedeploy-${region}/*`],
  "image-builder": (region: Region) => [
    `ec2imagebuilder-toe-${region}-prod/*`,
    `ec2imagebuilder-managed-resources-${region}-prod/components/*`,
  ],
} as const satisfies Readonly<Record<string, (region: Region) => string[]>>;

/** A service whose buckets are known. */
export type BucketService = keyof typeof buckets;

export const bucketServices = Object.keys(buckets) as BucketService[];

/** Whether the names of these buckets are confirmed in a region. */
export function knowsServiceBuckets(region: Region): boolean {
  return regions[region].partition.id === "aws";
}

/** The statement for the policy of an S3 endpoint by which everyone may read the buckets of services. */
export function serviceBucketReads(services: readonly BucketService[], region: Region) {
  return {
    Sid: "AllowServiceBuckets",
    Effect: "Allow" as const,
    Principal: "*",
    Action: "s3:GetObject",
    Resource: services.flatMap((service) =>
      buckets[service](region).map((objects) => `arn:${regions[region].partition.id}:s3:::${objects}`),
    ),
  };
}
