import { type Region, isRegion } from "../facts/regions";
import type { RequestPath } from "../iam/context";
import type { Decision } from "../iam/decide";
import type { PolicyDocument } from "../iam/document";
import { withoutContents } from "../iam/without-contents";
import { reasonOfDecision } from "../iam/words";
import type { Endpoint, PlacedEndpoint } from "../stack/endpoints";
import type { Fleet } from "../stack/fleets";
import { oncePer } from "../stack/once-per";
import { known, readText } from "../stack/reading";
import { type Role, documentIn, roleOfFleet } from "../stack/roles";
import { isSecretAt } from "../stack/secrets";
import type { Stack } from "../stack/stack";
import { type Evidence, type HopVerdict, blocked, notNeeded, open, unknown } from "./hop";
import type { ServiceEgress } from "./egress";

/** What the policy of an endpoint is, and where it stands. */
export type PolicyInForce = { readonly evidence: Evidence } & (
  | { readonly is: "default" }
  | { readonly is: "unknown"; readonly openQuestion: string }
  | { readonly is: "document"; readonly document: PolicyDocument }
);

/**
 * The policy of an endpoint: everything that judges or names one asks here. A policy that is a secret is unknown, like one
 * that the plan does not know yet.
 */
export const policyInForce = oncePerEndpoint(({ resource: endpoint, policy }): PolicyInForce => {
  const { document: reading, resource, property, isInDoubt } = policy;
  const evidence = { resource, property };
  if (reading.is === "absent") return { is: "default", evidence };
  if (reading.is === "unknown") {
    const openQuestion = isInDoubt
      ? `whether the policy \`${resource.name}\` is the one of the endpoint \`${endpoint.name}\``
      : "the policy of the endpoint";
    return { is: "unknown", openQuestion, evidence };
  }
  const document = documentIn(reading, "endpoint");
  return document
    ? { is: "document", document, evidence }
    : { is: "unknown", openQuestion: "how AWS evaluates a policy that is not a valid policy document", evidence };
});

/** The policy of an endpoint for S3, with the region whose buckets it is asked about. */
export function s3PolicyInForce(
  endpoint: Endpoint,
): Exclude<PolicyInForce, { is: "document" }> | (PolicyInForce & { is: "document" } & { readonly region: Region }) {
  const policy = policyInForce(endpoint);
  const { region } = endpoint;
  if (policy.is !== "document") return policy;
  if (region !== undefined && isRegion(region)) return { ...policy, region };
  const openQuestion =
    region === undefined
      ? "the region of the endpoint"
      : `the buckets in \`${region}\`, which is not a supported region`;
  return { is: "unknown", openQuestion, evidence: policy.evidence };
}

/** What a policy decides for a read, and the remedy where it does not allow it. */
export interface Judgement {
  readonly decision: Decision;
  readonly fix?: string;
  /** What a denial leads to. */
  readonly note?: string | undefined;
}

/**
 * What follows from an endpoint and from who signs the requests through it, computed once: each fleet of a VPC asks
 * about the same endpoint, in each of its subnets.
 */
export function oncePerEndpoint<T>(
  find: (endpoint: Endpoint & Partial<PlacedEndpoint>, signer: Signer) => T,
): (endpoint: Endpoint, signer?: Signer) => T {
  const ofEndpoint = oncePer((endpoint: Endpoint) => oncePer((signer: Signer) => find(endpoint, signer)));
  return (endpoint, signer = nobody) => ofEndpoint(endpoint)(signer);
}

/** The role of a fleet, as far as the stack shows it. */
export type Signer = Pick<RequestPath, "roleArn" | "roleName">;

/** Whoever it is, no more is known. */
const nobody: Signer = {};

/** The role that signs the requests of a fleet's instances: one object for all fleets with the role. */
export function signerOf(stack: Stack, fleet: Fleet): Signer {
  const role = roleOfFleet(stack, fleet);
  return role ? asSigner(role) : nobody;
}

const asSigner = oncePer(({ name, resource }: Role): Signer => ({
  roleName: name,
  roleArn: resource && known(readText(resource.props, "arn")),
}));

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

/**
 * Decides by the path to S3 that a read takes.
 *
 * @param byEndpoint the verdict of the endpoint that the read goes through
 * @param byInternet the verdict where it goes through the internet, where no endpoint policy applies
 */
export function readByS3(
  s3: ServiceEgress,
  byEndpoint: (endpoint: PlacedEndpoint) => HopVerdict,
  byInternet = (by: string): HopVerdict => open(`through ${by}, without an endpoint policy`),
): HopVerdict {
  if (s3.is === "unknown") return unknown(s3.because, s3.evidence);
  if (s3.is === "endpoint") return byEndpoint(s3.endpoint);
  if (s3.internet.is === "open") return beyondNat(s3, byEndpoint) ?? byInternet(s3.internet.by);
  if (s3.internet.is === "unknown") return unknown(s3.internet.because, s3.internet.evidence);
  return notNeeded("not evaluated, because there is no route to S3");
}

/** Unknown where an endpoint that NAT traffic may pass does not surely allow the read. */
function beyondNat(
  { beyondNat: endpoints = [] }: ServiceEgress & { is: "internet" },
  byEndpoint: (endpoint: PlacedEndpoint) => HopVerdict,
): HopVerdict | undefined {
  for (const endpoint of endpoints) {
    const verdict = byEndpoint(endpoint);
    if (verdict.verdict === "open") continue;
    const because = `whether requests from the NAT gateway pass the S3 endpoint \`${endpoint.resource.name}\` in its subnet, which may not allow them`;
    return unknown(because, policyInForce(endpoint).evidence, verdict.verdict === "blocked" ? verdict.fix : undefined);
  }
  return undefined;
}

/** A decision as messages may show it: of a policy that is a secret without its contents. */
export function shownDecision(decision: Decision, { resource, property = "" }: Evidence): Decision {
  return isSecretAt(resource, property) ? withoutContents(decision) : decision;
}

/** What an S3 endpoint's policy decides for a read, with the remedy where it does not allow it. */
export function byEndpointPolicy(
  endpoint: PlacedEndpoint,
  judge: (document: PolicyDocument, region: Region, path: RequestPath) => Judgement,
  signer?: Signer,
): HopVerdict {
  const policy = s3PolicyInForce(endpoint);
  if (policy.is === "default") return byDefaultPolicy(policy.evidence);
  if (policy.is === "unknown") return unknown(policy.openQuestion, policy.evidence);
  const judgement = judge(policy.document, policy.region, pathThrough(endpoint, signer));
  return judged({ ...judgement, decision: shownDecision(judgement.decision, policy.evidence) }, policy.evidence);
}

export function byDefaultPolicy(evidence: Evidence): HopVerdict {
  return open("the endpoint has the default endpoint policy, which allows full access", { evidence });
}

/** What a judgement makes of a hop. */
export function judged({ decision, fix, note }: Judgement, evidence: Evidence): HopVerdict {
  const because = reasonOfDecision(decision);
  switch (decision.verdict) {
    case "allow":
      return open(because, { evidence });
    case "deny":
      return { ...blocked(because, evidence, fix ?? ""), ...(note !== undefined && { note }) };
    case "unknown":
      return unknown(because, evidence, fix);
  }
}
