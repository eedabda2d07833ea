/**
 * A second implementation of the decision, slow and obvious, to compare the real one with: it evaluates one key after the
 * other over a small alphabet, matches patterns by trying, and evaluates a condition in every world that its key leaves
 * open. It shares no code with the pack, only the shape of its input.
 */

/** All possible values of a condition key in the request. `undefined`: absent. */
export type Worlds = readonly (readonly string[] | undefined)[];

export interface ReferenceQuestion {
  readonly action: string;
  readonly anonymous: boolean;
  /** Literal beginning of every ARN, such as `arn:aws:s3:::bucket/`. */
  readonly prefix: string;
  /** Patterns of what follows. */
  readonly keys: readonly string[];
  /** By the lowercase name of the condition key; a key that is not in it is absent. */
  readonly context: Readonly<Record<string, Worlds>>;
}

type Kleene = "yes" | "no" | "maybe";
type Json = Readonly<Record<string, unknown>>;

const asList = (value: unknown): unknown[] =>
  value === undefined ? [] : Array.isArray(value) ? (value as unknown[]) : [value];
const agreement = (answers: readonly boolean[]): Kleene => {
  if (answers.every((answer) => answer)) return "yes";
  return answers.some((answer) => answer) ? "maybe" : "no";
};

/** Whether a text matches a pattern with `*` and `?`, by trying every split; both are read from a position on. */
export function like(pattern: string, text: string, p = 0, t = 0): boolean {
  for (; p < pattern.length && pattern[p] !== "*"; p++, t++) {
    if (t === text.length || (pattern[p] !== "?" && pattern[p] !== text[t])) return false;
  }
  if (p === pattern.length) return t === text.length;
  for (let rest = t; rest <= text.length; rest++) if (like(pattern, text, p + 1, rest)) return true;
  return false;
}

/** Every text over the alphabet up to a length, shortest first. */
export function textsUpTo(length: number, alphabet: readonly string[]): string[] {
  const texts = [""];
  for (let from = 0, round = 0; round < length; round++) {
    const to = texts.length;
    for (; from < to; from++) texts.push(...alphabet.map((letter) => texts[from]! + letter));
  }
  return texts;
}

/** The decision of the policy on each ARN: certainly allowed, certainly denied, or neither. */
export function admits(document: Json, question: ReferenceQuestion): (arn: string) => Kleene {
  const version = document["Version"] === "2012-10-17" ? "new" : "old";
  const statements = (asList(document["Statement"]) as Json[]).map((statement) => ({
    effect: statement["Effect"],
    fits: both([
      principalFits(statement, question),
      actionFits(statement, question),
      ...conditionsFit(statement, question, version),
    ]),
    covers: resourceFits(statement, question, version),
  }));
  return (arn) => {
    let allowed: Kleene = "no";
    let denied: Kleene = "no";
    for (const { effect, fits, covers } of statements) {
      const applies = fits === "no" ? fits : both([fits, covers(arn)]);
      if (effect === "Allow") allowed = either(allowed, applies);
      else denied = either(denied, applies);
    }
    if (denied === "yes" || allowed === "no") return "no";
    return denied === "no" && allowed === "yes" ? "yes" : "maybe";
  };
}

const either = (a: Kleene, b: Kleene): Kleene => (a === "yes" || b === "yes" ? "yes" : a === "no" ? b : a);

function both(parts: readonly Kleene[]): Kleene {
  if (parts.includes("no")) return "no";
  return parts.includes("maybe") ? "maybe" : "yes";
}

function principalFits(statement: Json, { anonymous }: ReferenceQuestion): Kleene {
  const negated = "NotPrincipal" in statement;
  const value = statement[negated ? "NotPrincipal" : "Principal"];
  const everyone = value === "*" || asList((value as Json)["AWS"]).includes("*");
  if (!anonymous) throw new Error("the reference answers for unsigned requests only");
  return everyone === negated ? "no" : "yes";
}

function actionFits(statement: Json, { action }: ReferenceQuestion): Kleene {
  const negated = "NotAction" in statement;
  const patterns = asList(statement[negated ? "NotAction" : "Action"]) as string[];
  const covered = patterns.some((pattern) => like(pattern.toLowerCase(), action.toLowerCase()));
  return covered === negated ? "no" : "yes";
}

