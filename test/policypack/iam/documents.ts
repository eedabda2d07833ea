import * as fc from "fast-check";
import type { Worlds } from "./reference";

/** Random policy documents that follow AWS's grammar, small enough to be evaluated key by key. */

export const prefix = "arn:aws:s3:::bucket/";
/** The whole alphabet; `c` stands for every letter that is in no pattern. */
export const alphabet = ["a", "b", "c"];

const oneOrMany = <T>(item: fc.Arbitrary<T>): fc.Arbitrary<T | T[]> =>
  fc.oneof(item, fc.array(item, { minLength: 1, maxLength: 3 }));

const keyPattern = fc.array(fc.constantFrom("a", "b", "*", "?"), { maxLength: 4 }).map((tokens) => tokens.join(""));

/** What a client reads. */
export const requiredKeys = fc.array(keyPattern, { minLength: 1, maxLength: 2 });

const resource = fc.oneof(
  { weight: 6, arbitrary: keyPattern.map((key) => `${prefix}${key}`) },
  {
    weight: 1,
    arbitrary: fc.constantFrom("*", "arn:aws:s3:::*", "arn:aws:s3:::bucket*", "arn:aws:s3:::buck?t/*", "arn:aws:s3*"),
  },
  { weight: 1, arbitrary: keyPattern.map((key) => `arn:*:s3:::bucket/${key}`) },
  { weight: 1, arbitrary: fc.constantFrom("arn:aws*:s3:::other/*", "arn:*:*:::bucket/*", "arn:a?s:s3:::*") },
  { weight: 1, arbitrary: fc.constantFrom("arn:aws:s3:::other/*", "arn:aws:s3:::bucket", "arn:aws-cn:s3:::bucket/*") },
  { weight: 1, arbitrary: keyPattern.map((key) => `${prefix}\${s3:known}${key}`) },
  { weight: 1, arbitrary: keyPattern.map((key) => `${prefix}\${s3:absent}${key}`) },
  { weight: 1, arbitrary: keyPattern.map((key) => `${prefix}\${s3:unknown}${key}`) },
);

const action = fc.constantFrom(
  "*",
  "s3:*",
  "s3:GetObject",
  "S3:getobject",
  "s3:Get*",
  "s3:*Object",
  "s3:PutObject",
  "s3:GetObj?ct",
);

const principal = fc.constantFrom<unknown>(
  "*",
  { AWS: "*" },
  { AWS: ["*", "arn:aws:iam::123456789012:root"] },
  { AWS: "arn:aws:iam::123456789012:root" },
  { Service: "ec2.amazonaws.com" },
);

/** Condition keys and their values: known, absent, unknown, or one of two. */
export const context: Readonly<Record<string, Worlds>> = {
  "s3:known": [["a"]],
  "s3:many": [["a", "b"]],
  "s3:number": [["5"]],
  "s3:flag": [["true"]],
  "s3:arn": [["arn:aws:iam::123456789012:role/a"]],
  "s3:absent": [undefined],
  // Every value that a policy here may contain, and one that none contains.
  "s3:unknown": [undefined, ["a"], ["b"], ["A"], ["a*"], ["*"], ["?"], ["${s3:known}"], ["${s3:absent}"], ["another"]],
  "s3:maybe": [undefined, ["a"]],
};

const text = fc.constantFrom("a", "b", "A", "a*", "*", "?", "${s3:known}", "${s3:absent}");
/** Keys that differ only in case are one key; how AWS handles that is not known. */
const onceEach = <T>(keys: fc.Arbitrary<Record<string, T>>) =>
  keys.filter((one) => new Set(Object.keys(one).map((key) => key.toLowerCase())).size === Object.keys(one).length);
const textKey = fc.constantFrom("s3:known", "S3:Known", "s3:many", "s3:absent", "s3:unknown", "s3:maybe");
const forms = (names: readonly string[]) =>
  fc
    .tuple(
      fc.constantFrom("", "ForAllValues:", "ForAnyValue:"),
      fc.constantFrom(...names),
      fc.constantFrom("", "IfExists"),
    )
    .map((parts) => parts.join(""));

const condition = fc.oneof(
  {
    weight: 6,
    arbitrary: fc.tuple(
      forms([
        "StringEquals",
        "StringNotEquals",
        "StringEqualsIgnoreCase",
        "StringNotEqualsIgnoreCase",
        "StringLike",
        "StringNotLike",
      ]),
      onceEach(fc.dictionary(textKey, oneOrMany(text), { minKeys: 1, maxKeys: 2 })),
    ),
  },
  {
    weight: 2,
    arbitrary: fc.tuple(
      forms(["NumericEquals", "NumericNotEquals", "NumericLessThan", "NumericGreaterThanEquals"]),
      fc.dictionary(fc.constantFrom("s3:number", "s3:absent"), oneOrMany(fc.constantFrom("4", "5", "6", 5)), {
        minKeys: 1,
      }),
    ),
  },
  {
    weight: 1,
    arbitrary: fc.tuple(
      forms(["Bool"]),
      fc.dictionary(fc.constantFrom("s3:flag", "s3:absent"), fc.constantFrom("true", "false", true), { minKeys: 1 }),
    ),
  },
  {
    weight: 1,
    arbitrary: fc.tuple(
      forms(["ArnLike", "ArnNotLike", "ArnEquals"]),
      fc.dictionary(
        fc.constantFrom("s3:arn", "s3:absent"),
        fc.constantFrom(
          "arn:aws:iam::123456789012:role/*",
          "arn:aws:iam::*:role/a",
          "arn:aws:iam::1*:user/a",
          "arn:aws:*:*:*:*",
        ),
        { minKeys: 1 },
      ),
    ),
  },
  {
    weight: 1,
    arbitrary: fc.tuple(
      fc.constant("Null"),
      onceEach(fc.dictionary(textKey, fc.constantFrom("true", "false", true), { minKeys: 1 })),
    ),
  },
);

const statement = fc
  .record({
    effect: fc.oneof({ weight: 2, arbitrary: fc.constant("Allow") }, { weight: 1, arbitrary: fc.constant("Deny") }),
    principal,
    notPrincipal: fc.integer({ max: 9, min: 0 }).map((n) => n === 0),
    actions: oneOrMany(action),
    notAction: fc.integer({ max: 9, min: 0 }).map((n) => n === 0),
    resources: oneOrMany(resource),
    notResource: fc.integer({ max: 4, min: 0 }).map((n) => n === 0),
    conditions: fc.array(condition, { maxLength: 2 }),
  })
  .map((one) => ({
    Effect: one.effect,
    [one.notPrincipal && one.effect === "Deny" ? "NotPrincipal" : "Principal"]: one.principal,
    [one.notAction ? "NotAction" : "Action"]: one.actions,
    [one.notResource ? "NotResource" : "Resource"]: one.resources,
    ...(one.conditions.length > 0 ? { Condition: Object.fromEntries(one.conditions) as object } : {}),
  }));

export const policyDocument = fc
  .record({
    version: fc.constantFrom("2012-10-17", "2012-10-17", "2008-10-17", undefined),
    statements: fc.oneof(statement, fc.array(statement, { minLength: 1, maxLength: 4 })),
  })
  .map(({ version, statements }) => ({ ...(version ? { Version: version } : {}), Statement: statements }));
