import { type Region, isRegion } from "../facts/regions";
import type { RequestPath } from "../iam/context";
import type { Decision } from "../iam/decide";
import type { PolicyDocument } from "../iam/document";
import { type Endpoint, type PlacedEndpoint, policyProperty } from "../stack/endpoints";
import type { Fleet } from "../stack/fleets";
import { known, readText } from "../stack/reading";
import { documentIn, roleOfFleet } from "../stack/roles";
import type { Stack } from "../stack/stack";
import { type HopVerdict, blocked, notNeeded, open, unknown } from "./hop";
import type { ServiceWay } from "./way";

/** The reason of a decision in words; given by the caller, since words belong to report/. */
export type Words = (decision: Decision) => string;

/** What a policy decides for a read, and the remedy where it does not allow it. */
export interface Judgement {
  readonly decision: Decision;
  readonly fix: string;
}

/**
 * What follows from an endpoint and from who signs the requests through it, computed once: each fleet of a VPC asks
 * about the same endpoint, in each of its subnets.
 */
export function oncePerEndpoint<T>(
  find: (endpoint: PlacedEndpoint, signer: Signer | undefined) => T,
): (endpoint: PlacedEndpoint, signer?: Signer) => T {
  const found = new WeakMap<PlacedEndpoint, Map<string, { readonly value: T }>>();
  return (endpoint, signer) => {
    const key = signer ? JSON.stringify(signer) : "";
    let bySigner = found.get(endpoint);
    if (!bySigner) found.set(endpoint, (bySigner = new Map<string, { readonly value: T }>()));
    let one = bySigner.get(key);
    if (!one) bySigner.set(key, (one = { value: find(endpoint, signer) }));
    return one.value;
  };
}

/** The role of a fleet, as far as the stack shows it. */
export type Signer = Pick<RequestPath, "roleArn" | "roleName">;

/** The role that signs the requests of a fleet's instances. */
export function signerOf(stack: Stack, fleet: Fleet): Signer {
  const role = roleOfFleet(stack, fleet);
  return { roleName: role?.name, roleArn: role?.resource && known(readText(role.resource.props, "arn")) };
}

/** The path of a request through an endpoint. */
export function pathThrough(endpoint: Endpoint & Partial<Pick<PlacedEndpoint, "vpc">>, signer?: Signer): RequestPath {
  const { region, vpcId, id, accountId, type, vpc } = endpoint;
  return {
    region,
    vpcId,
    endpointId: id,
    accountId,
    endpointType: type === "Gateway" || type === "Interface" ? type : undefined,
    vpcBlock: vpc?.is === "resource" ? known(readText(vpc.resource.props, "cidrBlock")) : undefined,
    ...signer,
  };
}

/** The document of its policy; `undefined` where the policy is not known or is not a policy document. */
export const documentOfEndpoint = oncePerEndpoint(({ effectivePolicy }) => documentIn(effectivePolicy, "endpoint"));

/**
 * Decides by the path to S3 that a read takes.
 *
 * @param byEndpoint the verdict of the endpoint that the read goes through
 * @param byInternet the verdict where it goes through the internet, where no endpoint policy applies
 */
export function readByS3(
  s3: ServiceWay,
  byEndpoint: (endpoint: PlacedEndpoint) => HopVerdict,
  byInternet = (by: string): HopVerdict => open(`through ${by}, without an endpoint policy`),
): HopVerdict {
  if (s3.is === "unknown") return unknown(s3.because, s3.evidence);
  if (s3.is === "endpoint") return byEndpoint(s3.endpoint);
  if (s3.internet.is === "open") return byInternet(s3.internet.by);
  if (s3.internet.is === "unknown") return unknown(s3.internet.because, s3.internet.evidence);
  return notNeeded("not evaluated, because there is no route to S3");
}

/** What an S3 endpoint's policy decides for a read, with the remedy where it does not allow it. */
export function byEndpointPolicy(
  endpoint: PlacedEndpoint,
  because: Words,
  judge: (document: PolicyDocument, region: Region, path: RequestPath) => Judgement,
  signer?: Signer,
): HopVerdict {
  const { resource, effectivePolicy, region } = endpoint;
  const evidence = { resource, property: policyProperty(resource) };
  if (effectivePolicy.is === "absent")
    return open("the endpoint has the default endpoint policy, which allows full access", { evidence });
  if (effectivePolicy.is === "unknown") return unknown("the policy of the S3 endpoint", evidence);
  if (region === undefined || !isRegion(region))
    return unknown("the region of the S3 endpoint, or the names of the buckets in it", evidence);
  const document = documentOfEndpoint(endpoint);
  if (!document) return unknown("how AWS evaluates a policy that is not a valid policy document", evidence);
  const { decision, fix } = judge(document, region, pathThrough(endpoint, signer));
  switch (decision.verdict) {
    case "allow":
      return open(because(decision), { evidence });
    case "deny":
      return blocked(because(decision), evidence, fix);
    case "unknown":
      return { ...unknown(because(decision), evidence), fix };
  }
}
