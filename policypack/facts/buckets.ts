import { type Region, regions } from "./regions";

/** The buckets whose names AWS lists region by region, since they have a suffix that cannot be derived. */
interface ListedBuckets {
  /** Payload of AWS-RunPatchBaseline and its relatives, Linux and Windows. */
  readonly patchManager: string;
  /** The baseline snapshot that the payload reads by a presigned URL. */
  readonly patchBaselineSnapshot: string;
}

/**
 * Source: https://docs.aws.amazon.com/systems-manager/latest/userguide/patch-operations-s3-buckets.html, checked
 * 2026-11-21. `undefined`: AWS's table for that partition was not seen (unconfirmed).
 */
const listedBuckets: Record<Region, ListedBuckets | undefined> = {
  "af-south-1": {
    patchManager: "aws-patch-manager-af-south-1-bdd5f65a9",
    patchBaselineSnapshot: "patch-baseline-snapshot-af-south-1-tbxdb5b9",
  },
  "ap-east-1": {
    patchManager: "aws-patch-manager-ap-east-1-632356271",
    patchBaselineSnapshot: "patch-baseline-snapshot-ap-east-1",
  },
  "ap-east-2": {
    patchManager: "aws-patch-manager-ap-east-2-5a64b2916",
    patchBaselineSnapshot: "patch-baseline-snapshot-ap-east-2-8947749e",
  },
  "ap-northeast-1": {
    patchManager: "aws-patch-manager-ap-northeast-1-4849fa78f",
    patchBaselineSnapshot: "patch-baseline-snapshot-ap-northeast-1",
  },
  "ap-northeast-2": {
    patchManager: "aws-patch-manager-ap-northeast-2-10467995c",
    patchBaselineSnapshot: "patch-baseline-snapshot-ap-northeast-2",
  },
  "ap-northeast-3": {
    patchManager: "aws-patch-manager-ap-northeast-3-67373598a",
    patchBaselineSnapshot: "patch-baseline-snapshot-ap-northeast-3",
  },
  "ap-south-1": {
    patchManager: "aws-patch-manager-ap-south-1-cb7c62ff9",
    patchBaselineSnapshot: "patch-baseline-snapshot-ap-south-1",
  },
  "ap-south-2": {
    patchManager: "aws-patch-manager-ap-south-2-32f4b4128",
    patchBaselineSnapshot: "patch-baseline-snapshot-ap-south-2-50209442",
  },
  "ap-southeast-1": {
    patchManager: "aws-patch-manager-ap-southeast-1-7fdfd9ef7",
    patchBaselineSnapshot: "patch-baseline-snapshot-ap-southeast-1",
  },
  "ap-southeast-2": {
    patchManager: "aws-patch-manager-ap-southeast-2-17283a275",
    patchBaselineSnapshot: "patch-baseline-snapshot-ap-southeast-2",
  },
  "ap-southeast-3": {
    patchManager: "aws-patch-manager-ap-southeast-3-aa48fc462",
    patchBaselineSnapshot: "patch-baseline-snapshot-ap-southeast-3-be0a3174",
  },
  "ap-southeast-4": {
    patchManager: "aws-patch-manager-ap-southeast-4-01e2c40d3",
    patchBaselineSnapshot: "patch-baseline-snapshot-ap-southeast-4-dc6f76ce",
  },
  "ap-southeast-5": {
    patchManager: "aws-patch-manager-ap-southeast-5-dcb42f3e3",
    patchBaselineSnapshot: "patch-baseline-snapshot-ap-southeast-5",
  },
  "ap-southeast-6": {
    patchManager: "aws-patch-manager-ap-southeast-6-df0d3a7f2",
    patchBaselineSnapshot: "patch-baseline-snapshot-ap-southeast-6-62f446f2",
  },
  "ap-southeast-7": {
    patchManager: "aws-patch-manager-ap-southeast-7-c707c017a",
    patchBaselineSnapshot: "patch-baseline-snapshot-ap-southeast-7-1699f14f",
  },
  "ca-central-1": {
    patchManager: "aws-patch-manager-ca-central-1-3148e69e3",
    patchBaselineSnapshot: "patch-baseline-snapshot-ca-central-1",
  },
  "ca-west-1": {
    patchManager: "aws-patch-manager-ca-west-1-9e3a4b2f9",
    patchBaselineSnapshot: "patch-baseline-snapshot-ca-west-1",
  },
  "cn-north-1": undefined,
  "cn-northwest-1": undefined,
  "eu-central-1": {
    patchManager: "aws-patch-manager-eu-central-1-9163fdaaf",
    patchBaselineSnapshot: "patch-baseline-snapshot-eu-central-1",
  },
  "eu-central-2": {
    patchManager: "aws-patch-manager-eu-central-2-184ce43c8",
    patchBaselineSnapshot: "patch-baseline-snapshot-eu-central-2",
  },
  "eu-north-1": {
    patchManager: "aws-patch-manager-eu-north-1-795879e9b",
    patchBaselineSnapshot: "patch-baseline-snapshot-eu-north-1",
  },
  "eu-south-1": {
    patchManager: "aws-patch-manager-eu-south-1-c52f3f594",
    patchBaselineSnapshot: "patch-baseline-snapshot-eu-south-1",
  },
  "eu-south-2": {
    patchManager: "aws-patch-manager-eu-south-2-a4cf248b1",
    patchBaselineSnapshot: "patch-baseline-snapshot-eu-south-2-df2c9d70",
  },
  "eu-west-1": {
    patchManager: "aws-patch-manager-eu-west-1-5522fb710",
    patchBaselineSnapshot: "patch-baseline-snapshot-eu-west-1",
  },
  "eu-west-2": {
    patchManager: "aws-patch-manager-eu-west-2-902a2bc74",
    patchBaselineSnapshot: "patch-baseline-snapshot-eu-west-2",
  },
  "eu-west-3": {
    patchManager: "aws-patch-manager-eu-west-3-29bf85721",
    patchBaselineSnapshot: "patch-baseline-snapshot-eu-west-3",
  },
  "il-central-1": {
    patchManager: "aws-patch-manager-il-central-1-e221cb57b",
    patchBaselineSnapshot: "patch-baseline-snapshot-il-central-1",
  },
  "me-central-1": {
    patchManager: "aws-patch-manager-me-central-1-2932f2f80",
    patchBaselineSnapshot: "patch-baseline-snapshot-me-central-1",
  },
  "me-south-1": {
    patchManager: "aws-patch-manager-me-south-1-a53fc9dce",
    patchBaselineSnapshot: "patch-baseline-snapshot-me-south-1-uduvl7q8",
  },
  "mx-central-1": {
    patchManager: "aws-patch-manager-mx-central-1-396b275ad",
    patchBaselineSnapshot: "patch-baseline-snapshot-mx-central-1-ed0da79c",
  },
  "sa-east-1": {
    patchManager: "aws-patch-manager-sa-east-1-ddf4b6a09",
    patchBaselineSnapshot: "patch-baseline-snapshot-sa-east-1",
  },
  "us-east-1": {
    patchManager: "aws-patch-manager-us-east-1-1970c647d",
    patchBaselineSnapshot: "patch-baseline-snapshot-us-east-1",
  },
  "us-east-2": {
    patchManager: "aws-patch-manager-us-east-2-552881074",
    patchBaselineSnapshot: "patch-baseline-snapshot-us-east-2",
  },
  "us-gov-east-1": undefined,
  "us-gov-west-1": undefined,
  "us-west-1": {
    patchManager: "aws-patch-manager-us-west-1-8badb4304",
    patchBaselineSnapshot: "patch-baseline-snapshot-us-west-1",
  },
  "us-west-2": {
    patchManager: "aws-patch-manager-us-west-2-34d7f99f8",
    patchBaselineSnapshot: "patch-baseline-snapshot-us-west-2",
  },
};
/** Why an instance reads an AWS bucket. */
export type BucketPurpose = "payload" | "snapshot" | "agent" | "distributor" | "windows";

