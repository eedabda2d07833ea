import { readFileSync } from "node:fs";
import { join } from "node:path";
import { offlineFolder } from "../folder";
import { type Properties, type Value, isObject, unknown } from "./values";

/** An input that AWS or its provider would reject. */
export interface CheckFailure {
  readonly property: string;
  readonly reason: string;
}

/**
 * The type of an input: `string`, `number`, `boolean`, `any`, `asset` or `@name` of an object, followed by `[]` for a list or `{}`
 * for a map; `|` separates alternatives.
 */
type InputType = string;

export interface Shape {
  readonly inputs: Readonly<Record<string, InputType>>;
  readonly required: readonly string[];
}

/** Derived from the type definitions of @pulumi/aws by scripts/generate-aws-inputs.ts. */
export interface AwsInputs {
  readonly source: string;
  readonly regions: readonly string[];
  readonly types: Readonly<Record<string, Shape & { readonly outputs: readonly string[] }>>;
  readonly invokes: Readonly<Record<string, Shape & { readonly outputs: readonly string[] }>>;
  readonly objects: Readonly<Record<string, Shape>>;
}

let loaded: AwsInputs | undefined;

export function awsInputs(): AwsInputs {
  loaded ??= JSON.parse(readFileSync(join(offlineFolder, "aws", "inputs.json"), "utf8")) as AwsInputs;
  return loaded;
}

/** All errors of the provider about the names and types of inputs. */
export function wrongInputs(given: Properties, shape: Shape, path = ""): CheckFailure[] {
  const failures: CheckFailure[] = [];
  for (const name of Object.keys(given)) {
    if (name.startsWith("__") || given[name] === null) continue;
    const type = shape.inputs[name];
    if (type === undefined) {
      failures.push({
        property: `${path}${name}`,
        reason: `is not an input of this type; its inputs are ${Object.keys(shape.inputs).join(", ")}`,
      });
    } else failures.push(...wrongValue(given[name]!, type, `${path}${name}`));
  }
  for (const name of shape.required) {
    if (given[name] === undefined || given[name] === null)
      failures.push({ property: `${path}${name}`, reason: "is required and missing" });
  }
  return failures;
}

function wrongValue(value: Value, type: InputType, path: string): CheckFailure[] {
  if (value === unknown || value === null) return [];
  const attempts = type.split("|").map((alternative) => wrongAlternative(value, alternative, path));
  return attempts.find((failures) => failures.length === 0) ?? attempts.at(-1) ?? [];
}

function wrongAlternative(value: Value, type: InputType, path: string): CheckFailure[] {
  const expected = (what: string) => [{ property: path, reason: `expected ${what}; got ${JSON.stringify(value)}` }];
  if (type.endsWith("[]")) {
    if (!Array.isArray(value)) return expected("a list");
    return value.flatMap((one, i) => wrongValue(one, type.slice(0, -2), `${path}[${i}]`));
  }
  if (type.endsWith("{}")) {
    if (!isObject(value)) return expected("a map");
    return Object.entries(value).flatMap(([key, one]) => wrongValue(one, type.slice(0, -2), `${path}.${key}`));
  }
  if (type.startsWith("@")) {
    if (!isObject(value)) return expected("an object");
    return wrongInputs(value, awsInputs().objects[type.slice(1)]!, `${path}.`);
  }
  switch (type) {
    case "string": // the provider converts numbers and booleans to strings, and strings to them
      return typeof value === "object" ? expected("a string") : [];
    case "number":
      return typeof value === "object" || value === "" || Number.isNaN(Number(value)) ? expected("a number") : [];
    case "boolean":
      return value === true || value === false || value === "true" || value === "false"
        ? []
        : expected("true or false");
    default:
      return [];
  }
}
