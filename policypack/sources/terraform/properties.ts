import { isObject } from "../../iam/problems";
import type { Json } from "../json-parts";
import { shapes } from "./shapes";
import { camel } from "./types";

/** What a property of @pulumi/aws is where Terraform has a list: a list, or the only element of it. */
interface Part {
  readonly isList: boolean;
  /** Of what is inside; empty for scalars. */
  readonly inside: Shape;
}

type Shape = ReadonlyMap<string, Part>;

const noShape: Shape = new Map();
const read = new Map<string, Shape>();

/** The properties of a resource of Terraform as @pulumi/aws names and nests them. */
export function propsOfTerraform(type: string, attributes: Json): Json {
  let shape = read.get(type);
  if (!shape) read.set(type, (shape = shapeIn(shapes[type] ?? "")));
  return renamed(attributes, shape);
}

/** The property of @pulumi/aws that a top-level attribute becomes. */
export function propertyOf(type: string, attribute: string): string {
  return Object.keys(propsOfTerraform(type, { [attribute]: [] }))[0]!;
}

function renamed(attributes: Json, shape: Shape): Json {
  return Object.fromEntries(
    Object.entries(attributes).map(([attribute, value]) => {
      const name = nameOf(attribute, shape);
      const part = shape.get(name);
      return [name, part ? converted(value, part) : value];
    }),
  );
}

/** A list of blocks is named in the singular by Terraform, and in the plural by Pulumi. */
function nameOf(attribute: string, shape: Shape): string {
  const name = camel(attribute);
  if (shape.has(name)) return name;
  const inPlural = plural(name);
  return shape.get(inPlural)?.isList ? inPlural : name;
}

function plural(name: string): string {
  if (/[^aeiou]y$/.test(name)) return `${name.slice(0, -1)}ies`;
  return /(s|x|ch|sh)$/.test(name) ? `${name}es` : `${name}s`;
}

function converted(value: unknown, { isList, inside }: Part): unknown {
  const convert = (one: unknown) => (isObject(one) ? renamed(one, inside) : one);
  if (!Array.isArray(value)) return convert(value);
  return isList ? value.map(convert) : convert(value[0]);
}

/** Reads `routes*() dnsOptions() mixedInstancesPolicy(launchTemplate(overrides*()))`. */
function shapeIn(text: string): Shape {
  const tokens = text.match(/[\w]+|[*()]/g) ?? [];
  let at = 0;
  const shape = (): Shape => {
    const parts = new Map<string, Part>();
    while (at < tokens.length && tokens[at] !== ")") {
      const name = tokens[at++]!;
      const isList = tokens[at] === "*";
      if (isList) at += 1;
      let inside = noShape;
      if (tokens[at] === "(") {
        at += 1;
        inside = shape();
        at += 1;
      }
      parts.set(name, { isList, inside });
    }
    return parts;
  };
  return shape();
}
