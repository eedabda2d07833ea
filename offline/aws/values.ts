import { isDeepStrictEqual } from "node:util";

/** Property values as the engine sends them: JSON, with secrets and unknowns in wrappers. */
export type Value = null | boolean | number | string | Value[] | { [key: string]: Value };
export type Properties = Record<string, Value>;

/** The marker for a value that is not known until the update, in requests of the engine and responses of a provider. */
export const unknown = "04da6b54-80e4-46f7-96ec-b56ff0331ba9";

const signatureKey = "4dabf18193072939515e22adb298388d";
const secretSignature = "1b47061264138c4ac30d75fd1eb44270";

export function isObject(value: Value | undefined): value is Properties {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function isSecret(value: Value): value is { value: Value } {
  return isObject(value) && value[signatureKey] === secretSignature;
}

/** Wraps a value so that the engine encrypts it in the state and never shows it. */
export function secret(value: Value): Value {
  return { [signatureKey]: secretSignature, value };
}

/** The value without secret wrappers, at any depth. Use it for checks only, never in a response. */
export function reveal(value: Value): Value {
  if (isSecret(value)) return reveal(value.value);
  if (Array.isArray(value)) return value.map(reveal);
  if (!isObject(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, reveal(inner)]));
}

function some(value: Value, holds: (value: Value) => boolean): boolean {
  if (holds(value)) return true;
  if (Array.isArray(value)) return value.some((inner) => some(inner, holds));
  return isObject(value) && Object.values(value).some((inner) => some(inner, holds));
}

export function holdsSecret(value: Value): boolean {
  return some(value, isSecret);
}

export function holdsUnknown(value: Value): boolean {
  return some(value, (inner) => inner === unknown);
}

/** A value as a string, as in the provider; empty if there is none. */
export function asText(value: Value | undefined): string {
  if (value === undefined || value === null) return "";
  return typeof value === "object" ? JSON.stringify(value) : String(value);
}

/** Whether two values are equal, secret or not. An unknown value is never equal to anything. */
export function equal(a: Value | undefined, b: Value | undefined): boolean {
  if (a === undefined || b === undefined) return (a ?? null) === (b ?? null);
  return !holdsUnknown(a) && !holdsUnknown(b) && isDeepStrictEqual(reveal(a), reveal(b));
}
