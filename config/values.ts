import { z } from "zod";

/** The namespace of our keys. */
export const namespace = "patchpath:";

/** A text of a certain form; `expected` completes "expected …". */
export const text = (form: RegExp, expected: string) => z.string().regex(form, expected);

/** Any value as a record, whose parts may be anything too: what concerns several values is checked whatever the schema says. */
export function record(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null ? (value as Record<string, unknown>) : {};
}

/** The elements of a value that should be a list. */
export function elements(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? (value as unknown[]) : [];
}
