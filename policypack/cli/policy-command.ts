import type { Region } from "../facts/regions";
import { type RepositorySystem, repositorySystems } from "../facts/repositories";
import { parsePolicy } from "../iam/parse";
import { printable } from "../iam/problems";
import type { FormatOf } from "../report/formats";
import { type ExplainedPolicy, type KnownPath, exitCodeOf, explainPolicy } from "../report/policy-report";
import { type Terminal, printed } from "./format-option";
import { nameOfFile } from "../sources/input-file";
import { systemsOf } from "./repository-systems";
import { readPolicyFile } from "./policy-file";
import { regionOf } from "./region-option";
import { UsageError } from "./usage-error";

export interface PolicyOptions {
  readonly region: string;
  readonly os?: readonly string[];
  readonly vpc?: string;
  readonly account?: string;
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
  const path = {
    vpcId: idOf("--vpc", options.vpc, /^vpc-[0-9a-f]{8,17}$/, "the id of a VPC, such as vpc-0123456789abcdef0"),
    accountId: idOf("--account", options.account, /^\d{12}$/, "the 12 digits of an account"),
  };
  const reports = files.map((file) => explain(file, region, systems, path));
  const output = printed("policy", options.format, reports, { ...terminal, remarks: [] }, terminal);
  return { output, code: exitCodeOf(reports) };
}

/** @throws UsageError for a value that is not an id of this kind */
function idOf(option: string, value: string | undefined, form: RegExp, expected: string): string | undefined {
  if (value === undefined || form.test(value)) return value;
  throw new UsageError(`${option} is \`${printable(value)}\`; expected ${expected}`);
}

function explain(file: string, region: Region, systems: readonly RepositorySystem[], path: KnownPath): ExplainedPolicy {
  const { document, problems, advice } = parsePolicy(readPolicyFile(file), "endpoint");
  if (document) return explainPolicy(file, document, problems, region, systems, advice, path);
  const [problem] = problems;
  throw new UsageError(
    `${nameOfFile(file)} ${problem?.where ? `\`${problem.where}\` ` : ""}${problem?.message ?? "holds no policy"}`,
  );
}
