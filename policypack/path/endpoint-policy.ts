import { type Region, isRegion } from "../facts/regions";
import type { RequestPath } from "../iam/context";
import type { Decision } from "../iam/decide";
import type { PolicyDocument } from "../iam/document";
import { type PlacedEndpoint, policyProperty } from "../stack/endpoints";
import { documentIn } from "../stack/roles";
import { type HopVerdict, blocked, notNeeded, open, unknown } from "./hop";
import type { ServiceWay } from "./way";

/** Because of a decision in words; the caller's, since words are the report's. */
export type Words = (decision: Decision) => string;

/** What a policy says to a read, and the remedy if it does not admit it. */
export interface Judgement {
  readonly decision: Decision;
  readonly fix: string;
}

/**
 * What follows from an endpoint alone, found once: a VPC's endpoint is asked about by each of its fleets, in each of their
 * subnets.
 */
export function oncePerEndpoint<T>(find: (endpoint: PlacedEndpoint) => T): (endpoint: PlacedEndpoint) => T {
  const found = new WeakMap<PlacedEndpoint, { readonly value: T }>();
  return (endpoint) => {
    let one = found.get(endpoint);
    if (!one) found.set(endpoint, (one = { value: find(endpoint) }));
    return one.value;
  };
}

/** Its policy's document; `undefined` where there is none in it, or it is not known. */
export const documentOfEndpoint = oncePerEndpoint(({ effectivePolicy }) => documentIn(effectivePolicy, "endpoint"));

/**
 * By the way to S3 that a read takes.
 *
 * @param byEndpoint what the endpoint says that it goes through
 * @param byInternet what holds where it goes by the internet, of which nobody asks a policy
 */
export function readByS3(
  s3: ServiceWay,
  byEndpoint: (endpoint: PlacedEndpoint) => HopVerdict,
  byInternet = (by: string): HopVerdict => open(`by ${by}, without an endpoint policy`),
): HopVerdict {
  if (s3.is === "unknown") return unknown(s3.because, s3.evidence);
  if (s3.is === "endpoint") return byEndpoint(s3.endpoint);
  if (s3.internet.is === "open") return byInternet(s3.internet.by);
  if (s3.internet.is === "unknown") return unknown(s3.internet.because, s3.internet.evidence);
  return notNeeded("nothing is to be judged without a way to S3");
}

/** What an S3 endpoint's policy says to a read, with the remedy if it does not admit it. */
export function byEndpointPolicy(
  endpoint: PlacedEndpoint,
  because: Words,
  judge: (document: PolicyDocument, region: Region, path: RequestPath) => Judgement,
): HopVerdict {
  const { resource, effectivePolicy, region, vpcId, id, accountId } = endpoint;
  const evidence = { resource, property: policyProperty(resource) };
  if (effectivePolicy.is === "absent")
    return open("the endpoint has AWS's default policy, which admits everything", { evidence });
  if (effectivePolicy.is === "unknown") return unknown("the policy of the S3 endpoint", evidence);
  if (region === undefined || !isRegion(region))
    return unknown("the region of the S3 endpoint, or its buckets", evidence);
  const document = documentOfEndpoint(endpoint);
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
