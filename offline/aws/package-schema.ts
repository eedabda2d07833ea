import { type AwsInputs, type Shape, awsInputs } from "./schema";

/** A type in Pulumi's package schema: https://www.pulumi.com/docs/iac/guides/building-extending/packages/schema/. */
type TypeSpec = Readonly<Record<string, unknown>>;

/** Of any type: what `inputs.json` knows by name only. */
const anything: TypeSpec = { $ref: "pulumi.json#/Any" };

/**
 * The schema of the stand-in AWS, which Pulumi's YAML reads its types from: the resources and invokes that it plays, no
 * others. Inputs have their types; outputs that are no inputs are of any type, since @pulumi/aws is asked for their names only.
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
    functions: mapped(invokes, (shape) => ({ inputs: typed(shape), outputs: anything })),
  };
}

/** What `configure` reads. */
const providerInputs: TypeSpec = { region: { type: "string" }, defaultTags: anything };

function resourceOf(shape: AwsInputs["types"][string]): TypeSpec {
  const { properties, required } = typed(shape);
  return {
    inputProperties: properties,
    requiredInputs: required,
    properties: Object.fromEntries(shape.outputs.map((name) => [name, properties[name] ?? anything])),
  };
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
