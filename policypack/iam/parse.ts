import { type Validator, defaultTrustCharacters, maxCharacters, refusalSource } from "../facts/document-checks";
import type { DocumentKind, PolicyDocument, Problem, Statement } from "./document";
import { parseJson } from "./json";
import { parseStatement } from "./parse-statement";
import { type Report, describe, isObject, list, printable } from "./problems";

/** A document as far as it can be read, and what is wrong with it. */
export interface ParsedPolicy {
  /** `undefined` when there is nothing to judge: not JSON, no statements, too many characters. */
  readonly document: PolicyDocument | undefined;
  /** What AWS surely rejects in a document of this kind. */
  readonly problems: readonly Problem[];
  /** What AWS accepts, or may accept, and reads differently than its author meant. */
  readonly advice: readonly Problem[];
}

const versions = ["2012-10-17", "2008-10-17"] as const;
const topLevelElements = ["Version", "Id", "Statement"];

/** Which AWS API validates documents of a kind. Policies of other resources have rules that are not known here. */
const validators: Readonly<Record<DocumentKind, Validator | undefined>> = {
  identity: "inline",
  managed: "managed",
  trust: "trust",
  endpoint: "endpoint",
  "gateway-endpoint": "endpoint",
  resource: undefined,
};

/** A key policy's limit, the widest among resource policies: https://docs.aws.amazon.com/kms/latest/developerguide/resource-limits.html. */
const mostCharactersOfResources = 32_768;

/**
 * Reads a policy document: JSON text, or the object that such text represents. Never throws; what is wrong becomes a
 * problem, or advice, with its place.
 *
 * Source: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_grammar.html, checked 2026-11-21; what
 * AWS refuses of what the grammar does not allow: facts/document-checks.ts.
 */
export function parsePolicy(source: unknown, kind: DocumentKind): ParsedPolicy {
  const problems: Problem[] = [];
  const advice: Problem[] = [];
  const validator = validators[kind];
  const report: Report = (check, where, message) => {
    const isRefused = refusalSource(check, validator ?? "endpoint") !== undefined;
    (isRefused ? problems : advice).push({ check, where: printable(where), message });
  };
  const nothing = { document: undefined, problems, advice };
  if (!checkText(source, validator, report)) return nothing;
  const parsed = typeof source === "string" ? parseJson(source, report) : { value: source, repeatedKeys: [] };
  if (!parsed) return nothing;
  const json = parsed.value;
  if (!isObject(json)) {
    report("json", "", `is ${describe(json)}; expected a JSON object with \`Statement\``);
    return nothing;
  }
  for (const element of Object.keys(json)) {
    if (!topLevelElements.includes(element)) {
      report("element", element, `unknown element; expected one of ${list(topLevelElements)}`);
    }
  }
  const version = parseVersion(json["Version"], kind, report);
  const id = json["Id"];
  if (id !== undefined && typeof id !== "string") report("id", "Id", `is ${describe(id)}; expected text`);
  const statements = parseStatements(json["Statement"], kind, report)?.flatMap((statement) =>
    withDoubt(statement, parsed.repeatedKeys),
  );
  if (statements && json["Version"] !== "2012-10-17") reportPlainVariables(json["Statement"], report);
  return { document: statements && { version, statements }, problems, advice };
}

/**
 * Checks a document as the text that AWS receives: its length, which bounds the cost of everything else, and characters
 * that IAM does not accept.
 *
 * @returns whether it is short enough to be read
 */
