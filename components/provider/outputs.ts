import * as pulumi from "@pulumi/pulumi";
import { type ObjectSpec, type PackageSchema, type TypeSpec, namedType } from "./schema";

/**
 * The outputs of a component for other languages. An output that is a component becomes an object with the outputs of that component,
 * since other languages do not have its class.
 */
export function outputsOf(
  component: object,
  { properties }: Pick<ObjectSpec, "properties">,
  schema: Pick<PackageSchema, "types">,
): pulumi.Inputs {
  const values = component as Readonly<Record<string, unknown>>;
  return Object.fromEntries(
    Object.entries(properties).map(([name, spec]) => [name, valueOf(values[name], spec, schema)]),
  );
}

function valueOf(value: unknown, spec: TypeSpec, schema: Pick<PackageSchema, "types">): unknown {
  if (typeof value !== "object" || value === null || pulumi.Output.isInstance(value)) return value;
  const { items, additionalProperties: values } = spec;
  if (items && Array.isArray(value)) return value.map((one) => valueOf(one, items, schema));
  if (values) return Object.fromEntries(Object.entries(value).map(([key, one]) => [key, valueOf(one, values, schema)]));
  const type = spec.$ref === undefined ? undefined : namedType(schema, spec.$ref);
  return type?.type === "object" ? outputsOf(value, type, schema) : value;
}
