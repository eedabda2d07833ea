import { type Glob, type Positions, accepts, acceptsAnyContinuation, anyCharacter, anyText, start, step } from "./glob";
import { type Truth, and, not, or } from "./truth";

/** A set of texts: those that match one of the patterns, or, negated, those that match none. */
export interface Language {
  readonly globs: readonly Glob[];
  readonly negated: boolean;
}

/** What a policy says to each text: admitted is what is in one of the allowed languages and in none of the denied ones. */
export interface Admission {
  readonly allowed: readonly Language[];
  readonly denied: readonly Language[];
}

export interface SearchResult {
  /** The text; `undefined` when there is none, or when the search was given up. */
  readonly found: string | undefined;
  readonly tooComplex: boolean;
  /** How many places of patterns were looked at. */
  readonly steps: number;
}

/** Enough for any policy that a person wrote, and some milliseconds. Beyond it the answer is "too complex". */
export const defaultBudget = 400_000;

/**
 * The shortest text among those that match one of `required` and that are admitted, or are not, decided for all texts at
 * once by walking the product of all automata, breadth first.
 *
 * @param budget places of patterns that are looked at before the search gives up
 */
export function shortestText(
  required: readonly Glob[],
  admission: Admission,
  wanted: "admitted" | "refused",
  budget: number = defaultBudget,
): SearchResult {
  const product = new Product(required, admission);
  const seen = new Set<string>();
  const queue: Node[] = [];
  let steps = 0;

  /** Goes to a place in the product; answers whether the text that leads there is the one that is searched. */
  const enter = (node: Node): boolean => {
    if (product.isRequired(node.at, false) === false) return false;
    const identity = node.at.join(";");
    if (seen.has(identity)) return false;
    seen.add(identity);
    const isWanted = (exactly: boolean) => {
      const admitted = product.isAdmitted(node.at, exactly);
      return wanted === "admitted" ? admitted : not(admitted);
    };
    if (product.isRequired(node.at, true) === true && isWanted(true) === true) return true;
    if (isWanted(false) !== false) queue.push(node); // else no longer text can be the one either
    return false;
  };

  const first: Node = { at: product.globs.map(start), parent: undefined, code: 0 };
  if (enter(first)) return { found: "", tooComplex: false, steps };
  for (const parent of queue) {
    for (const code of product.charactersThatMatter(parent.at)) {
      steps += parent.at.length;
      if (steps > budget) return { found: undefined, tooComplex: true, steps: budget };
      const node = { at: product.next(parent.at, code), parent, code };
      if (enter(node)) return { found: textOf(node), tooComplex: false, steps };
    }
  }
  return { found: undefined, tooComplex: false, steps };
}

/** A place in the product of all automata, and the character that led there. */
interface Node {
  readonly at: readonly Positions[];
  readonly parent: Node | undefined;
  readonly code: number;
}

/** A language as a stretch of the product's automata. */
interface Stretch {
  readonly from: number;
  readonly to: number;
  readonly negated: boolean;
}

/**
 * All automata side by side: those of what is required first, then those of the languages. Questions are about the text
 * read so far, `exactly`, or about it and everything that it may still become, where the answer may be unknown.
 */
class Product {
  readonly globs: readonly Glob[];
  readonly #required: Stretch;
  readonly #allowed: readonly Stretch[];
  readonly #denied: readonly Stretch[];

  constructor(required: readonly Glob[], { allowed, denied }: Admission) {
    this.globs = [required, ...[...allowed, ...denied].map(({ globs }) => globs)].flat();
    this.#required = { from: 0, to: required.length, negated: false };
    let from = required.length;
    const stretch = ({ globs, negated }: Language): Stretch => ({ from, to: (from += globs.length), negated });
    this.#allowed = allowed.map(stretch);
    this.#denied = denied.map(stretch);
  }

  isRequired(at: readonly Positions[], exactly: boolean): Truth {
    return this.#isMember(at, this.#required, exactly);
  }

  isAdmitted(at: readonly Positions[], exactly: boolean): Truth {
    return and(this.#isMemberOfOne(at, this.#allowed, exactly), not(this.#isMemberOfOne(at, this.#denied, exactly)));
  }

  next(at: readonly Positions[], code: number): Positions[] {
    return at.map((positions, i) => (positions.length === 0 ? positions : step(this.globs[i]!, positions, code)));
  }

  /** One character for each way in which the automata can go on from here; all others go the way of the last one. */
  charactersThatMatter(at: readonly Positions[]): readonly number[] {
    const literals = new Set<number>();
    let anyOther = false;
    for (const [i, positions] of at.entries()) {
      for (const position of positions) {
        const token = this.globs[i]![position];
        if (token === undefined) continue;
        if (token !== anyCharacter && token !== anyText) literals.add(token);
        else if (i < this.#required.to) anyOther = true;
      }
    }
    const codes = [...literals].sort((a, b) => a - b);
    return anyOther ? [...codes, characterNotIn(literals)] : codes;
  }

  #isMemberOfOne(at: readonly Positions[], languages: readonly Stretch[], exactly: boolean): Truth {
    let result: Truth = false;
    for (const language of languages) {
      result = or(result, this.#isMember(at, language, exactly));
      if (result === true) break;
    }
    return result;
  }

  #isMember(at: readonly Positions[], { from, to, negated }: Stretch, exactly: boolean): Truth {
    let matches: Truth = false;
    for (let i = from; i < to && matches !== true; i++) {
      const positions = at[i]!;
      if (positions.length === 0) continue;
      const glob = this.globs[i]!;
      if (exactly ? accepts(glob, positions) : acceptsAnyContinuation(glob, positions)) matches = true;
      else if (!exactly) matches = "unknown";
    }
    return negated ? not(matches) : matches;
  }
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
