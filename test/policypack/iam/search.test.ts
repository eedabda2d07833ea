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
  ["a pattern ends where another one goes on", ["*"], [matching("a", "ab")], [], "", "a"],
  ["the end of one is the beginning of another", ["a", "ab"], [matching("?b")], [], "a", "ab"],
  ["every character but the null character is denied", ["?"], [matching("\0")], [], "a", "\0"],
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
    strictEqual(steps({ allowed: [matching("core/*", "blobs/*", "*a*")], denied: [matching("2/*")] }), 0);
    strictEqual(steps({ allowed: [matching("core/*a", "blobs/*")], denied: [] }) > 0, true);
  });

  it("stops before it reads if the patterns alone cost more than its budget", () => {
    const policy = { allowed: [notMatching("*ab*", "*ba*")], denied: [] };
    const patterns = sizeOf([[compileGlob("*")], [], ...policy.allowed.map(({ globs }) => globs), []]);
    const withBudget = (budget: number) => shortestText([compileGlob("*")], policy, "allowed", budget);
    deepStrictEqual(withBudget(patterns), { found: "", tooComplex: false, steps: patterns });
    deepStrictEqual(withBudget(patterns - 1), { found: undefined, tooComplex: true, steps: patterns - 1 });
  });

  /** At most: a place for each token and end of the patterns, and the fixed cost of a step. */
  const costOfStep = (places: number) => 50 + places;

  it("takes one step for each character that the objects have, and none for other characters", () => {
    const text = "a".repeat(20);
    const stepsOf = (asked: readonly string[], policy: AllowedTexts) => {
      const { found, steps } = shortestText(asked.map(compileGlob), policy, "allowed", searchBudget);
      strictEqual(found, text);
      return (
        steps - sizeOf([asked.map(compileGlob), ...[...policy.allowed, ...policy.denied].map(({ globs }) => globs)])
      );
    };
    const others = { allowed: [matching("?*")], denied: [matching("*b", "*c")] };
    strictEqual(stepsOf([text], others) < 20 * costOfStep(8), true);
    const certain = { allowed: [matching("?".repeat(20)), notMatching("?*")], denied: [] };
    strictEqual(stepsOf([text], certain) < 20 * costOfStep(8), true);
    const prefixes = Array.from(text, (_, i) => text.slice(0, i + 1));
    strictEqual(stepsOf(prefixes, { allowed: [matching("?".repeat(20))], denied: [] }) < 20 * costOfStep(25), true);
  });

  it("no longer distinguishes texts once they surely match", () => {
    // Of eight characters, one of them an `a`: without it, what the last four characters were matters.
    const allowed = [matching("*b???c", "*a*", "*d???c")];
    const denied = [notMatching("?".repeat(8))];
    const { found, steps } = shortestText([compileGlob("*")], { allowed, denied }, "allowed", searchBudget);
    strictEqual(found, "aaaaaaaa");
    const states = 8 * 3 ** 4 + 8;
    const characters = ["a", "b", "c", "d", "another"].length;
    strictEqual(steps < states * characters * costOfStep(12), true, `${steps} steps`);
  });

  it("stops when the result can no longer change", () => {
    const asked = [compileGlob("*a*b*")];
    const allowed = [matching("a*"), notMatching("a*")];
    const { steps } = shortestText(asked, { allowed, denied: [] }, "denied", searchBudget);
    const patterns = sizeOf([asked, ...allowed.map(({ globs }) => globs), []]);
    strictEqual(steps - patterns < 2 * 60, true, "a step for `a` and one for any other character, of some 50 each");
  });
});
