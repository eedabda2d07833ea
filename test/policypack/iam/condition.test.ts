import { strictEqual } from "node:assert/strict";
import { evaluate } from "../../../policypack/iam/condition";
import type { KeyCase, RequestContext } from "../../../policypack/iam/context";
import type { Truth } from "../../../policypack/iam/truth";
import { type Row, absent, anyValue, comparisons, openCases } from "./cases/comparisons";

/** A request in which every key has this value. */
const contextOf =
  (cases: readonly KeyCase[], openQuestion?: string): RequestContext =>
  () => ({ cases, openQuestion });

const casesOf = (actual: Row[1]): readonly KeyCase[] =>
  typeof actual === "string"
    ? [{ is: "present", values: [actual] }]
    : actual.map((one) => (typeof one === "string" ? { is: "present", values: [one] } : one));

const askOf = (operator: string, values: readonly string[], context: RequestContext) =>
  evaluate({ operator, key: "s3:key", values }, context, "2012-10-17");

const word = (truth: Truth) => (truth === "unknown" ? "unknown" : truth ? "holds" : "does not hold");

describe("a condition", () => {
  for (const [operator, actual, expected, holds, why] of [...comparisons, ...openCases]) {
    it(`${operator} ${JSON.stringify(expected)}, ${JSON.stringify(actual)} in the request: ${word(holds)}, because ${why}`, () => {
      strictEqual(askOf(operator, [expected].flat(), contextOf(casesOf(actual))).holds, holds);
    });
  }

  describe("on a key with several values", () => {
    const both = contextOf([{ is: "present", values: ["a", "b"] }]);

    it("must hold for each of them with ForAllValues", () => {
      strictEqual(askOf("ForAllValues:StringEquals", ["a", "b", "c"], both).holds, true);
      strictEqual(askOf("ForAllValues:StringEquals", ["a"], both).holds, false);
    });
    it("must hold for one of them with ForAnyValue", () => {
      strictEqual(askOf("ForAnyValue:StringEquals", ["b"], both).holds, true);
      strictEqual(askOf("ForAnyValue:StringEquals", ["c"], both).holds, false);
    });
    it("is unknown without either, since AWS documents no meaning", () => {
      strictEqual(askOf("StringEquals", ["a"], both).holds, "unknown");
    });
  });

  describe("with a variable in its value", () => {
    const role = "arn:aws:iam::123456789012:role/a";
    const standing: Readonly<Record<string, KeyCase>> = {
      "s3:key": { is: "present", values: [role] },
      "aws:userid": { is: "present", values: ["a"] },
      "aws:PrincipalTag/any": { is: "present", values: ["*"] },
      "aws:PrincipalTag/none": absent,
    };
    const context: RequestContext = (key) => ({ cases: [standing[key]!], openQuestion: undefined });
    const holds = (operator: string, name: string) =>
      askOf(operator, [`arn:aws:iam::123456789012:role/\${${name}}`], context).holds;

    it("compares with the value in the request", () => {
      strictEqual(holds("StringEquals", "aws:userid"), true);
      strictEqual(holds("ArnLike", "aws:userid"), true);
    });
    it("matches nothing if the request has no value for it, as a negated operator requires", () => {
      strictEqual(holds("StringEquals", "aws:PrincipalTag/none"), false);
      strictEqual(holds("StringNotEquals", "aws:PrincipalTag/none"), true);
    });
    it("does not read an asterisk in the value as a wildcard", () => {
      strictEqual(holds("StringLike", "aws:PrincipalTag/any"), false);
      strictEqual(holds("ArnLike", "aws:PrincipalTag/any"), false);
      strictEqual(askOf("ArnLike", ["${aws:PrincipalTag/any}"], context).holds, "unknown", "not an ARN");
    });
  });

  describe("that cannot be decided", () => {
    const questionOf = (operator: string, values: readonly string[], context: RequestContext) =>
      askOf(operator, values, context).openQuestion;
    const open = contextOf([absent, anyValue], "what the client sends");
    const silent = contextOf([absent, anyValue]);
    const known = contextOf([{ is: "present", values: ["x"] }]);

    it("first reports the value in the request as missing", () => {
      strictEqual(questionOf("StringEquals", ["a"], open), "what the client sends");
      strictEqual(questionOf("Null", ["true"], open), "what the client sends");
    });
    it("reports the value of a variable as missing", () => {
      const context: RequestContext = (key) => (key === "s3:key" ? known(key) : open(key));
      strictEqual(questionOf("StringEquals", ["x-", "${s3:other}"], context), "what the client sends");
    });
    it("reports what AWS does not document, if everything else is known", () => {
      strictEqual(questionOf("NumericEquals", ["5"], known), "how AWS compares `s3:key` with `NumericEquals`");
      strictEqual(questionOf("Null", ["perhaps"], silent), "the value of `Null`");
    });
    it("reports the meaning of an operator that does not exist as missing", () => {
      strictEqual(questionOf("StringEqualz", ["a"], known), "what the operator `StringEqualz` means");
      strictEqual(askOf("StringEqualz", ["a"], known).holds, "unknown");
    });
    it("reports nothing once it is certain", () => {
      strictEqual(questionOf("StringEquals", ["a"], known), undefined);
      strictEqual(questionOf("Null", ["true"], known), undefined);
      strictEqual(questionOf("StringEqualsIfExists", ["a"], contextOf([absent], "what it matters")), undefined);
      strictEqual(questionOf("Null", ["true"], contextOf([absent], "what it matters")), undefined);
    });
  });
});
