import {
  type BucketService,
  type Region,
  anonymousReadsByName,
  serviceBucketReads,
  ssmBucketReadsByName,
} from "patchpath/facts";
import { type PolicyDocument, type PolicyStatement, policyDocument } from "./policy-document";
import { type TrustBoundary, conditionOf, sidOf } from "./trust-boundary";

/**
 * The policy of the S3 gateway endpoint. It allows every request inside the trust boundary, the unsigned reads of dnf and yum, and
 * reads of the SSM buckets, named one by one, whoever signs them: AWS documents two ways (signed by the instance, or presigned by
 * an AWS account). In a region with unconfirmed bucket names, these are patterns, and config.ts requires an explicit opt-in.
 *
 * @param extra additional statements of the user; config.ts checks with the decision core that they deny nothing that patching
 *   reads
 * @param services AWS services whose buckets everyone may read, since the account does not sign these reads
 */
export function s3EndpointPolicy(
  region: Region,
  trust: TrustBoundary,
  extra: readonly PolicyStatement[] = [],
  services: readonly BucketService[] = [],
): PolicyDocument {
  return policyDocument(
    { Sid: sidOf(trust), Effect: "Allow", Principal: "*", Action: "s3:*", Resource: "*", ...conditionOf(trust) },
    anonymousReadsByName(region),
    ssmBucketReadsByName(region),
    ...(services.length > 0 ? [serviceBucketReads(services, region)] : []),
    ...extra,
  );
}
