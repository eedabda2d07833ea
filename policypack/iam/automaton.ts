import { type Glob, anyCharacter, anyText } from "./glob";

/**
 * The positions of a reader of some text in all patterns at once, ascending. A pattern that the text no longer matches
 * has none: a step costs by what still matters, not by the size of the policy.
 */
export type Places = readonly number[];

/** How a text relates to a list of patterns. */
export type Match =
  /** It fails all of them, however it goes on. */
  | "none"
  /** It matches none as it is; it may when it goes on. */
  | "partial"
  /** It matches one as it is. */
  | "exact"
  /** It matches one, however it goes on. */
  | "certain";

/** The token behind the last one of a pattern. */
const end = -3;
/** The token that each list begins with: a reader at the last `*` of one of its patterns is placed there instead. */
const certain = -4;

/** How many places there are in some lists of patterns. */
export function sizeOf(lists: readonly (readonly Glob[])[]): number {
  let size = 0;
  for (const globs of lists) size = globs.reduce((sum, glob) => sum + glob.length + 1, size + 1);
  return size;
}

/**
 * Several lists of patterns as one automaton, their tokens in one row. It reads a character by `step`, and then tells
 * where that leads; the arrays are used again for the next step, since a search takes very many.
 */
export class Automaton {
  readonly #tokens: Int32Array;
  /** For each place, where its pattern and its list begin. */
  readonly #patternOf: Int32Array;
  readonly #listOf: Int32Array;
  /** Where each list ends. */
  readonly #ends: number[] = [];
  readonly #next: Int32Array;
  readonly #nextBytes: Buffer;
  #length = 0;

  constructor(lists: readonly (readonly Glob[])[]) {
    const size = sizeOf(lists);
    this.#tokens = new Int32Array(size);
    this.#patternOf = new Int32Array(size);
    this.#listOf = new Int32Array(size);
    this.#next = new Int32Array(size);
    this.#nextBytes = Buffer.from(this.#next.buffer);
    const starts: number[] = [];
    let at = 0;
    for (const globs of lists) {
      const list = at;
      const add = (token: number, pattern: number) => {
        this.#tokens[at] = token;
        this.#patternOf[at] = pattern;
        this.#listOf[at++] = list;
      };
      add(certain, list);
      for (const glob of globs) {
        const pattern = at;
        starts.push(pattern);
        for (const token of glob) add(token, pattern);
        add(end, pattern);
      }
      this.#ends.push(at);
    }
    for (const place of starts) this.#reach(place);
  }

  /** Reads one more character. */
  step(places: Places, code: number): void {
    this.#length = 0;
    for (const place of places) {
      const token = this.#tokens[place]!;
      if (token === anyText || token === certain) this.#reach(place);
      else if (token === code || token === anyCharacter) this.#reach(place + 1);
    }
  }

  /** Where the reader stands now, to be kept. */
  places(): Places {
    const places = new Array<number>(this.#length);
    for (let i = 0; i < this.#length; i++) places[i] = this.#next[i]!;
    return places;
  }

  /** A text that is the same for the same places, and for no others. */
  identity(): string {
    return this.#nextBytes.toString("utf16le", 0, this.#length * Int32Array.BYTES_PER_ELEMENT);
  }

  /** What the text read so far is to each list. */
  matches(): Match[] {
    const matches: Match[] = [];
    let i = 0;
    for (const to of this.#ends) {
      let match: Match = "none";
      for (; i < this.#length && this.#next[i]! < to; i++) {
        const token = this.#tokens[this.#next[i]!];
        if (token === certain) match = "certain";
        else if (token === end) match = "exact";
        else if (match === "none") match = "partial";
      }
      matches.push(match);
    }
    return matches;
  }

  /**
   * One character for each way in which the first list can go on from some places, told apart by the others; all that
   * are left out go the way of the last one.
   */
  charactersThatMatter(places: Places): number[] {
    const literals = new Set<number>();
    const first = this.#ends[0]!;
    let anyOther = false;
    for (const place of places) {
      const token = this.#tokens[place]!;
      if (place >= first && !anyOther) break; // the first list takes no other characters than those seen
      if (token >= 0) literals.add(token);
      else if (token !== end) anyOther = true;
    }
    const codes = [...literals].sort((a, b) => a - b);
    return anyOther ? [...codes, characterNotIn(literals)] : codes;
  }

  /** Adds a place, with those that are reached from it without reading; they come in ascending order. */
  #reach(place: number): void {
    const list = this.#listOf[place]!;
    if (this.#next[this.#length - 1] === list) return; // certain already
    if (this.#tokens[place] === anyText && this.#tokens[place + 1] === end) {
      this.#forget(list);
      this.#next[this.#length++] = list;
    } else {
      // Whatever matches from a place before an `anyText` matches from that `anyText` too.
      if (this.#tokens[place] === anyText) {
        this.#forget(this.#patternOf[place]!);
        this.#next[this.#length++] = place++;
      }
      this.#next[this.#length++] = place;
    }
  }

  #forget(from: number): void {
    while (this.#next[this.#length - 1]! >= from) this.#length--;
  }
}

/** A readable stand-in for "any other character". */
function characterNotIn(literals: ReadonlySet<number>): number {
  let code = 0x61;
  while (literals.has(code)) code = code === 0x7a ? 0x100 : code + 1;
  return code;
}