function checkText(source: unknown, validator: Validator | undefined, report: Report): boolean {
  const text = typeof source === "string" ? source : ((JSON.stringify(source) as string | undefined) ?? "");
  const limit = validator === undefined ? mostCharactersOfResources : maxCharacters[validator];
  const isIam = validator !== undefined && validator !== "endpoint";
  if (isIam) {
    const foreign = /[^\t\n\r\u0020-\u00ff]/u.exec(text)?.[0];
    if (foreign !== undefined) {
      const code = foreign.codePointAt(0)!.toString(16).toUpperCase().padStart(4, "0");
      report("characters", "", `contains U+${code}; IAM accepts tabs, line breaks and U+0020 to U+00FF only`);
    }
  }
  const least = validator === "trust" ? defaultTrustCharacters : limit;
  const length = isIam ? text.replace(/\s/g, "").length : text.length;
  const characters = `has ${length} characters${isIam ? " without white space" : ""}`;
  if (length > limit) {
    report("size", "", `${characters}; expected at most ${limit}`);
    return false;
  }
  if (length > least)
    report("default-size", "", `${characters}; the default quota is ${least}, and an account may raise it to ${limit}`);
  return true;
}

/** The effect of a statement is unknown when this place is in doubt. */
const placeOfEffect = /^Statement(\[\d+\])?(\.Effect)?$/;

/**
 * Of a key that appears twice it is not known which one AWS uses: a statement with one, or below one, is unreadable. A
 * statement whose effect is in doubt counts as one of each, or it would be seen on one side only.
 */
function withDoubt(statement: Statement, repeatedKeys: readonly string[]): Statement[] {
  const own = `Statement[${statement.index}]`;
  const ofKeys = repeatedKeys.filter((key) => key.startsWith(own) || !key.startsWith("Statement["));
  const doubts = statement.unreadable === undefined ? ofKeys : [...ofKeys, statement.unreadable];
  const [unreadable] = doubts;
  if (unreadable === undefined) return [statement];
  const doubtful = { ...statement, unreadable };
  if (!doubts.some((place) => placeOfEffect.test(place))) return [doubtful];
  return [doubtful, { ...doubtful, effect: statement.effect === "Allow" ? "Deny" : "Allow" }];
}

/** What looks like a variable is one since 2012-10-17 only. */
function reportPlainVariables(statements: unknown, report: Report): void {
  const [variable] = /\$\{(?:(?!\$\{)[^}"])*\}/.exec(JSON.stringify(statements)) ?? [];
  if (variable === undefined) return;
  report(
    "plain-variable",
    "Version",
    `is not \`2012-10-17\`, so \`${printable(variable)}\` is read as plain text; expected \`2012-10-17\``,
  );
}

function parseVersion(version: unknown, kind: DocumentKind, report: Report): PolicyDocument["version"] {
  const known = versions.find((one) => one === version);
  if (version !== undefined && !known) {
    report("version", "Version", `is ${describe(version)}; expected one of ${list(versions)}`);
    return "2012-10-17";
  }
  if (kind === "managed" && known !== "2012-10-17") {
    report("managed-version", "Version", `is ${describe(version)}; a managed policy requires \`2012-10-17\``);
  }
  return known ?? "2008-10-17"; // AWS's default, in which policy variables are plain text
}

function parseStatements(value: unknown, kind: DocumentKind, report: Report): Statement[] | undefined {
  if (value === undefined) {
    report("structure", "Statement", "is missing; expected a statement or a list of them");
    return undefined;
  }
  const statements = Array.isArray(value) ? (value as unknown[]) : [value];
  if (statements.length === 0) report("structure", "Statement", "is an empty list; expected at least one statement");
  const parsed = statements.map((statement, index) => parseStatement(statement, index, kind, report));
  if (kind === "identity" || kind === "managed" || kind === "trust") checkSids(parsed, report);
  return parsed;
}

/**
 * IAM requires each Sid to be unique in a policy; of endpoint policies nothing is documented. Source:
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_sid.html, checked 2026-11-22.
 */
function checkSids(statements: readonly Statement[], report: Report): void {
  const seen = new Set<string>();
  for (const { sid, index } of statements) {
    if (!sid) continue;
    if (seen.has(sid)) {
      report(
        "sid-repeated",
        `Statement[${index}].Sid`,
        `is ${describe(sid)}, which appears twice; expected a unique Sid`,
      );
    }
    seen.add(sid);
  }
}
