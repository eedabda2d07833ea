import { BlockList, isIP } from "node:net";
import { type Glob, anyText, compileGlob, matches } from "./glob";
import type { Truth } from "./truth";

/** A value of a policy after its variables. */
export class PolicyValue {
  readonly text: string;
  #glob: Glob | undefined;

  /** @param glob the value as a pattern, where it is not just its text read as one */
  constructor(text: string, glob?: Glob) {
    this.text = text;
    this.#glob = glob;
  }

  /** The value as a pattern, for operators that take `*` and `?`. */
  get glob(): Glob {
    this.#glob ??= compileGlob(this.text);
    return this.#glob;
  }
}

/** The required form of an operator's values. */
export interface ExpectedValue {
  readonly description: string;
  readonly isRight: (text: string) => boolean;
}

/** A comparison of one value of the request with one of the policy. Negated operators are the negation of these. */
export interface Comparison {
  readonly takesWildcards: boolean;
  /** Policy variables are replaced in the values of string and ARN operators only. */
  readonly takesVariables: boolean;
  /** The required form of a policy's value; any text is valid without it. */
  readonly expected?: ExpectedValue;
  /** `unknown` where a value is not of the operator's type, since AWS does not document the result. */
  readonly compare: (actual: string, expected: PolicyValue) => Truth;
  /** The same for every address of a block at once; `unknown` where they differ. */
  readonly compareBlock?: (block: string, expected: string) => Truth;
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
  expected: {
    description: "an ARN, with `*` and `?` within its segments",
    isRight: (text) => text === "*" || (text.startsWith("arn:") && splitArn(text).length === 6),
  },
  compare: (actual, expected) => {
    const actualSegments = splitArn(actual);
    const expectedSegments = splitPattern(expected.glob);
    if (actualSegments.length < 6) return "unknown";
    if (expectedSegments.length < 6)
      return expected.glob.length === 1 && expected.glob[0] === anyText ? true : "unknown";
    return expectedSegments.every((segment, i) => matches(segment, actualSegments[i]!));
  },
};

function splitArn(text: string): string[] {
  const parts = text.split(":");
  return parts.length <= 6 ? parts : [...parts.slice(0, 5), parts.slice(5).join(":")];
}

const colon = 0x3a;

/** The same for a pattern: its text won't do, since a variable may have put a `*` there that is no wildcard. */
function splitPattern(glob: Glob): Glob[] {
  const segments: Glob[] = [];
  let rest = glob;
  while (segments.length < 5 && rest.includes(colon)) {
    segments.push(rest.slice(0, rest.indexOf(colon)));
    rest = rest.slice(rest.indexOf(colon) + 1);
  }
  return [...segments, rest];
}

/** A type of value: how it is read from text, and what it is called. */
interface ValueType<T> {
  readonly read: (text: string) => T | undefined;
  readonly description: string;
}

function typed<T>({ read, description }: ValueType<T>, compare: (actual: T, expected: T) => boolean): Comparison {
  return {
    takesWildcards: false,
    takesVariables: false,
    expected: { description, isRight: (text) => read(text) !== undefined },
    compare: (actualText, expected) => {
      const actual = read(actualText);
      const wanted = read(expected.text);
      return actual === undefined || wanted === undefined ? "unknown" : compare(actual, wanted);
    },
  };
}

const number: ValueType<number> = {
  // Digits as AWS's pages have them: that it reads `1e3`, `0x10` or `Infinity` is said nowhere.
  read: (text) => (/^\s*[+-]?(\d+\.?\d*|\.\d+)\s*$/.test(text) ? Number(text) : undefined),
  description: "a number",
};
/** `true` or `false` in any case; `undefined` for every other text. */
export function readFlag(text: string): boolean | undefined {
  const flag = text.toLowerCase();
  return flag === "true" || (flag === "false" ? false : undefined);
}

const boolean: ValueType<boolean> = {
  read: readFlag,
  description: "`true` or `false`",
};

const lastSecond = 9_223_372_036_854_775_807n;

