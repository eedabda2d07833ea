import { ok, strictEqual } from "node:assert/strict";
import { requestContext } from "../../../policypack/iam/context";
import { decide } from "../../../policypack/iam/decide";
import { ObjectSet } from "../../../policypack/iam/objects";
import { operatorNames } from "../../../policypack/iam/operators";
import { parsePolicy } from "../../../policypack/iam/parse";
import { repositoryOf } from "../../../policypack/facts/repositories";
import { endpointId, vpcId } from "./cases/case";
import { languageCases } from "./cases/language";
import { operatorCases } from "./cases/operators";
import { resourceCases } from "./cases/resources";

const cases = [...languageCases, ...resourceCases, ...operatorCases];

describe("the decision on small policies", () => {
  const { bucket, keys } = repositoryOf("amazon-linux-2023", "eu-west-1");
  const objects = new ObjectSet("aws", bucket, keys, true);
  const context = requestContext("anonymous", { region: "eu-west-1", vpcId, endpointId });

  it("has at least 150 of them, each with a name of its own, and one for every operator", () => {
    ok(cases.length >= 150, `there are ${cases.length}`);
    strictEqual(new Set(cases.map(({ name }) => name)).size, cases.length);
    for (const operator of operatorNames) {
      ok(
        operatorCases.some(({ name }) => name.includes(`if ${operator} `)),
        `there is none for ${operator}`,
      );
    }
  });

  for (const { name, why, policy, verdict, refusedKey } of cases) {
    it(`says ${verdict} to ${name}: ${why}`, () => {
      const { document } = parsePolicy(JSON.stringify(policy), "endpoint");
      ok(document);
      const decision = decide(document, { action: "s3:GetObject", caller: "anonymous", objects, context });
      strictEqual(decision.verdict, verdict, JSON.stringify(decision));
      if (refusedKey === undefined) return;
      strictEqual("counterexample" in decision && decision.counterexample, `${objects.prefix}${refusedKey}`);
    });
  }
});
