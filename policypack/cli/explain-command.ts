import { writeFileSync } from "node:fs";
import { withoutFormatting } from "../iam/problems";
import { pathsAsMarkdown } from "../report/path-markdown";
import { pathsAsMermaid } from "../report/path-mermaid";
import { type PathReport, contractOf, exitCodeOfPaths, reportOn } from "../report/path-report";
import { pathsAsSarif } from "../report/path-sarif";
import { pathsAsText } from "../report/path-text";
import { Stack } from "../stack/stack";
import { systemsOf } from "./repository-systems";
import { regionOf } from "./region-option";
import { readStackFile } from "./stack-file";
import { UsageError } from "./usage-error";

export interface ExplainOptions {
  readonly state?: readonly string[];
  readonly plan?: string;
  readonly region?: string;
  readonly repositories?: readonly string[];
  readonly format: "text" | "json" | "markdown" | "sarif" | "mermaid";
  readonly out?: string;
}

/** What the terminal is like. */
export interface Terminal {
  readonly width: number;
  readonly colour: boolean;
  readonly version: string;
  readonly tell: (line: string) => void;
}

/**
 * `patchpath explain`: will the fleets of these stacks be patched, and if not, at which hop does it break?
 *
 * @param standardInput whether `-` was given in place of a file
 * @returns what to print, and the exit code
 * @throws UsageError
 */
export function explainCommand(
  standardInput: boolean,
  options: ExplainOptions,
  terminal: Terminal,
): { output: string; code: number } {
  const files = [
    ...new Set([
      ...(options.state ?? []),
      ...(options.plan === undefined ? [] : [options.plan]),
      ...(standardInput ? ["-"] : []),
    ]),
  ];
  if (files.length === 0) throw new UsageError("expected --state FILE, --plan FILE, or - for standard input");
  if (options.plan !== undefined && files.length > 1) {
    throw new UsageError("--plan stands alone; expected either one plan or states");
  }
  const region = options.region === undefined ? undefined : regionOf(options.region);
  const remarks: string[] = [];
  const stacks = files.map((file, i) => {
    if (files.length > 2) terminal.tell(`patchpath: reading ${i + 1} of ${files.length}: ${file}`);
    const { resources, partial } = readStackFile(file, region);
    if (partial !== undefined) remarks.push(partial);
    return new Stack(resources);
  });
  const report = reportOn(stacks, options.repositories && systemsOf("--repositories", options.repositories));
  const text = render(report, remarks, options, terminal);
  const isForPeople = options.format === "text" || options.format === "markdown";
  if (!isForPeople) for (const remark of remarks) terminal.tell(`patchpath: ${remark}`); // no place for them in there
  // What a partial plan leaves out is unknown: a pipeline must not take it for open.
  const code = exitCodeOfPaths(report) || (remarks.length > 0 ? 3 : 0);
  if (options.out === undefined) return { output: text, code };
  try {
    writeFileSync(options.out, `${withoutFormatting(text)}\n`);
  } catch (error) {
    throw new UsageError(`--out \`${options.out}\` can't be written: ${(error as Error).message.split(",")[0] ?? ""}`);
  }
  return { output: `written to ${options.out}`, code };
}

function render(
  report: PathReport,
  remarks: readonly string[],
  { format, out }: ExplainOptions,
  { width, colour, version }: Terminal,
): string {
  switch (format) {
    case "json":
      return JSON.stringify(contractOf(report), undefined, 2);
    case "markdown":
      return pathsAsMarkdown(report, remarks);
    case "mermaid":
      return pathsAsMermaid(report);
    case "sarif":
      return JSON.stringify(pathsAsSarif(report, version), undefined, 2);
    case "text":
      return pathsAsText(report, remarks, width, colour && out === undefined);
  }
}
