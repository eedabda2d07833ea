import { strictEqual } from "node:assert/strict";
import { type Truth, all, and, any, inEveryCase, not, or } from "../../../policypack/iam/truth";

const values: readonly Truth[] = [false, "unknown", true];
const rank = (value: Truth) => values.indexOf(value);

describe("a truth value", () => {
  it("is the least of two with `and`, the greatest with `or`: false, unknown, true", () => {
    for (const a of values) {
      for (const b of values) {
        strictEqual(and(a, b), values[Math.min(rank(a), rank(b))], `${a} and ${b}`);
        strictEqual(or(a, b), values[Math.max(rank(a), rank(b))], `${a} or ${b}`);
        strictEqual(all([a, b]), and(a, b));
        strictEqual(any([a, b]), or(a, b));
      }
    }
  });

  it("is negated by `not`, if it is known", () => {
    for (const a of values) strictEqual(rank(not(a)), 2 - rank(a));
  });

  it("of an empty list is true for all, and false for any", () => {
    strictEqual(all([]), true);
    strictEqual(any([]), false);
  });

  it("holds in every case if the cases agree, and is unknown without a case", () => {
    strictEqual(inEveryCase([true, true]), true);
    strictEqual(inEveryCase([false, false]), false);
    strictEqual(inEveryCase([true, true, false]), "unknown");
    strictEqual(inEveryCase([false, "unknown"]), "unknown");
    strictEqual(inEveryCase([]), "unknown");
  });
});
