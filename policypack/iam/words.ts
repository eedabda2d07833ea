import type { Caller } from "./context";
import type { Decision, Denier } from "./decide";
import type { ActualValues, Mismatch, StatementReference } from "./explanation";
import type { StatementOutcome } from "./judge";
import { printable, some } from "./problems";

/**
 * Decisions in words, as clauses. Values stand in backticks, and nothing breaks the line, since engines and terminals break
 * lines as they like.
 */

/** `Statement[0] (AllowAccountPrincipals)`. */
export function nameOfStatement({ index, sid }: StatementReference): string {
  return sid ? `Statement[${index}] (${printable(sid)})` : `Statement[${index}]`;
}

/** Why a decision is what it is; of an unknown one what cannot be determined, and in which statement that is. */
export function reasonOfDecision(decision: Decision): string {
  switch (decision.verdict) {
    case "allow":
      return `allowed by ${decision.by.map(nameOfStatement).join(", ")}`;
    case "deny":
      return denial(decision);
    case "unknown":
      return decision.statement
        ? `${decision.openQuestion} (${nameOfStatement(decision.statement)})`
        : decision.openQuestion;
  }
}

/** What one statement does for some objects. */
export function outcomeInWords(outcome: StatementOutcome): string {
  const does = outcome.effect === "Allow" ? "allows" : "denies";
  switch (outcome.reach) {
    case "all":
      return `${does} every object`;
    case "some":
      return `${does} a part of the objects`;
    case "none":
      return `does not apply: it ${reason(outcome.mismatch)}`;
    case "unknown":
      return `may apply; cannot determine ${outcome.openQuestion}`;
  }
}

function denial({ counterexample, deniedBy, missed }: Decision & { verdict: "deny" }): string {
  const object = `s3:GetObject on \`${printable(counterexample)}\``;
  if (deniedBy) return `${nameOfStatement(deniedBy)} denies ${object}${underConditions(deniedBy)}`;
  if (missed.length === 0) return `no statement allows ${object}, and there is no Allow statement at all`;
  return `no statement allows ${object}; ${missedInWords(missed)}`;
}

/** The first few: a policy of a hundred statements for other buckets is not made clearer by all of them. */
function missedInWords(missed: (Decision & { verdict: "deny" })["missed"]): string {
  const first = missed.slice(0, 5).map((one) => `${nameOfStatement(one)} ${reason(one.because)}`);
  const rest = missed.length - first.length;
  return [...first, ...(rest > 0 ? [`nor does any of ${rest} more`] : [])].join("; ");
}

function underConditions({ caller, conditions }: Denier): string {
  const words = conditions.map(({ operator, key, values }) => `\`${operator}\` \`${printable(key)}\` ${shown(values)}`);
  return words.length === 0 ? "" : `, since ${requestOf[caller]} meets ${words.join(" and ")}`;
}

const requestOf: Readonly<Record<Caller, string>> = {
  anonymous: "an unsigned request",
  instanceRole: "a request of the instance's role",
  awsAccount: "a request presigned by an AWS service account",
};

const whoAsks: Readonly<Record<Caller, string>> = {
  anonymous: "an unsigned request has no principal",
  instanceRole: "the read is signed by the instance's role",
  awsAccount: "the read is presigned by an AWS service account",
};

function reason(mismatch: Mismatch): string {
  switch (mismatch.is) {
    case "principal":
      return `applies to ${mismatch.negated ? "everyone but " : ""}${shown(mismatch.found)}, and ${whoAsks[mismatch.caller]}`;
    case "action":
      return `applies to ${mismatch.negated ? "every action but " : ""}${shown(mismatch.found)}`;
    case "resource":
      return `applies to ${mismatch.negated ? "every resource but " : ""}${shown(mismatch.found)}`;
    case "condition": {
      const { operator, key, values } = mismatch.condition;
      return `requires \`${operator}\` \`${printable(key)}\` ${shown(values)}, and ${requestOf[mismatch.caller]} has ${actual(mismatch.actual)}`;
    }
  }
}

function actual(values: ActualValues): string {
  if (values === "absent") return "no such key";
  if (values === "any-value") return "another value";
  return values === "aws-internal" ? "a value that AWS sets there" : shown(values);
}

/** At most three values; a statement with forty resources is not made clearer by all of them. */
function shown(values: readonly string[]): string {
  return some(
    values.map((value) => `\`${printable(value)}\``),
    3,
  );
}
