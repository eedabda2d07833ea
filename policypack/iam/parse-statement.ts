import { parseOperator } from "./condition";
import type { Condition, DocumentKind, Patterns, Principals, Statement } from "./document";
import { operators } from "./operators";
import { type Report, describe, isObject, list } from "./problems";

const elements = [
  "Sid",
  "Effect",
  "Principal",
  "NotPrincipal",
  "Action",
  "NotAction",
  "Resource",
  "NotResource",
  "Condition",
];
const principalTypes = ["AWS", "Service", "Federated", "CanonicalUser"];

/** Reads one statement. What can't be read makes the statement unreadable as a whole, never smaller than it is. */
export function parseStatement(value: unknown, index: number, kind: DocumentKind, report: Report): Statement {
  const where = `Statement[${index}]`;
  let unreadable: string | undefined;
  const refuse: Report = (place, message) => {
    unreadable ??= place;
    report(place, message);
  };
  if (!isObject(value)) refuse(where, `is ${describe(value)}; expected an object`);
  const statement = isObject(value) ? value : {};
  for (const element of Object.keys(statement)) {
    if (!elements.includes(element))
      refuse(`${where}.${element}`, `unknown element; expected one of ${list(elements)}`);
  }
  const effect = statement["Effect"];
  if (isObject(value) && effect !== "Allow" && effect !== "Deny") {
    refuse(`${where}.Effect`, `is ${describe(effect)}; expected \`Allow\` or \`Deny\``);
  }
  const read = {
    index,
    sid: parseSid(statement["Sid"], `${where}.Sid`, kind, report),
    effect: effect === "Deny" ? ("Deny" as const) : ("Allow" as const),
    principals: isObject(value) ? parsePrincipals(statement, where, kind, refuse, report) : undefined,
    actions: (isObject(value) ? parsePatterns(statement, "Action", where, true, refuse) : undefined) ?? nothing,
    resources: isObject(value) ? parseResources(statement, where, kind, refuse) : nothing,
    conditions: parseConditions(statement["Condition"], `${where}.Condition`, refuse),
  };
  if (read.effect === "Allow" && read.principals?.negated) {
    report(`${where}.NotPrincipal`, "is not supported with `Effect: Allow`; expected `Principal` and a condition");
  }
  return { ...read, unreadable };
}

const nothing: Patterns = { negated: false, patterns: [] };

function parseSid(sid: unknown, where: string, kind: DocumentKind, report: Report): string | undefined {
  if (sid === undefined) return undefined;
  if (typeof sid !== "string") {
    report(where, `is ${describe(sid)}; expected text`);
    return undefined;
  }
  // IAM takes letters and digits only; endpoint policies with spaces in a Sid are in use.
  if (!kind.endsWith("endpoint") && !/^[A-Za-z0-9]*$/.test(sid))
    report(where, `is ${describe(sid)}; expected letters and digits only`);
  return sid;
}

/** Reads `X` or `NotX`: a text or a list of texts. */
function parsePatterns(
  statement: Record<string, unknown>,
  element: "Action" | "Resource",
  where: string,
  required: boolean,
  refuse: Report,
): Patterns | undefined {
  const opposite = `Not${element}`;
  if (element in statement && opposite in statement) {
    refuse(`${where}.${opposite}`, `stands beside \`${element}\`; expected one of the two`);
  }
  const negated = !(element in statement);
  const name = negated ? opposite : element;
  const value = statement[name];
  if (value === undefined) {
    if (required) refuse(`${where}.${element}`, `is missing; expected \`${element}\` or \`${opposite}\``);
    return undefined;
  }
  const patterns = texts(value, `${where}.${name}`, refuse);
  for (const pattern of patterns) {
    const wrong = element === "Action" ? wrongAction(pattern) : wrongResource(pattern);
    if (wrong) refuse(`${where}.${name}`, `has ${describe(pattern)}; ${wrong}`);
  }
  return { negated, patterns };
}

function wrongAction(pattern: string): string | undefined {
  return pattern === "*" || /^[A-Za-z0-9*?-]+:[A-Za-z0-9*?]+$/.test(pattern)
    ? undefined
    : "expected `*` or `service:Action`, such as `s3:GetObject`";
}

function wrongResource(pattern: string): string | undefined {
  return pattern.startsWith("arn:") || /^[*$]/.test(pattern)
    ? undefined
    : "expected `*` or an ARN, such as `arn:aws:s3:::bucket/*`";
}