function resourceFits(statement: Json, question: ReferenceQuestion, version: "new" | "old"): (arn: string) => Kleene {
  const negated = "NotResource" in statement;
  const patterns = (asList(statement[negated ? "NotResource" : "Resource"]) as string[]).map((pattern) => ({
    texts: expansions(pattern, question, version),
    // A variable with an unknown value may make the pattern match, and nothing more is known.
    known: version === "old" || !pattern.includes("${s3:unknown}"),
  }));
  return (arn) => {
    let covered: Kleene = "no";
    for (const { texts, known } of patterns) {
      const matches = () => agreement(texts.map((text) => text !== undefined && like(text, arn)));
      covered = either(covered, known ? matches() : "maybe");
    }
    if (!negated) return covered;
    return covered === "yes" ? "no" : covered === "no" ? "yes" : "maybe";
  };
}

/** A text with its variables replaced, in every world; `undefined` if a variable has no value. */
function expansions(text: string, { context }: ReferenceQuestion, version: "new" | "old"): (string | undefined)[] {
  if (version === "old") return [text];
  const found = /\$\{([^}]+)\}/.exec(text);
  if (!found) return [text];
  const worlds = context[found[1]!.toLowerCase()] ?? [undefined];
  return worlds.map((values) => (values?.length === 1 ? text.replace(found[0], values[0]!) : undefined));
}

function conditionsFit(statement: Json, question: ReferenceQuestion, version: "new" | "old"): Kleene[] {
  return Object.entries((statement["Condition"] ?? {}) as Readonly<Record<string, Json>>).flatMap(([operator, keys]) =>
    Object.entries(keys).map(([key, values]) => {
      const worlds = question.context[key.toLowerCase()] ?? [undefined];
      const expected = asList(values).map(String);
      const answers = worlds.flatMap((actual) => holds(operator, actual, expected, question, version));
      return answers.includes("undocumented") ? "maybe" : agreement(answers as boolean[]);
    }),
  );
}

type Answer = boolean | "undocumented";

function holds(
  written: string,
  actual: readonly string[] | undefined,
  expected: readonly string[],
  question: ReferenceQuestion,
  version: "new" | "old",
): Answer[] {
  const [, qualifier, name = "", ifExists] = /^(?:(ForAllValues|ForAnyValue):)?(.*?)(IfExists)?$/.exec(written)!;
  if (name === "Null") return [expected.some((value) => (value === "true") === (actual === undefined))];
  const negated = name.includes("Not");
  if (actual === undefined) {
    if (qualifier === "ForAllValues") return [true];
    if (qualifier === "ForAnyValue") return [ifExists ? "undocumented" : false];
    return [ifExists !== undefined || negated];
  }
  if (qualifier === undefined && actual.length > 1) return ["undocumented"];
  // Each value of the policy in each of its worlds: the answer must be the same in all of them.
  const choices = expected.map((value) => expansions(value, question, version));
  return combinations(choices).map((values) => {
    const one = (value: string) => values.some((text) => text !== undefined && compare(name, value, text)) !== negated;
    return qualifier === "ForAnyValue" ? actual.some(one) : actual.every(one);
  });
}

function combinations<T>(choices: readonly (readonly T[])[]): T[][] {
  return choices.reduce<T[][]>((all, choice) => all.flatMap((some) => choice.map((one) => [...some, one])), [[]]);
}

/** The positive comparison of an operator. */
function compare(name: string, actual: string, expected: string): boolean {
  switch (name.replace("Not", "")) {
    case "StringEquals":
      return actual === expected;
    case "StringEqualsIgnoreCase":
      return actual.toLowerCase() === expected.toLowerCase();
    case "StringLike":
      return like(expected, actual);
    case "NumericEquals":
      return Number(actual) === Number(expected);
    case "NumericLessThan":
      return Number(actual) < Number(expected);
    case "NumericGreaterThanEquals":
      return Number(actual) >= Number(expected);
    case "Bool":
      return actual.toLowerCase() === expected.toLowerCase();
    case "ArnLike":
    case "ArnEquals":
      return actual.split(":").every((segment, i) => like(expected.split(":")[i] ?? "", segment));
    default:
      throw new Error(`the reference does not know ${name}`);
  }
}
