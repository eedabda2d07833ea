import { strictEqual } from "node:assert/strict";
import { placeOfSyntaxError } from "../../../policypack/iam/json";

/** Texts that are not JSON, and what is wrong with them. */
const rows: readonly (readonly [name: string, text: string, words: string])[] = [
  ["a comma too many", '{\n  "a": 1,\n}', "property name expected at line 3, column 1"],
  ["a missing value", '{"hunter2":}', "value expected at line 1, column 12"],
  ["a missing end", '{"hunter2": 1', "close brace expected at line 1, column 14"],
  ["a text without end", '"hunter2', "unexpected end of string at line 1, column 1"],
  ["brackets without end", "[".repeat(101), "too many nested brackets"],
  ["brackets in a row, closed", "[]".repeat(101), "end of file expected at line 1, column 3"],
];

describe("what is wrong with a text that is not JSON", () => {
  for (const [name, text, words] of rows) {
    it(`is told by its place, and not quoted: ${name}`, () => {
      strictEqual(placeOfSyntaxError(text), words);
    });
  }
});
