import { ssmBucketReadsStatement } from "../facts/buckets";
import { isRegion } from "../facts/regions";
import { parsePolicy } from "../iam/parse";
import type { PlacedEndpoint } from "../stack/endpoints";
import { type HopVerdict, blocked, gravest, notNeeded, open, unknown } from "./hop";
import { type SignedRead, judgeSignedRead } from "./signed-reads";
import type { SubnetWays } from "./ways";

/** Because of a decision in words; the caller's, since words are the report's. */
export type Words = (decision: ReturnType<typeof judgeSignedRead>) => string;

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
  const { resource, effectivePolicy, region, vpcId, id, accountId } = endpoint;
  const evidence = { resource, property: "policy" };
  if (effectivePolicy.is === "absent")
    return open("the endpoint has AWS's default policy, which admits everything", { evidence });
  if (effectivePolicy.is === "unknown") return unknown("the policy of the S3 endpoint", evidence);
  if (region === undefined || !isRegion(region))
    return unknown("the region of the S3 endpoint, or its buckets", evidence);
  const { document } = parsePolicy(effectivePolicy.value, "endpoint");
  if (!document) return unknown("what AWS makes of a policy that is no policy document", evidence);
  const decision = judgeSignedRead(document, read, region, { vpcId, endpointId: id, accountId });
  const statement = ssmBucketReadsStatement(region);
  const fix = statement
    ? `Add this statement: ${JSON.stringify(statement)}`
    : "Admit s3:GetObject on the SSM buckets of this region.";
  switch (decision.verdict) {
    case "allow":
      return open(because(decision), { evidence });
    case "deny":
      return blocked(because(decision), evidence, fix);
    case "unknown":
      return { ...unknown(because(decision), evidence), fix };
  }
}
