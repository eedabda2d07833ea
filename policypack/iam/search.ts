import { Automaton, sizeOf, type Match, type Places } from "./automaton";
import { type Glob, differInBeginning, includesByBeginning, shortestOf } from "./glob";
import { type Truth, and, not, or } from "./truth";

/** A set of texts: those that match one of the patterns or, negated, those that match none. */
export interface Language {
  readonly globs: readonly Glob[];
  readonly negated: boolean;
}

/**
 * What a policy decides for each text: allowed is what is in one of the allowed languages and in none of the denied
 * ones.
 */
export interface AllowedTexts {
  readonly allowed: readonly Language[];
  readonly denied: readonly Language[];
}

export interface SearchResult {
  /** The text; `undefined` when there is none, or when the search was given up. */
  readonly found: string | undefined;
  readonly tooComplex: boolean;
  /** What it cost, in places of patterns looked at. */
  readonly steps: number;
}

/** Enough for any policy that a person wrote, and some tens of milliseconds. Beyond it the answer is "too complex". */
export const searchBudget = 600_000;

/** What a step costs beside the places and the languages that it looks at, in places: about a microsecond. */
const stepCost = 40;

/** A text that the search has come to: the one before it and a character more. */
interface Node {
  readonly at: Places;
  readonly parent: Node | undefined;
  readonly code: number;
}

/**
 * The shortest text among those that match one of `asked` and that are allowed, or are not, decided for all texts at
 * once by walking the product of all automata, breadth first.
 *
 * @param budget what it may cost before it gives up, in places of patterns looked at
 */
export function shortestText(
  asked: readonly Glob[],
  policy: AllowedTexts,
  wanted: "allowed" | "denied",
  budget: number,
): SearchResult {
  const isAll = (glob: Glob): Truth => {
    const isAllowed = allows(policy, glob);
    return wanted === "allowed" ? isAllowed : not(isAllowed);
  };
  const wholes = asked.map(isAll);
  const required = asked.filter((_, i) => wholes[i] !== false);
  if (required.length === 0) return { found: undefined, tooComplex: false, steps: 0 };
  if (wholes.every((whole) => whole !== "unknown")) return { found: shortestOf(required), tooComplex: false, steps: 0 };
  const allowed = united(policy.allowed);
  const denied = united(policy.denied);
  const languages = [{ globs: required, negated: false }, ...allowed, ...denied];
  const firstDenied = 1 + allowed.length;
  const lists = languages.map(({ globs }) => globs);
  let steps = sizeOf(lists);
  if (steps > budget) return { found: undefined, tooComplex: true, steps: budget };
  const automaton = new Automaton(lists);
  const costOfStep = stepCost + languages.length;

  /** Whether the text that the automaton has read is wanted: `exactly` as it is, else however it goes on. */
  const isWanted = (matches: readonly Match[], exactly: boolean): Truth => {
    const isIn = (from: number, to: number): Truth => {
      let result: Truth = false;
      for (let i = from; i < to; i++) result = or(result, isMember(matches[i]!, languages[i]!.negated, exactly));
      return result;
    };
    const isAllowed = and(isIn(1, firstDenied), not(isIn(firstDenied, languages.length)));
    return and(isIn(0, 1), wanted === "allowed" ? isAllowed : not(isAllowed));
  };

  const seen = new Set<string>();
  const queue: Node[] = [];
  /** Looks at the text that the automaton has read, and answers whether it is the one. */
  const isFound = (parent: Node | undefined, code: number): boolean => {
    const identity = automaton.identity();
    if (seen.has(identity)) return false;
    seen.add(identity);
    const matches = automaton.matches();
    const isOne = isWanted(matches, true) === true;
    // Where no longer text can be the one either, there is nothing to go on from.
    if (isOne || isWanted(matches, false) !== false) queue.push({ at: automaton.places(), parent, code });
    return isOne;
  };

  if (isFound(undefined, 0)) return { found: "", tooComplex: false, steps };
  for (const parent of queue) {
    for (const code of automaton.charactersThatMatter(parent.at)) {
      steps += parent.at.length + costOfStep;
      if (steps > budget) return { found: undefined, tooComplex: true, steps: budget };
      automaton.step(parent.at, code);
      if (isFound(parent, code)) return { found: textOf(queue.at(-1)!), tooComplex: false, steps };
    }
  }
  return { found: undefined, tooComplex: false, steps };
}

/**
 * Whether all texts of a pattern are allowed, or none, as far as the beginnings of the patterns show: that is enough
 * for most policies, and a search costs many times as much.
 */
function allows({ allowed, denied }: AllowedTexts, glob: Glob): Truth {
  return and(anyHas(allowed, glob), not(anyHas(denied, glob)));
}

function anyHas(languages: readonly Language[], glob: Glob): Truth {
  let has: Truth = false;
  for (const { globs, negated } of languages) {
    let isIn: Truth = false;
    for (let i = 0; i < globs.length && isIn !== true; i++) {
      if (includesByBeginning(globs[i]!, glob)) isIn = true;
      else if (!differInBeginning(globs[i]!, glob)) isIn = "unknown";
    }
    has = or(has, negated ? not(isIn) : isIn);
  }
  return has;
}

/** The same union in fewer languages: patterns that are not negated can share one list. */
function united(languages: readonly Language[]): Language[] {
  const globs = languages.filter(({ negated }) => !negated).flatMap((language) => language.globs);
  return [{ globs, negated: false }, ...languages.filter(({ negated }) => negated)];
}

/** Whether a text is in a language: `exactly` as it is, else however it goes on. */
function isMember(match: Match, negated: boolean, exactly: boolean): Truth {
  const isMatch = exactly
    ? match === "exact" || match === "certain"
    : match === "partial" || match === "exact"
      ? "unknown"
      : match === "certain";
  return negated ? not(isMatch) : isMatch;
}

function textOf(last: Node): string {
  const codes: number[] = [];
  for (let node = last; node.parent; node = node.parent) codes.push(node.code);
  return codes
    .reverse()
    .map((code) => String.fromCharCode(code))
    .join("");
}
