import { isObject } from "../iam/problems";
import { InputError, wanted } from "./input-error";

/** A JSON object. */
export type Json = Readonly<Record<string, unknown>>;

/** A part of a file that should be an object; empty if it is not. */
export function recordIn(record: Json, key: string): Json {
  return isObject(record[key]) ? record[key] : {};
}

/** A part of a file that should be a list; empty if it is missing. @throws InputError for anything else */
export function listIn(name: string, record: Json, key: string, where: string): readonly unknown[] {
  const list = record[key] ?? []; // a stack without resources, and a plan without steps, leave it out
  if (Array.isArray(list)) return list as readonly unknown[];
  throw new InputError(
    `${name} has \`${where}\` as ${kindOf(list)}; expected a list. ${wanted[0]!.toUpperCase()}${wanted.slice(1)}`,
  );
}

export function kindOf(value: unknown): string {
  if (value === null || value === undefined) return "nothing";
  if (Array.isArray(value)) return "a list";
  return typeof value === "object" ? "an object" : `a ${typeof value}`;
}