/** Milliseconds: from ISO 8601 (a date alone is midnight UTC) or from seconds since 1970. */
const date: ValueType<number> = {
  read: (text) => {
    if (/^\d{5,}$/.test(text)) return BigInt(text) > lastSecond ? undefined : Number(text) * 1000;
    const time = /^\d{4}(-\d{2}(-\d{2}(T.+)?)?)?$/i.test(text) ? Date.parse(text.toUpperCase()) : Number.NaN;
    return Number.isNaN(time) ? undefined : time;
  },
  description: "a date, such as `2026-11-21T00:00:00Z`",
};
const base64: ValueType<string> = {
  read: (text) => (/^[A-Za-z0-9+/]*={0,2}$/.test(text) ? Buffer.from(text, "base64").toString("hex") : undefined),
  description: "base64",
};

const equal = <T>(actual: T, expected: T) => actual === expected;
const less = (actual: number, expected: number) => actual < expected;
const lessOrEqual = (actual: number, expected: number) => actual <= expected;
const greater = (actual: number, expected: number) => actual > expected;
const greaterOrEqual = (actual: number, expected: number) => actual >= expected;

/** Addresses of one family: one address, or a range in CIDR notation. */
interface Range {
  readonly family: "ipv4" | "ipv6";
  readonly base: string;
  readonly prefix: number;
  readonly members: BlockList;
}

function readRange(text: string): Range | undefined {
  const [base, bits] = text.split("/") as [string, string?];
  const version = isIP(base);
  const widest = version === 6 ? 128 : 32;
  const prefix = bits === undefined ? widest : /^\d{1,3}$/.test(bits) ? Number(bits) : Number.NaN;
  if (version === 0 || !(prefix <= widest)) return undefined;
  const family = version === 6 ? "ipv6" : "ipv4";
  const members = new BlockList();
  members.addSubnet(base, prefix, family);
  return { family, base, prefix, members };
}

/** Node would take an IPv4 address for the IPv6 one that maps it, and so for a part of `::/0`. */
function has({ family, members }: Range, other: Pick<Range, "family" | "base">): boolean {
  return family === other.family && members.check(other.base, family);
}

const address: Comparison = {
  takesWildcards: false,
  takesVariables: false,
  expected: {
    description: "an address or a range of them, such as `10.0.0.0/8`",
    isRight: (text) => readRange(text) !== undefined,
  },
  compare: (actual, expected) => {
    const range = readRange(expected.text);
    const version = isIP(actual);
    if (range === undefined || version === 0) return "unknown";
    return has(range, { family: version === 6 ? "ipv6" : "ipv4", base: actual });
  },
  compareBlock: (text, expected) => {
    const [block, range] = [readRange(text), readRange(expected)];
    if (!block || !range) return "unknown";
    if (range.prefix <= block.prefix) return has(range, block);
    return has(block, range) ? "unknown" : false;
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
  NumericEquals: is(typed(number, equal)),
  NumericNotEquals: isNot(typed(number, equal)),
  NumericLessThan: is(typed(number, less)),
  NumericLessThanEquals: is(typed(number, lessOrEqual)),
  NumericGreaterThan: is(typed(number, greater)),
  NumericGreaterThanEquals: is(typed(number, greaterOrEqual)),
  DateEquals: is(typed(date, equal)),
  DateNotEquals: isNot(typed(date, equal)),
  DateLessThan: is(typed(date, less)),
  DateLessThanEquals: is(typed(date, lessOrEqual)),
  DateGreaterThan: is(typed(date, greater)),
  DateGreaterThanEquals: is(typed(date, greaterOrEqual)),
  Bool: is(typed(boolean, equal)),
  BinaryEquals: is(typed(base64, equal)),
  IpAddress: is(address),
  NotIpAddress: isNot(address),
  ArnEquals: is(arn),
  ArnLike: is(arn),
  ArnNotEquals: isNot(arn),
  ArnNotLike: isNot(arn),
};

/** The names of all operators, as a policy writes them. */
export const operatorNames: readonly string[] = ["Null", ...Object.keys(operators)];
