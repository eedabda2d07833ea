import { deepStrictEqual, strictEqual } from "node:assert/strict";
import { type Positions, accepts, compileGlob, matches, start, step } from "../../../policypack/iam/glob";

/** The positions in a pattern after reading `text`. */
function placesAfter(pattern: string, text: string): Positions {
  const glob = compileGlob(pattern);
  let positions = start(glob);
  for (let i = 0; i < text.length; i++) positions = step(glob, positions, text.charCodeAt(i));
  return positions;
}

const ends = (pattern: string, text: string) => accepts(compileGlob(pattern), placesAfter(pattern, text));
describe("a pattern", () => {
  it("matches a character literally, even one that is in no text", () => {
    for (const code of [0, 1, 2, 0xffff]) {
      const character = String.fromCharCode(code);
      strictEqual(matches(compileGlob(character), character), true);
      strictEqual(matches(compileGlob(character), "x"), false);
      strictEqual(matches(compileGlob(character), ""), false);
    }
  });

  it("is read position by position, and has no position left once a text does not match", () => {
    deepStrictEqual(placesAfter("ab", ""), [0]);
    deepStrictEqual(placesAfter("ab", "a"), [1]);
    deepStrictEqual(placesAfter("ab", "ab"), [2]);
    deepStrictEqual(placesAfter("ab", "b"), []);
    deepStrictEqual(placesAfter("ab", "abc"), []);
  });

  it("omits the positions before the last wildcard that was reached, because they add nothing", () => {
    deepStrictEqual(placesAfter("a*b*c", "a"), [1, 2]);
    deepStrictEqual(placesAfter("a*b*c", "ax"), [1, 2]);
    deepStrictEqual(placesAfter("a*b*c", "ab"), [3, 4]);
    deepStrictEqual(placesAfter("*ab", "xa"), [0, 1, 2]);
    deepStrictEqual(placesAfter("*a*", "a"), [2, 3]);
  });

  it("is matched by a text that ends at its end", () => {
    strictEqual(ends("a?", "ab"), true);
    strictEqual(ends("a?", "a"), false);
    strictEqual(ends("a*", "a"), true);
    strictEqual(ends("*b", "ab"), true);
    strictEqual(ends("*b", "aba"), false);
    strictEqual(ends("a", "b"), false);
    strictEqual(ends("", ""), true);
  });
});
