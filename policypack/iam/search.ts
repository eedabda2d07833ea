import { type Glob, type Positions, accepts, acceptsAnyContinuation, anyCharacter, anyText, start, step } from "./glob";
import { type Truth, any, not } from "./truth";

/** A set of texts: those that match one of the patterns, or, negated, those that match none. */
export interface Language {
  readonly globs: readonly Glob[];
  readonly negated: boolean;
}

export type SearchResult =
  | { readonly found: string }
  | { readonly found: undefined; readonly tooComplex: false }
  | { readonly found: undefined; readonly tooComplex: true; readonly steps: number };

/** Enough for any policy that a person wrote; a few milliseconds. Beyond it the answer is "too complex". */
export const defaultBudget = 400_000;

/**
 * The shortest text among those that match one of `required` and for which `wanted` holds of its membership in each of
 * the languages, decided for all texts at once by walking the product of the automata, breadth first.
 *
 * `wanted` is asked with unknowns too (what a longer text may still become): answering `false` then ends that branch,
 * so it must be monotonous, as `truth.ts` is.
 *
 * @param budget pattern places looked at before the search gives up
 */
export function shortestText(
  required: readonly Glob[],
  languages: readonly Language[],
  wanted: (membership: readonly Truth[]) => Truth,
  budget: number = defaultBudget,
): SearchResult {
  const requiredCount = required.length;
  const globs = [...required, ...languages.flatMap((language) => language.globs)];
  const seen = new Set<string>();
  const queue: Node[] = [];
  let steps = 0;

  /** Goes to a place in the product; answers whether the text that leads there is the one that is searched. */
  const enter = (node: Node): boolean => {
    const { positions } = node;
    const isRequired = any(positions.slice(0, requiredCount).map((at, i) => membershipSoFar(globs[i]!, at)));
    const identity = positions.join(";");
    if (isRequired === false || seen.has(identity)) return false;
    seen.add(identity);
    const ends = positions.some((at, i) => i < requiredCount && accepts(globs[i]!, at));
    if (ends && wanted(membershipIn(languages, globs, positions, requiredCount, isMember)) === true) return true;
    if (wanted(membershipIn(languages, globs, positions, requiredCount, membershipSoFar)) !== false) queue.push(node);
    return false;
  };

  const first: Node = { positions: globs.map(start), parent: undefined, code: 0 };
  if (enter(first)) return { found: "" };
  for (const parent of queue) {
    for (const code of charactersThatMatter(globs, parent.positions, requiredCount)) {
      steps += parent.positions.length;
      if (steps > budget) return { found: undefined, tooComplex: true, steps: budget };
      const positions = parent.positions.map((at, i) => (at.length === 0 ? at : step(globs[i]!, at, code)));
      const node = { positions, parent, code };
      if (enter(node)) return { found: textOf(node) };
    }
  }
  return { found: undefined, tooComplex: false };
}

interface Node {
  readonly positions: readonly Positions[];
  readonly parent: Node | undefined;
  readonly code: number;
}

function isMember(glob: Glob, at: Positions): Truth {
  return accepts(glob, at);
}

/** Of the text read so far and all that it may become. */
function membershipSoFar(glob: Glob, at: Positions): Truth {
  if (at.length === 0) return false;
  return acceptsAnyContinuation(glob, at) ? true : "unknown";
}

function membershipIn(
  languages: readonly Language[],
  globs: readonly Glob[],
  positions: readonly Positions[],
  offset: number,
  membership: (glob: Glob, at: Positions) => Truth,
): Truth[] {
  let next = offset;
  return languages.map((language) => {
    const one = any(language.globs.map(() => membership(globs[next]!, positions[next++]!)));
    return language.negated ? not(one) : one;
  });
}

/** One character for each way in which the automata can go on from here; all others go the way of the last one. */
function charactersThatMatter(
  globs: readonly Glob[],
  positions: readonly Positions[],
  requiredCount: number,
): number[] {
  const literals = new Set<number>();
  let anyOther = false;
  for (const [i, at] of positions.entries()) {
    for (const position of at) {
      const token = globs[i]![position];
      if (token === undefined) continue;
      if (token !== anyCharacter && token !== anyText) literals.add(token);
      else if (i < requiredCount) anyOther = true;
    }
  }
  const codes = [...literals].sort((a, b) => a - b);
  return anyOther ? [...codes, characterNotIn(literals)] : codes;
}

/** A readable stand-in for "any other character". */
function characterNotIn(literals: ReadonlySet<number>): number {
  let code = 0x61;
  while (literals.has(code)) code = code === 0x7a ? 0x100 : code + 1;
  return code;
}

function textOf(last: Node): string {
  const codes: number[] = [];
  for (let node = last; node.parent; node = node.parent) codes.push(node.code);
  return String.fromCharCode(...codes.reverse());
}
