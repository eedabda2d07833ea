import { deepStrictEqual, ok } from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { parse } from "yaml";
import { readConfig } from "../../config";
import { configWith } from "./problems";

/** The config of a stack of this repository, as the engine passes it. */
function stack(name: string) {
  const text = readFileSync(join(__dirname, "..", "..", `Pulumi.${name}.yaml`), "utf8");
  return readConfig(configWith((parse(text) as { config: Record<string, unknown> }).config));
}

describe("the stacks of this repository", () => {
  it("patch development before staging, and staging before production", () => {
    const days = ["dev", "staging", "prod"].map((name) => {
      const rules = stack(name).baselines.flatMap((baseline) => baseline.rules);
      ok(rules.length > 0, name);
      return [...new Set(rules.map(({ approveAfterDays }) => approveAfterDays))];
    });
    deepStrictEqual(days, [[0], [3], [7]]);
  });
});
