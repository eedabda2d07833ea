import { ssmBucketReadsStatement } from "../facts/buckets";
import type { Region } from "../facts/regions";
import type { RequestPath } from "../iam/context";
import type { PolicyDocument } from "../iam/document";
import type { PlacedEndpoint } from "../stack/endpoints";
import {
  type Judgement,
  type Signer,
  byEndpointPolicy,
  oncePerEndpoint,
  policyInForce,
  readByS3,
} from "./endpoint-policy";
import { type HopVerdict, gravest, unknown } from "./hop";
import { type SignedRead, asksWho, judgeSignedRead } from "./signed-reads";
import type { SubnetEgress } from "./egress";

/** Does the S3 endpoint policy allow the reads of the payload, or of the baseline snapshot? */
export function signedReadHop(read: SignedRead, bySubnet: readonly SubnetEgress[], signer: Signer): HopVerdict {
  return (
    gravest(bySubnet.map((egress) => readByS3(egress.s3, (endpoint) => byPolicy(read, endpoint, signer)))) ??
    unknown("which subnets the instances run in")
  );
}

const verdicts = oncePerEndpoint((): Partial<Record<SignedRead, HopVerdict>> => ({}));

function byPolicy(read: SignedRead, endpoint: PlacedEndpoint, anySigner: Signer): HopVerdict {
  const policy = policyInForce(endpoint);
  const signer = policy.is === "document" && asksWho(policy.document) ? anySigner : undefined;
  const judge = (document: PolicyDocument, region: Region, path: RequestPath) =>
    judgeRead(document, read, region, path);
  return (verdicts(endpoint, signer)[read] ??= byEndpointPolicy(endpoint, judge, signer));
}

function judgeRead(document: PolicyDocument, read: SignedRead, region: Region, path: RequestPath): Judgement {
  const statement = ssmBucketReadsStatement(region);
  return {
    decision: judgeSignedRead(document, read, region, path),
    fix: statement
      ? `Add this statement: ${JSON.stringify(statement)}`
      : "Allow s3:GetObject on the SSM buckets in this region.",
  };
}