/** An AWS bucket in one region. */
export interface ManagedBucket {
  readonly name: string;
  readonly purpose: BucketPurpose;
}

/**
 * Every bucket that the SSM agent and its documents read on an instance in this region, as the union of AWS's own
 * lists, which disagree (each leaves out what the other has).
 *
 * Sources, checked 2026-11-21: the table above;
 * https://docs.aws.amazon.com/systems-manager/latest/userguide/ssm-agent-technical-details.html#ssm-agent-minimum-s3-permissions;
 * https://docs.aws.amazon.com/systems-manager/latest/userguide/setup-instance-permissions.html#instance-profile-custom-s3-policy.
 * `undefined` where the region's suffixes are unconfirmed: names in part would be a list that looks whole.
 */
export function ssmBuckets(region: Region): readonly ManagedBucket[] | undefined {
  const listed = listedBuckets[region];
  return listed && bucketsNamed(listed, region);
}

/**
 * The same with patterns of the form that names have elsewhere, for regions of which AWS's names are unconfirmed: what no such
 * pattern may match is surely none of these buckets.
 */
export function likelySsmBuckets(region: Region): readonly ManagedBucket[] {
  return bucketsNamed(listedBuckets[region] ?? patternsOf(region), region);
}

function patternsOf(region: Region): ListedBuckets {
  return {
    patchManager: `aws-patch-manager-${region}-*`,
    patchBaselineSnapshot: `patch-baseline-snapshot-${region}*`,
  };
}

function bucketsNamed(listed: ListedBuckets, region: Region): ManagedBucket[] {
  return [
    { name: `aws-ssm-${region}`, purpose: "payload" },
    { name: listed.patchManager, purpose: "payload" },
    { name: listed.patchBaselineSnapshot, purpose: "snapshot" },
    { name: `amazon-ssm-${region}`, purpose: "agent" },
    { name: `amazon-ssm-packages-${region}`, purpose: "distributor" },
    { name: `${region}-birdwatcher-prod`, purpose: "distributor" },
    { name: `aws-ssm-distributor-file-${region}`, purpose: "distributor" },
    { name: `aws-ssm-document-attachments-${region}`, purpose: "distributor" },
    { name: `aws-windows-downloads-${region}`, purpose: "windows" },
  ];
}

/**
 * The statement that allows the reads of all these buckets, whoever signs them, since AWS documents several ways;
 * `undefined` where the names are unconfirmed.
 */
export function ssmBucketReadsStatement(region: Region) {
  return listedBuckets[region] && ssmBucketReadsByName(region);
}

/**
 * The same statement for every region. Where the suffixes are unconfirmed it has patterns of the form that names have
 * elsewhere, which allow reads of buckets that anybody can create: only on request.
 */
export function ssmBucketReadsByName(region: Region) {
  return {
    Sid: "AllowSystemsManagerBucketReads",
    Effect: "Allow" as const,
    Principal: "*",
    Action: "s3:GetObject",
    Resource: likelySsmBuckets(region).map(({ name }) => objectsOf(name, region)),
  };
}

/** An S3 ARN for all objects of a bucket, in the partition of the region. */
export function objectsOf(bucket: string, region: Region): string {
  return `arn:${regions[region].partition.id}:s3:::${bucket}/*`;
}