function parseResources(
  statement: Record<string, unknown>,
  where: string,
  kind: DocumentKind,
  refuse: Report,
): Patterns | undefined {
  if (kind !== "trust") return parsePatterns(statement, "Resource", where, true, refuse) ?? nothing;
  for (const element of ["Resource", "NotResource"]) {
    if (element in statement)
      refuse(`${where}.${element}`, "stands in a trust policy; expected none, since the role is the resource");
  }
  return undefined;
}

function parsePrincipals(
  statement: Record<string, unknown>,
  where: string,
  kind: DocumentKind,
  refuse: Report,
  report: Report,
): Principals | undefined {
  const given = ["Principal", "NotPrincipal"].filter((element) => element in statement);
  const [element] = given;
  if (kind === "identity") {
    if (element)
      refuse(
        `${where}.${element}`,
        "stands in an identity policy; expected none, since it applies to whom it is attached",
      );
    return undefined;
  }
  if (given.length !== 1 || !element) {
    refuse(
      `${where}.Principal`,
      given.length === 0
        ? 'is missing; expected `Principal`, such as `"*"`'
        : "stands beside `NotPrincipal`; expected one of the two",
    );
    return { negated: false, everyone: false, named: [] };
  }
  const value = statement[element];
  const negated = element === "NotPrincipal";
  if (value === "*") return { negated, everyone: true, named: [] };
  if (!isObject(value) || Object.keys(value).length === 0) {
    refuse(`${where}.${element}`, `is ${describe(value)}; expected \`"*"\` or an object such as \`{"AWS": "*"}\``);
    return { negated, everyone: false, named: [] };
  }
  const named = Object.entries(value).flatMap(([type, names]) => {
    if (!principalTypes.includes(type))
      refuse(`${where}.${element}.${type}`, `unknown type of principal; expected one of ${list(principalTypes)}`);
    return texts(names, `${where}.${element}.${type}`, refuse).map((name) => ({ type, value: name }));
  });
  const everyone = named.some(({ type, value: name }) => type === "AWS" && name === "*");
  if (kind === "gateway-endpoint" && !negated && !everyone) {
    // AWS says so of gateway endpoints: https://docs.aws.amazon.com/vpc/latest/privatelink/vpc-endpoints-access.html
    report(
      `${where}.${element}`,
      'names principals; expected `"*"` on a gateway endpoint, and a condition on `aws:PrincipalArn`',
    );
  }
  return { negated, everyone, named };
}

function parseConditions(value: unknown, where: string, refuse: Report): Condition[] {
  if (value === undefined) return [];
  if (!isObject(value)) {
    refuse(where, `is ${describe(value)}; expected an object of operators`);
    return [];
  }
  return Object.entries(value).flatMap(([operator, keys]) => {
    const at = `${where}.${operator}`;
    if (!parseOperator(operator)) {
      refuse(
        at,
        `unknown operator; expected one of ${list(["Null", ...Object.keys(operators)])}, with \`IfExists\`, \`ForAnyValue:\` or \`ForAllValues:\``,
      );
    }
    if (!isObject(keys) || Object.keys(keys).length === 0) {
      refuse(at, `is ${isObject(keys) ? "empty" : describe(keys)}; expected an object of condition keys`);
      return [];
    }
    return Object.entries(keys).map(([key, values]) => ({
      operator,
      key,
      values: scalars(values, `${at}.${key}`, refuse),
    }));
  });
}

function texts(value: unknown, where: string, refuse: Report): string[] {
  const values = Array.isArray(value) ? (value as unknown[]) : [value];
  if (values.length === 0) refuse(where, "is an empty list; expected at least one text");
  return values.flatMap((one) => {
    if (typeof one === "string" && one !== "") return [one];
    refuse(where, `has ${one === "" ? "an empty text" : describe(one)}; expected text`);
    return [];
  });
}

/** Values of a condition: numbers and booleans may stand for their text. */
function scalars(value: unknown, where: string, refuse: Report): string[] {
  const values = Array.isArray(value) ? (value as unknown[]) : [value];
  if (values.length === 0) refuse(where, "is an empty list; expected at least one value");
  return values.flatMap((one) => {
    if (typeof one === "string" || typeof one === "number" || typeof one === "boolean") return [String(one)];
    refuse(where, `has ${describe(one)}; expected text, a number or a boolean`);
    return [];
  });
}
