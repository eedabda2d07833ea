import { deepStrictEqual, strictEqual } from "node:assert/strict";
import type { DocumentKind, Problem } from "../../../policypack/iam/document";
import { operatorNames } from "../../../policypack/iam/operators";
import { parsePolicy } from "../../../policypack/iam/parse";

/** What is said of the conditions of one statement: what AWS refuses, and what it reads otherwise than meant. */
function saidOf(condition: object, kind: DocumentKind = "endpoint") {
  const principal = kind === "identity" ? {} : { Principal: "*" };
  const statement = { Effect: "Allow", ...principal, Action: "*", Resource: "*", Condition: condition };
  const { document, problems, advice } = parsePolicy({ Version: "2012-10-17", Statement: statement }, kind);
  const inWords = ({ where, message }: Problem) => `${where.replace("Statement[0].Condition.", "")}: ${message}`;
  return { statement: document!.statements[0]!, refused: problems.map(inWords), advised: advice.map(inWords) };
}

const refusedOf = (condition: object, kind?: DocumentKind) => saidOf(condition, kind).refused;
const advisedOf = (condition: object, kind?: DocumentKind) => saidOf(condition, kind).advised;

describe("the conditions of a statement", () => {
  it("are unknown where the keys of an operator are no object, and read on behind it", () => {
    const { statement, refused } = saidOf({
      StringEquals: "vpc-1",
      Bool: null,
      StringLike: { "aws:SourceVpc": "vpc-1" },
    });
    deepStrictEqual(refused, [
      "StringEquals: is `vpc-1`; expected an object of condition keys",
      "Bool: is null; expected an object of condition keys",
    ]);
    strictEqual(statement.unreadable, "Statement[0].Condition.StringEquals");
    deepStrictEqual(statement.conditions, [{ operator: "StringLike", key: "aws:SourceVpc", values: ["vpc-1"] }]);
  });

  it("have an operator that is refused, unless it asks Null for more than it takes", () => {
    const names = operatorNames.map((name) => `\`${name}\``).join(", ");
    const message = `unknown operator; expected one of ${names}, with \`IfExists\`, \`ForAnyValue:\` or \`ForAllValues:\``;
    for (const operator of ["NullIfExists", "ForAnyValue:Null", "ForAllValues:Null", "ForAnyValue:NullIfExists"]) {
      const { refused, advised, statement } = saidOf({ [operator]: { "aws:SourceVpc": "true" } });
      deepStrictEqual([refused, advised], [[], [`${operator}: ${message}`]]);
      strictEqual(statement.unreadable, `Statement[0].Condition.${operator}`);
    }
    for (const operator of ["IsNull", "Nullable", "NullIfExistsNot", "ForEach:Null", "StringEqual"]) {
      deepStrictEqual(refusedOf({ [operator]: { "aws:SourceVpc": "true" } }), [`${operator}: ${message}`]);
    }
  });

  it("have a key that may be misspelled, whatever the operator", () => {
    deepStrictEqual(advisedOf({ StringEqualz: { "aws:SourceVpcs": "vpc-1" } }), [
      "StringEqualz.aws:SourceVpcs: is not a condition key that AWS documents; did you mean `aws:SourceVpc`?",
    ]);
  });

  it("have each key once, also in other letters", () => {
    const is = "is the same key as `aws:SourceVpc`, because condition keys are not case-sensitive";
    const keys = { "aws:SourceVpc": "vpc-1", "aws:SourceVpce": "vpce-1", "aws:sourcevpc": "vpc-2" };
    deepStrictEqual(advisedOf({ StringEquals: keys }), [
      `StringEquals.aws:sourcevpc: ${is}; expected one key with all values`,
    ]);
  });
});

/**
 * What AWS refuses as a date: not digits, a month that does not exist, more seconds than a 64-bit number holds. It accepts
 * negative years, lowercase letters and parts of a date, so they are advised against, or right.
 */
const dates: readonly (readonly [date: string, is: "refused" | "advised against" | "right"])[] = [
  ["tomorrow", "refused"],
  ["", "refused"],
  ["x2026-01-01", "refused"],
  ["2026-01-01x", "refused"],
  ["2026-01-01 00:00:00Z", "refused"],
  ["2026-13-01", "refused"],
  ["2026-00-01", "refused"],
  ["2026-13-01T00:00:00Z", "refused"],
  ["9223372036854775808", "refused"],
  ["123", "advised against"],
  ["2026-1", "advised against"],
  ["2026-12-1", "advised against"],
  ["2026-01-01Tnoon", "advised against"],
  ["2026-01-01tnoon", "advised against"],
  ["-2026-01-01T00:00:00Z", "advised against"],
  ["+2026-01-01T00:00:00Z", "advised against"],
  ["9223372036854775807", "right"],
  ["2026", "right"],
  ["2026-12", "right"],
  ["2026-12-31t23:59:59z", "right"],
];

