import type { KeyCase, RequestContext } from "./context";
import type { Condition, PolicyDocument } from "./document";
import { anyCharacter, anyText } from "./glob";
import { type ExpectedValue, type Operator, PolicyValue, operators, readFlag } from "./operators";
import { printable } from "./problems";
import { type Truth, all, any, inEveryCase, not } from "./truth";
import { type Expansion, expand } from "./variables";

/** An operator as written in a policy, taken apart. */
export interface ParsedOperator {
  readonly qualifier: "ForAllValues" | "ForAnyValue" | undefined;
  /** `Null`, or a name of the operators table. */
  readonly name: string;
  readonly ifExists: boolean;
}

/** Every form of every operator, by its name as AWS writes it and in lower case. */
const forms = new Map<string, ParsedOperator>();
function addForm(written: string, form: ParsedOperator): void {
  forms.set(written, form).set(written.toLowerCase(), form);
}
addForm("Null", { qualifier: undefined, name: "Null", ifExists: false });
for (const name of Object.keys(operators)) {
  for (const qualifier of [undefined, "ForAllValues", "ForAnyValue"] as const) {
    for (const ifExists of [false, true]) {
      const written = `${qualifier === undefined ? "" : `${qualifier}:`}${name}${ifExists ? "IfExists" : ""}`;
      addForm(written, { qualifier, name, ifExists });
    }
  }
}

/**
 * Takes an operator apart; `undefined` when AWS knows none of that name. AWS writes the names in one way; whether it
 * rejects other cases is not documented, so case is ignored.
 */
export function parseOperator(written: string): ParsedOperator | undefined {
  return forms.get(written) ?? forms.get(written.toLowerCase());
}

/** What the values of an operator must be; `undefined` where any text will do. */
export function expectedValues(written: string): ExpectedValue | undefined {
  const name = parseOperator(written)?.name;
  if (name === "Null") return { description: "`true` or `false`", isRight: (text) => readNull(text) !== "unknown" };
  return name === undefined ? undefined : operators[name]!.comparison.expected;
}

/** Whether a condition holds in a request, and where that is unknown, what could not be determined. */
export interface ConditionResult {
  readonly holds: Truth;
  readonly openQuestion: string | undefined;
}

/** Decides one key of one operator, in every case that its context leaves open. */
export function evaluate(
  condition: Condition,
  context: RequestContext,
  version: PolicyDocument["version"],
): ConditionResult {
  const operator = parseOperator(condition.operator);
  if (!operator)
    return { holds: "unknown", openQuestion: `what the operator \`${printable(condition.operator)}\` means` };
  const state = context(condition.key);
  if (operator.name === "Null") {
    const wanted = any(condition.values.map((value) => readNull(value)));
    const holds = inEveryCase(
      state.cases.map((one) => (wanted === "unknown" ? wanted : (one.is === "absent") === wanted)),
    );
    return { holds, openQuestion: holds === "unknown" ? (state.openQuestion ?? "the value of `Null`") : undefined };
  }
  const base = operators[operator.name]!;
  const expected = condition.values.map((value): Expansion =>
    base.comparison.takesVariables ? expand(value, version, context) : { is: "value", value: new PolicyValue(value) },
  );
  const holds = inEveryCase(state.cases.map((one) => holdsIn(one, operator, base, expected)));
  if (holds !== "unknown") return { holds, openQuestion: undefined };
  const unknownValue = expected.find((one) => one.is === "unknown");
  return {
    holds,
    openQuestion:
      state.openQuestion ??
      unknownValue?.openQuestion ??
      `how AWS compares \`${printable(condition.key)}\` with \`${condition.operator}\``,
  };
}

/** `"true"`: the key must be missing; `"false"`: it must be present. */
function readNull(value: string): Truth {
  return readFlag(value) ?? "unknown";
}

function holdsIn(one: KeyCase, operator: ParsedOperator, base: Operator, expected: readonly Expansion[]): Truth {
  if (one.is === "absent") return holdsWithoutKey(operator, base);
  const matchesOne = (compare: (value: PolicyValue) => Truth): Truth => {
    const match = any(
      expected.map((value): Truth => {
        if (value.is === "value") return compare(value.value);
        return value.is === "unknown" ? "unknown" : false;
      }),
    );
    return base.negated ? not(match) : match;
  };
  switch (one.is) {
    case "any-value":
      return matchesOne((value) => matchesEverything(base, value) || "unknown");
    case "within":
      return matchesOne(
        (value) =>
          matchesEverything(base, value) || (base.comparison.compareBlock?.(one.block, value.text) ?? "unknown"),
      );
    case "aws-internal":
      return matchesOne((value) => matchesEverything(base, value) || (isPlain(base, value) ? false : "unknown"));
    case "present": {
      const results = one.values.map((actual) => matchesOne((value) => base.comparison.compare(actual, value)));
      if (operator.qualifier === "ForAllValues") return all(results);
      if (operator.qualifier === "ForAnyValue") return any(results);
      return results.length === 1 ? results[0]! : "unknown"; // AWS documents no meaning without a qualifier
    }
  }
}

/**
 * Source: the same page as the operators, "If the key that you specify in a policy condition is not present …"; and
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-single-vs-multi-valued-context-keys.html.
 * `ForAnyValue` "returns false" for a key that does not exist, whatever its operator. Unconfirmed, hence unknown: `ForAnyValue`
 * with `IfExists`.
 */
function holdsWithoutKey(operator: ParsedOperator, base: Operator): Truth {
  if (operator.qualifier === "ForAllValues") return true;
  if (operator.qualifier === "ForAnyValue") return operator.ifExists ? "unknown" : false;
  return operator.ifExists || base.negated;
}

function matchesEverything(base: Operator, value: PolicyValue): boolean {
  return base.comparison.takesWildcards && value.glob.length === 1 && value.glob[0] === anyText;
}

/** A value that only its own text matches. */
function isPlain(base: Operator, value: PolicyValue): boolean {
  if (!base.comparison.takesVariables) return false; // numbers, dates, …: AWS's value may well compare as true
  return !base.comparison.takesWildcards || !value.glob.some((token) => token === anyText || token === anyCharacter);
}
