import { createRequire } from "node:module";
import type * as jsoncParser from "jsonc-parser";
import type { Report } from "./problems";

export interface ParsedJson {
  readonly value: unknown;
  /** The places of keys that appear twice in one object; the last one counts. */
  readonly repeatedKeys: readonly string[];
}

/**
 * Reads JSON text; `undefined` when it is not JSON. The fast path is `JSON.parse`; only where something is wrong is the
 * text read again, by a parser that knows places.
 */
export function parseJson(text: string, report: Report): ParsedJson | undefined {
  let value: unknown;
  try {
    value = JSON.parse(text) as unknown;
  } catch {
    const place = placeOfSyntaxError(text);
    if (text.trim() === "") report("json", "", "is empty; expected a JSON object");
    else report("json", "", `is not JSON: ${place}${place === tooDeep ? `; ${expectedDepth}` : ""}`);
    return undefined;
  }
  const keys = keysOf(value, 0);
  if (keys === undefined) {
    report("json", "", `nests more than ${deepest} levels deep; ${expectedDepth}`);
    return undefined;
  }
  const repeatedKeys = keysIn(text) === keys ? [] : repeatedKeysIn(text);
  for (const key of repeatedKeys)
    report("repeated-key", key, "appears twice; expected one, because JSON parsers keep only the last");
  return { value, repeatedKeys };
}

/** A policy document nests six levels. Much deeper nesting is meant to exhaust the stack. */
const deepest = 100;
const tooDeep = "too many nested brackets";
const expectedDepth = "expected a policy document, which has 6 levels";

/** How many keys a text has: strings followed by a colon. */
function keysIn(text: string): number {
  let count = 0;
  for (let at = text.indexOf('"'); at >= 0; at = text.indexOf('"', at)) {
    do at = text.indexOf('"', at + 1);
    while (isEscaped(text, at));
    at++;
    let next = at;
    while (text.charCodeAt(next) <= 0x20) next++;
    if (text.charCodeAt(next) === 0x3a) count++;
  }
  return count;
}

function isEscaped(text: string, at: number): boolean {
  let backslashes = 0;
  while (text.charCodeAt(at - 1 - backslashes) === 0x5c) backslashes++;
  return backslashes % 2 === 1;
}

/**
 * How many keys the parsed value has: fewer, where one appears twice. `undefined` for what nests too deep to go
 * through.
 */
function keysOf(value: unknown, depth: number): number | undefined {
  if (typeof value !== "object" || value === null) return 0;
  if (depth > deepest) return undefined;
  const inner: readonly unknown[] = Array.isArray(value) ? value : Object.values(value);
  let count = Array.isArray(value) ? 0 : inner.length;
  for (const one of inner) {
    if (typeof one !== "object") continue;
    const keys = keysOf(one, depth + 1);
    if (keys === undefined) return undefined;
    count += keys;
  }
  return count;
}

/** Loaded only where something is wrong: ten milliseconds that no start of the pack should pay. */
function jsonc(): typeof jsoncParser {
  return createRequire(__filename)("jsonc-parser") as typeof jsoncParser;
}

/** What is wrong with a text that is not JSON, and where: without quoting it, since it may contain secrets. */
export function placeOfSyntaxError(text: string): string {
  if (nestsTooDeep(text)) return tooDeep;
  const errors: jsoncParser.ParseError[] = [];
  jsonc().parseTree(text, errors, { disallowComments: true, allowTrailingComma: false });
  const [first] = errors;
  if (!first) return "unexpected content"; // more tolerant than JSON.parse in some corner
  const before = text.slice(0, first.offset).split("\n");
  const what = jsonc()
    .printParseErrorCode(first.error)
    .replace(/([a-z])([A-Z])/g, "$1 $2")
    .toLowerCase();
  return `${what} at line ${before.length}, column ${before.at(-1)!.length + 1}`;
}

/** Counts the brackets, those in strings too: what it counts as too deep is not a policy either way. */
function nestsTooDeep(text: string): boolean {
  let depth = 0;
  for (const character of text) {
    if (character === "[" || character === "{") depth++;
    else if (character === "]" || character === "}") depth--;
    if (depth > deepest) return true;
  }
  return false;
}

function repeatedKeysIn(text: string): string[] {
  const repeated: string[] = [];
  const visit = (node: jsoncParser.Node, path: string) => {
    const seen = new Set<string>();
    for (const [i, child] of (node.children ?? []).entries()) {
      if (child.type !== "property") {
        visit(child, `${path}[${i}]`);
        continue;
      }
      const [key, value] = child.children as [jsoncParser.Node, jsoncParser.Node]; // the text is JSON, so it has both
      const name = String(key.value);
      const place = path === "" ? name : `${path}.${name}`;
      if (seen.has(name)) repeated.push(place);
      seen.add(name);
      visit(value, place);
    }
  };
  visit(jsonc().parseTree(text)!, "");
  return repeated;
}
