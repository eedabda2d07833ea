/** A group of regions with one ARN prefix, one DNS suffix and no trust to the others. */
export interface Partition {
  /** The second segment of every ARN. */
  readonly id: "aws" | "aws-cn" | "aws-us-gov";
  readonly dnsSuffix: string;
}

const aws: Partition = { id: "aws", dnsSuffix: "amazonaws.com" };
const china: Partition = { id: "aws-cn", dnsSuffix: "amazonaws.com.cn" };
const govCloud: Partition = { id: "aws-us-gov", dnsSuffix: "amazonaws.com" };

export interface RegionFacts {
  readonly name: string;
  readonly partition: Partition;
}

/**
 * The regions that these tables know.
 *
 * Source: https://docs.aws.amazon.com/systems-manager/latest/userguide/patch-operations-s3-buckets.html (its newer
 * version, with ap-east-2, ap-southeast-5 to -7 and mx-central-1); the China and GovCloud regions by their partitions.
 * Checked 2026-11-21. A region that is not here is not supported, which says nothing about whether it exists.
 */
export const regions = {
  "af-south-1": { name: "Africa (Cape Town)", partition: aws },
  "ap-east-1": { name: "Asia Pacific (Hong Kong)", partition: aws },
  "ap-east-2": { name: "Asia Pacific (Taipei)", partition: aws },
  "ap-northeast-1": { name: "Asia Pacific (Tokyo)", partition: aws },
  "ap-northeast-2": { name: "Asia Pacific (Seoul)", partition: aws },
  "ap-northeast-3": { name: "Asia Pacific (Osaka)", partition: aws },
  "ap-south-1": { name: "Asia Pacific (Mumbai)", partition: aws },
  "ap-south-2": { name: "Asia Pacific (Hyderabad)", partition: aws },
  "ap-southeast-1": { name: "Asia Pacific (Singapore)", partition: aws },
  "ap-southeast-2": { name: "Asia Pacific (Sydney)", partition: aws },
  "ap-southeast-3": { name: "Asia Pacific (Jakarta)", partition: aws },
  "ap-southeast-4": { name: "Asia Pacific (Melbourne)", partition: aws },
  "ap-southeast-5": { name: "Asia Pacific (Malaysia)", partition: aws },
  "ap-southeast-6": { name: "Asia Pacific (New Zealand)", partition: aws },
  "ap-southeast-7": { name: "Asia Pacific (Thailand)", partition: aws },
  "ca-central-1": { name: "Canada (Central)", partition: aws },
  "ca-west-1": { name: "Canada West (Calgary)", partition: aws },
  "cn-north-1": { name: "China (Beijing)", partition: china },
  "cn-northwest-1": { name: "China (Ningxia)", partition: china },
  "eu-central-1": { name: "Europe (Frankfurt)", partition: aws },
  "eu-central-2": { name: "Europe (Zurich)", partition: aws },
  "eu-north-1": { name: "Europe (Stockholm)", partition: aws },
  "eu-south-1": { name: "Europe (Milan)", partition: aws },
  "eu-south-2": { name: "Europe (Spain)", partition: aws },
  "eu-west-1": { name: "Europe (Ireland)", partition: aws },
  "eu-west-2": { name: "Europe (London)", partition: aws },
  "eu-west-3": { name: "Europe (Paris)", partition: aws },
  "il-central-1": { name: "Israel (Tel Aviv)", partition: aws },
  "me-central-1": { name: "Middle East (UAE)", partition: aws },
  "me-south-1": { name: "Middle East (Bahrain)", partition: aws },
  "mx-central-1": { name: "Mexico (Central)", partition: aws },
  "sa-east-1": { name: "South America (Sao Paulo)", partition: aws },
  "us-east-1": { name: "US East (N. Virginia)", partition: aws },
  "us-east-2": { name: "US East (Ohio)", partition: aws },
  "us-gov-east-1": { name: "AWS GovCloud (US-East)", partition: govCloud },
  "us-gov-west-1": { name: "AWS GovCloud (US-West)", partition: govCloud },
  "us-west-1": { name: "US West (N. California)", partition: aws },
  "us-west-2": { name: "US West (Oregon)", partition: aws },
} as const satisfies Record<string, RegionFacts>;

export type Region = keyof typeof regions;

/** Whether a region is supported; a caller that gets `false` answers "unknown", never a guess. */
export function isRegion(name: string): name is Region {
  return Object.hasOwn(regions, name);
}
