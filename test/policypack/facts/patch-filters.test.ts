import { deepStrictEqual, ok } from "node:assert/strict";
import { baselineSystemOf, baselineSystems, isFilterValue } from "../../../policypack/facts/patch-filters";
import { type System, systems } from "../../../policypack/facts/systems";

describe("the facts about patch filters", () => {
  it("have the baseline of every system, and no operating system that is not one of ours", () => {
    const used = (Object.keys(systems) as System[]).map(baselineSystemOf);
    deepStrictEqual([...new Set(used)].sort(), Object.keys(baselineSystems).sort());
  });

  it("distinguish Amazon Linux 2 and 2023", () => {
    deepStrictEqual(
      [baselineSystemOf("amazon-linux-2"), baselineSystemOf("amazon-linux-2023")],
      ["AMAZON_LINUX_2", "AMAZON_LINUX_2023"],
    );
  });

  it("have examples that match their own pattern", () => {
    for (const [system, { filters }] of Object.entries(baselineSystems)) {
      for (const values of Object.values(filters)) {
        if ("form" in values) ok(isFilterValue(values, values.example), `${system} ${values.example}`);
        else ok(new Set(values).size === values.length, system);
      }
    }
  });
});
