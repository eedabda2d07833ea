import { evaluate } from "./condition";
import type { RequestContext } from "./context";
import type { Condition, PolicyDocument, Statement } from "./document";
import { compileGlob, matches } from "./glob";
import { reachAfter } from "./resources";
import { type Language, shortestText } from "./search";
import { type Truth, all, any, not } from "./truth";

/** A question to a policy: may this caller do this action on every one of these objects? */
export interface Question {
  /** In full, as `s3:GetObject`. */
  readonly action: string;
  readonly caller: "anonymous";
  readonly objects: ObjectSet;
  readonly context: RequestContext;
}

/** Objects of one bucket, or, where its name is not confirmed, of every bucket that may be meant. */
export interface ObjectSet {
  readonly partition: string;
  /** A name; a pattern with `*` where the name is not confirmed. */
  readonly bucket: string;
  /** Key patterns with `*`. */
  readonly keys: readonly string[];
}

/** A statement as findings name it. */
export interface StatementReference {
  readonly index: number;
  readonly sid: string | undefined;
}

/** Why a statement does not apply to a request. */
export type Mismatch =
  | { readonly is: "principal"; readonly found: readonly string[]; readonly negated: boolean }
  | { readonly is: "action"; readonly found: readonly string[]; readonly negated: boolean }
  | { readonly is: "resource"; readonly found: readonly string[]; readonly negated: boolean }
  | {
      readonly is: "condition";
      readonly condition: Condition;
      readonly actual: readonly string[] | "absent" | "aws-internal";
    };

/** The answer, with what it rests on. */
export type Decision =
  | { readonly verdict: "allow"; readonly by: readonly StatementReference[] }
  | {
      readonly verdict: "deny";
      /** The shortest ARN among those asked for that is refused. */
      readonly counterexample: string;
      /** The Deny statement that refuses it, … */
      readonly deniedBy: StatementReference | undefined;
      /** … or, where nothing allows it, why each Allow statement does not. Empty: there is no Allow at all. */
      readonly missed: readonly (StatementReference & { readonly because: Mismatch })[];
    }
  | {
      readonly verdict: "unknown";
      /** What would have to be known, as a noun clause. */
      readonly openQuestion: string;
      readonly statement: StatementReference | undefined;
    };

/**
 * Decides for all objects at once. Allow: everything asked for is in what is surely allowed and outside of what is
 * possibly denied. Deny: something asked for is outside of what is possibly allowed, or in what is surely denied. In
 * between, nobody can say.
 */
export function decide(document: PolicyDocument, question: Question): Decision {
  const { prefix, required } = requiredAfterPrefix(question.objects);
  const statements = document.statements.map((statement) => judge(statement, document, question, prefix));
  const languages = statements.flatMap(({ surely, possibly }) => [surely, possibly]);
  const search = (
    wanted: (allowed: Truth, denied: Truth, membership: readonly Truth[]) => Truth,
    mostly: "surely" | "possibly",
  ) =>
    shortestText(required, languages, (membership) => {
      const allowOffset = mostly === "surely" ? 0 : 1;
      return wanted(
        any(effects(statements, "Allow", membership, allowOffset)),
        any(effects(statements, "Deny", membership, 1 - allowOffset)),
        membership,
      );
    });

  // 1. Is there an object that is not surely admitted?
  const doubtful = search((allowed, denied) => not(all([allowed, not(denied)])), "surely");
  if (doubtful.found === undefined) {
    if (doubtful.tooComplex) return tooComplex(doubtful.steps);
    return {
      verdict: "allow",
      by: statements.filter(({ effect, applies }) => effect === "Allow" && applies === true).map(reference),
    };
  }
  // 2. Is there one that is surely refused? Where the bucket's name is open, all that may be meant must be.
  const bucketIsOpen = question.objects.bucket.includes("*");
  const refused = search(
    (allowed, denied) => (bucketIsOpen ? all([allowed, not(denied)]) : not(all([allowed, not(denied)]))),
    "possibly",
  );
  if (refused.found === undefined && refused.tooComplex) return tooComplex(refused.steps);
  if (bucketIsOpen ? refused.found === undefined : refused.found !== undefined) {
    return denial(document, statements, question, prefix + (refused.found ?? doubtful.found));
  }
  return doubt(statements, question, bucketIsOpen);
}

interface Judged {
  readonly statement: Statement;
  readonly effect: Statement["effect"];
  /** Whether caller, action and conditions fit: all but the resource. */
  readonly applies: Truth;
  readonly surely: Language;
  readonly possibly: Language;
  readonly mismatch: Mismatch | undefined;
  readonly openQuestion: string | undefined;
}

const nothing: Language = { globs: [], negated: false };
const everything: Language = { globs: [], negated: true };

