import { type Region, anonymousReadsStatement, ssmBucketReadsStatement } from "patchpath/facts";
import { type PolicyDocument, type PolicyStatement, policyDocument } from "./policy-document";
import { type TrustBoundary, conditionOf, sidOf } from "./trust-boundary";

/**
 * The policy of the S3 gateway endpoint: whoever is inside the trust boundary, the unsigned reads of dnf and yum, and the
 * reads of the SSM buckets by bucket, whoever signs them, since AWS documents two ways (by the instance, or presigned by
 * an account of AWS's).
 *
 * @param extra statements of the user's own; whether they shut out what patching reads, config.ts asks the decision core
 */
export function s3EndpointPolicy(
  region: Region,
  trust: TrustBoundary,
  extra: readonly PolicyStatement[] = [],
): PolicyDocument {
  const anonymousReads = anonymousReadsStatement(region);
  const ssmBucketReads = ssmBucketReadsStatement(region);
  if (!anonymousReads || !ssmBucketReads) throw new Error(unconfirmed(region));
  return policyDocument(
    { Sid: sidOf(trust), Effect: "Allow", Principal: "*", Action: "s3:*", Resource: "*", ...conditionOf(trust) },
    { ...anonymousReads, Effect: "Allow" },
    ssmBucketReads,
    ...extra,
  );
}

/** config.ts refuses such a region before anything is made. */
export function unconfirmed(region: Region): string {
  return `the names of AWS's buckets in ${region} are unconfirmed`;
}
