import { ssmBucketReadsStatement } from "../facts/buckets";
import type { PlacedEndpoint } from "../stack/endpoints";
import { type Words, byEndpointPolicy } from "./endpoint-policy";
import { type HopVerdict, gravest, notNeeded, open, unknown } from "./hop";
import { type SignedRead, judgeSignedRead } from "./signed-reads";
import type { SubnetWays } from "./ways";

/** Does the S3 endpoint policy admit the reads of the payload, or of the baseline snapshot? */
export function signedReadHop(read: SignedRead, ways: readonly SubnetWays[], because: Words): HopVerdict {
  return gravest(ways.map((way) => ofSubnet(read, way, because))) ?? unknown("in which subnets it runs");
}

function ofSubnet(read: SignedRead, { s3 }: SubnetWays, because: Words): HopVerdict {
  if (s3.is === "unknown") return unknown(s3.because, s3.evidence);
  if (s3.is === "endpoint") return byPolicy(read, s3.endpoint, because);
  if (s3.internet.is === "open") return open(`by ${s3.internet.by}, without an endpoint policy`);
  if (s3.internet.is === "unknown") return unknown(s3.internet.because, s3.internet.evidence);
  return notNeeded("nothing is to be judged without a way to S3");
}

function byPolicy(read: SignedRead, endpoint: PlacedEndpoint, because: Words): HopVerdict {
  return byEndpointPolicy(endpoint, because, (document, region, path) => {
    const statement = ssmBucketReadsStatement(region);
    return {
      decision: judgeSignedRead(document, read, region, path),
      fix: statement
        ? `Add this statement: ${JSON.stringify(statement)}`
        : "Admit s3:GetObject on the SSM buckets of this region.",
    };
  });
}