function judge(statement: Statement, document: PolicyDocument, question: Question, prefix: string): Judged {
  const base = { statement, effect: statement.effect };
  if (statement.unreadable !== undefined) {
    return {
      ...base,
      applies: "unknown",
      surely: nothing,
      possibly: everything,
      mismatch: undefined,
      openQuestion: `what is meant by ${statement.unreadable}`,
    };
  }
  const { applies, mismatch, openQuestion } = judgeCaller(statement, document, question);
  if (applies === false || !statement.resources) {
    return { ...base, applies: false, surely: nothing, possibly: nothing, mismatch, openQuestion: undefined };
  }
  const reach = reachAfter(prefix, statement.resources, document.version, question.context);
  return {
    ...base,
    applies,
    surely: applies === true ? reach.surely : nothing,
    possibly: reach.possibly,
    mismatch,
    openQuestion: openQuestion ?? reach.openQuestion,
  };
}

interface CallerJudgement {
  readonly applies: Truth;
  readonly mismatch: Mismatch | undefined;
  readonly openQuestion: string | undefined;
}

/** Everything about a statement but its resources: the principal, the action, the conditions. */
function judgeCaller(statement: Statement, document: PolicyDocument, question: Question): CallerJudgement {
  const { principals, actions } = statement;
  const no = (mismatch: Mismatch): CallerJudgement => ({ applies: false, mismatch, openQuestion: undefined });
  if (principals && principals.everyone === principals.negated) {
    const found = principals.everyone ? ["*"] : principals.named.map(({ type, value }) => `${type}: ${value}`);
    return no({ is: "principal", found, negated: principals.negated });
  }
  if (actions.patterns.some((pattern) => coversAction(pattern, question.action)) === actions.negated) {
    return no({ is: "action", found: actions.patterns, negated: actions.negated });
  }
  let applies: Truth = true;
  let openQuestion: string | undefined;
  for (const condition of statement.conditions) {
    const result = evaluate(condition, question.context, document.version);
    if (result.holds === false) {
      return no({ is: "condition", condition, actual: actualValues(condition.key, question.context) });
    }
    if (result.holds === "unknown") {
      applies = "unknown";
      openQuestion ??= result.openQuestion;
    }
  }
  return { applies, mismatch: undefined, openQuestion };
}

function coversAction(pattern: string, action: string): boolean {
  return pattern === "*" || matches(compileGlob(pattern.toLowerCase()), action.toLowerCase());
}

function actualValues(key: string, context: RequestContext): readonly string[] | "absent" | "aws-internal" {
  const present = context(key).cases.find((one) => one.is !== "absent");
  if (present?.is === "present") return present.values;
  return present?.is === "aws-internal" ? present.is : "absent";
}

/** Languages stand in pairs, what a statement surely matches and what it possibly matches. */
function* effects(
  statements: readonly Judged[],
  effect: Statement["effect"],
  membership: readonly Truth[],
  offset: number,
): Generator<Truth> {
  for (let i = 0; i < statements.length; i++) {
    if (statements[i]!.effect === effect) yield membership[2 * i + offset]!;
  }
}

/** Splits what is asked for into the text that all of it begins with and the patterns of what follows. */
function requiredAfterPrefix({ partition, bucket, keys }: ObjectSet): {
  prefix: string;
  required: readonly number[][];
} {
  const open = bucket.indexOf("*");
  const fixed = open < 0 ? `${bucket}/` : bucket.slice(0, open);
  const rest = open < 0 ? "" : `${bucket.slice(open)}/`;
  return {
    prefix: `arn:${partition}:s3:::${fixed}`,
    required: keys.map((key) => [...compileGlob(rest + key)]),
  };
}

function denial(
  document: PolicyDocument,
  statements: readonly Judged[],
  question: Question,
  counterexample: string,
): Decision {
  const hits = ({ statement }: Judged, which: "surely" | "possibly") => {
    if (!statement.resources) return false;
    const reach = reachAfter(counterexample, statement.resources, document.version, question.context)[which];
    return reach.globs.some((glob) => matches(glob, "")) !== reach.negated;
  };
  const denier = statements.find((one) => one.effect === "Deny" && one.applies === true && hits(one, "surely"));
  return {
    verdict: "deny",
    counterexample,
    deniedBy: denier && reference(denier),
    missed: denier
      ? []
      : statements
          .filter(({ effect }) => effect === "Allow")
          .map((one) => ({
            ...reference(one),
            because: one.mismatch ?? {
              is: "resource",
              found: one.statement.resources?.patterns ?? [],
              negated: one.statement.resources?.negated ?? false,
            },
          })),
  };
}

function doubt(statements: readonly Judged[], question: Question, bucketIsOpen: boolean): Decision {
  const open = statements.find(({ openQuestion }) => openQuestion !== undefined);
  return {
    verdict: "unknown",
    openQuestion:
      open?.openQuestion ??
      (bucketIsOpen ? `the name of the bucket (\`${question.objects.bucket}\`)` : "more than the policy tells"),
    statement: open && reference(open),
  };
}

function tooComplex(steps: number): Decision {
  return {
    verdict: "unknown",
    openQuestion: `more than ${steps} steps of comparison tell; the patterns of this policy are too complex`,
    statement: undefined,
  };
}

function reference({ statement: { index, sid } }: Judged): StatementReference {
  return { index, sid };
}
