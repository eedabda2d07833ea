import { type Region, isRegion } from "../facts/regions";
import { anonymousReadsStatement } from "../facts/repositories";
import { systems } from "../facts/systems";
import type { Decision } from "../iam/decide";
import type { Condition } from "../iam/document";
import type { Caller } from "../iam/context";
import type { ActualValues, Mismatch, StatementReference } from "../iam/explanation";
import type { StatementOutcome } from "../iam/judge";
import { printable } from "../iam/problems";
import type { RepositoryVerdict } from "../path/repository-reads";

/**
 * Findings in words. One sentence says what is wrong and where, the next what to do; values stand in backticks, and
 * nothing breaks the line, since engines and terminals break lines as they like.
 */

/** `Statement[0] (AllowAccountPrincipals)`. */
export function nameOfStatement({ index, sid }: StatementReference): string {
  return sid ? `Statement[${index}] (${printable(sid)})` : `Statement[${index}]`;
}

/** What would have to be known of the unsigned reads, in one sentence for all systems that wait for the same. */
export function undecidedReads(verdicts: readonly RepositoryVerdict[]): string[] {
  const waiting = new Map<string, string[]>();
  for (const { system, decision } of verdicts) {
    if (decision.verdict !== "unknown") continue;
    const question = because(decision);
    waiting.set(question, [...(waiting.get(question) ?? []), systems[system].name]);
  }
  return [...waiting].map(
    ([question, names]) => `Whether the unsigned reads of ${names.join(" and ")} pass is unknown; ${question}.`,
  );
}

/** Why a decision is what it is, in one clause. */
export function because(decision: Decision): string {
  switch (decision.verdict) {
    case "allow":
      return `admitted by ${decision.by.map(nameOfStatement).join(", ")}`;
    case "deny":
      return refusal(decision);
    case "unknown":
      return `it would have to be known: ${openQuestionOf(decision)}`;
  }
}

/** What would have to be known, and in which statement it stands. */
export function openQuestionOf({ openQuestion, statement }: Decision & { verdict: "unknown" }): string {
  return statement ? `${openQuestion} (${nameOfStatement(statement)})` : openQuestion;
}

/** What one statement does for some objects. */
export function outcomeInWords({ effect, reach, mismatch, openQuestion }: StatementOutcome): string {
  const does = effect === "Allow" ? "admits" : "denies";
  switch (reach) {
    case "all":
      return `${does} every object`;
    case "some":
      return `${does} a part of the objects`;
    case "none":
      return mismatch ? `does not apply: it ${reason(mismatch)}` : "does not apply";
    case "unknown":
      return `may apply; it would have to be known: ${openQuestion ?? "more than the policy tells"}`;
  }
}

/** Why the unsigned reads of a repository are refused, and the statement that admits them. */
export function refusedReads(
  { system, decision, refused }: RepositoryVerdict & { decision: { verdict: "deny" } },
  region: string,
  beforeRemedy = "",
): string {
  const name = `${systems[system].name}${refused ? ` (\`${refused.name}\`)` : ""}`;
  const consequence = refused ? `; ${refused.whenRefused}` : "";
  return `The unsigned reads of ${name} are refused: ${refusal(decision)}${consequence}. ${beforeRemedy}${remedy(decision, region)}`;
}

function refusal({ counterexample, deniedBy, missed }: Decision & { verdict: "deny" }): string {
  const object = `s3:GetObject on \`${printable(counterexample)}\``;
  if (deniedBy) return `${nameOfStatement(deniedBy)} denies ${object}${underConditions(deniedBy.conditions)}`;
  if (missed.length === 0) return `no statement allows ${object}, and there is no Allow statement at all`;
  return `no statement allows ${object}; ${missedInWords(missed)}`;
}

/** The first few: a policy of a hundred statements for other buckets is not made clearer by all of them. */
function missedInWords(missed: (Decision & { verdict: "deny" })["missed"]): string {
  const shown = missed.slice(0, 5).map((one) => `${nameOfStatement(one)} ${reason(one.because)}`);
  const rest = missed.length - shown.length;
  return [...shown, ...(rest > 0 ? [`nor does any of ${rest} more`] : [])].join("; ");
}

function underConditions(conditions: readonly Condition[]): string {
  const words = conditions.map(({ operator, key, values }) => `\`${operator}\` \`${printable(key)}\` ${some(values)}`);
  return words.length === 0 ? "" : `, since an unsigned request meets ${words.join(" and ")}`;
}

const requestOf: Readonly<Record<Caller, string>> = {
  anonymous: "an unsigned request",
  instanceRole: "a request of the instance's role",
  awsAccount: "a request presigned by an account of AWS's",
};

const whoAsks: Readonly<Record<Caller, string>> = {
  anonymous: "an unsigned request has no principal",
  instanceRole: "the read is signed by the instance's role",
  awsAccount: "the read is presigned by an account of AWS's",
};

function reason(mismatch: Mismatch): string {
  switch (mismatch.is) {
    case "principal":
      return `is for ${mismatch.negated ? "everybody but " : ""}${some(mismatch.found)}, and ${whoAsks[mismatch.caller]}`;
    case "action":
      return `is for ${mismatch.negated ? "every action but " : ""}${some(mismatch.found)}`;
    case "resource":
      return `is for ${mismatch.negated ? "everything but " : ""}${some(mismatch.found)}`;
    case "condition": {
      const { operator, key, values } = mismatch.condition;
      return `wants \`${operator}\` \`${printable(key)}\` ${some(values)}, and ${requestOf[mismatch.caller]} has ${actual(mismatch.actual)}`;
    }
  }
}

function actual(values: ActualValues): string {
  if (values === "absent") return "no such key";
  if (values === "any-value") return "another value";
  return values === "aws-internal" ? "AWS's own value there" : some(values);
}

/** At most three values; a statement with forty resources is not made clearer by all of them. */
function some(values: readonly string[]): string {
  const shown = values.slice(0, 3).map((value) => `\`${printable(value)}\``);
  return values.length > shown.length
    ? `${shown.join(", ")} and ${values.length - shown.length} more`
    : shown.join(", ");
}

/** What to do about a refusal, as a sentence. */
export function remedy({ deniedBy }: Decision & { verdict: "deny" }, region: string): string {
  const statement = isRegion(region) ? anonymousReadsStatement(region satisfies Region) : undefined;
  if (!statement)
    return "Admit s3:GetObject on the repository buckets of this region for every principal, without a condition.";
  if (deniedBy)
    return `Leave these resources out of ${nameOfStatement(deniedBy)}: ${JSON.stringify(statement.Resource)}`;
  return `Add this statement: ${JSON.stringify(statement)}`;
}
