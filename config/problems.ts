import { distance } from "fastest-levenshtein";
import type { z } from "zod";

/** Values of which one is expected. */
export function listed(values: readonly (string | number)[]): string {
  return values.map((value) => `\`${value}\``).join(", ");
}

/** A list longer than this is cut to the values that are nearest to what was found. */
const longestList = 12;

/** The allowed values, as the end of a sentence: all of a short list, of a long one those nearest to what was found. */
export function oneOf(values: readonly (string | number)[], found: unknown): string {
  if (values.length <= longestList) return `one of ${listed(values)}`;
  const isName = typeof found === "string" || typeof found === "number";
  const rated = values.map((value) => ({ value, far: isName ? remoteness(String(found), String(value)) : 0 }));
  const nearest = rated.sort((a, b) => a.far - b.far).slice(0, 4);
  return `one of the ${values.length} values in docs/config.md, such as ${listed(nearest.map(({ value }) => value))}`;
}

/** The same, with the value that is likely meant. */
export function choice(values: readonly (string | number)[], found: unknown): string {
  return `${oneOf(values, found)}${typeof found === "string" ? question(found, values.map(String)) : ""}`;
}

/** Which names a misspelled or shortened one may stand for; nothing where that may be any of many. */
function question(name: string, known: readonly string[]): string {
  const far = known.map((one) => remoteness(name, one));
  const least = Math.min(...far);
  const meant = known.filter((_, i) => far[i] === least);
  return least <= 0.5 && meant.length <= 3 ? `; did you mean ${orListed(meant)}?` : "";
}

/** 0 for the same name, its beginning or its end, 1 for names without a letter in common; of numbers the difference. */
function remoteness(name: string, other: string): number {
  if (Number.isFinite(Number(name)) && Number.isFinite(Number(other))) return Math.abs(Number(name) - Number(other));
  const [short, long] = [name.toLowerCase(), other.toLowerCase()].sort((a, b) => a.length - b.length) as [
    string,
    string,
  ];
  const isPart = short.length > 2 && (long.startsWith(short) || long.endsWith(short));
  return isPart ? 0 : distance(short, long) / long.length;
}

/** Values of which each would do. */
export function orListed(values: readonly string[]): string {
  return values.map((value) => `\`${value}\``).join(" or ");
}

/** An unknown key, with the one that is likely meant. */
export function unknownKey(place: string, name: string, known: readonly string[]): string {
  return `\`${place}${name}\` is not a key of this config${question(name, known)}`;
}

/** What was found at a key, as a predicate. */
export function describe(value: unknown): string {
  if (value === undefined) return "is missing";
  const json = JSON.stringify(value); // with escapes, so that it stays on its line
  const text = typeof value === "string" && !isJson(value) ? json.slice(1, -1) : json; // `"2"` is told from `2`
  return `is \`${text.length > 80 ? `${text.slice(0, 80)}…` : text}\``;
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}

const typeNames: Readonly<Record<string, string>> = {
  array: "a list",
  boolean: "`true` or `false`",
  int: "a whole number",
  number: "a number",
  object: "an object",
  record: "an object",
  string: "text",
};

/** What a schema allows, as a clause that completes "expected …": zod's own wording is for programmers. */
export function expected(issue: z.core.$ZodRawIssue): string | undefined {
  const unit = issue.origin === "array" ? " element" : "";
  switch (issue.code) {
    case "invalid_value":
      return choice(issue.values.map(String), issue.input);
    case "invalid_type":
      return typeNames[issue.expected];
    case "too_small":
      return `at least ${String(issue.minimum)}${unit}`;
    case "too_big":
      return `at most ${String(issue.maximum)}${unit}`;
    default:
      return undefined;
  }
}
