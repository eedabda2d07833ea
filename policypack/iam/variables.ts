import type { RequestContext } from "./context";
import type { PolicyDocument } from "./document";
import { anyCharacter, pushAnyText } from "./glob";
import { PolicyValue } from "./operators";
import { printable } from "./problems";

/** A policy's text with its variables replaced, or why that is not possible. */
export type Expansion =
  | { readonly is: "value"; readonly value: PolicyValue }
  /** A variable without a value in this request: the text matches nothing. */
  | { readonly is: "nothing" }
  | { readonly is: "unknown"; readonly openQuestion: string };

/** `${*}`, `${?}` and `${$}` stand for the character itself. */
const literals = new Set(["*", "?", "$"]);

/**
 * Replaces the policy variables of a text; in a document of 2008-10-17 there are none and `${` is just text.
 *
 * Source: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_variables.html, checked 2026-11-21.
 */
export function expand(text: string, version: PolicyDocument["version"], context: RequestContext): Expansion {
  if (version === "2008-10-17" || !text.includes("${")) return { is: "value", value: new PolicyValue(text) };
  const tokens: number[] = [];
  let plain = "";
  const literal = (part: string) => {
    plain += part;
    for (let i = 0; i < part.length; i++) tokens.push(part.charCodeAt(i));
  };
  const lastBrace = text.lastIndexOf("}"); // behind it no variable ends, and a search to the end would find nothing each time
  for (let i = 0; i < text.length; i++) {
    const character = text[i]!;
    const end = i < lastBrace && text.startsWith("${", i) ? text.indexOf("}", i) : -1;
    if (end < 0) {
      plain += character;
      if (character === "*") pushAnyText(tokens);
      else tokens.push(character === "?" ? anyCharacter : character.charCodeAt(0));
      continue;
    }
    const inside = text.slice(i + 2, end);
    i = end;
    if (literals.has(inside)) {
      literal(inside);
      continue;
    }
    const { key, fallback } = keyAndDefault(inside);
    const { cases, openQuestion } = context(key);
    const [only] = cases;
    if (!only || cases.length > 1 || (only.is !== "present" && only.is !== "absent")) {
      return { is: "unknown", openQuestion: openQuestion ?? `the value of \`${printable(key)}\`` };
    }
    if (only.is === "present" && only.values.length === 1) literal(only.values[0]!);
    else if (only.is === "present")
      return { is: "unknown", openQuestion: `which value of \`${printable(key)}\` is used` };
    else if (fallback !== undefined) literal(fallback);
    else return { is: "nothing" };
  }
  return { is: "value", value: new PolicyValue(plain, tokens) };
}

/**
 * Takes `aws:PrincipalTag/team, 'none'` apart. At the comma first: one regular expression for all of it reads a long row
 * of spaces again and again.
 */
function keyAndDefault(inside: string): { readonly key: string; readonly fallback?: string | undefined } {
  const comma = inside.indexOf(",");
  const fallback = comma > 0 ? /^\s*'([^']*)'$/.exec(inside.slice(comma + 1))?.[1] : undefined;
  return fallback === undefined ? { key: inside } : { key: inside.slice(0, comma).trimEnd(), fallback };
}
