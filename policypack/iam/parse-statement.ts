import { expectedValues, parseOperator } from "./condition";
import type { Condition, DocumentKind, Patterns, Principals, Statement } from "./document";
import { operatorNames } from "./operators";
import { type Report, describe, isObject, list } from "./problems";

const elements =
  "`Sid`, `Effect`, `Principal`, `NotPrincipal`, `Action`, `NotAction`, `Resource`, `NotResource`, `Condition`";
const principalTypes = ["AWS", "Service", "Federated", "CanonicalUser"];

type Json = Readonly<Record<string, unknown>>;

/** Reads one statement. What can't be read makes the statement unreadable as a whole, never smaller than it is. */
export function parseStatement(value: unknown, index: number, kind: DocumentKind, report: Report): Statement {
  return new StatementReader(index, kind, report).read(value);
}

/** Places are put together only where something is wrong: most documents are right, and all are read in every preview. */
class StatementReader {
  readonly #index: number;
  readonly #kind: DocumentKind;
  readonly #report: Report;
  #unreadable: string | undefined;

  constructor(index: number, kind: DocumentKind, report: Report) {
    this.#index = index;
    this.#kind = kind;
    this.#report = report;
  }

  read(value: unknown): Statement {
    if (!isObject(value)) {
      this.#refuse("", `is ${describe(value)}; expected an object`);
      return { ...nothingKnown, index: this.#index, unreadable: this.#unreadable };
    }
    const effect = value["Effect"];
    if (effect !== "Allow" && effect !== "Deny") {
      // First of all: the place that makes a statement unreadable tells whether its effect is known.
      this.#refuse(".Effect", `is ${describe(effect)}; expected \`Allow\` or \`Deny\``);
    }
    this.#checkElements(value);
    return this.#statement(value, effect === "Deny" ? effect : "Allow");
  }

  #statement(json: Json, effect: "Allow" | "Deny"): Statement {
    const statement: Omit<Statement, "unreadable"> & { unreadable?: string | undefined } = {
      index: this.#index,
      sid: this.#sid(json["Sid"]),
      effect,
      principals: this.#principals(json, effect),
      actions: this.#patterns(json, "Action", "NotAction") ?? none,
      resources: this.#resources(json),
      conditions: this.#conditions(json["Condition"]),
    };
    return Object.assign(statement, { unreadable: this.#unreadable });
  }

  /** Says what is wrong without a doubt about what the statement does. */
  #note(place: string, message: string): void {
    this.#report(`Statement[${this.#index}]${place}`, message);
  }

  /** Says what is wrong so that nobody can tell what the statement does. */
  #refuse(place: string, message: string): void {
    this.#unreadable ??= `Statement[${this.#index}]${place}`;
    this.#note(place, message);
  }

