import type { Region } from "../facts/regions";
import { type RepositorySystem, repositorySystems } from "../facts/repositories";
import { parsePolicy } from "../iam/parse";
import {
  type ExplainedPolicy,
  type PolicyOutput,
  type PolicyReport,
  exitCodeOf,
  explainPolicy,
} from "../report/policy-report";
import { policyAsMarkdown, policyAsText } from "../report/policy-text";
import { nameOfFile } from "./input-file";
import { systemsOf } from "./repository-systems";
import { readPolicyFile } from "./policy-file";
import { regionOf } from "./region-option";
import { UsageError } from "./usage-error";

export interface PolicyOptions {
  readonly region: string;
  readonly os?: readonly string[];
  readonly format: "text" | "json" | "markdown";
}

/**
 * `patchpath policy FILE… --region REGION`: what policy documents say to everything that patching reads.
 *
 * @param colour whether text may have colours
 * @returns what to print, and the exit code
 * @throws UsageError
 */
export function policyCommand(
  files: readonly string[],
  options: PolicyOptions,
  colour: boolean,
): { output: string; code: number } {
  const region = regionOf(options.region);
  const systems = systemsOf("--os", options.os ?? repositorySystems);
  const reports = files.map((file) => explain(file, region, systems));
  return { output: render(reports, options.format, colour), code: exitCodeOf(reports) };
}

function explain(file: string, region: Region, systems: readonly RepositorySystem[]): ExplainedPolicy {
  const { document, problems } = parsePolicy(readPolicyFile(file), "endpoint");
  if (document) return explainPolicy(file, document, problems, region, systems);
  const [problem] = problems;
  throw new UsageError(
    `${nameOfFile(file)} ${problem?.where ? `\`${problem.where}\` ` : ""}${problem?.message ?? "holds no policy"}`,
  );
}

function render(reports: readonly ExplainedPolicy[], format: PolicyOptions["format"], colour: boolean): string {
  switch (format) {
    case "json":
      return JSON.stringify({ version: 1, policies: reports.map(contractOf) } satisfies PolicyOutput, undefined, 2);
    case "markdown":
      return reports.map(policyAsMarkdown).join("\n\n");
    case "text":
      return reports.map((report) => policyAsText(report, colour)).join("\n\n");
  }
}

function contractOf({ file, repositories, signed, problems }: PolicyReport): PolicyReport {
  return { file, repositories, signed, problems };
}
