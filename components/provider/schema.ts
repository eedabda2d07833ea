import { readFileSync } from "node:fs";
import { join } from "node:path";

/** A type in the Pulumi package schema: https://www.pulumi.com/docs/iac/guides/building-extending/packages/schema/. */
export interface TypeSpec {
  readonly type?: "string" | "integer" | "boolean" | "array" | "object";
  readonly $ref?: string;
  readonly items?: TypeSpec;
  readonly additionalProperties?: TypeSpec;
  readonly oneOf?: readonly TypeSpec[];
  /** Whether the value must be known before anything is created. */
  readonly plain?: true;
}

export interface PropertySpec extends TypeSpec {
  readonly description?: string;
  readonly default?: string | number | boolean;
}

export interface ObjectSpec {
  readonly type: "object";
  readonly description?: string;
  readonly properties: Readonly<Record<string, PropertySpec>>;
  readonly required: readonly string[];
}

export interface EnumSpec {
  readonly type: "string";
  readonly description?: string;
  readonly enum: readonly { readonly value: string }[];
}

/** A component. */
export interface ResourceSpec {
  readonly description: string;
  readonly isComponent: true;
  readonly inputProperties: Readonly<Record<string, PropertySpec>>;
  readonly requiredInputs: readonly string[];
  readonly properties: Readonly<Record<string, PropertySpec>>;
  readonly required: readonly string[];
}

/** The parts of the schema that the provider reads. */
export interface PackageSchema {
  readonly version: string;
  readonly types: Readonly<Record<string, ObjectSpec | EnumSpec>>;
  readonly resources: Readonly<Record<string, ResourceSpec>>;
}

/** The build writes it from the types and doc comments of the components. */
export const schemaFile = join(__dirname, "..", __filename.endsWith(".ts") ? "" : "..", "schema.json");

export function readSchema(text = readFileSync(schemaFile, "utf8")): PackageSchema {
  return JSON.parse(text) as PackageSchema;
}

/** The type that `#/types/patchpath:topology:Topology` refers to; `undefined` for arbitrary JSON. */
export function namedType(
  { types }: Pick<PackageSchema, "types">,
  reference: string,
): ObjectSpec | EnumSpec | undefined {
  return types[reference.replace(/^#\/types\//, "")];
}
