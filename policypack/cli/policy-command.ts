import type { Region } from "../facts/regions";
import { type RepositorySystem, repositorySystems } from "../facts/repositories";
import { parsePolicy } from "../iam/parse";
import type { FormatOf } from "../report/formats";
import { type ExplainedPolicy, exitCodeOf, explainPolicy } from "../report/policy-report";
import { type Terminal, printed } from "./format-option";
import { nameOfFile } from "../sources/input-file";
import { systemsOf } from "./repository-systems";
import { readPolicyFile } from "./policy-file";
import { regionOf } from "./region-option";
import { UsageError } from "./usage-error";

export interface PolicyOptions {
  readonly region: string;
  readonly os?: readonly string[];
  readonly format: FormatOf<"policy">;
}

/**
 * `patchpath policy FILE… --region REGION`: what policy documents allow of everything that patching reads.
 *
 * @returns what to print, and the exit code
 * @throws UsageError
 */
export function policyCommand(
  files: readonly string[],
  options: PolicyOptions,
  terminal: Terminal,
): { output: string; code: number } {
  const region = regionOf(options.region);
  const systems = systemsOf("--os", options.os ?? repositorySystems);
  const reports = files.map((file) => explain(file, region, systems));
  const output = printed("policy", options.format, reports, { ...terminal, remarks: [] }, terminal);
  return { output, code: exitCodeOf(reports) };
}

function explain(file: string, region: Region, systems: readonly RepositorySystem[]): ExplainedPolicy {
  const { document, problems, advice } = parsePolicy(readPolicyFile(file), "endpoint");
  if (document) return explainPolicy(file, document, problems, region, systems, advice);
  const [problem] = problems;
  throw new UsageError(
    `${nameOfFile(file)} ${problem?.where ? `\`${problem.where}\` ` : ""}${problem?.message ?? "holds no policy"}`,
  );
}
