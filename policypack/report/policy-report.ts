import type { Region } from "../facts/regions";
import { ssmBucketReadsStatement } from "../facts/buckets";
import { type RepositorySystem, anonymousReadsStatement } from "../facts/repositories";
import type { RequestPath } from "../iam/context";
import type { Decision } from "../iam/decide";
import type { PolicyDocument, Problem } from "../iam/document";
import type { StatementOutcome } from "../iam/judge";
import { reasonOfDecision } from "../iam/words";
import { type RepositoryVerdict, judgeRepository, outcomesFor } from "../path/repository-reads";
import { type SignedRead, judgeSignedRead, signedReads } from "../path/signed-reads";

/** The verdict on one kind of read. */
export interface Verdict {
  readonly verdict: Decision["verdict"];
  /** Why, as a clause; of `unknown` what cannot be determined. */
  readonly because: string;
  /** The shortest ARN that is denied. */
  readonly counterexample?: string;
}

/** What `patchpath policy --format json` prints: `npm run docs` writes `schemas/policy.json` from it. */
export interface PolicyOutput {
  readonly version: 1;
  readonly policies: readonly PolicyReport[];
}

/** Whether a policy document allows everything that patching reads through its endpoint. */
export interface PolicyReport {
  /** As it was given to the command. */
  readonly file: string;
  /** The unsigned reads of dnf and yum, by system. */
  readonly repositories: Readonly<Partial<Record<RepositorySystem, Verdict>>>;
  /** The signed reads of the buckets of Systems Manager. */
  readonly signed: Readonly<Record<SignedRead, Verdict>>;
  /** What is malformed in the document. */
  readonly problems: readonly DocumentProblem[];
}

/** An error in a document. */
export interface DocumentProblem {
  /** A path into the document, such as `Statement[2].Condition`; empty for the whole document. */
  readonly where: string;
  /** What was found and what is allowed. */
  readonly message: string;
}

/** The report with what only the formats for people show: the statements one by one, and the statements to add. */
export interface ExplainedPolicy extends PolicyReport {
  readonly region: Region;
  /** What AWS accepts and reads otherwise than meant, or may. */
  readonly advice: readonly Problem[];
  readonly statements: readonly ExplainedStatement[];
  /** Statements that allow what is denied, and make certain what is unknown. */
  readonly remedies: readonly object[];
}

export interface ExplainedStatement {
  readonly outcome: Pick<StatementOutcome, "index" | "sid" | "effect">;
  readonly bySystem: readonly { readonly system: RepositorySystem; readonly outcome: StatementOutcome }[];
}

/** What may be known of the requests through the endpoint: the VPC that they come from, and its account. */
export type KnownPath = Pick<RequestPath, "vpcId" | "accountId">;

/** Explains one document for a region and some systems. */
export function explainPolicy(
  file: string,
  document: PolicyDocument,
  problems: readonly Problem[],
  region: Region,
  systems: readonly RepositorySystem[],
  advice: readonly Problem[] = [],
  path: KnownPath = {},
): ExplainedPolicy {
  const verdicts = systems.map((system): RepositoryVerdict => judgeRepository(document, system, region, path));
  const signed = signedReads.map((read) => ({ read, decision: judgeSignedRead(document, read, region, path) }));
  const bySystem = systems.map((system) => ({ system, outcomes: outcomesFor(document, system, region, path) }));
  const isMissing = (decision: Decision) =>
    decision.verdict === "unknown" || (decision.verdict === "deny" && decision.deniedBy === undefined);
  const remedies = [
    verdicts.some(({ decision }) => isMissing(decision)) ? anonymousReadsStatement(region) : undefined,
    signed.some(({ decision }) => isMissing(decision)) ? ssmBucketReadsStatement(region) : undefined,
  ].filter((statement) => statement !== undefined);
  return {
    file,
    region,
    advice,
    repositories: Object.fromEntries(verdicts.map(({ system, decision }) => [system, verdictOf(decision)])),
    signed: Object.fromEntries(signed.map(({ read, decision }) => [read, verdictOf(decision)])) as Record<
      SignedRead,
      Verdict
    >,
    problems: problems.map(({ where, message }) => ({ where, message })),
    statements: document.statements.map(({ index, sid, effect }, i) => ({
      outcome: { index, sid, effect },
      bySystem: bySystem.map(({ system, outcomes }) => ({ system, outcome: outcomes[i]! })),
    })),
    remedies,
  };
}

/** The reports as the command's contract has them. */
export function outputOf(reports: readonly PolicyReport[]): PolicyOutput {
  const policies = reports.map(({ file, repositories, signed, problems }) => ({
    file,
    repositories,
    signed,
    problems,
  }));
  return { version: 1, policies };
}

/** A decision as reports have it. */
export function verdictOf(decision: Decision): Verdict {
  return {
    verdict: decision.verdict,
    because: reasonOfDecision(decision),
    ...(decision.verdict === "deny" && { counterexample: decision.counterexample }),
  };
}

/** The verdicts on all reads of documents. */
export function verdictsIn(reports: readonly PolicyReport[]): Verdict[] {
  return reports.flatMap(({ repositories, signed }) => [...Object.values(repositories), ...Object.values(signed)]);
}

/**
 * The command's exit code: 0 all open, 1 something is blocked, 3 nothing blocked but something unknown. How AWS reads
 * a malformed document is unknown too, whatever the rest of it says.
 */
export function exitCodeOf(reports: readonly PolicyReport[]): 0 | 1 | 3 {
  const verdicts = verdictsIn(reports);
  if (verdicts.some(({ verdict }) => verdict === "deny")) return 1;
  const isMalformed = reports.some(({ problems }) => problems.length > 0);
  return isMalformed || verdicts.some(({ verdict }) => verdict === "unknown") ? 3 : 0;
}
