import type { RequestContext } from "./context";
import type { Patterns, PolicyDocument, Statement } from "./document";
import { type Glob, anyText, compileGlob, matches, start, step } from "./glob";
import { printable } from "./problems";
import type { Language } from "./search";
import { expand } from "./variables";

/** Which texts after a fixed beginning a statement's resources match: surely, and possibly. */
export interface ResourceReach {
  readonly surely: Language;
  readonly possibly: Language;
  /** What could not be determined, where the two differ; `undefined` when they are the same. */
  readonly openQuestion: string | undefined;
}

/** Matches whatever follows. */
const anything: Glob = [anyText];

/**
 * What `Resource` or `NotResource` matches among the ARNs that begin with `prefix` (five ARN segments and a literal
 * beginning of the sixth).
 */
export function reachAfter(
  prefix: string,
  { patterns, negated }: Patterns,
  version: PolicyDocument["version"],
  context: RequestContext,
  effect: Statement["effect"],
): ResourceReach {
  const surely: Glob[] = [];
  const possibly: Glob[] = [];
  let openQuestion: string | undefined;
  for (const pattern of patterns) {
    const special = wildcardWithin(pattern, prefix);
    if (special === undefined) continue;
    if (special === pattern.length - 1 && pattern.endsWith("*")) {
      surely.push(anything); // the common case, and the quick one: all of a bucket, or of everything
      possibly.push(anything);
      continue;
    }
    if (special === prefix.length && !pattern.includes("$", special)) {
      const rest = compileGlob(pattern.slice(special));
      surely.push(rest);
      possibly.push(rest);
      continue;
    }
    const rests = restsOfPattern(pattern, prefix, version, context, effect === "Deny" && !negated);
    surely.push(...rests.surely);
    possibly.push(...rests.possibly);
    openQuestion ??= rests.openQuestion;
  }
  return {
    surely: { globs: negated ? possibly : surely, negated },
    possibly: { globs: negated ? surely : possibly, negated },
    openQuestion,
  };
}

/**
 * How far a pattern goes along with a prefix without a doubt: the place of the first character that is not plain text
 * (the prefix's length, if there is none before the prefix ends). `undefined` where it turns off before that.
 */
function wildcardWithin(pattern: string, prefix: string): number | undefined {
  for (let i = 0; i < prefix.length; i++) {
    const character = pattern[i];
    if (character === "*" || character === "?" || character === "$") return i;
    if (character !== prefix[i]) return undefined;
  }
  return prefix.length;
}

interface Rests {
  readonly surely: readonly Glob[];
  readonly possibly: readonly Glob[];
  readonly openQuestion?: string | undefined;
}

function restsOfPattern(
  pattern: string,
  prefix: string,
  version: PolicyDocument["version"],
  context: RequestContext,
  isDeny: boolean,
): Rests {
  const expansion = expand(pattern, version, context);
  if (expansion.is === "nothing") return { surely: [], possibly: [] };
  if (expansion.is === "unknown") return { surely: [], possibly: [anything], openQuestion: expansion.openQuestion };
  const { glob } = expansion.value;
  if (isWholeArn(glob)) {
    const strict = restsBySegments(glob, prefix);
    const within = isDeny && strict.length > 0 ? restsWithinBucket(glob, prefix) : undefined;
    if (!within) return { surely: strict, possibly: strict };
    const openQuestion = `whether the wildcard in \`${printable(pattern)}\` extends beyond the bucket name`;
    return { surely: within, possibly: strict, openQuestion };
  }
  const lenient = restsAfter(glob, prefix);
  if (lenient.length === 0 || everyWildcardEndsItsSegment(pattern)) return { surely: lenient, possibly: lenient };
  return {
    surely: restsBySegments(glob, prefix),
    possibly: lenient,
    openQuestion: `how far the wildcard in \`${printable(pattern)}\` extends`,
  };
}

/**
 * Whether a pattern has all segments of an ARN. Then each is for its counterpart: to reach further, a wildcard would need the
 * colons of the pattern once more in the name of a bucket, which has none, or in the key of an object, where nobody has them.
 */
function isWholeArn(glob: Glob): boolean {
  return glob.filter((token) => token === colon).length >= 5;
}

/**
 * The reading of those who deny keys in several buckets, as `own-*` and then `/private/*`: the wildcard is for the name, which
 * has no slash. S3 matches text, so a key with `/private/` further on is denied as well, where there is one: that is possible,
 * and not sure. `undefined` where both readings are one.
 */
function restsWithinBucket(glob: Glob, prefix: string): Glob[] | undefined {
  const named = /^(?:[^:]*:){5}([^/]*)\/(.*)/s.exec(prefix);
  let resource = glob;
  for (let i = 0; i < 5; i++) resource = resource.slice(resource.indexOf(colon) + 1);
  const end = resource.indexOf(slash);
  if (!named || end < 0) return undefined;
  const name = resource.slice(0, end);
  if (!name.includes(anyText)) return undefined;
  return matches(name, named[1]!) ? restsAfter(resource.slice(end + 1), named[2]!) : [];
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
 * segment (https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_resource.html). So where that
 * holds of all wildcards in the first five segments, the whole pattern may be read as one text.
 */
function everyWildcardEndsItsSegment(pattern: string): boolean {
  const segments = pattern.split(":", 5);
  return segments.every((segment) => !/\*.|\?/.test(segment));
}

const colon = 0x3a;
const slash = 0x2f;

/** The strict reading: each of the first five segments of the pattern matches its own counterpart. */
function restsBySegments(glob: Glob, prefix: string): Glob[] {
  let rest = glob;
  const wanted = prefix.split(":");
  for (const segment of wanted.slice(0, 5)) {
    const end = rest.indexOf(colon);
    if (end < 0 || !matches(rest.slice(0, end), segment)) return [];
    rest = rest.slice(end + 1);
  }
  return restsAfter(rest, wanted.slice(5).join(":"));
}
