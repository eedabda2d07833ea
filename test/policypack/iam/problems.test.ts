import { deepStrictEqual, strictEqual } from "node:assert/strict";
import {
  describe as inWords,
  printable,
  some,
  withoutControls,
  withoutFormatting,
} from "../../../policypack/iam/problems";

describe("what a finding quotes from a document", () => {
  it("is on one line and without control characters", () => {
    strictEqual(printable("a\nb\u0000c\u2028d\u2029e\u0085f"), "a\\u000ab\\u0000c\\u2028d\\u2029e\\u0085f");
  });

  it("has no directional or invisible characters", () => {
    strictEqual(
      printable("a\u202eb\u2066c\u200bd\ufeffe\u00adf\u{e0041}g"),
      "a\\u202eb\\u2066c\\u200bd\\ufeffe\\u00adf\\udb40\\udc41g",
    );
    strictEqual(withoutControls("a\x1b[31mb\u202e"), "a\\u001b[31mb\\u202e");
  });

  it("keeps its lines and colors in a report, and its value in JSON", () => {
    strictEqual(withoutFormatting("\x1b[31ma\x1b[39m\nb\u202ec"), "\x1b[31ma\x1b[39m\nb\\u202ec");
    const value = { "a\u202e": ["\u{e0041}", "\u2028"] };
    deepStrictEqual(JSON.parse(withoutFormatting(JSON.stringify(value))), value);
  });

  it("is at most 200 characters long", () => {
    strictEqual(printable("x".repeat(200)), "x".repeat(200));
    strictEqual(printable("x".repeat(201)), `${"x".repeat(197)}...`);
  });

  it("is five names at most, and how many more there are", () => {
    strictEqual(some(["a", "b", "c", "d", "e"]), "a, b, c, d, e");
    strictEqual(some(["a", "b", "c", "d", "e", "f", "g"]), "a, b, c, d, e and 2 more");
    strictEqual(some(["a", "b", "c"], 2), "a, b and 1 more");
  });

  it("describes a value without a short text", () => {
    strictEqual(inWords(null), "null");
    strictEqual(inWords(undefined), "missing");
    strictEqual(inWords([]), "an empty list");
    strictEqual(inWords(["a"]), "a list");
    strictEqual(inWords({ a: 1 }), "an object");
  });

  it("is the text itself or the value as JSON", () => {
    strictEqual(inWords("a"), "`a`");
    strictEqual(inWords(5), "`5`");
    strictEqual(inWords(false), "`false`");
  });
});
