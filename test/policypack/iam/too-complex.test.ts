import { deepStrictEqual } from "node:assert/strict";
import { requestContext } from "../../../policypack/iam/context";
import { decide } from "../../../policypack/iam/decide";
import { ObjectSet } from "../../../policypack/iam/objects";
import { parsePolicy } from "../../../policypack/iam/parse";
import { allow, bucket, policy, without } from "./cases/case";

// By itself, since it takes a second: too long to be run for every mutant (stryker.config.mjs).
describe("a decision on patterns that are too complex", () => {
  // Whether a key has an `a` twenty places before its end: a million states, and one of them is refused.
  const tangled = { ...without(allow(), "Resource"), NotResource: `${bucket}/*a${"?".repeat(20)}` };
  const open = { Condition: { StringEquals: { "aws:UserAgent": "dnf" } } };

  for (const [what, statement] of [
    ["what is surely allowed", tangled],
    ["what is possibly allowed", { ...tangled, ...open }],
  ] as const) {
    it(`is given up in bounded time, and says so, where the patterns are of ${what}`, () => {
      const { document } = parsePolicy(policy(statement), "endpoint");
      deepStrictEqual(
        decide(document!, {
          action: "s3:GetObject",
          caller: "anonymous",
          objects: new ObjectSet("aws", "al2023-repos-eu-west-1-de612dc2", ["*"], true),
          context: requestContext("anonymous", { region: "eu-west-1" }),
        }),
        {
          verdict: "unknown",
          openQuestion:
            "what more than 400000 steps of comparison would tell (the patterns of this policy are too complex)",
          statement: undefined,
        },
      );
    });
  }
});
