import { printable } from "../iam/problems";
import { nameOfUrn } from "../stack/resource";
import { marks } from "./path-breaks";
import { code, inline, pathsAsMarkdown } from "./path-markdown";
import { type PathReport, exitCodeOfPaths } from "./path-report";
import { pathsAsText } from "./path-text";
import { asCodeBlock, remedyIn } from "./remedy";
import { wrapped } from "./wrapped";

/** A finding of a policy pack in a preview. */
export interface PolicyFinding {
  readonly pack: string;
  readonly rule: string;
  readonly isMandatory: boolean;
  readonly severity: string | undefined;
  /** Of the resource; absent for a finding on the whole stack. */
  readonly urn: string | undefined;
  readonly message: string;
}

/** `refused`: a policy pack rejects the stack; `failed`: the preview failed for another reason, and there is no verdict. */
export type PreviewVerdict = "passed" | "unknown" | "refused" | "failed";

export interface PreviewReport {
  /** As the reader knows it: a comment may be one of several. */
  readonly stack: string;
  readonly verdict: PreviewVerdict;
  readonly findings: readonly PolicyFinding[];
  /** Absent if the preview ended without a plan. */
  readonly paths: PathReport | undefined;
  /** Why the plan is partial. */
  readonly partial: string | undefined;
}

/**
 * A preview's verdict. The pack's levels decide: what its config makes advisory or exempts is reported and passes.
 *
 * @param succeeded whether `pulumi preview` ended with 0
 */
export function verdictOf(succeeded: boolean, report: Omit<PreviewReport, "stack" | "verdict">): PreviewVerdict {
  const { findings, paths, partial } = report;
  if (paths === undefined) return "failed";
  if (!succeeded)
    return partial === undefined && findings.some(({ isMandatory }) => isMandatory) ? "refused" : "failed";
  return partial !== undefined || exitCodeOfPaths(paths) === 3 ? "unknown" : "passed";
}

const headlines: Readonly<Record<PreviewVerdict, string>> = {
  passed: `${marks.open} passed`,
  unknown: `${marks.unknown} passed, with unknown hops`,
  refused: `${marks.blocked} rejected`,
  failed: "! no verdict: the preview failed",
};

/** The most findings of each level in a comment: GitHub accepts 65,536 characters, and readers far fewer. */
const mostFindings = 20;

/** For the comment of a pull request: the verdict, the findings of the policy packs, the fleets by hops. */
export function previewAsMarkdown(report: PreviewReport): string {
  const { stack, verdict, paths, partial } = report;
  return [
    `## Patchpath on ${code(stack)}: ${headlines[verdict]}`,
    verdict === "failed" ? `${counted(report)}. For the reason, see the log of this job.` : `${counted(report)}.`,
    ...listed(report, itemOf).map((items) => shortened(items).join("\n")),
    ...(paths === undefined ? [] : [pathsAsMarkdown(paths, partial === undefined ? [] : [partial])]),
  ].join("\n\n");
}

/** The same for a log. @param width columns of the terminal */
export function previewAsText(report: PreviewReport, width: number, color: boolean): string {
  const { stack, verdict, paths, partial } = report;
  const parts = [
    `${stack}: ${headlines[verdict]}; ${counted(report)}`,
    ...listed(report, lineOf).map((lines) => lines.join("\n")),
    ...(paths === undefined
      ? []
      : [
          pathsAsText(paths, {
            remarks: partial === undefined ? [] : [partial],
            isPartial: partial !== undefined,
            width,
            colour: color,
          }),
        ]),
  ];
  return wrapped(parts.join("\n\n"), width);
}

function counted({ findings }: PreviewReport): string {
  const [mandatory, advisory] = byLevel(findings).map(({ length }) => length);
  return `${mandatory} mandatory ${mandatory === 1 ? "finding" : "findings"}, ${advisory} advisory`;
}

/** Mandatory findings, then the others; a finding that an engine reports twice counts once. */
function byLevel(findings: readonly PolicyFinding[]): [PolicyFinding[], PolicyFinding[]] {
  const distinct = [...new Map(findings.map((one) => [JSON.stringify(one), one])).values()];
  return [distinct.filter((one) => one.isMandatory), distinct.filter((one) => !one.isMandatory)];
}

/** In the same order in every run. */
function listed({ findings }: PreviewReport, show: (finding: PolicyFinding) => string): string[][] {
  return byLevel(findings)
    .map((ofLevel) => ofLevel.map(show).sort())
    .filter((items) => items.length > 0);
}

function shortened(items: readonly string[]): string[] {
  const rest = items.length - mostFindings;
  return [...items.slice(0, mostFindings), ...(rest > 0 ? [`- And ${rest} more; see the log of the job.`] : [])];
}

function itemOf(finding: PolicyFinding): string {
  const { isMandatory, urn, message } = finding;
  const at = placeOf(finding, urn === undefined ? undefined : code(nameOfUrn(urn)));
  const { sentence, policy } = remedyIn(message);
  return `- ${isMandatory ? marks.blocked : "!"} **${inline(titleOf(finding))}** (${at}): ${inline(sentence)}${asCodeBlock(policy)}`;
}

function lineOf(finding: PolicyFinding): string {
  const { isMandatory, urn, message } = finding;
  const at = placeOf(finding, urn === undefined ? undefined : printable(nameOfUrn(urn)));
  const { sentence, policy } = remedyIn(message);
  const head = `${isMandatory ? marks.blocked : "!"} ${titleOf(finding)} (${at}): ${sentence}`;
  return [head, ...policy.map((line) => `    ${line}`)].join("\n");
}

function placeOf({ severity }: PolicyFinding, resource = "the stack"): string {
  return severity === undefined ? resource : `${resource}, ${severity}`;
}

/** The name of the rule, after that of its pack if it is another pack. */
function titleOf({ pack, rule }: PolicyFinding): string {
  return pack === "patchpath" ? rule : `${pack}/${rule}`;
}
