/** A property of a resource, as far as it can be read: at preview many values are not known yet. */
export type Reading<T = unknown> =
  { readonly is: "known"; readonly value: T } | { readonly is: "unknown" } | { readonly is: "absent" };

const unknownReading: Reading<never> = { is: "unknown" };
const absentReading: Reading<never> = { is: "absent" };

/**
 * What the engine uses instead of a value that it does not know, by the value's type. Source: @pulumi/policy, proxy.ts.
 */
const sentinels = new Set([
  "1c4a061d-8072-4f0a-a4cb-0ff528b18fe7",
  "3eeb2bf0-c639-47a8-9e75-3b44932eb421",
  "04da6b54-80e4-46f7-96ec-b56ff0331ba9",
  "6a19a0b0-7e62-4c92-b797-7f8e31da9cc2",
  "030794c1-ac77-496b-92df-f27374a8bd58",
  "e48ece36-62e2-4504-bad9-02848725956a",
  "dd056dcd-154b-4c76-9bd3-c8f88648b5ff",
]);

/**
 * Reads one property. Every property is read here: in a policy pack, touching an unknown one throws and would end the
 * rule with nothing but a note; in a plan or a state it is a sentinel.
 */
export function read(record: unknown, name: string | number): Reading {
  if (typeof record !== "object" || record === null) return absentReading;
  let value: unknown;
  try {
    value = (record as Record<string | number, unknown>)[name];
  } catch {
    return unknownReading; // the proxy of @pulumi/policy; nothing else throws on the way to a plain property
  }
  if (value === undefined || value === null) return absentReading;
  return typeof value === "string" && sentinels.has(value) ? unknownReading : { is: "known", value };
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
  const parts = Object.keys(value!).map((key) => [key, plain(read(value, key), depth + 1)] as const);
  if (parts.some(([, part]) => part.is === "unknown")) return unknownReading;
  const values = parts.map(([key, part]) => [key, part.is === "known" ? part.value : null] as const);
  return {
    is: "known",
    value: Array.isArray(value) ? values.map(([, part]) => part) : Object.fromEntries(values),
  };
}

export function known<T>(reading: Reading<T>): T | undefined {
  return reading.is === "known" ? reading.value : undefined;
}
