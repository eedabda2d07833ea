import { type AwsInputs, type Shape, awsInputs } from "./schema";

/** A type in the Pulumi package schema: https://www.pulumi.com/docs/iac/guides/building-extending/packages/schema/. */
type TypeSpec = Readonly<Record<string, unknown>>;

/** Any type: for properties of which `inputs.json` has only the name. */
const anything: TypeSpec = { $ref: "pulumi.json#/Any" };

/**
 * The schema of the stand-in AWS, for the types of Pulumi YAML: only the resources and invokes that it supports. Inputs have their
 * types. Outputs that are not inputs have any type, since only their names are read from @pulumi/aws.
 */
export function packageSchema(): TypeSpec {
  const { source, types, invokes, objects } = awsInputs();
  return {
    name: "aws",
    version: source.split(" ").at(-1),
    meta: { moduleFormat: "(.*)(?:/[^/]*)" },
    config: {},
    provider: { inputProperties: providerInputs },
    types: mapped(objects, (shape) => ({ type: "object", ...typed(shape) }), tokenOf),
    resources: mapped(types, resourceOf),
    functions: mapped(invokes, (shape) => ({ inputs: typed(shape), outputs: resultOf(shape) })),
  };
}

/** The inputs that `configure` reads. */
const providerInputs: TypeSpec = { region: { type: "string" }, defaultTags: anything };

function resourceOf(shape: AwsInputs["types"][string]): TypeSpec {
  const { properties, required } = typed(shape);
  return {
    inputProperties: properties,
    requiredInputs: required,
    properties: Object.fromEntries(shape.outputs.map((name) => [name, properties[name] ?? anything])),
  };
}

/** Results of invokes have their names, so that YAML programs can return one of them, and any type. */
function resultOf({ outputs }: AwsInputs["invokes"][string]): TypeSpec {
  return { type: "object", properties: Object.fromEntries(outputs.map((name) => [name, anything])) };
}

function typed({ inputs, required }: Shape) {
  return { properties: mapped(inputs, typeOf), required };
}

function typeOf(type: string): TypeSpec {
  const alternatives = type.split("|");
  if (alternatives.length > 1) return { oneOf: alternatives.map(typeOf) };
  if (type.endsWith("[]")) return { type: "array", items: typeOf(type.slice(0, -2)) };
  if (type.endsWith("{}")) return { type: "object", additionalProperties: typeOf(type.slice(0, -2)) };
  if (type.startsWith("@")) return { $ref: `#/types/${tokenOf(type.slice(1))}` };
  if (type === "asset") return { $ref: "pulumi.json#/Asset" };
  return type === "any" ? anything : { type };
}

/** `ec2.VpcEndpointDnsOptions` is `aws:ec2/VpcEndpointDnsOptions:VpcEndpointDnsOptions`. */
function tokenOf(object: string): string {
  const [name = "", module = "index"] = object.split(".").reverse();
  return `aws:${module}/${name}:${name}`;
}

function mapped<T, R>(
  all: Readonly<Record<string, T>>,
  to: (one: T) => R,
  key: (name: string) => string = (name) => name,
): Record<string, R> {
  return Object.fromEntries(Object.entries(all).map(([name, one]) => [key(name), to(one)]));
}
