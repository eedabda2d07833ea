import { endpointPolicyMaxCharacters } from "../facts/endpoints";
import type { DocumentKind, PolicyDocument, Problem, Statement } from "./document";
import { parseJson } from "./json";
import { parseStatement } from "./parse-statement";
import { type Report, describe, isObject, list, printable } from "./problems";

/** A document as far as it can be read, and everything in it that AWS would refuse or misread. */
export interface ParsedPolicy {
  /** `undefined` when there is nothing that could be judged: no JSON, no statements. */
  readonly document: PolicyDocument | undefined;
  readonly problems: readonly Problem[];
}

const versions = ["2012-10-17", "2008-10-17"] as const;
const topLevelElements = ["Version", "Id", "Statement"];

/**
 * Reads a policy document: JSON text, or the object that such text stands for. Never throws; what is wrong becomes a
 * problem with its place.
 *
 * Source: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_grammar.html, checked 2026-11-21.
 */
export function parsePolicy(source: unknown, kind: DocumentKind): ParsedPolicy {
  const problems: Problem[] = [];
  const report = (where: string, message: string) => problems.push({ where: printable(where), message });
  const parsed = typeof source === "string" ? parseJson(source, report) : { value: source, repeatedKeys: [] };
  const json = parsed.value;
  if (json === undefined) return { document: undefined, problems };
  if (!isObject(json)) {
    report("", `is ${describe(json)}; expected a JSON object with \`Statement\``);
    return { document: undefined, problems };
  }
  if (kind.endsWith("endpoint")) checkSize(source, report);
  for (const element of Object.keys(json)) {
    if (!topLevelElements.includes(element)) {
      report(element, `unknown element; expected one of ${list(topLevelElements)}`);
    }
  }
  const version = parseVersion(json["Version"], report);
  const statements = parseStatements(json["Statement"], kind, report)?.flatMap((statement) =>
    withDoubt(statement, parsed.repeatedKeys),
  );
  if (statements && json["Version"] !== "2012-10-17") reportPlainVariables(json["Statement"], report);
  return { document: statements && { version, statements }, problems };
}

/** A statement whose effect nobody can tell when this place is in doubt. */
const placeOfEffect = /^Statement(\[\d+\])?(\.Effect)?$/;

/**
 * Of a key that stands twice nobody knows which one AWS takes: a statement with one, or below one, is unreadable. A
 * statement whose effect is in doubt counts as one of each, or it would be seen on one side only.
 */
function withDoubt(statement: Statement, repeatedKeys: readonly string[]): Statement[] {
  if (repeatedKeys.length === 0 && statement.unreadable === undefined) return [statement];
  const own = `Statement[${statement.index}]`;
  const doubts = repeatedKeys.filter((key) => key.startsWith(own) || !key.startsWith("Statement["));
  if (statement.unreadable !== undefined) doubts.push(statement.unreadable);
  const [unreadable] = doubts;
  if (unreadable === undefined) return [statement];
  const doubtful = { ...statement, unreadable };
  if (!doubts.some((place) => placeOfEffect.test(place))) return [doubtful];
  return [doubtful, { ...doubtful, effect: statement.effect === "Allow" ? "Deny" : "Allow" }];
}

/** What looks like a variable is one since 2012-10-17 only. */
function reportPlainVariables(statements: unknown, report: Report): void {
  const variable = /\$\{[^}]*\}/.exec(JSON.stringify(statements))?.[0];
  if (variable === undefined) return;
  report("Version", `is not \`2012-10-17\`, so \`${variable}\` is read as plain text; expected \`2012-10-17\``);
}

function checkSize(source: unknown, report: Report): void {
  const { length } = typeof source === "string" ? source : JSON.stringify(source);
  if (length <= endpointPolicyMaxCharacters) return;
  report("", `has ${length} characters; expected at most ${endpointPolicyMaxCharacters}`);
}

function parseVersion(version: unknown, report: Report): PolicyDocument["version"] {
  if (version === undefined) return "2008-10-17"; // AWS's default, in which policy variables are plain text
  const known = versions.find((one) => one === version);
  if (!known) report("Version", `is ${describe(version)}; expected one of ${list(versions)}`);
  return known ?? "2012-10-17";
}

function parseStatements(value: unknown, kind: DocumentKind, report: Report): Statement[] | undefined {
  if (value === undefined) {
    report("Statement", "is missing; expected a statement or a list of them");
    return undefined;
  }
  const statements = Array.isArray(value) ? (value as unknown[]) : [value];
  if (statements.length === 0) report("Statement", "is an empty list; expected at least one statement");
  const parsed = statements.map((statement, index) => parseStatement(statement, index, kind, report));
  if (kind === "identity" || kind === "trust") checkSids(parsed, report);
  return parsed;
}

/**
 * IAM wants each Sid once in a policy; of endpoint policies nothing is documented. Source:
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_sid.html, checked 2026-11-22.
 */
function checkSids(statements: readonly Statement[], report: Report): void {
  const seen = new Set<string>();
  for (const { sid, index } of statements) {
    if (!sid) continue;
    if (seen.has(sid)) report(`Statement[${index}].Sid`, `is ${describe(sid)}, which stands twice; expected another`);
    seen.add(sid);
  }
}
