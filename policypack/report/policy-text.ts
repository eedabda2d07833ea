import { createColors } from "picocolors";
import { systems } from "../facts/systems";
import type { RepositorySystem } from "../facts/repositories";
import { signedReads } from "../path/signed-reads";
import type { ExplainedPolicy, ExplainedStatement, Verdict } from "./policy-report";
import { nameOfStatement, outcomeInWords } from "./sentences";

const marks = { allow: "✔ admitted", deny: "✘ refused", unknown: "? unknown" } as const;

/** A policy for people at a terminal: what it says to each read, and why, statement by statement. */
export function policyAsText(policy: ExplainedPolicy, colour: boolean): string {
  const colours = createColors(colour);
  const paint = { allow: colours.green, deny: colours.red, unknown: colours.yellow };
  const line = (name: string, verdict: Verdict["verdict"], words: string) =>
    `  ${paint[verdict](marks[verdict].padEnd(11))} ${name.padEnd(18)} ${words}`;
  const repositories = Object.entries(policy.repositories) as [RepositorySystem, Verdict][];
  return [
    colours.bold(`${policy.file} (${policy.region})`),
    ...policy.problems.map(
      ({ where, message }) => `  ${colours.red("✘ malformed".padEnd(11))} ${where === "" ? "" : `${where} `}${message}`,
    ),
    ...policy.advice.map(
      ({ where, message }) => `  ${colours.yellow("! advice".padEnd(11))} ${where === "" ? "" : `${where} `}${message}`,
    ),
    ...repositories.map(([system, { verdict, because, counterexample }]) =>
      line(systems[system].name, verdict, counterexample ? `first refused: ${counterexample}` : because),
    ),
    ...signedReads.map((read) => line(read, policy.signed[read].verdict, policy.signed[read].because)),
    "",
    "  To the unsigned reads of the repositories:",
    ...policy.statements.map((statement) => statementAsText(statement, colours.bold)),
    ...policy.remedies.map((statement) => `\n  Add this statement: ${JSON.stringify(statement)}`),
  ].join("\n");
}

function statementAsText({ outcome, bySystem }: ExplainedStatement, bold: (text: string) => string): string {
  const said = bySystem.map(({ system, outcome: one }) => ({ name: systems[system].name, words: outcomeInWords(one) }));
  const [first] = said;
  const lines = said.every(({ words }) => words === first?.words)
    ? [first?.words ?? ""]
    : said.map(({ name, words }) => `${name}: ${words}`);
  return [`  ${bold(nameOfStatement(outcome))} ${outcome.effect}`, ...lines.map((one) => `      ${one}`)].join("\n");
}

/** The same for a pull request's comment. */
export function policyAsMarkdown(policy: ExplainedPolicy): string {
  const row = (name: string, { verdict, because }: Verdict) =>
    `| ${name} | ${marks[verdict]} | ${because.replaceAll("|", "\\|")} |`;
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
