import { deepStrictEqual, strictEqual } from "node:assert/strict";
import { sizeOf } from "../../../policypack/iam/automaton";
import { compileGlob } from "../../../policypack/iam/glob";
import { type AllowedTexts, type Language, searchBudget, shortestText } from "../../../policypack/iam/search";

const matching = (...patterns: string[]): Language => ({ globs: patterns.map(compileGlob), negated: false });
const notMatching = (...patterns: string[]): Language => ({ ...matching(...patterns), negated: true });

const alphabet = Array.from({ length: 26 }, (_, i) => String.fromCharCode(0x61 + i));

type Row = readonly [
  name: string,
  required: readonly string[],
  allowed: readonly Language[],
  denied: readonly Language[],
  refused: string | undefined,
  admitted: string | undefined,
];

/** The texts to check, which are allowed and denied, and the shortest text that is denied and that is allowed. */
const rows: readonly Row[] = [
  ["everything is allowed", ["*"], [matching("*")], [], undefined, ""],
  ["nothing is allowed", ["*"], [], [], "", undefined],
  ["no text with another beginning is allowed", ["b?", "ab*c"], [matching("c*", "bc")], [], "ba", "bc"],
  ["no text is allowed, whatever its characters", ["?", "bb"], [], [], "a", undefined],
  [
    "one is allowed by its beginning, and one is denied",
    ["ab*", "acc*"],
    [matching("a*")],
    [matching("ac*")],
    "acc",
    "ab",
  ],
  ["a beginning is exactly as long as the text", ["ab"], [matching("ab*")], [matching("abc*")], undefined, "ab"],
  ["there is no text", [], [], [], undefined, undefined],
  ["a part is allowed", ["*"], [matching("a*")], [], "", "a"],
  ["exactly the texts to check are allowed", ["b", "ab*"], [matching("a*", "b")], [], undefined, "b"],
  ["a part of what is allowed is denied", ["*"], [matching("*")], [matching("?b*")], "ab", ""],
  ["two languages together allow all texts", ["a*"], [matching("ab*"), notMatching("ab*")], [], undefined, "a"],
  ["a denied language is negated", ["*"], [matching("*")], [notMatching("b*")], "", "b"],
  ["a language of two patterns is negated", ["?"], [notMatching("a", "b")], [], "a", "c"],
  ["all characters except one are allowed", ["?"], [notMatching("a")], [], "a", "b"],
  ["the denied one comes late", ["*"], [notMatching("*abc")], [], "abc", ""],
  ["every letter from a to z is used", ["?"], [matching(...alphabet)], [], "\u0100", "a"],
  [
    "two characters are possible, and the first in the alphabet is chosen",
    ["z", "y"],
    [matching("?")],
    [],
    undefined,
    "y",
  ],
];

describe("the search for the shortest text", () => {
  for (const [name, required, allowed, denied, refused, admitted] of rows) {
    it(`finds ${JSON.stringify(refused)} denied and ${JSON.stringify(admitted)} allowed if ${name}`, () => {
      const found = (wanted: "denied" | "allowed") =>
        shortestText(required.map(compileGlob), { allowed, denied }, wanted, searchBudget).found;
      strictEqual(found("denied"), refused);
      strictEqual(found("allowed"), admitted);
    });
  }

  it("stops when its budget is used up, and not before", () => {
    const required = [compileGlob("*")];
    const tangled = Array.from({ length: 12 }, (_, i) => `*${"?".repeat(i)}a${"?".repeat(12)}`);
    const allowed = [notMatching(...tangled)];
    deepStrictEqual(shortestText(required, { allowed, denied: [] }, "denied", 5000), {
      found: undefined,
      tooComplex: true,
      steps: 5000,
    });
    const easy = { allowed: [notMatching("ab")], denied: [] };
    const { steps } = shortestText(required, easy, "denied", searchBudget);
    deepStrictEqual(shortestText(required, easy, "denied", steps), { found: "ab", tooComplex: false, steps });
    strictEqual(shortestText(required, easy, "denied", steps - 1).tooComplex, true);
  });

  it("reads no text if the beginnings of the patterns decide", () => {
    const asked = [compileGlob("core/*/a"), compileGlob("blobs/*")];
    const steps = (policy: AllowedTexts) => shortestText(asked, policy, "denied", searchBudget).steps;
    strictEqual(steps({ allowed: [matching("core/*", "blobs/*")], denied: [matching("2/*")] }), 0);
    strictEqual(steps({ allowed: [matching("*")], denied: [matching("b*")] }), 0);
    strictEqual(steps({ allowed: [matching("core/*a", "blobs/*")], denied: [] }) > 0, true);
  });

  it("stops when the result can no longer change", () => {
    const asked = [compileGlob("*a*b*")];
    const allowed = [matching("a*"), notMatching("a*")];
    const { steps } = shortestText(asked, { allowed, denied: [] }, "denied", searchBudget);
    const patterns = sizeOf([asked, ...allowed.map(({ globs }) => globs), []]);
    strictEqual(steps - patterns < 2 * 60, true, "a step for `a` and one for any other character, of some 50 each");
  });
});
