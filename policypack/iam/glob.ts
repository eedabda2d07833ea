/**
 * Patterns with `*` (any characters, also none) and `?` (one character), run as automata and not as regular
 * expressions: no backtracking, and two patterns can be compared on all texts at once.
 */

/** A pattern as a row of tokens: a UTF-16 code, `anyCharacter` or `anyText`. No two `anyText` are adjacent. */
export type Glob = readonly number[];

export const anyCharacter = -1;
export const anyText = -2;

/**
 * The possible positions of a reader of some text in a pattern, ascending. Places before the last `anyText` reached are
 * left out: whatever matches from there matches from that `anyText` too. Empty: the text does not match.
 */
export type Positions = readonly number[];

/** Reads a pattern. Parts that are literal although they hold `*` or `?` are joined by the caller (see variables.ts). */
export function compileGlob(pattern: string): Glob {
  const tokens: number[] = [];
  for (let i = 0; i < pattern.length; i++) {
    const code = pattern.charCodeAt(i);
    if (code === asterisk) pushAnyText(tokens);
    else tokens.push(code === questionMark ? anyCharacter : code);
  }
  return tokens;
}

/** Adds `anyText` to a row of tokens that may end in one already. */
export function pushAnyText(tokens: number[]): void {
  if (tokens.at(-1) !== anyText) tokens.push(anyText);
}

const asterisk = 0x2a;
const questionMark = 0x3f;

export function start(glob: Glob): Positions {
  return settle(glob, [0]);
}

/** The positions of a reader after one more character. */
export function step(glob: Glob, positions: Positions, code: number): Positions {
  const next: number[] = [];
  for (const position of positions) {
    const token = glob[position];
    if (token === anyText) next.push(position);
    else if (token === code || token === anyCharacter) next.push(position + 1);
  }
  return settle(glob, next);
}

/** From an `anyText` one may go on without reading; the last one reached makes all places before it superfluous. */
function settle(glob: Glob, ascending: readonly number[]): Positions {
  let last = -1;
  for (const position of ascending) if (glob[position] === anyText) last = position;
  if (last < 0) return ascending;
  const kept = [last, last + 1];
  for (const position of ascending) if (position > last + 1) kept.push(position);
  return kept;
}

/** Whether the text read so far matches. */
export function accepts(glob: Glob, positions: Positions): boolean {
  return positions[positions.length - 1] === glob.length;
}

/** Whether a text matches a pattern. */
export function matches(glob: Glob, text: string): boolean {
  let positions = start(glob);
  for (let i = 0; i < text.length && positions.length > 0; i++) positions = step(glob, positions, text.charCodeAt(i));
  return accepts(glob, positions);
}

/** Whether a pattern is a beginning and `*`, with which another begins too: then it matches whatever the other matches. */
export function includesByBeginning(pattern: Glob, other: Glob): boolean {
  const beginning = pattern.length - 1;
  if (pattern[beginning] !== anyText) return false;
  for (let i = 0; i < beginning; i++) if (pattern[i]! < 0 || pattern[i] !== other[i]) return false;
  return true;
}

/** Whether two patterns differ in a character before the first wildcard of either: then no text matches both. */
export function differInBeginning(one: Glob, other: Glob): boolean {
  for (let i = 0; i < one.length && i < other.length; i++) {
    if (one[i]! < 0 || other[i]! < 0) return false;
    if (one[i] !== other[i]) return true;
  }
  return false;
}

/** The shortest of the texts that match one of some patterns, of several the first; `?` is an `a`. */
export function shortestOf(globs: readonly Glob[]): string {
  const texts = globs.map((glob) =>
    String.fromCharCode(
      ...glob.filter((token) => token !== anyText).map((token) => (token === anyCharacter ? 0x61 : token)),
    ),
  );
  return texts.reduce((a, b) => (a.length < b.length || (a.length === b.length && a < b) ? a : b));
}
