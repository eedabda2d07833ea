import { type Region, anonymousReadsByName, ssmBucketReadsByName } from "patchpath/facts";
import { type PolicyDocument, type PolicyStatement, policyDocument } from "./policy-document";
import { type TrustBoundary, conditionOf, sidOf } from "./trust-boundary";

/**
 * The policy of the S3 gateway endpoint: whoever is inside the trust boundary, the unsigned reads of dnf and yum, and the
 * reads of the SSM buckets by bucket, whoever signs them, since AWS documents two ways (by the instance, or presigned by
 * an account of AWS's). In a region whose bucket names are unconfirmed they are patterns; config.ts asks for consent.
 *
 * @param extra statements of the user's own; whether they shut out what patching reads, config.ts asks the decision core
 */
export function s3EndpointPolicy(
  region: Region,
  trust: TrustBoundary,
  extra: readonly PolicyStatement[] = [],
): PolicyDocument {
  return policyDocument(
    { Sid: sidOf(trust), Effect: "Allow", Principal: "*", Action: "s3:*", Resource: "*", ...conditionOf(trust) },
    anonymousReadsByName(region),
    ssmBucketReadsByName(region),
    ...extra,
  );
}
