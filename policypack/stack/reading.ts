import { secretText, unknownValues } from "./special-values";

/** A property of a resource, as far as it can be read: at preview many values are not known yet. */
export type Reading<T = unknown> =
  | { readonly is: "known"; readonly value: T }
  | { readonly is: "unknown"; readonly isSecret?: true }
  | { readonly is: "absent" };

const unknownReading: Reading<never> = { is: "unknown" };
const absentReading: Reading<never> = { is: "absent" };

/**
 * Reads one property. Every property is read here: in a policy pack, touching an unknown one throws and would end the
 * rule with nothing but a note; in a plan or a state it is a sentinel. An empty text is what the provider writes for an
 * optional text that is not set (`iamInstanceProfile: ""`), so it counts as absent.
 */
export function read(record: unknown, name: string | number): Reading {
  const reading = readAsWritten(record, name);
  return reading.is === "known" && reading.value === "" ? absentReading : reading;
}

/** Reads one property whose empty text has a meaning, such as the value of a tag or a part of a document. */
export function readAsWritten(record: unknown, name: string | number): Reading {
  if (typeof record !== "object" || record === null) return absentReading;
  let value: unknown;
  try {
    value = (record as Record<string | number, unknown>)[name];
  } catch {
    return unknownReading; // the proxy of @pulumi/policy; nothing else throws on the way to a plain property
  }
  if (value === undefined || value === null) return absentReading;
  if (value === secretText) return { is: "unknown", isSecret: true };
  return typeof value === "string" && unknownValues.has(value) ? unknownReading : { is: "known", value };
}

/** Reads a property of a property, as far as `.` separates their names. */
export function readAt(record: unknown, path: string): Reading {
  return path.split(".").reduce<Reading>((found, name) => (found.is === "known" ? read(found.value, name) : found), {
    is: "known",
    value: record,
  });
}

/** Reads a text; a value of another type counts as absent. */
export function readText(record: unknown, name: string | number): Reading<string> {
  return asText(read(record, name));
}

/** A reading as text; a value of another type counts as absent. */
export function asText(reading: Reading): Reading<string> {
  if (reading.is !== "known") return reading;
  return typeof reading.value === "string" ? { is: "known", value: reading.value } : absentReading;
}

/** A text, or a number as text; `undefined` for anything else. JavaScript may have no text for a record. */
export function scalarText(value: unknown): string | undefined {
  return typeof value === "string" || typeof value === "number" ? String(value) : undefined;
}

/** A number, which a provider may write as text; `undefined` for anything else. */
export function scalarNumber(value: unknown): number | undefined {
  const text = scalarText(value);
  return text === undefined ? undefined : Number(text);
}

/** The elements of a list, each by itself: some may be known and others not. An unknown list is one unknown element. */
export function elementsOf(list: Reading): readonly Reading[] {
  if (list.is === "absent") return [];
  const values = list.is === "known" ? list.value : undefined;
  if (!Array.isArray(values)) return [unknownReading];
  return Array.from({ length: values.length }, (_, i) => read(values, i));
}

/**
 * A value without the SDK's proxies around its parts; unknown when a part of it is. For what is handed to code that
 * doesn't read by this file.
 */
export function plain(reading: Reading, depth = 0): Reading {
  if (reading.is !== "known" || typeof reading.value !== "object") return reading;
  if (depth > 100) return unknownReading; // made to exhaust the stack: no document nests like that
  const { value } = reading;
  const parts = Object.keys(value!).map((key) => [key, plain(readAsWritten(value, key), depth + 1)] as const);
  const hidden = parts.map(([, part]) => part).filter((part) => part.is === "unknown");
  if (hidden.length > 0) return hidden.find(isSecret) ?? unknownReading;
  const values = parts.map(([key, part]) => [key, part.is === "known" ? part.value : null] as const);
  return {
    is: "known",
    value: Array.isArray(value) ? values.map(([, part]) => part) : Object.fromEntries(values),
  };
}

/** Whether a value is a secret, so that it is surely given and cannot be read. */
export function isSecret(reading: Reading): boolean {
  return reading.is === "unknown" && reading.isSecret === true;
}

export function known<T>(reading: Reading<T>): T | undefined {
  return reading.is === "known" ? reading.value : undefined;
}

/** All texts in a value, at any depth, as far as they are known. */
export function textsIn(value: unknown, depth = 0): string[] {
  if (typeof value === "string") return [value];
  if (typeof value !== "object" || value === null || depth > 100) return [];
  return Object.keys(value).flatMap((key) => {
    const part = read(value, key);
    return part.is === "known" ? textsIn(part.value, depth + 1) : [];
  });
}

/** A flag; one of another type, or none, is `false`. */
export function flag(reading: Reading): Reading<boolean> {
  if (reading.is === "unknown") return reading;
  return { is: "known", value: known(reading) === true || known(reading) === "true" };
}
