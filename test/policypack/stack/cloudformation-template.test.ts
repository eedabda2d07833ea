import { deepStrictEqual, strictEqual } from "node:assert/strict";
import { templateOf } from "../../../policypack/stack/cloudformation-template";
import { unknownText } from "../../../policypack/stack/special-values";

describe("the template of a CloudFormation stack", () => {
  const cases: readonly (readonly [string, body: unknown, template: unknown])[] = [
    ["is read from YAML", "A: [x, { B: 1 }]\nC: null", { A: ["x", { B: 1 }], C: null }],
    ["is read from JSON", '{"A":["x",{"B":1}]}', { A: ["x", { B: 1 }] }],
    ["is read from a record", { A: ["x", { B: 1 }] }, { A: ["x", { B: 1 }] }],
    ["may have empty records", { A: {} }, { A: {} }],
    [
      "has unknown values for short functions",
      "A: !Ref x\nB: !Sub ['$x', { x: 1 }]\nC: !GetAZs { Ref: y }",
      { A: unknownText, B: unknownText, C: unknownText },
    ],
    [
      "has unknown values for long functions",
      { A: [{ Ref: "x" }], B: { "Fn::Sub": "x" }, C: { Condition: "x" } },
      { A: [unknownText], B: unknownText, C: unknownText },
    ],
    [
      "keeps a record of two keys, one of which looks like a function",
      { A: { Ref: "x", Type: "y" } },
      { A: { Ref: "x", Type: "y" } },
    ],
    [
      "keeps a record whose key only resembles a function",
      { A: { XRef: 1 }, B: { RefX: 1 }, C: { "Fn::": 1 } },
      { A: { XRef: 1 }, B: { RefX: 1 }, C: { "Fn::": 1 } },
    ],
  ];
  for (const [what, body, template] of cases) {
    it(what, () => {
      deepStrictEqual(templateOf(body), template);
    });
  }

  it("is read as far as it can be parsed, and is not known where it refers to nothing", () => {
    deepStrictEqual(templateOf("A: [x"), { A: ["x"] });
    strictEqual(templateOf("A: *none"), undefined);
  });
});
