import { conditionKeyNear } from "../facts/condition-keys";
import { expectedValues, parseOperator } from "./condition";
import type { Condition, DocumentKind } from "./document";
import { operatorNames } from "./operators";
import { type StatementReport, describe, isObject, list } from "./problems";

const noConditions: readonly Condition[] = [];

/** Reads the value of `Condition`. */
export function parseConditions(value: unknown, kind: DocumentKind, report: StatementReport): readonly Condition[] {
  if (value === undefined) return noConditions;
  if (!isObject(value)) {
    report.refuse("structure", ".Condition", `is ${describe(value)}; expected an object of operators`);
    return noConditions;
  }
  const conditions: Condition[] = [];
  for (const operator of Object.keys(value)) {
    const keys = value[operator];
    if (!isObject(keys)) {
      const message = `is ${describe(keys)}; expected an object of condition keys`;
      report.refuse("structure", `.Condition.${operator}`, message);
      continue;
    }
    const names = Object.keys(keys);
    if (names.length === 0) {
      report.note(
        "no-values",
        `.Condition.${operator}`,
        "is empty, so it requires nothing; remove it or add a condition key",
      );
      continue;
    }
    checkOperator(operator, report);
    checkRepeated(names, operator, report);
    for (const key of names) conditions.push(parseCondition(operator, key, keys[key], kind, report));
  }
  return conditions;
}

function checkOperator(operator: string, report: StatementReport): void {
  if (parseOperator(operator)) return;
  const names = `${list(operatorNames)}, with \`IfExists\`, \`ForAnyValue:\` or \`ForAllValues:\``;
  const isNull = /^(ForAllValues:|ForAnyValue:)?Null(IfExists)?$/.test(operator);
  const message = `unknown operator; expected one of ${names}`;
  report.refuse(isNull ? "null-qualified" : "operator", `.Condition.${operator}`, message);
}

/** Names of keys are not case-sensitive, so two of them may be one. */
function checkRepeated(names: readonly string[], operator: string, report: StatementReport): void {
  if (names.length === 1) return;
  const seen = new Map<string, string>();
  for (const name of names) {
    const other = seen.get(name.toLowerCase());
    if (other !== undefined) {
      const message = `is the same key as \`${other}\`, because condition keys are not case-sensitive; expected one key with all values`;
      report.refuse("repeated-key", `.Condition.${operator}.${name}`, message);
    }
    seen.set(name.toLowerCase(), name);
  }
}

function parseCondition(
  operator: string,
  key: string,
  value: unknown,
  kind: DocumentKind,
  report: StatementReport,
): Condition {
  const place = () => `.Condition.${operator}.${key}`;
  if (!/^[^\s:]+:./.test(key)) {
    const message =
      "has no service prefix, so no request contains it; expected a condition key such as `aws:SourceVpc`";
    report.note("key-format", place(), message);
  } else {
    const near = conditionKeyNear(key);
    if (near !== undefined)
      report.note("key-name", place(), `${meaningOfUnknownKey(operator)}; did you mean \`${near}\`?`);
  }
  const values = scalars(value, place, report);
  const expected = expectedValues(operator);
  for (const one of values) {
    if (!expected || expected.isRight(one) || one.includes("${")) continue;
    const isNoDate = operator.includes("Date") && isSurelyNoDate(one);
    report.note(isNoDate ? "date" : "value", place(), `has ${describe(one)}; expected ${expected.description}`);
  }
  if (kind.endsWith("endpoint")) checkConsiderations(operator, key, values, place, report);
  return { operator, key, values };
}

/** What a condition on a key means that no request carries. */
function meaningOfUnknownKey(operator: string): string {
  const form = parseOperator(operator);
  const unknown = "is not a condition key that AWS documents";
  if (!form) return unknown;
  if (form.name === "Null") return `${unknown}, so it always counts as missing`;
  const holds =
    form.qualifier !== "ForAnyValue" && (form.ifExists || form.qualifier !== undefined || form.name.includes("Not"));
  return holds ? `${unknown}, so this condition always holds` : `${unknown}, so this condition never holds`;
}

/** Values of a condition: numbers and booleans may stand for their text. */
function scalars(value: unknown, place: () => string, report: StatementReport): readonly string[] {
  const values = Array.isArray(value) ? (value as unknown[]) : [value];
  if (values.length === 0) {
    report.refuse("no-values", place(), "is an empty list, which AWS does not define; expected at least one value");
  }
  const texts: string[] = [];
  for (const one of values) {
    if (typeof one === "string" || typeof one === "number" || typeof one === "boolean") texts.push(String(one));
    else {
      const message = `has ${describe(one)}; expected text, a number or a boolean`;
      report.refuse(one === null ? "null" : "structure", place(), message);
    }
  }
  return texts;
}

/**
 * Dates that AWS rejected (`The policy failed legacy parsing`): not digits, or a date that does not exist. It accepts
 * lowercase letters, years alone and negative years, so anything in between is not reported.
 */
function isSurelyNoDate(text: string): boolean {
  if (/^\d+$/.test(text)) return BigInt(text) > 9_223_372_036_854_775_807n;
  const day = /^[+-]?\d+(?:-(\d+)(?:-\d+)?)?(?:T|$)/i.exec(text);
  const month = Number(day?.[1] ?? 1);
  return day === null || month < 1 || month > 12;
}

/** Global keys whose values AWS assigns. */
const identifiers = new Set([
  "aws:principalaccount",
  "aws:principalorgid",
  "aws:resourceaccount",
  "aws:resourceorgid",
  "aws:sourceaccount",
  "aws:sourceorgid",
  "aws:sourcevpc",
  "aws:sourcevpce",
  "aws:userid",
  "aws:vpceaccount",
  "aws:vpceorgid",
]);

/**
 * Source: https://docs.aws.amazon.com/vpc/latest/privatelink/vpc-endpoints-access.html, "Considerations", checked 2026-11-28.
 * Whether EC2 refuses such a policy, or the condition matches nothing, is not documented.
 */
function checkConsiderations(
  operator: string,
  key: string,
  values: readonly string[],
  place: () => string,
  report: StatementReport,
): void {
  const name = parseOperator(operator)?.name;
  if (name === undefined) return;
  const say = (message: string) => {
    report.note("endpoint-consideration", place(), message);
  };
  if (identifiers.has(key.toLowerCase())) {
    const wild = name.endsWith("Like") ? values.find((value) => /[*?]/.test(value) && value !== "*") : undefined;
    if (name.startsWith("Numeric")) say("is an identifier, which endpoint policies cannot compare as a number");
    else if (wild !== undefined)
      say(`has ${describe(wild)}; endpoint policies do not allow a wildcard in an identifier`);
    return;
  }
  for (const value of values) {
    if (name.startsWith("Arn")) {
      if (/^arn:[^:]*:[^:]*:[^:]*:(\d+[*?]|[*?]+\d)/.test(value)) {
        say(`has ${describe(value)}; on an endpoint the account of an ARN is a number or a wildcard, not both`);
      }
    } else if (name.endsWith("Like") && value !== "*" && !isAnchored(value)) {
      say(`has ${describe(value)}; endpoint policies require six characters before or after each wildcard`);
    }
  }
}

/** Whether each wildcard has six plain characters on one of its sides. */
function isAnchored(value: string): boolean {
  const parts = value.split(/[*?]/);
  return parts.slice(1).every((after, i) => after.length >= 6 || parts[i]!.length >= 6);
}
