import { type Region, isRegion } from "../facts/regions";
import { anonymousReadsStatement } from "../facts/repositories";
import { systems } from "../facts/systems";
import type { Decision } from "../iam/decide";
import type { ActualValues, Mismatch, StatementReference } from "../iam/explanation";
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

/** Why the unsigned reads of a repository are refused, and the statement that admits them. */
export function refusedReads(
  { system, decision }: RepositoryVerdict & { decision: { verdict: "deny" } },
  region: string,
): string {
  return `The unsigned reads of ${systems[system].name} are refused: ${refusal(decision)}. ${remedy(decision, region)}`;
}

function refusal({ counterexample, deniedBy, missed }: Decision & { verdict: "deny" }): string {
  const object = `s3:GetObject on \`${printable(counterexample)}\``;
  if (deniedBy) return `${nameOfStatement(deniedBy)} denies ${object}`;
  if (missed.length === 0) return `no statement allows ${object}, and there is no Allow statement at all`;
  return `no statement allows ${object}; ${missed.map((one) => `${nameOfStatement(one)} ${reason(one.because)}`).join("; ")}`;
}

function reason(mismatch: Mismatch): string {
  switch (mismatch.is) {
    case "principal":
      return `is for ${mismatch.negated ? "everybody but " : ""}${some(mismatch.found)}, and an unsigned request has no principal`;
    case "action":
      return `is for ${mismatch.negated ? "every action but " : ""}${some(mismatch.found)}`;
    case "resource":
      return `is for ${mismatch.negated ? "everything but " : ""}${some(mismatch.found)}`;
    case "condition": {
      const { operator, key, values } = mismatch.condition;
      return `wants \`${operator}\` \`${printable(key)}\` ${some(values)}, and an unsigned request has ${actual(mismatch.actual)}`;
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

function remedy({ deniedBy }: Decision & { verdict: "deny" }, region: string): string {
  const statement = isRegion(region) ? anonymousReadsStatement(region satisfies Region) : undefined;
  if (!statement)
    return "Admit s3:GetObject on the repository buckets of this region for every principal, without a condition.";
  if (deniedBy)
    return `Leave these resources out of ${nameOfStatement(deniedBy)}: ${JSON.stringify(statement.Resource)}`;
  return `Add this statement: ${JSON.stringify(statement)}`;
}
