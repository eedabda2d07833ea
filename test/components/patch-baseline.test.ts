import { deepStrictEqual, strictEqual } from "node:assert/strict";
import { type BaselineSettings, PatchTopology, type PatchingSettings } from "@patchpath/components";
import { args, settings } from "./made-by-patching";
import { recorded } from "./with-mocks";

const baseline: BaselineSettings = {
  operatingSystem: "AMAZON_LINUX_2023",
  rules: [
    {
      filters: { CLASSIFICATION: ["Security"], SEVERITY: ["Critical", "Important"] },
      complianceLevel: "CRITICAL",
      nonSecurity: false,
    },
  ],
  approvedPatches: [],
  approvedPatchesComplianceLevel: "UNSPECIFIED",
  approvedPatchesNonSecurity: false,
  rejectedPatches: ["httpd*"],
  rejectedPatchesAction: "BLOCK",
  sources: [],
  default: false,
};

async function made(baselines: readonly BaselineSettings[], patching: Partial<PatchingSettings> = {}) {
  const topology = { ...args, baselines, patching: { ...settings, ...patching } };
  const resources = await recorded((opts) => new PatchTopology("prod", topology, opts));
  return resources.filter(
    ({ type }) =>
      /:(PatchBaseline|PatchGroup|DefaultPatchBaseline|Quicksetup\w+)$/.test(type) && type.startsWith("aws:"),
  );
}

describe("a patch baseline", () => {
  it("requires only its operating system and the filters of its rules", async () => {
    const rules = [{ filters: { CLASSIFICATION: ["Security"] } }];
    const [given] = await made([{ operatingSystem: "AMAZON_LINUX_2023", rules }]);
    const explicit = {
      ...baseline,
      rules: [{ ...rules[0]!, complianceLevel: "UNSPECIFIED" as const, nonSecurity: false }],
    };
    const [whole] = await made([{ ...explicit, rejectedPatches: [], rejectedPatchesAction: "ALLOW_AS_DEPENDENCY" }]);
    deepStrictEqual(given!.inputs, whole!.inputs);
    const [bare] = await made([{ operatingSystem: "WINDOWS" }]);
    deepStrictEqual(bare!.inputs["approvalRules"], []);
  });

  it("is registered for the patch group, and approves a week after release by default", async () => {
    const [made_, group] = await made([baseline]);
    deepStrictEqual(made_?.inputs, {
      description: "Patches of the group prod-group",
      operatingSystem: "AMAZON_LINUX_2023",
      approvalRules: [
        {
          patchFilters: [
            { key: "CLASSIFICATION", values: ["Security"] },
            { key: "SEVERITY", values: ["Critical", "Important"] },
          ],
          complianceLevel: "CRITICAL",
          enableNonSecurity: false,
          approveAfterDays: 7,
        },
      ],
      approvedPatches: [],
      approvedPatchesComplianceLevel: "UNSPECIFIED",
      approvedPatchesEnableNonSecurity: false,
      rejectedPatches: ["httpd*"],
      rejectedPatchesAction: "BLOCK",
      sources: [],
      tags: {},
    });
    deepStrictEqual(group?.inputs, {
      baselineId: "prod-patch-amazon-linux-2023-baseline-id",
      patchGroup: "prod-group",
    });
  });

  it("approves immediately if patches have no dates, and by a date if one is given", async () => {
    const [rule] = baseline.rules!;
    const [debian] = await made([
      { ...baseline, operatingSystem: "DEBIAN", rules: [{ ...rule!, filters: { PRIORITY: ["*"] } }] },
    ]);
    strictEqual((debian?.inputs["approvalRules"] as { approveAfterDays: number }[])[0]?.approveAfterDays, 0);
    const [dated] = await made([{ ...baseline, rules: [{ ...rule!, approveUntilDate: "2026-11-22" }] }]);
    const [approval] = dated?.inputs["approvalRules"] as Record<string, unknown>[];
    deepStrictEqual([approval?.["approveAfterDays"], approval?.["approveUntilDate"]], [undefined, "2026-11-22"]);
  });

  it("is the default of the account if configured", async () => {
    deepStrictEqual(
      (await made([{ ...baseline, default: true }])).map(({ name }) => name),
      [
        "prod-patch-amazon-linux-2023-default",
        "prod-patch-amazon-linux-2023-baseline",
        "prod-patch-amazon-linux-2023-group",
      ],
    );
  });

  it("is named in a patch policy, which does not use patch groups", async () => {
    const resources = await made([baseline], { method: "patch-policy" });
    deepStrictEqual(
      resources.map(({ name }) => name),
      ["prod-patch-amazon-linux-2023-baseline", "prod-patch-policy"],
    );
    const { parameters } = resources[1]?.inputs["configurationDefinition"] as { parameters: Record<string, string> };
    strictEqual(parameters["PatchBaselineUseDefault"], "custom");
    const selected = JSON.parse(parameters["SelectedPatchBaselines"] ?? "") as Record<string, unknown>;
    deepStrictEqual(selected["AMAZON_LINUX_2023"], {
      value: "prod-patch-amazon-linux-2023-baseline-id",
      label: "prod-patch-amazon-linux-2023-baseline",
      description: "Of the patch group prod-group",
      disabled: false,
    });
  });
});
