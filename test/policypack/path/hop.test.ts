import { deepStrictEqual, strictEqual } from "node:assert/strict";
import { blocked, gravest, notNeeded, open, unknown } from "../../../policypack/path/hop";

describe("the verdict over several paths", () => {
  it("is the most severe, and the first of those", () => {
    const [a, b] = [unknown("a"), unknown("b")];
    strictEqual(gravest([notNeeded("x"), open("y"), a, b]), a);
    strictEqual(gravest([a, blocked("z", undefined, "Mend it.")])?.because, "z");
    strictEqual(gravest([]), undefined);
  });

  it("keeps the notes of all open paths, each once", () => {
    const verdicts = [open("x"), open("y", { note: "1" }), open("z", { note: "2" }), open("z", { note: "1" })];
    deepStrictEqual(gravest(verdicts), open("y", { note: "1; 2" }));
  });
});
