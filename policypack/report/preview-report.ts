import { nameOfUrn } from "../stack/resource";
import { marks } from "./path-breaks";
import { code, inline, pathsAsMarkdown } from "./path-markdown";
import { type PathReport, exitCodeOfPaths } from "./path-report";
import { pathsAsText } from "./path-text";

/** What a policy pack found in a preview. */
export interface PolicyFinding {
  readonly pack: string;
  readonly rule: string;
  readonly isMandatory: boolean;
  readonly severity: string | undefined;
  /** Of the resource; a finding on the whole stack has none. */
  readonly urn: string | undefined;
  readonly message: string;
}

/** `refused` by a policy pack; `failed` for any other reason, and then there is no verdict on the stack. */
export type PreviewVerdict = "passed" | "unknown" | "refused" | "failed";

export interface PreviewReport {
  /** As the reader names it: a comment may be one of several. */
  readonly stack: string;
  readonly verdict: PreviewVerdict;
  readonly findings: readonly PolicyFinding[];
  /** Missing where the preview ended without a plan. */
  readonly paths: PathReport | undefined;
  /** Why the plan is not whole. */
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
  refused: `${marks.blocked} refused`,
  failed: "! no verdict: the preview failed",
};

/** A comment shows so many findings of each level; GitHub takes 65,536 characters, and readers far fewer. */
const mostFindings = 20;

/** For a pull request's comment: the verdict, the findings of the policy packs, the fleets by hops. */
export function previewAsMarkdown(report: PreviewReport): string {
  const { stack, verdict, paths, partial } = report;
  return [
    `## Patchpath on ${code(stack)}: ${headlines[verdict]}`,
    verdict === "failed"
      ? `${counted(report)}. The log of this job says why the preview failed.`
      : `${counted(report)}.`,
    ...listed(report, itemOf).map((items) => items.join("\n")),
    ...(paths === undefined ? [] : [pathsAsMarkdown(paths, partial === undefined ? [] : [partial])]),
  ].join("\n\n");
}

/** The same for a log. @param width columns of the terminal */
export function previewAsText(report: PreviewReport, width: number, color: boolean): string {
  const { stack, verdict, paths, partial } = report;
  return [
    `${stack}: ${headlines[verdict]}; ${counted(report)}`,
    ...listed(report, lineOf).map((lines) => lines.join("\n")),
    ...(paths === undefined ? [] : [pathsAsText(paths, partial === undefined ? [] : [partial], width, color)]),
  ].join("\n\n");
}

function counted({ findings }: PreviewReport): string {
  const mandatory = findings.filter(({ isMandatory }) => isMandatory).length;
  return `${mandatory} mandatory ${mandatory === 1 ? "finding" : "findings"}, ${findings.length - mandatory} advisory`;
}

/** Mandatory findings first; of each level at most so many, in an order that no run changes. */
function listed({ findings }: PreviewReport, show: (finding: PolicyFinding) => string): string[][] {
  return [true, false].flatMap((isMandatory) => {
    const items = [...new Set(findings.filter((one) => one.isMandatory === isMandatory).map(show))].sort();
    if (items.length === 0) return [];
    const rest = items.length - mostFindings;
    return [[...items.slice(0, mostFindings), ...(rest > 0 ? [`- And ${rest} more; the job's log has them.`] : [])]];
  });
}

function itemOf(finding: PolicyFinding): string {
  const { isMandatory, severity, urn, message } = finding;
  const at = [...(urn === undefined ? [] : [code(nameOfUrn(urn))]), ...(severity === undefined ? [] : [severity])];
  return `- ${isMandatory ? marks.blocked : "!"} **${inline(titleOf(finding))}** (${at.join(", ")}): ${inline(message)}`;
}

function lineOf(finding: PolicyFinding): string {
  const { isMandatory, severity, urn, message } = finding;
  const at = [urn === undefined ? "the stack" : nameOfUrn(urn), ...(severity === undefined ? [] : [severity])];
  return `${isMandatory ? marks.blocked : "!"} ${titleOf(finding)} (${at.join(", ")}): ${message}`;
}

/** Of other packs their name stands before the rule. */
function titleOf({ pack, rule }: PolicyFinding): string {
  return pack === "patchpath" ? rule : `${pack}/${rule}`;
}
