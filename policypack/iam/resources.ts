import type { RequestContext } from "./context";
import type { Patterns, PolicyDocument } from "./document";
import { type Glob, accepts, anyText, compileGlob, start, step } from "./glob";
import type { Language } from "./search";
import { expand } from "./variables";

/** Which texts after a fixed beginning a statement's resources match: surely, and possibly. */
export interface ResourceReach {
  readonly surely: Language;
  readonly possibly: Language;
  /** What would have to be known for the two to be one; `undefined` when they are. */
  readonly openQuestion: string | undefined;
}

/**
 * What `Resource` or `NotResource` matches among the ARNs that begin with `prefix` (a whole number of ARN segments and
 * a literal beginning of the last one).
 */
export function reachAfter(
  prefix: string,
  resources: Patterns,
  version: PolicyDocument["version"],
  context: RequestContext,
): ResourceReach {
  const surely: Glob[] = [];
  const possibly: Glob[] = [];
  let openQuestion: string | undefined;
  for (const pattern of resources.patterns) {
    if (!mayBegin(pattern, prefix)) continue;
    const expansion = expand(pattern, version, context);
    if (expansion.is === "nothing") continue;
    if (expansion.is === "unknown") {
      possibly.push([anyText]);
      openQuestion ??= expansion.openQuestion;
      continue;
    }
    const rests = restsAfter(expansion.value.glob, prefix);
    possibly.push(...rests);
    if (wildcardsStayInTheirSegment(pattern)) surely.push(...rests);
    else if (rests.length > 0) {
      const strict = restsBySegments(expansion.value.text, prefix);
      surely.push(...strict);
      if (strict.length === 0) openQuestion ??= `how far the wildcard in \`${pattern}\` reaches`;
    }
  }
  const { negated } = resources;
  return {
    surely: { globs: negated ? possibly : surely, negated },
    possibly: { globs: negated ? surely : possibly, negated },
    openQuestion,
  };
}

/** A quick no for most patterns of a long list: the literal text before the first wildcard or variable decides. */
function mayBegin(pattern: string, prefix: string): boolean {
  const end = pattern.search(/[*?$]/);
  const literal = end < 0 ? pattern : pattern.slice(0, end);
  return literal.length <= prefix.length ? prefix.startsWith(literal) : literal.startsWith(prefix);
}

/** What is left of a pattern when it has read `prefix`: several patterns, where its wildcards leave a choice. */
function restsAfter(glob: Glob, prefix: string): Glob[] {
  let positions = start(glob);
  for (let i = 0; i < prefix.length && positions.length > 0; i++) {
    positions = step(glob, positions, prefix.charCodeAt(i));
  }
  // The place behind an `anyText` adds nothing to the `anyText` itself.
  return positions.filter((at) => glob[at - 1] !== anyText || !positions.includes(at - 1)).map((at) => glob.slice(at));
}

/**
 * AWS: a wildcard stands for text within one of the ARN's segments, and beyond only as the last character of its
 * segment (https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_resource.html). So where each
 * of the first five segments has one at its end at most, the whole pattern may be read as one text.
 */
function wildcardsStayInTheirSegment(pattern: string): boolean {
  return !/^(?:[^:]*:){0,4}[^:]*[*?][^:]/.test(pattern) && !/^(?:[^:]*:){0,4}[^:]*\?/.test(pattern);
}

/** The strict reading: each of the first five segments matches its own counterpart. */
function restsBySegments(pattern: string, prefix: string): Glob[] {
  const wanted = prefix.split(":");
  const given = pattern.split(":");
  if (given.length < 6) return [];
  const matchSegments = given.slice(0, 5).every((segment, i) => {
    const glob = compileGlob(segment);
    let positions = start(glob);
    for (const character of wanted[i] ?? "") positions = step(glob, positions, character.charCodeAt(0));
    return accepts(glob, positions);
  });
  return matchSegments ? restsAfter(compileGlob(given.slice(5).join(":")), wanted.slice(5).join(":")) : [];
}
