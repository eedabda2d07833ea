import { type Region, isRegion, regions } from "../facts/regions";
import { type RepositorySystem, repositoryOf } from "../facts/repositories";
import { type RequestPath, anonymousRequest } from "../iam/context";
import { type Decision, decide } from "../iam/decide";
import { parsePolicy } from "../iam/parse";
import type { Endpoint } from "../stack/endpoints";
import type { Reading } from "../stack/reading";

/** What an endpoint policy says to the unsigned reads of one package repository. */
export interface RepositoryVerdict {
  readonly system: RepositorySystem;
  readonly decision: Decision;
}

/** Decides for a document as text or object. @returns no verdicts when there is no document in it to judge. */
export function judgeDocument(
  source: unknown,
  region: Region,
  path: Omit<RequestPath, "region">,
  systems: readonly RepositorySystem[],
): RepositoryVerdict[] {
  const { document } = parsePolicy(source, "endpoint");
  if (!document) return [];
  const context = anonymousRequest({ ...path, region });
  return systems.map((system) => {
    const { bucket, keys } = repositoryOf(system, region);
    const objects = { partition: regions[region].partition.id, bucket, keys };
    return { system, decision: decide(document, { action: "s3:GetObject", caller: "anonymous", objects, context }) };
  });
}

/**
 * Decides for the policy of an endpoint that repository reads go through; no verdicts for any other endpoint, nor for
 * one without a policy, which admits everything.
 *
 * @param policy the endpoint's own, or one attached to it
 */
export function judgeEndpoint(
  endpoint: Endpoint,
  policy: Reading,
  systems: readonly RepositorySystem[],
): RepositoryVerdict[] {
  const unknown = (openQuestion: string) =>
    systems.map((system) => ({
      system,
      decision: { verdict: "unknown", openQuestion, statement: undefined } as const,
    }));
  const { service, answersRepositoryNames, region, vpcId, id } = endpoint;
  if (service.is === "absent" || (service.is === "known" && service.value !== "s3")) return [];
  if (answersRepositoryNames === false || policy.is === "absent") return [];
  if (service.is === "unknown") return unknown("the service of the endpoint");
  if (policy.is === "unknown") return unknown("the policy of the endpoint");
  if (answersRepositoryNames === undefined) return unknown("the type of the endpoint");
  if (region === undefined) return unknown("the region of the endpoint");
  if (!isRegion(region)) return unknown(`the repository buckets of \`${region}\`, a region that our tables lack`);
  return judgeDocument(policy.value, region, { ...(vpcId && { vpcId }), ...(id && { endpointId: id }) }, systems);
}
