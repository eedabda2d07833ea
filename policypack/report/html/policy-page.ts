import { systems } from "../../facts/systems";
import type { RepositorySystem } from "../../facts/repositories";
import { nameOfStatement } from "../../iam/words";
import { signedReads } from "../../path/signed-reads";
import type { Page } from "../printing";
import { type ExplainedPolicy, type Verdict, exitCodeOf, verdictsIn } from "../policy-report";
import { marksOfReads, outcomesInWords, reasonOfRead } from "../policy-text";
import { policyToCopy } from "./fix";
import { escaped, sentence } from "./markup";
import type { Headline } from "../headline";
import { htmlPage, search, section } from "./page";

/** The report on policy documents as one page: of each the verdict on every read, what to add, and why. */
export function policyAsHtml(policies: readonly ExplainedPolicy[], { remarks, version }: Page): string {
  return htmlPage({
    kind: "Endpoint policy",
    headline: headlineOf(policies),
    remarks,
    main: [
      ...search("main > section", policies.length, "File, read, reason"),
      ...policies.flatMap((policy, i) =>
        section(`policy-${i}`, `${escaped(policy.file)} (${policy.region})`, policyAsParts(policy)),
      ),
    ],
    version,
  });
}

/** The verdict on all reads of all documents, as the exit code has it. */
function headlineOf(policies: readonly ExplainedPolicy[]): Headline {
  const reads = verdictsIn(policies);
  const of = (verdict: Verdict["verdict"]) =>
    `${reads.filter((read) => read.verdict === verdict).length} of ${reads.length} reads`;
  if (reads.some(({ verdict }) => verdict === "deny")) return { verdict: "blocked", words: `${of("deny")} are denied` };
  if (reads.some(({ verdict }) => verdict === "unknown"))
    return { verdict: "unknown", words: `Whether ${of("unknown")} are allowed is unknown` };
  return exitCodeOf(policies) === 0
    ? { verdict: "open", words: `All ${reads.length} reads are allowed` }
    : { verdict: "unknown", words: "Whether the reads are allowed is unknown: a document is malformed" };
}

function policyAsParts(policy: ExplainedPolicy): string[] {
  const repositories = Object.entries(policy.repositories) as [RepositorySystem, Verdict][];
  const problems = [
    ...policy.problems.map(({ where, message }) => `malformed: ${where} ${message}`),
    ...policy.advice.map(({ where, message }) => `advice: ${where} ${message}`),
  ];
  return [
    '<table><thead><tr><th scope="col">read</th><th scope="col">verdict</th><th scope="col">because</th></tr></thead><tbody>',
    ...repositories.map(([system, verdict]) => row(systems[system].name, verdict)),
    ...signedReads.map((read) => row(read, policy.signed[read])),
    "</tbody></table>",
    ...(problems.length === 0
      ? []
      : ['<ul class="plain">', ...problems.map((one) => `<li>${sentence(one)}</li>`), "</ul>"]),
    ...policy.remedies.flatMap((statement) => [
      '<div class="fix"><p><b>Add this statement:</b></p>',
      policyToCopy(JSON.stringify(statement, undefined, 2).split("\n")),
      "</div>",
    ]),
    "<h3>For the unsigned reads of the repositories</h3>",
    '<ul class="plain">',
    ...policy.statements.map(
      (statement) =>
        `<li><b>${escaped(nameOfStatement(statement.outcome))}</b> ${statement.outcome.effect}: ${outcomesInWords(statement).map(sentence).join("<br>")}</li>`,
    ),
    "</ul>",
  ];
}

const tones = { allow: "open", deny: "blocked", unknown: "unknown" } as const;

function row(name: string, verdict: Verdict): string {
  const first =
    verdict.counterexample === undefined ? "" : `<br>first denied: <code>${escaped(verdict.counterexample)}</code>`;
  return `<tr><th scope="row">${escaped(name)}</th><td class="${tones[verdict.verdict]}">${marksOfReads[verdict.verdict]}</td><td>${sentence(reasonOfRead(verdict))}${first}</td></tr>`;
}
