import { deepStrictEqual, doesNotMatch, match, strictEqual } from "node:assert/strict";
import type { PathReport } from "../../../policypack/report/path-report";
import {
  type PolicyFinding,
  type PreviewReport,
  previewAsMarkdown,
  previewAsText,
  verdictOf,
} from "../../../policypack/report/preview-report";

const finding = (rule: string, more: Partial<PolicyFinding> = {}): PolicyFinding => ({
  pack: "patchpath",
  rule,
  isMandatory: true,
  severity: "high",
  urn: "urn:pulumi:dev::shop::aws:ec2/vpcEndpoint:VpcEndpoint::s3",
  message: `said by ${rule}`,
  ...more,
});
const advisory = finding("some-advice", { isMandatory: false, severity: undefined, urn: undefined });

/** A stack with only an endpoint, and the finding on it. */
const paths = (verdict: "allow" | "deny" | "unknown"): PathReport =>
  ({
    resources: 0,
    fleets: [],
    endpointPolicies: [{ repositories: { "amazon-linux-2023": { verdict } } }],
    deprecatedPolicies: [],
    monthlyCosts: [],
  }) as unknown as PathReport;
const empty: PathReport = { ...paths("allow"), endpointPolicies: [] };

describe("the verdict on a preview", () => {
  const verdict = (succeeded: boolean, known: Partial<PreviewReport>) =>
    verdictOf(succeeded, { findings: [], paths: paths("allow"), partial: undefined, ...known });
  const partial = "plan.json is a preview that failed";

  it("is that of the pack: what its config exempts or makes advisory passes, even if a hop is blocked", () => {
    strictEqual(verdict(true, {}), "passed");
    strictEqual(verdict(true, { findings: [advisory], paths: paths("deny") }), "passed");
    strictEqual(verdict(true, { paths: paths("unknown") }), "unknown");
    strictEqual(verdict(true, { partial: "plan.json lacks what stays the same" }), "unknown");
  });

  it("is a rejection only if nothing but mandatory findings ended the preview", () => {
    strictEqual(verdict(false, { findings: [finding("a")] }), "refused");
    strictEqual(verdict(false, { findings: [finding("a")], partial }), "failed");
    strictEqual(verdict(false, { findings: [advisory] }), "failed");
    strictEqual(verdict(false, {}), "failed");
    strictEqual(verdict(false, { findings: [finding("a")], paths: undefined }), "failed");
    strictEqual(verdict(true, { paths: undefined }), "failed"); // no plan, although the preview succeeded
  });
});

describe("the report on a preview", () => {
  const refused: PreviewReport = {
    stack: "dev",
    verdict: "refused",
    findings: [
      advisory,
      finding("z-rule"),
      finding("a-rule", { pack: "other-pack", urn: undefined, message: "<b>see</b> @octocat & `a|b`" }),
      finding("z-rule"),
    ],
    paths: empty,
    partial: undefined,
  };

  it("has mandatory findings first, each once, in an order that does not depend on the engine's", () => {
    const markdown = previewAsMarkdown(refused);
    strictEqual(
      markdown,
      [
        "## Patchpath on `dev`: ✘ rejected",
        "2 mandatory findings, 1 advisory.",
        [
          "- ✘ **other-pack/a-rule** (the stack, high): \\<b\\>see\\</b\\> @octocat & `a|b`",
          "- ✘ **z-rule** (`s3`, high): said by z-rule",
        ].join("\n"),
        "- ! **some-advice** (the stack): said by some-advice",
        "### Patch path",
        "No fleet found: 0 of 0 resources launch instances (no instance, Auto Scaling group or launch template).",
      ].join("\n\n"),
    );
    strictEqual(previewAsMarkdown({ ...refused, findings: [...refused.findings].reverse() }), markdown);
  });

  it("has the same content in a log", () => {
    strictEqual(
      previewAsText(refused, 80, false),
      [
        "dev: ✘ rejected; 2 mandatory findings, 1 advisory",
        "✘ other-pack/a-rule (the stack, high): <b>see</b> @octocat & `a|b`\n✘ z-rule (s3, high): said by z-rule",
        "! some-advice (the stack): said by some-advice",
        "? No fleet found: 0 of 0 resources launch instances (no instance, Auto Scaling\n    group or launch template).",
      ].join("\n\n"),
    );
  });

  it("counts the findings that do not fit into a comment", () => {
    const many = Array.from({ length: 25 }, (_, i) => finding(`rule-${String(i).padStart(2, "0")}`));
    const markdown = previewAsMarkdown({ ...refused, findings: many });
    match(markdown, /rule-19\*\*.*\n- And 5 more; see the log of the job\.\n/);
    doesNotMatch(markdown, /rule-20/);
    match(previewAsText({ ...refused, findings: many }, 80, false), /rule-24/);
  });

  it("has no verdict on a failed preview, and says where the reason is", () => {
    const failed: PreviewReport = {
      stack: "dev",
      verdict: "failed",
      findings: [],
      paths: undefined,
      partial: undefined,
    };
    deepStrictEqual(previewAsMarkdown(failed).split("\n\n"), [
      "## Patchpath on `dev`: ! no verdict: the preview failed",
      "0 mandatory findings, 0 advisory. For the reason, see the log of this job.",
    ]);
  });
});
