import { Netmask } from "netmask";
import { type PolicyKind, policyRefusal } from "../policy-grammar";
import { type Properties, type Value, asText, holdsUnknown, unknown } from "../values";
import type { CheckFailure } from "../schema";
import type { Check } from "./row";

/** The value of an input; `undefined` if it is not given or not known yet. */
export function known(inputs: Properties, name: string): Value | undefined {
  const value = inputs[name];
  return value === undefined || value === null || holdsUnknown(value) ? undefined : value;
}

export function knownText(inputs: Properties, name: string): string | undefined {
  const value = known(inputs, name);
  return typeof value === "string" ? value : undefined;
}

export function knownTexts(inputs: Properties, name: string): string[] {
  const value = inputs[name];
  return Array.isArray(value) ? value.filter((one): one is string => typeof one === "string" && one !== unknown) : [];
}

export function given(inputs: Properties, name: string): boolean {
  const value = inputs[name];
  return value !== undefined && value !== null && !(Array.isArray(value) && value.length === 0);
}

const failure = (property: string, reason: string): CheckFailure => ({ property, reason });

/** A block of IPv4 addresses in CIDR notation, `undefined` if the text is not one. */
export function readCidr(text: string): Netmask | undefined {
  if (!/^\d+\.\d+\.\d+\.\d+\/\d+$/.test(text)) return undefined;
  try {
    return new Netmask(text);
  } catch {
    return undefined;
  }
}

export function contains(outer: Netmask, inner: Netmask): boolean {
  return (
    outer.contains(inner.base) &&
    (inner.broadcast === undefined || outer.contains(inner.last)) &&
    inner.bitmask >= outer.bitmask
  );
}

export function overlap(a: Netmask, b: Netmask): boolean {
  return contains(a, b) || contains(b, a);
}

/** A network address in CIDR notation, with a prefix length that AWS allows. */
export const cidrBlock =
  (property: string, shortest = 16, longest = 28): Check =>
  ({ inputs }) => {
    const text = knownText(inputs, property);
    if (text === undefined) return undefined;
    const block = readCidr(text);
    if (!block) return failure(property, `"${text}" is not a valid CIDR block`);
    if (block.toString() !== text)
      return failure(property, `"${text}" is not a valid CIDR block; did you mean "${block.toString()}"?`);
    if (block.bitmask < shortest || block.bitmask > longest) {
      return failure(
        property,
        `"${text}" has the prefix /${block.bitmask}; expected /${shortest} to /${longest} (InvalidVpc.Range)`,
      );
    }
    return undefined;
  };

/** Exactly one of these inputs, known or not. */
export const exactlyOneOf =
  (...names: string[]): Check =>
  ({ inputs }) => {
    const found = names.filter((name) => given(inputs, name));
    if (found.length === 1) return undefined;
    return failure(
      found[1] ?? names[0]!,
      `expected exactly one of ${names.join(", ")}; found ${found.join(", ") || "none"}`,
    );
  };

export const atMostOneOf =
  (...names: string[]): Check =>
  ({ inputs }) => {
    const found = names.filter((name) => given(inputs, name));
    return found.length <= 1 ? undefined : failure(found[1]!, `conflicts with ${found[0]}`);
  };

export const oneOf =
  (property: string, ...allowed: string[]): Check =>
  ({ inputs }) => {
    const value = knownText(inputs, property);
    if (value === undefined || allowed.includes(value)) return undefined;
    return failure(property, `expected one of ${allowed.join(", ")}; got "${value}"`);
  };

export const within =
  (property: string, min: number, max: number): Check =>
  ({ inputs }) => {
    const value = known(inputs, property);
    if (value === undefined || (Number(value) >= min && Number(value) <= max)) return undefined;
    return failure(property, `expected ${min} to ${max}; got ${JSON.stringify(value)}`);
  };

export const pattern =
  (property: string, expected: RegExp, inWords: string): Check =>
  ({ inputs }) => {
    const value = knownText(inputs, property);
    if (value === undefined || expected.test(value)) return undefined;
    return failure(property, `expected ${inWords}; got "${value}"`);
  };

/** A policy document that AWS accepts at the call that writes it. */
export const policyDocument =
  (property: string, kind: PolicyKind): Check =>
  ({ inputs }) => {
    const value = known(inputs, property);
    const refusal = value === undefined ? undefined : policyRefusal(value, kind);
    return refusal === undefined ? undefined : failure(property, refusal);
  };

/** Resources that this run has seen must be in the same VPC. Other ids are accepted as they are. */
export const inVpcOf =
  (property: string, type: string): Check =>
  ({ inputs, aws }) => {
    const vpcId = knownText(inputs, "vpcId");
    if (vpcId === undefined) return undefined;
    for (const id of knownTexts(inputs, property)) {
      const actual = aws.find(type, id)?.outputs["vpcId"];
      if (actual !== undefined && actual !== vpcId) {
        return failure(property, `${id} is in ${asText(actual)}; expected one in ${vpcId} (InvalidParameter)`);
      }
    }
    return undefined;
  };

/** The form of an ARN. */
export const arnIn = (property: string): Check => pattern(property, /^arn:aws[a-z-]*:[^:]+:[^:]*:[^:]*:.+$/, "an ARN");
