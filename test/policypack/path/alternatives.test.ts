import { deepStrictEqual, strictEqual } from "node:assert/strict";
import { eachAlternative } from "../../../policypack/path/alternatives";
import type { Target } from "../../../policypack/stack/stack";

const subnet = (name: string) => ({ type: "aws:ec2/subnet:Subnet", urn: `urn:${name}`, name, props: {} });
const known: Target = { is: "resource", resource: subnet("known") };

describe("references that may be to several resources", () => {
  it("are each resolved to one of them, in addition to those that are known", () => {
    const inDoubt: Target = { is: "unknown", candidates: [subnet("a"), subnet("b")] };
    const names = eachAlternative([known, inDoubt]).map((targets) =>
      targets.map((target) => (target.is === "resource" ? target.resource.name : target.is)),
    );
    deepStrictEqual(names, [
      ["known", "a"],
      ["known", "b"],
    ]);
  });

  it("are unchanged if none is uncertain", () => {
    const targets: readonly Target[] = [known, { is: "unknown" }];
    strictEqual(eachAlternative(targets)[0], targets);
  });
});
