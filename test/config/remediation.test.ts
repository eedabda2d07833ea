import { deepStrictEqual, match, strictEqual } from "node:assert/strict";
import { readConfig } from "../../config";
import { configWith, problemsOf } from "./problems";

const problems = (remediation: unknown, region = "eu-west-1") =>
  problemsOf({ "aws:region": region, "patchpath:remediation": remediation });

describe("the stack config's remediation", () => {
  it("is off by default, with cautious settings", () => {
    deepStrictEqual(readConfig(configWith({})).remediation, {
      deprecatedPolicies: "off",
      needs: { cloudWatchAgent: false, directory: false },
      outputBuckets: [],
      exceptions: [],
      forceDestroy: false,
      concurrency: 10,
      maxErrors: 10,
      recorder: "existing",
    });
  });

  const wrong: readonly (readonly [unknown, string])[] = [
    [
      { deprecatedPolicies: "always" },
      "`patchpath:remediation.deprecatedPolicies` is `always`; expected one of `off`, `report`, `automatic`",
    ],
    [{ concurrency: 0 }, "`patchpath:remediation.concurrency` is `0`; expected at least 1"],
    [{ exceptions: [{ name: "legacy" }] }, "`patchpath:remediation.exceptions[0].reason` is missing; expected text"],
    [
      { exceptions: [{ name: "a/path/legacy", reason: "moves" }] },
      "`patchpath:remediation.exceptions[0].name` is `a/path/legacy`; expected the name of a role, user or group, without its path",
    ],
    [
      { instanceRegions: ["cn-north-1"] },
      "`patchpath:remediation.instanceRegions[0]` is `cn-north-1`; expected a region whose SSM buckets are confirmed, one of the 34 values in docs/config.md, such as `eu-north-1`, `af-south-1`, `ap-south-1`, `eu-south-1`",
    ],
    [{ recoder: "new" }, "`patchpath:remediation.recoder` is not a key of this config; did you mean `recorder`?"],
  ];
  for (const [value, problem] of wrong) {
    it(`rejects ${JSON.stringify(value)}`, () => {
      deepStrictEqual(problems(value), [problem]);
    });
  }

  it("rejects a region without the rule, unless it is off", () => {
    match(
      problems({ deprecatedPolicies: "report" }, "eu-south-2")[0]!,
      /^`patchpath:remediation\.deprecatedPolicies` is `report`; AWS Config has no rule `iam-policy-blacklisted-check` in eu-south-2; IAM is global, so use another region of the account: /,
    );
    deepStrictEqual(problems({ deprecatedPolicies: "off" }, "eu-south-2"), []);
    deepStrictEqual(problems({ deprecatedPolicies: "report" }), []);
  });

  it("rejects more exceptions than a rule can contain", () => {
    const exceptions = Array.from({ length: 100 }, (_, i) => ({ name: `role-${i}`, reason: "x" }));
    const found = problems({ deprecatedPolicies: "report", exceptions });
    strictEqual(found.length, 1);
    match(
      found[0]!,
      /^`patchpath:remediation\.exceptions`: with these exceptions, the parameters of the rule have \d+ characters; expected at most 1024: shorten the list$/,
    );
  });
});
