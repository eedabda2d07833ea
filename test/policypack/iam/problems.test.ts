import { strictEqual } from "node:assert/strict";
import { describe as inWords, printable } from "../../../policypack/iam/problems";

describe("what a finding shows of a document", () => {
  it("is on one line and without control characters", () => {
    strictEqual(printable("a\nb\u0000c\u2028d\u2029e\u0085f"), "a\\u000ab\\u0000c\\u2028d\\u2029e\\u0085f");
  });

  it("is 200 characters long at most", () => {
    strictEqual(printable("x".repeat(200)), "x".repeat(200));
    strictEqual(printable("x".repeat(201)), `${"x".repeat(197)}...`);
  });

  it("names what has no short text", () => {
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
