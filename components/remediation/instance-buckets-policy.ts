import { type Partition, type Region, ssmBucketReadsStatement } from "patchpath/facts";
import { type PolicyStatement, policyDocument } from "../endpoints/policy-document";

/** Maximum size of a managed policy, in characters without white space. */
const longestPolicy = 6144;

/**
 * Replaces the S3 permissions of AmazonEC2RoleforSSM, which apply to every bucket: it allows reads of the SSM buckets in the regions
 * of the instances, and the output of commands. Source of the actions:
 * https://docs.aws.amazon.com/systems-manager/latest/userguide/setup-instance-permissions.html, checked 2026-11-21; of
 * the limit: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html.
 *
 * @param instanceRegions regions of the instances, all in that partition
 * @param outputBuckets names of the buckets to which commands and sessions write
 * @throws Error for a region with unconfirmed bucket names, or if the document is too long for IAM
 */
export function instanceBucketsPolicy(
  partition: Partition,
  instanceRegions: readonly Region[],
  outputBuckets: readonly string[],
): string {
  const reads = instanceRegions.flatMap((region) => {
    const statement = ssmBucketReadsStatement(region);
    if (!statement) throw new Error(`the names of the SSM buckets in ${region} are unconfirmed; use another region`);
    return statement.Resource;
  });
  const outputs: PolicyStatement = {
    Sid: "WriteOutputs",
    Effect: "Allow",
    Action: ["s3:GetObject", "s3:PutObject", "s3:PutObjectAcl", "s3:GetEncryptionConfiguration"],
    Resource: outputBuckets.flatMap((name) => [
      `arn:${partition.id}:s3:::${name}`,
      `arn:${partition.id}:s3:::${name}/*`,
    ]),
  };
  const document = JSON.stringify(
    policyDocument(
      { Sid: "ReadSystemsManagerBuckets", Effect: "Allow", Action: "s3:GetObject", Resource: reads },
      ...(outputBuckets.length > 0 ? [outputs] : []),
    ),
  );
  if (document.length <= longestPolicy) return document;
  throw new Error(
    `the policy for ${instanceRegions.length} regions and ${outputBuckets.length} buckets has ${document.length} characters; expected at most ${longestPolicy}: list fewer regions`,
  );
}
