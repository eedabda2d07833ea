import { type Region, isRegion, regions } from "../facts/regions";
import { type RepositorySystem, repositoryOf, repositorySystems } from "../facts/repositories";
import { type RequestPath, requestContext } from "../iam/context";
import { type Decision, decide } from "../iam/decide";
import type { PolicyDocument } from "../iam/document";
import { type Question, type StatementOutcome, outcomes } from "../iam/judge";
import { ObjectSet } from "../iam/objects";
import { parsePolicy } from "../iam/parse";
import type { Endpoint } from "../stack/endpoints";
import type { Reading } from "../stack/reading";
import { oncePerEndpoint, pathThrough } from "./endpoint-policy";

/** What an endpoint policy says to the unsigned reads of one package repository. */
export interface RepositoryVerdict {
  readonly system: RepositorySystem;
  readonly decision: Decision;
}

/** Decides for a document as text or object; unknown where there is no document in it to judge. */
export function judgeDocument(
  source: unknown,
  region: Region,
  path: KnownPath,
  systems: readonly RepositorySystem[],
): RepositoryVerdict[] {
  const { document } = parsePolicy(source, "endpoint");
  return document
    ? systems.map((system) => judgeRepository(document, system, region, path))
    : unknownVerdicts(systems, "what AWS makes of a policy that is no policy document");
}

/** What is known of the way through the endpoint, beside its region. */
type KnownPath = Omit<RequestPath, "region">;

/** Decides for one repository. */
export function judgeRepository(
  document: PolicyDocument,
  system: RepositorySystem,
  region: Region,
  path: KnownPath,
): RepositoryVerdict {
  return { system, decision: decide(document, questionAbout(system, region, path)) };
}

/** What each statement does for one repository. */
export function outcomesFor(
  document: PolicyDocument,
  system: RepositorySystem,
  region: Region,
  path: KnownPath,
): StatementOutcome[] {
  return outcomes(document, questionAbout(system, region, path));
}

function questionAbout(system: RepositorySystem, region: Region, path: KnownPath): Question {
  const context = requestContext("anonymous", { ...path, region });
  return { action: "s3:GetObject", caller: "anonymous", objects: objectsOf(system, region), context };
}

const objectSets = new Map<string, ObjectSet>();

/** What a client reads in a repository. */
function objectsOf(system: RepositorySystem, region: Region): ObjectSet {
  const name = `${system} ${region}`;
  let objects = objectSets.get(name);
  if (!objects) {
    const { bucket, bucketConfirmed, keys } = repositoryOf(system, region);
    objects = new ObjectSet(regions[region].partition.id, bucket, keys, bucketConfirmed);
    objectSets.set(name, objects);
  }
  return objects;
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
  const unknown = (openQuestion: string) => unknownVerdicts(systems, openQuestion);
  const { service, answersRepositoryNames, region } = endpoint;
  if (service.is === "absent" || (service.is === "known" && service.value !== "s3")) return [];
  if (answersRepositoryNames === false || policy.is === "absent") return [];
  if (service.is === "unknown") return unknown("the service of the endpoint");
  if (policy.is === "unknown") return unknown("the policy of the endpoint");
  if (answersRepositoryNames === undefined)
    return unknown("the type of the endpoint, or whether its private names cover those of dnf and yum");
  if (region === undefined) return unknown("the region of the endpoint");
  if (!isRegion(region)) return unknown(`the repository buckets of \`${region}\`, a region that our tables lack`);
  return judgeDocument(policy.value, region, pathThrough(endpoint), systems);
}

/** What the policy that holds for an endpoint says to each repository. */
export const repositoryVerdicts = oncePerEndpoint((endpoint) =>
  judgeEndpoint(endpoint, endpoint.effectivePolicy, repositorySystems),
);

function unknownVerdicts(systems: readonly RepositorySystem[], openQuestion: string): RepositoryVerdict[] {
  return systems.map((system) => ({ system, decision: { verdict: "unknown", openQuestion, statement: undefined } }));
}
