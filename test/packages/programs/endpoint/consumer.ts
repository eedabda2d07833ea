import "patchpath";
import { type Region, anonymousReadsStatement, isRegion } from "patchpath/facts";
import { type Decision, parsePolicy } from "patchpath/iam";
import { type ExplainedPolicy, explainPolicy } from "patchpath/policy-report";

/** A program of somebody else's on the core of the pack, as its types must allow. Compiled, never run. */
export function verdictOf(text: string, region: string): Decision["verdict"] | undefined {
  if (!isRegion(region)) throw new Error(region);
  const { document, problems } = parsePolicy(text, "endpoint");
  if (!document) return undefined;
  const known: Region = region;
  const report: ExplainedPolicy = explainPolicy("own", document, problems, known, ["amazon-linux-2023"]);
  anonymousReadsStatement(known);
  return report.repositories["amazon-linux-2023"]?.verdict;
}
