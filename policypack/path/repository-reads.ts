import { type Region, isRegion, regions } from "../facts/regions";
import {
  type OptionalReads,
  type RepositoryReads,
  type RepositorySystem,
  anonymousReadsStatement,
  repositoryOf,
  repositorySystems,
} from "../facts/repositories";
import { type RequestPath, requestContext } from "../iam/context";
import { type Decision, decide } from "../iam/decide";
import type { PolicyDocument } from "../iam/document";
import { matches } from "../iam/glob";
import { type Question, type StatementOutcome, outcomes } from "../iam/judge";
import { ObjectSet } from "../iam/objects";
import { nameOfStatement } from "../iam/words";
import type { Endpoint } from "../stack/endpoints";
import { oncePerEndpoint, pathThrough, s3PolicyInForce, shownDecision } from "./endpoint-policy";

/** What an endpoint policy decides for the unsigned reads of one system. */
export interface RepositoryVerdict {
  readonly system: RepositorySystem;
  readonly decision: Decision;
  /** The repository that is refused. */
  readonly refused?: RepositoryReads;
}

/** What to do about denied reads, as a sentence. */
export function allowingReads({ deniedBy }: Decision & { verdict: "deny" }, region: string): string {
  const statement = isRegion(region) ? anonymousReadsStatement(region) : undefined;
  if (!statement)
    return "Allow s3:GetObject on the repository buckets of this region for every principal, without a condition.";
  if (deniedBy)
    return `Exclude these resources from ${nameOfStatement(deniedBy)}: ${JSON.stringify(statement.Resource)}`;
  return `Add this statement: ${JSON.stringify(statement)}`;
}

/** What is known of the request path through the endpoint, in addition to its region. */
type KnownPath = Omit<RequestPath, "region">;

/** Decides for the repositories of one system that bring patches. */
export function judgeRepository(
  document: PolicyDocument,
  system: RepositorySystem,
  region: Region,
  path: KnownPath,
): RepositoryVerdict {
  const decision = decide(document, questionAbout(system, region, path));
  if (decision.verdict !== "deny") return { system, decision };
  const { objects, required } = readsOf(system, region);
  const key = decision.counterexample.slice(objects.prefix.length);
  const [first] = required;
  if (first?.objects.rests.some((glob) => matches(glob, key))) return { system, decision, refused: first.reads };
  // The denied object is of a lesser repository, unless an object of a more important one is denied too.
  for (const { reads, objects: ofOne } of required) {
    const one = decide(document, { ...questionAbout(system, region, path), objects: ofOne });
    if (one.verdict === "deny") return { system, decision: one, refused: reads };
  }
  return { system, decision };
}

/** What a policy decides for what only some fleets read. */
export interface OptionalVerdict {
  readonly reads: OptionalReads;
  readonly decision: Decision;
}

/** Decides for what only some fleets of a system read. */
export function judgeOptionalReads(
  document: PolicyDocument,
  system: RepositorySystem,
  region: Region,
  path: KnownPath,
): OptionalVerdict[] {
  const question = questionAbout(system, region, path);
  return readsOf(system, region).optional.map(({ reads, objects }) => ({
    reads,
    decision: decide(document, { ...question, objects }),
  }));
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
  return { action: "s3:GetObject", caller: "anonymous", objects: readsOf(system, region).objects, context };
}

/** What a client reads, as a whole and by repository. */
interface Reads {
  readonly objects: ObjectSet;
  readonly required: readonly { readonly reads: RepositoryReads; readonly objects: ObjectSet }[];
  readonly optional: readonly { readonly reads: OptionalReads; readonly objects: ObjectSet }[];
}

const readsOfSystems = new Map<string, Reads>();

function readsOf(system: RepositorySystem, region: Region): Reads {
  const name = `${system} ${region}`;
  let found = readsOfSystems.get(name);
  if (!found) {
    const { bucket, bucketConfirmed, keys, required, optional } = repositoryOf(system, region);
    const setOf = (patterns: readonly string[]) =>
      new ObjectSet(regions[region].partition.id, bucket, patterns, bucketConfirmed);
    found = {
      objects: setOf(keys),
      required: required.map((reads) => ({ reads, objects: setOf(reads.keys) })),
      optional: optional.map((reads) => ({ reads, objects: setOf(reads.keys) })),
    };
    readsOfSystems.set(name, found);
  }
  return found;
}

/**
 * Decides for the policy of an endpoint that repository reads go through; no verdicts for any other endpoint, nor for
 * one with AWS's default policy, which allows everything.
 */
export function judgeEndpoint(endpoint: Endpoint, systems: readonly RepositorySystem[]): RepositoryVerdict[] {
  const { service, answersRepositoryNames } = endpoint;
  if (service.is === "absent" || (service.is === "known" && service.value !== "s3")) return [];
  if (answersRepositoryNames === false) return [];
  const policy = s3PolicyInForce(endpoint);
  if (policy.is === "default") return [];
  if (service.is === "unknown") return unknownVerdicts(systems, "the service of the endpoint");
  if (policy.is === "unknown") return unknownVerdicts(systems, policy.openQuestion);
  if (answersRepositoryNames === undefined) {
    return unknownVerdicts(
      systems,
      "the type of the endpoint, or whether its private DNS names cover those that dnf and yum use",
    );
  }
  const path = pathThrough(endpoint);
  return systems.map((system) => {
    const verdict = judgeRepository(policy.document, system, policy.region, path);
    return { ...verdict, decision: shownDecision(verdict.decision, policy.evidence) };
  });
}

/** What the policy of an endpoint decides for what only some fleets read; nothing where it is not known. */
export const optionalVerdicts = oncePerEndpoint(
  (endpoint): Readonly<Partial<Record<RepositorySystem, OptionalVerdict[]>>> => {
    const policy = s3PolicyInForce(endpoint);
    if (policy.is !== "document") return {};
    const path = pathThrough(endpoint);
    return Object.fromEntries(
      repositorySystems.map((system) => [
        system,
        judgeOptionalReads(policy.document, system, policy.region, path).map(({ reads, decision }) => ({
          reads,
          decision: shownDecision(decision, policy.evidence),
        })),
      ]),
    );
  },
);

/** What the policy of an endpoint decides for each repository. */
export const repositoryVerdicts = oncePerEndpoint((endpoint) => judgeEndpoint(endpoint, repositorySystems));

function unknownVerdicts(systems: readonly RepositorySystem[], openQuestion: string): RepositoryVerdict[] {
  return systems.map((system) => ({ system, decision: { verdict: "unknown", openQuestion, statement: undefined } }));
}
