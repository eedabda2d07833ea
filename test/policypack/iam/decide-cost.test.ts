import { deepStrictEqual, strictEqual } from "node:assert/strict";
import { requestContext } from "../../../policypack/iam/context";
import { type Decision, decide } from "../../../policypack/iam/decide";
import { ObjectSet } from "../../../policypack/iam/objects";
import { parsePolicy } from "../../../policypack/iam/parse";
import { allow, bucket, deny, policy, without } from "./cases/case";

const all = new ObjectSet("aws", "al2023-repos-eu-west-1-de612dc2", ["*"], true);
const ask = (document: object, objects = all): Decision =>
  decide(parsePolicy(document, "endpoint").document!, {
    action: "s3:GetObject",
    caller: "anonymous",
    objects,
    context: requestContext("anonymous", { region: "eu-west-1" }),
  });

describe("a decision on many patterns", () => {
  it("finds the one refused object behind hundreds of patterns", () => {
    const keys = Array.from(
      { length: 200 }, // as many as AWS's limit leaves room for
      (_, i) => `packages/${String(i).padStart(3, "0")}/a-package-of-some-name.rpm`,
    );
    const refused = keys[123]!;
    const decision = ask(
      policy(allow(), deny({ Resource: `${bucket}/${refused}` })),
      new ObjectSet("aws", "al2023-repos-eu-west-1-de612dc2", keys, true),
    );
    strictEqual(decision.verdict === "deny" && decision.counterexample, `${bucket}/${refused}`);
    const missing = ask(
      policy(allow({ Resource: keys.filter((key) => key !== refused).map((key) => `${bucket}/${key}`) })),
      new ObjectSet("aws", "al2023-repos-eu-west-1-de612dc2", keys, true),
    );
    strictEqual(missing.verdict === "deny" && missing.counterexample, `${bucket}/${refused}`);
  });

  describe("on patterns that are too complex", () => {
    // Whether a key has an `a` twenty places before its end: a million states, and one of them is refused.
    const tangled = { ...without(allow(), "Resource"), NotResource: `${bucket}/*a${"?".repeat(20)}` };
    const open = { Condition: { StringEquals: { "aws:UserAgent": "dnf" } } };

    for (const [allowed, statement] of [
      ["surely", tangled],
      ["possibly", { ...tangled, ...open }],
    ] as const) {
      it(`is given up in bounded time, and says so, where they are of what is ${allowed} allowed`, () => {
        deepStrictEqual(ask(policy(statement)), {
          verdict: "unknown",
          openQuestion:
            "the result of a comparison with more than 600000 steps (the patterns of this policy are too complex)",
          statement: undefined,
        });
      });
    }
  });
});
