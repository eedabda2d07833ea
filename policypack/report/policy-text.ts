import { createColors } from "picocolors";
import { systems } from "../facts/systems";
import type { RepositorySystem } from "../facts/repositories";
import { nameOfStatement, outcomeInWords } from "../iam/words";
import { signedReads } from "../path/signed-reads";
import type { ExplainedPolicy, ExplainedStatement, Verdict } from "./policy-report";

export const marksOfReads = { allow: "✔ allowed", deny: "✘ denied", unknown: "? unknown" } as const;

/** The reason of a verdict, as a clause. */
export function reasonOfRead({ verdict, because }: Verdict): string {
  return verdict === "unknown" ? `cannot determine ${because}` : because;
}

/** A policy for people at a terminal: the verdict on each read, and why, statement by statement. */
export function policyAsText(policy: ExplainedPolicy, colour: boolean): string {
  const colours = createColors(colour);
  const paint = { allow: colours.green, deny: colours.red, unknown: colours.yellow };
  const line = (name: string, verdict: Verdict) => {
    const words =
      verdict.counterexample === undefined ? reasonOfRead(verdict) : `first denied: ${verdict.counterexample}`;
    return `  ${paint[verdict.verdict](marksOfReads[verdict.verdict].padEnd(11))} ${name.padEnd(18)} ${words}`;
  };
  const repositories = Object.entries(policy.repositories) as [RepositorySystem, Verdict][];
  return [
    colours.bold(`${policy.file} (${policy.region})`),
    ...policy.problems.map(
      ({ where, message }) => `  ${colours.red("✘ malformed".padEnd(11))} ${where === "" ? "" : `${where} `}${message}`,
    ),
    ...policy.advice.map(
      ({ where, message }) => `  ${colours.yellow("! advice".padEnd(11))} ${where === "" ? "" : `${where} `}${message}`,
    ),
    ...repositories.map(([system, verdict]) => line(systems[system].name, verdict)),
    ...signedReads.map((read) => line(read, policy.signed[read])),
    "",
    "  For the unsigned reads of the repositories:",
    ...policy.statements.map((statement) => statementAsText(statement, colours.bold)),
    ...policy.remedies.map((statement) => {
      const lines = JSON.stringify(statement, undefined, 2).split("\n");
      return ["", "  Add this statement:", ...lines.map((line) => `    ${line}`)].join("\n");
    }),
  ].join("\n");
}

function statementAsText(statement: ExplainedStatement, bold: (text: string) => string): string {
  const { outcome } = statement;
  const lines = outcomesInWords(statement);
  return [`  ${bold(nameOfStatement(outcome))} ${outcome.effect}`, ...lines.map((one) => `      ${one}`)].join("\n");
}

/** What a statement does to the reads: a line for all systems, or one for each where it differs. */
export function outcomesInWords({ bySystem }: ExplainedStatement): string[] {
  const said = bySystem.map(({ system, outcome: one }) => ({ name: systems[system].name, words: outcomeInWords(one) }));
  const [first] = said;
  return said.every(({ words }) => words === first?.words)
    ? [first?.words ?? ""]
    : said.map(({ name, words }) => `${name}: ${words}`);
}

/** The same for the comment of a pull request. */
export function policyAsMarkdown(policy: ExplainedPolicy): string {
  const row = (name: string, verdict: Verdict) =>
    `| ${name} | ${marksOfReads[verdict.verdict]} | ${reasonOfRead(verdict).replaceAll("|", "\\|")} |`;
  const repositories = Object.entries(policy.repositories) as [RepositorySystem, Verdict][];
  return [
    `### ${policy.file} (${policy.region})`,
    "",
    "| read | verdict | because |",
    "| --- | --- | --- |",
    ...repositories.map(([system, verdict]) => row(systems[system].name, verdict)),
    ...signedReads.map((read) => row(read, policy.signed[read])),
    ...(policy.problems.length > 0
      ? ["", ...policy.problems.map(({ where, message }) => `- malformed: ${where} ${message}`)]
      : []),
    ...(policy.advice.length > 0
      ? ["", ...policy.advice.map(({ where, message }) => `- advice: ${where} ${message}`)]
      : []),
    ...policy.remedies.flatMap((statement) => [
      "",
      "Add this statement:",
      "",
      "```json",
      JSON.stringify(statement, undefined, 2),
      "```",
    ]),
  ].join("\n");
}
