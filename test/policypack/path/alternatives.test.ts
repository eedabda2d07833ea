import { deepStrictEqual, strictEqual } from "node:assert/strict";
import { eachAlternative } from "../../../policypack/path/alternatives";
import type { Target } from "../../../policypack/stack/stack";

const subnet = (name: string) => ({ type: "aws:ec2/subnet:Subnet", urn: `urn:${name}`, name, props: {} });
const known: Target = { is: "resource", resource: subnet("known") };

describe("references that may lead to several resources", () => {
  it("are each taken for one of them, beside those that are known", () => {
    const inDoubt: Target = { is: "unknown", candidates: [subnet("a"), subnet("b")] };
    const names = eachAlternative([known, inDoubt]).map((targets) =>
      targets.map((target) => (target.is === "resource" ? target.resource.name : target.is)),
    );
    deepStrictEqual(names, [
      ["known", "a"],
      ["known", "b"],
    ]);
  });

  it("stay as they are where none is in doubt", () => {
    const targets: readonly Target[] = [known, { is: "unknown" }];
    strictEqual(eachAlternative(targets)[0], targets);
  });
});
