import { BlockList, isIP } from "node:net";
import { type Glob, compileGlob, matches } from "./glob";
import type { Truth } from "./truth";

/** A value of a policy after its variables: literal text and patterns, or nothing at all where a variable has no value. */
export interface PolicyValue {
  readonly text: string;
  /** The value as a pattern, where the operator takes `*` and `?`. */
  readonly glob: Glob;
}

/** A comparison of one value of the request with one of the policy. Negated operators are the negation of these. */
export interface Comparison {
  readonly takesWildcards: boolean;
  /** Policy variables are replaced in the values of string and ARN operators only. */
  readonly takesVariables: boolean;
  /** `unknown` where a value is not of the operator's type, since AWS doesn't document what then happens. */
  readonly compare: (actual: string, expected: PolicyValue) => Truth;
}

export interface Operator {
  readonly comparison: Comparison;
  readonly negated: boolean;
}

const string = (equal: (actual: string, expected: string) => boolean): Comparison => ({
  takesWildcards: false,
  takesVariables: true,
  compare: (actual, expected) => equal(actual, expected.text),
});

const stringLike: Comparison = {
  takesWildcards: true,
  takesVariables: true,
  compare: (actual, expected) => matches(expected.glob, actual),
};

/** ARNs are compared segment by segment; a wildcard stays within its segment, but for the last one. */
const arn: Comparison = {
  takesWildcards: true,
  takesVariables: true,
  compare: (actual, expected) => {
    const actualSegments = splitArn(actual);
    const expectedSegments = splitArn(expected.text);
    if (actualSegments.length < 6) return "unknown";
    if (expectedSegments.length < 6) return expected.text === "*" ? true : "unknown";
    // A variable may have put a literal `*` into the text; its segments are then not to be read as patterns again.
    if (expected.glob.length !== compileGlob(expected.text).length) return "unknown";
    return expectedSegments.every((segment, i) => matches(compileGlob(segment), actualSegments[i]!));
  },
};

function splitArn(text: string): string[] {
  const parts = text.split(":");
  return parts.length <= 6 ? parts : [...parts.slice(0, 5), parts.slice(5).join(":")];
}

function typed<T>(read: (text: string) => T | undefined, compare: (actual: T, expected: T) => boolean): Comparison {
  return {
    takesWildcards: false,
    takesVariables: false,
    compare: (actualText, expected) => {
      const actual = read(actualText);
      const wanted = read(expected.text);
      return actual === undefined || wanted === undefined ? "unknown" : compare(actual, wanted);
    },
  };
}

const readNumber = (text: string) => {
  const number = Number(text);
  return text.trim() === "" || Number.isNaN(number) ? undefined : number;
};
const readBoolean = (text: string) => ({ true: true, false: false })[text.toLowerCase()];

/** Milliseconds: from ISO 8601 (a date alone is midnight UTC) or from seconds since 1970. */
const readDate = (text: string) => {
  if (/^\d+$/.test(text) && text.length > 4) return Number(text) * 1000;
  const time = /^\d{4}(-\d{2}(-\d{2}(T.+)?)?)?$/.test(text) ? Date.parse(text) : Number.NaN;
  return Number.isNaN(time) ? undefined : time;
};
const readBase64 = (text: string) =>
  /^[A-Za-z0-9+/]*={0,2}$/.test(text) ? Buffer.from(text, "base64").toString("hex") : undefined;

const equal = <T>(actual: T, expected: T) => actual === expected;
const less = (actual: number, expected: number) => actual < expected;
const lessOrEqual = (actual: number, expected: number) => actual <= expected;
const greater = (actual: number, expected: number) => actual > expected;
const greaterOrEqual = (actual: number, expected: number) => actual >= expected;

/** An address, or a range in CIDR notation, of either family. */
function readRange(text: string): BlockList | undefined {
  const [base = "", bits] = text.split("/");
  const family = isIP(base);
  const widest = family === 6 ? 128 : 32;
  const prefix = bits === undefined ? widest : /^\d{1,3}$/.test(bits) ? Number(bits) : Number.NaN;
  if (family === 0 || !(prefix <= widest)) return undefined;
  const range = new BlockList();
  range.addSubnet(base, prefix, family === 6 ? "ipv6" : "ipv4");
  return range;
}

const address: Comparison = {
  takesWildcards: false,
  takesVariables: false,
  compare: (actual, expected) => {
    const range = readRange(expected.text);
    const family = isIP(actual);
    return range === undefined || family === 0 ? "unknown" : range.check(actual, family === 6 ? "ipv6" : "ipv4");
  },
};

const is = (comparison: Comparison): Operator => ({ comparison, negated: false });
const isNot = (comparison: Comparison): Operator => ({ comparison, negated: true });

const stringEquals = string((actual, expected) => actual === expected);
const ignoreCase = string((actual, expected) => actual.toLowerCase() === expected.toLowerCase());

/**
 * Every condition operator but `Null`, which asks of the key and not of its value (see condition.ts).
 *
 * Source: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html,
 * checked 2026-11-21. What a missing key means for each follows from `negated`.
 */
export const operators: Readonly<Record<string, Operator>> = {
  StringEquals: is(stringEquals),
  StringNotEquals: isNot(stringEquals),
  StringEqualsIgnoreCase: is(ignoreCase),
  StringNotEqualsIgnoreCase: isNot(ignoreCase),
  StringLike: is(stringLike),
  StringNotLike: isNot(stringLike),
  NumericEquals: is(typed(readNumber, equal)),
  NumericNotEquals: isNot(typed(readNumber, equal)),
  NumericLessThan: is(typed(readNumber, less)),
  NumericLessThanEquals: is(typed(readNumber, lessOrEqual)),
  NumericGreaterThan: is(typed(readNumber, greater)),
  NumericGreaterThanEquals: is(typed(readNumber, greaterOrEqual)),
  DateEquals: is(typed(readDate, equal)),
  DateNotEquals: isNot(typed(readDate, equal)),
  DateLessThan: is(typed(readDate, less)),
  DateLessThanEquals: is(typed(readDate, lessOrEqual)),
  DateGreaterThan: is(typed(readDate, greater)),
  DateGreaterThanEquals: is(typed(readDate, greaterOrEqual)),
  Bool: is(typed(readBoolean, equal)),
  BinaryEquals: is(typed(readBase64, equal)),
  IpAddress: is(address),
  NotIpAddress: isNot(address),
  ArnEquals: is(arn),
  ArnLike: is(arn),
  ArnNotEquals: isNot(arn),
  ArnNotLike: isNot(arn),
};