  #checkElements(json: Json): void {
    for (const element of Object.keys(json)) {
      switch (element) {
        case "Sid":
        case "Effect":
        case "Principal":
        case "NotPrincipal":
        case "Action":
        case "NotAction":
        case "Resource":
        case "NotResource":
        case "Condition":
          break;
        default:
          this.#refuse(`.${element}`, `unknown element; expected one of ${elements}`);
      }
    }
  }

  #sid(sid: unknown): string | undefined {
    if (sid === undefined) return undefined;
    if (typeof sid !== "string") {
      this.#note(".Sid", `is ${describe(sid)}; expected text`);
      return undefined;
    }
    // IAM takes letters and digits only; endpoint policies with spaces in a Sid are in use.
    if ((this.#kind === "identity" || this.#kind === "trust") && !/^[A-Za-z0-9]*$/.test(sid)) {
      this.#note(".Sid", `is ${describe(sid)}; expected letters and digits only`);
    }
    return sid;
  }

  /** Reads `X` or `NotX`: a text or a list of texts. */
  #patterns(json: Json, element: "Action" | "Resource", opposite: "NotAction" | "NotResource"): Patterns | undefined {
    const negated = json[element] === undefined;
    const name = negated ? opposite : element;
    const value = json[name];
    if (value === undefined) {
      this.#refuse(`.${element}`, `is missing; expected \`${element}\` or \`${opposite}\``);
      return undefined;
    }
    if (!negated && json[opposite] !== undefined) {
      this.#refuse(`.${opposite}`, `stands beside \`${element}\`; expected one of the two`);
    }
    const patterns = this.#texts(value, () => `.${name}`);
    const wrong = element === "Action" ? wrongAction : wrongResource;
    for (const pattern of patterns) {
      const expected = wrong(pattern);
      if (expected) this.#refuse(`.${name}`, `has ${describe(pattern)}; ${expected}`);
    }
    return { negated, patterns };
  }

  #resources(json: Json): Patterns | undefined {
    if (this.#kind !== "trust") return this.#patterns(json, "Resource", "NotResource") ?? none;
    for (const element of ["Resource", "NotResource"]) {
      if (element in json) {
        this.#refuse(`.${element}`, "stands in a trust policy; expected none, since the role is the resource");
      }
    }
    return undefined;
  }

  #principals(json: Json, effect: "Allow" | "Deny"): Principals | undefined {
    const negated = json["Principal"] === undefined && json["NotPrincipal"] !== undefined;
    const element = negated ? "NotPrincipal" : "Principal";
    const value = json[element];
    if (this.#kind === "identity") {
      if (value !== undefined) {
        this.#refuse(
          `.${element}`,
          "stands in an identity policy; expected none, since it applies to whom it is attached",
        );
      }
      return undefined;
    }
    if (value === undefined) this.#refuse(".Principal", 'is missing; expected `Principal`, such as `"*"`');
    else if (!negated && json["NotPrincipal"] !== undefined) {
      this.#refuse(".NotPrincipal", "stands beside `Principal`; expected one of the two");
    }
    if (negated && effect === "Allow") {
      this.#note(".NotPrincipal", "is not supported with `Effect: Allow`; expected `Principal` and a condition");
    }
    return value === undefined ? everyone : this.#namedPrincipals(value, element, negated);
  }

  #namedPrincipals(value: unknown, element: string, negated: boolean): Principals {
    if (value === "*") return { negated, everyone: true, named: [] };
    if (!isObject(value) || Object.keys(value).length === 0) {
      this.#refuse(`.${element}`, `is ${describe(value)}; expected \`"*"\` or an object such as \`{"AWS": "*"}\``);
      return { negated, everyone: false, named: [] };
    }
    const named = Object.keys(value).flatMap((type) => {
      if (!principalTypes.includes(type)) {
        this.#refuse(`.${element}.${type}`, `unknown type of principal; expected one of ${list(principalTypes)}`);
      }
      return this.#texts(value[type], () => `.${element}.${type}`).map((name) => ({ type, value: name }));
    });
    const isEveryone = named.some(({ type, value: name }) => type === "AWS" && name === "*");
    if (this.#kind === "gateway-endpoint" && !negated && !isEveryone) {
      // AWS says so of gateway endpoints: https://docs.aws.amazon.com/vpc/latest/privatelink/vpc-endpoints-access.html
      this.#note(
        `.${element}`,
        'names principals; expected `"*"` on a gateway endpoint, and a condition on `aws:PrincipalArn`',
      );
    }
    return { negated, everyone: isEveryone, named };
  }

  #conditions(value: unknown): readonly Condition[] {
    if (value === undefined) return noConditions;
    if (!isObject(value)) {
      this.#refuse(".Condition", `is ${describe(value)}; expected an object of operators`);
      return noConditions;
    }
    const conditions: Condition[] = [];
    for (const operator of Object.keys(value)) {
      const keys = value[operator];
      if (!parseOperator(operator)) {
        const names = `${list(operatorNames)}, with \`IfExists\`, \`ForAnyValue:\` or \`ForAllValues:\``;
        this.#refuse(`.Condition.${operator}`, `unknown operator; expected one of ${names}`);
      }
      if (!isObject(keys) || Object.keys(keys).length === 0) {
        const found = isObject(keys) ? "empty" : describe(keys);
        this.#refuse(`.Condition.${operator}`, `is ${found}; expected an object of condition keys`);
        continue;
      }
      for (const key of Object.keys(keys)) {
        conditions.push(this.#condition(operator, key, keys[key]));
      }
    }
    return conditions;
  }

  #condition(operator: string, key: string, value: unknown): Condition {
    if (!/^[A-Za-z0-9-]+:./.test(key)) {
      this.#refuse(
        `.Condition.${operator}.${key}`,
        "is no condition key; expected `service:Key`, such as `aws:SourceVpc`",
      );
    }
    const values = this.#scalars(value, operator, key);
    const expected = expectedValues(operator);
    for (const one of values) {
      if (!expected || expected.isRight(one) || one.includes("${")) continue;
      this.#note(`.Condition.${operator}.${key}`, `has ${describe(one)}; expected ${expected.description}`);
    }
    return { operator, key, values };
  }

  #texts(value: unknown, place: () => string): readonly string[] {
    const values = Array.isArray(value) ? (value as unknown[]) : [value];
    if (values.length === 0) this.#refuse(place(), "is an empty list; expected at least one text");
    const texts: string[] = [];
    for (const one of values) {
      if (typeof one === "string" && one !== "") texts.push(one);
      else this.#refuse(place(), `has ${one === "" ? "an empty text" : describe(one)}; expected text`);
    }
    return texts;
  }

  /** Values of a condition: numbers and booleans may stand for their text. */
  #scalars(value: unknown, operator: string, key: string): readonly string[] {
    const values = Array.isArray(value) ? (value as unknown[]) : [value];
    const place = () => `.Condition.${operator}.${key}`;
    if (values.length === 0) this.#refuse(place(), "is an empty list; expected at least one value");
    const texts: string[] = [];
    for (const one of values) {
      if (typeof one === "string" || typeof one === "number" || typeof one === "boolean") texts.push(String(one));
      else this.#refuse(place(), `has ${describe(one)}; expected text, a number or a boolean`);
    }
    return texts;
  }
}

const none: Patterns = { negated: false, patterns: [] };
const noConditions: readonly Condition[] = [];
const everyone: Principals = { negated: false, everyone: true, named: [] };

/** Of a statement that is not even an object. */
const nothingKnown: Omit<Statement, "index" | "unreadable"> = {
  sid: undefined,
  effect: "Allow",
  principals: undefined,
  actions: none,
  resources: none,
  conditions: noConditions,
};

function wrongAction(pattern: string): string | undefined {
  return pattern === "*" || /^[A-Za-z0-9*?-]+:[A-Za-z0-9*?]+$/.test(pattern)
    ? undefined
    : "expected `*` or `service:Action`, such as `s3:GetObject`";
}

/** An ARN has six segments; one that ends in a wildcard may stop earlier. */
function wrongResource(pattern: string): string | undefined {
  const isArn = /^arn:(?:[^:]*:){4}/.test(pattern) || (pattern.startsWith("arn:") && pattern.endsWith("*"));
  return isArn || pattern.startsWith("*") || pattern.startsWith("$")
    ? undefined
    : "expected `*` or an ARN, such as `arn:aws:s3:::bucket/*`";
}
