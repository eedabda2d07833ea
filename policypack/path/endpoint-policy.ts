import { type Region, isRegion } from "../facts/regions";
import type { RequestPath } from "../iam/context";
import type { Decision } from "../iam/decide";
import type { PolicyDocument } from "../iam/document";
import { parsePolicy } from "../iam/parse";
import { type PlacedEndpoint, policyProperty } from "../stack/endpoints";
import { type HopVerdict, blocked, open, unknown } from "./hop";

/** Because of a decision in words; the caller's, since words are the report's. */
export type Words = (decision: Decision) => string;

/** What an S3 endpoint's policy says to a read, with the remedy if it does not admit it. */
export function byEndpointPolicy(
  endpoint: PlacedEndpoint,
  because: Words,
  judge: (document: PolicyDocument, region: Region, path: RequestPath) => { decision: Decision; fix: string },
): HopVerdict {
  const { resource, effectivePolicy, region, vpcId, id, accountId } = endpoint;
  const evidence = { resource, property: policyProperty(resource) };
  if (effectivePolicy.is === "absent")
    return open("the endpoint has AWS's default policy, which admits everything", { evidence });
  if (effectivePolicy.is === "unknown") return unknown("the policy of the S3 endpoint", evidence);
  if (region === undefined || !isRegion(region))
    return unknown("the region of the S3 endpoint, or its buckets", evidence);
  const { document } = parsePolicy(effectivePolicy.value, "endpoint");
  if (!document) return unknown("what AWS makes of a policy that is no policy document", evidence);
  const { decision, fix } = judge(document, region, { region, vpcId, endpointId: id, accountId });
  switch (decision.verdict) {
    case "allow":
      return open(because(decision), { evidence });
    case "deny":
      return blocked(because(decision), evidence, fix);
    case "unknown":
      return { ...unknown(because(decision), evidence), fix };
  }
}