describe("a date in a condition", () => {
  for (const [date, is] of dates) {
    it(`${JSON.stringify(date)} is ${is}`, () => {
      const message = `DateLessThan.aws:CurrentTime: has \`${date}\`; expected a date, such as \`2026-11-21T00:00:00Z\``;
      const { refused, advised } = saidOf({ DateLessThan: { "aws:CurrentTime": date } }, "identity");
      deepStrictEqual(refused, is === "refused" ? [message] : []);
      deepStrictEqual(advised, is === "advised against" ? [message] : []);
    });
  }

  it("is refused where it is none; a number and an address are not", () => {
    const condition = { NumericEquals: { "s3:max-keys": "ten" }, IpAddress: { "aws:SourceIp": "here" } };
    deepStrictEqual(refusedOf(condition, "identity"), []);
    strictEqual(advisedOf(condition, "identity").length, 2);
  });
});

// https://docs.aws.amazon.com/vpc/latest/privatelink/vpc-endpoints-access.html, "Considerations"
describe("on an endpoint, a condition", () => {
  const identifiers = [
    ...["PrincipalAccount", "PrincipalOrgID", "ResourceAccount", "ResourceOrgID", "SourceAccount", "SourceOrgID"],
    ...["SourceVpc", "SourceVpce", "userid", "VpceAccount", "VpceOrgID"],
  ].map((name) => `aws:${name}`);

  for (const key of identifiers) {
    it(`on ${key} has no wildcard and is no number`, () => {
      for (const kind of ["endpoint", "gateway-endpoint"] as const) {
        for (const value of ["abcdefgh*", "?abcdefgh", "a*b"]) {
          deepStrictEqual(advisedOf({ StringLikeIfExists: { [key]: ["abc", "*", value] } }, kind), [
            `StringLikeIfExists.${key}: has \`${value}\`; endpoint policies do not allow a wildcard in an identifier`,
          ]);
        }
        deepStrictEqual(advisedOf({ NumericEquals: { [key]: "123" } }, kind), [
          `NumericEquals.${key}: is an identifier, which endpoint policies cannot compare as a number`,
        ]);
        deepStrictEqual(advisedOf({ StringLike: { [key]: ["abc", "*"] }, StringEquals: { [key]: "a*" } }, kind), []);
      }
      deepStrictEqual(advisedOf({ StringLike: { [key]: "a*" }, NumericEquals: { [key]: "1" } }, "identity"), []);
    });
  }

  for (const value of ["abcde*", "*abcde", "abcde?", "abcde*abcde", "abcdef*x*abcde", "?*abcdef", "**"]) {
    it(`of ${value} has a wildcard without six characters on either side`, () => {
      const said = `has \`${value}\`; endpoint policies require six characters before or after each wildcard`;
      deepStrictEqual(advisedOf({ StringNotLike: { "aws:PrincipalTag/team": value } }), [
        `StringNotLike.aws:PrincipalTag/team: ${said}`,
      ]);
      deepStrictEqual(advisedOf({ StringEquals: { "aws:PrincipalTag/team": value } }), [], "where it is plain text");
    });
  }
  for (const value of ["abcdef*", "*abcdef", "abc*abcdef", "abcdef?abc", "abcdef*x*abcdef", "*", "abc"]) {
    it(`of ${value} is right`, () => {
      deepStrictEqual(advisedOf({ StringLike: { "aws:PrincipalTag/team": value } }), []);
    });
  }

  for (const account of ["12*", "1?", "12345678901?", "*1", "?1", "??1"]) {
    it(`of an ARN has no account that is both a number and a wildcard, as ${account}`, () => {
      for (const region of ["", "eu-west-1"]) {
        const value = `arn:aws:sqs:${region}:${account}:x`;
        const said = `has \`${value}\`; on an endpoint the account of an ARN is a number or a wildcard, not both`;
        deepStrictEqual(advisedOf({ ArnLike: { "aws:SourceArn": value } }), [`ArnLike.aws:SourceArn: ${said}`]);
        deepStrictEqual(advisedOf({ ArnLike: { "aws:SourceArn": value } }, "identity"), []);
      }
    });
  }
  for (const account of ["123456789012", "*", "????????????", ""]) {
    it(`of an ARN whose account is ${JSON.stringify(account)} is right`, () => {
      deepStrictEqual(advisedOf({ ArnEquals: { "aws:SourceArn": `arn:aws:iam::${account}:role/web-1*` } }), []);
    });
  }

  it("of what is no ARN is advised against once", () => {
    deepStrictEqual(advisedOf({ ArnLike: { "aws:SourceArn": "an arn:aws:iam::12*:role/web" } }), [
      "ArnLike.aws:SourceArn: has `an arn:aws:iam::12*:role/web`; expected an ARN, with `*` and `?` within its segments",
    ]);
  });
});
