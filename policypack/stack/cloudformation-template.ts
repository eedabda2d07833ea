import type { CollectionTag, ScalarTag } from "yaml";
import { isObject } from "../iam/problems";
import { unknownText } from "./special-values";
import { yaml } from "./yaml";

/** The intrinsic functions of CloudFormation, in their short form: what they return is known to CloudFormation only. */
const functions = [
  "And",
  "Base64",
  "Cidr",
  "Condition",
  "Equals",
  "FindInMap",
  "GetAtt",
  "GetAZs",
  "If",
  "ImportValue",
  "Join",
  "Not",
  "Or",
  "Ref",
  "Select",
  "Split",
  "Sub",
  "ToJsonString",
  "Transform",
] as const;

const customTags = functions.flatMap((name): (ScalarTag | CollectionTag)[] => {
  const tag = `!${name}`;
  return [
    { tag, resolve: () => unknownText },
    { tag, collection: "seq", resolve: () => unknownText },
    { tag, collection: "map", resolve: () => unknownText },
  ];
});

/**
 * The template of a CloudFormation stack, as text in YAML or JSON or as a record, with what intrinsic functions return as
 * unknown, and without what cannot be parsed: CloudFormation's parser is another one, and a launch must not be missed for that.
 * `undefined` for one that cannot be parsed at all.
 */
export function templateOf(body: unknown): unknown {
  try {
    return withoutFunctions(typeof body === "string" ? yaml().parse(body, { customTags, logLevel: "silent" }) : body);
  } catch {
    return undefined;
  }
}

/** The long form of functions, `{"Ref": …}` and `{"Fn::Sub": …}`, as unknown too. */
function withoutFunctions(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutFunctions);
  if (!isObject(value)) return value;
  const [key, ...others] = Object.keys(value);
  if (key !== undefined && others.length === 0 && /^(Ref|Condition|Fn::.+)$/.test(key)) return unknownText;
  return Object.fromEntries(Object.entries(value).map(([name, inner]) => [name, withoutFunctions(inner)]));
}
