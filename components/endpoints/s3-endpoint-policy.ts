import { type Region, anonymousReadsStatement, ssmBucketReadsStatement } from "patchpath/facts";

/** A policy document as the components write it: one order of elements, so that a diff shows changes only. */
export interface PolicyDocument {
  readonly Version: "2012-10-17";
  readonly Statement: readonly PolicyStatement[];
}

export interface PolicyStatement {
  readonly Sid: string;
  readonly Effect: "Allow";
  readonly Principal?: string | { readonly Service: string };
  readonly Action: string | readonly string[];
  readonly Resource?: string | readonly string[];
  readonly Condition?: Readonly<Record<string, Readonly<Record<string, string>>>>;
}

/**
 * The policy of the S3 gateway endpoint: the account's own principals, the unsigned reads of dnf and yum, and the reads
 * of the SSM buckets by bucket, whoever signs them, since AWS documents two ways (by the instance, or presigned by an
 * account of AWS's).
 */
export function s3EndpointPolicy(region: Region, accountId: string): PolicyDocument {
  const anonymousReads = anonymousReadsStatement(region);
  const ssmBucketReads = ssmBucketReadsStatement(region);
  if (!anonymousReads || !ssmBucketReads) throw new Error(unconfirmed(region));
  return {
    Version: "2012-10-17",
    Statement: [
      {
        Sid: "AllowAccountPrincipals",
        Effect: "Allow",
        Principal: "*",
        Action: "s3:*",
        Resource: "*",
        Condition: { StringEquals: { "aws:PrincipalAccount": accountId } },
      },
      { ...anonymousReads, Effect: "Allow" },
      ssmBucketReads,
    ],
  };
}

/** config.ts refuses such a region before anything is made. */
export function unconfirmed(region: Region): string {
  return `the names of AWS's buckets in ${region} are unconfirmed`;
}
