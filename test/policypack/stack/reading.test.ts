import { deepStrictEqual, strictEqual } from "node:assert/strict";
import { flag, plain, read, readAt, textsIn } from "../../../policypack/stack/reading";
import { inOrder, nameOfUrn, stackOfUrn, urnIn } from "../../../policypack/stack/resource";
import { secretText } from "../../../policypack/stack/special-values";
import { unknown } from "../rules/analyze";
import { resource } from "./resources";

/** A value within so many lists. */
const nested = (depth: number): unknown => (depth === 0 ? "text" : [nested(depth - 1)]);

describe("the texts in a value", () => {
  for (const [what, value, texts] of [
    ["are those at any depth", { a: "x", b: ["y", { c: "z" }] }, ["x", "y", "z"]],
    ["are no other values", { a: 1, b: null, c: true, d: "" }, []],
    ["are those that are known", ["x", unknown, secretText], ["x"]],
    ["are a text itself", "x", ["x"]],
    ["are none in nothing", null, []],
    ["are none in a number", 5, []],
    ["are found in a hundred lists", nested(101), ["text"]],
    ["are not looked for at more than that", nested(102), []],
  ] as const) {
    it(what, () => {
      deepStrictEqual(textsIn(value), texts);
    });
  }
});

describe("a value as a whole", () => {
  const whole = (value: unknown) => plain({ is: "known", value });
  it("is unknown where a part is, and a secret where a part is one", () => {
    deepStrictEqual(whole({ a: ["x", { b: 1 }], c: "" }), { is: "known", value: { a: ["x", { b: 1 }], c: "" } });
    deepStrictEqual(whole({ a: ["x", unknown] }), { is: "unknown" });
    deepStrictEqual(whole({ a: [unknown, { b: secretText }] }), { is: "unknown", isSecret: true });
    deepStrictEqual(whole(nested(100)).is, "known");
    deepStrictEqual(whole(nested(102)).is, "unknown");
  });

  it("is read by a path", () => {
    deepStrictEqual(readAt({ a: { b: "x" } }, "a.b"), { is: "known", value: "x" });
    deepStrictEqual(readAt({ a: unknown }, "a.b"), { is: "unknown" });
    deepStrictEqual(readAt({}, "a.b"), { is: "absent" });
  });
});

describe("a property", () => {
  it("is a secret, or absent where it is empty", () => {
    deepStrictEqual(read({ a: secretText }, "a"), { is: "unknown", isSecret: true });
    deepStrictEqual(read({ a: "" }, "a"), { is: "absent" });
  });

  it("is a flag in either form", () => {
    deepStrictEqual(
      [true, "true", false, "false", 1].map((value) => flag({ is: "known", value })),
      [true, true, false, false, false].map((value) => ({ is: "known", value })),
    );
    deepStrictEqual(flag({ is: "absent" }), { is: "known", value: false });
    deepStrictEqual(flag({ is: "unknown" }), { is: "unknown" });
  });
});

describe("the URN of a resource", () => {
  it("has its stack and its name", () => {
    const urn = urnIn("project/dev", "aws:ec2/vpc:Vpc", "a::b");
    strictEqual(urn, "urn:pulumi:dev::project::aws:ec2/vpc:Vpc::a::b");
    strictEqual(stackOfUrn(urn), "project/dev");
    strictEqual(nameOfUrn(urn), "a::b");
    strictEqual(nameOfUrn("web"), "web");
    strictEqual(urnIn("project/dev/eu", "t", "a"), "urn:pulumi:dev/eu::project::t::a");
  });
});

describe("the order of resources", () => {
  it("is that of their names with numbers, then of their URNs", () => {
    const all = [resource("b", "web-10", {}), resource("a", "web-10", {}), resource("z", "web-9", {})];
    deepStrictEqual(
      [...all].sort(inOrder).map(({ type, name }) => `${type} ${name}`),
      ["z web-9", "a web-10", "b web-10"],
    );
  });
});
