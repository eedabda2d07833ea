import type { Condition, DocumentKind, Patterns, Principals, Statement } from "./document";
import { parseConditions } from "./parse-conditions";
import { reportWrongAction, reportWrongResource } from "./parse-patterns";
import { everyone, parsePrincipals } from "./parse-principals";
import { type Report, StatementReport, describe, isObject } from "./problems";

const elements =
  "`Sid`, `Effect`, `Principal`, `NotPrincipal`, `Action`, `NotAction`, `Resource`, `NotResource`, `Condition`";

type Json = Readonly<Record<string, unknown>>;

/** Reads one statement. What cannot be read makes the whole statement unreadable, never smaller than it is. */
export function parseStatement(value: unknown, index: number, kind: DocumentKind, report: Report): Statement {
  return new StatementReader(index, kind, report).read(value);
}

class StatementReader {
  readonly #index: number;
  readonly #kind: DocumentKind;
  readonly #report: StatementReport;

  constructor(index: number, kind: DocumentKind, report: Report) {
    this.#index = index;
    this.#kind = kind;
    this.#report = new StatementReport(index, report);
  }

  read(value: unknown): Statement {
    if (!isObject(value)) {
      this.#report.refuse("structure", "", `is ${describe(value)}; expected an object`);
      return { ...nothingKnown, index: this.#index, unreadable: this.#report.unreadable };
    }
    const effect = value["Effect"];
    if (effect !== "Allow" && effect !== "Deny") {
      // First of all: the place that makes a statement unreadable tells whether its effect is known.
      this.#report.refuse("structure", ".Effect", `is ${describe(effect)}; expected \`Allow\` or \`Deny\``);
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
      conditions: parseConditions(json["Condition"], this.#kind, this.#report),
    };
    return Object.assign(statement, { unreadable: this.#report.unreadable });
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
          this.#report.refuse("element", `.${element}`, `unknown element; expected one of ${elements}`);
      }
    }
  }

  #sid(sid: unknown): string | undefined {
    if (sid === undefined) return undefined;
    if (typeof sid !== "string") {
      this.#report.note("sid-type", ".Sid", `is ${describe(sid)}; expected text`);
      return undefined;
    }
    // IAM takes letters and digits only; endpoint policies with spaces in a Sid are in use.
    const isIam = this.#kind === "identity" || this.#kind === "managed" || this.#kind === "trust";
    if (isIam && !/^[A-Za-z0-9]*$/.test(sid)) {
      this.#report.note("sid-characters", ".Sid", `is ${describe(sid)}; expected letters and digits only`);
    }
    return sid;
  }

  /** Reads `X` or `NotX`: a text or a list of texts. */
  #patterns(json: Json, element: "Action" | "Resource", opposite: "NotAction" | "NotResource"): Patterns | undefined {
    const negated = json[element] === undefined;
    const name = negated ? opposite : element;
    const value = json[name];
    if (value === undefined) {
      this.#report.refuse("structure", `.${element}`, `is missing; expected \`${element}\` or \`${opposite}\``);
      return undefined;
    }
    if (!negated && json[opposite] !== undefined) {
      this.#report.refuse(
        "structure",
        `.${opposite}`,
        `appears together with \`${element}\`; expected exactly one of them`,
      );
    }
    const patterns = this.#report.texts(value, () => `.${name}`);
    const check = element === "Action" ? reportWrongAction : reportWrongResource;
    for (const pattern of patterns) check(pattern, `.${name}`, this.#kind, this.#report);
    return { negated, patterns };
  }

  #resources(json: Json): Patterns | undefined {
    if (this.#kind !== "trust") return this.#patterns(json, "Resource", "NotResource") ?? none;
    for (const element of ["Resource", "NotResource"]) {
      if (element in json) {
        this.#report.refuse(
          "trust-resource",
          `.${element}`,
          "is not allowed in a trust policy, because the role is the resource",
        );
      }
    }
    return undefined;
  }

  #principals(json: Json, effect: "Allow" | "Deny"): Principals | undefined {
    const negated = json["Principal"] === undefined && json["NotPrincipal"] !== undefined;
    const element = negated ? "NotPrincipal" : "Principal";
    const value = json[element];
    if (this.#kind === "identity" || this.#kind === "managed") {
      if (value !== undefined) {
        this.#report.refuse(
          "identity-principal",
          `.${element}`,
          "is not allowed in an identity policy, which applies to the identity it is attached to",
        );
      }
      return undefined;
    }
    if (value === undefined) {
      this.#report.refuse("principal", ".Principal", 'is missing; expected `Principal`, such as `"*"`');
      return everyone;
    }
    if (!negated && json["NotPrincipal"] !== undefined) {
      this.#report.refuse(
        "structure",
        ".NotPrincipal",
        "appears together with `Principal`; expected exactly one of them",
      );
    }
    if (negated && effect === "Allow") {
      this.#report.note(
        "allow-not-principal",
        ".NotPrincipal",
        "is not supported with `Effect: Allow`; expected `Principal` and a condition",
      );
    }
    return parsePrincipals(value, element, this.#kind, this.#report);
  }
}

const none: Patterns = { negated: false, patterns: [] };
const noConditions: readonly Condition[] = [];

/** Of a statement that is not even an object. */
const nothingKnown: Omit<Statement, "index" | "unreadable"> = {
  sid: undefined,
  effect: "Allow",
  principals: undefined,
  actions: none,
  resources: none,
  conditions: noConditions,
};
