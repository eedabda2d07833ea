import { evaluate } from "./condition";
import type { Caller, RequestContext, RequestPath } from "./context";
import type { PolicyDocument, Statement } from "./document";
import { type Mismatch, type StatementReference, actualValues, reference } from "./explanation";
import { type Glob, anyText, compileGlob, matches } from "./glob";
import type { ObjectSet } from "./objects";
import { includes } from "./principals";
import { printable } from "./problems";
import { reachAfter } from "./resources";
import type { Language } from "./search";

/** A question to a policy: may this caller do this action on every one of these objects? */
export interface Question {
  /** In full, as `s3:GetObject`. */
  readonly action: string;
  readonly caller: Caller;
  readonly objects: ObjectSet;
  readonly context: RequestContext;
  /** What is known of the path of the request, and of who signs it. */
  readonly path?: Partial<RequestPath> | undefined;
}

/** A statement as far as the question goes. */
export interface Judged {
  readonly statement: Statement;
  /** Whether caller, action and conditions surely fit, whatever the resource. */
  readonly applies: boolean;
  /** What of the objects it surely and possibly matches; nothing, where caller, action or conditions don't fit. */
  readonly surely: Language;
  readonly possibly: Language;
  /** Why it does not apply, where that is not for the resource. */
  readonly mismatch?: Mismatch | undefined;
  readonly openQuestion?: string | undefined;
}

const nothing: Language = { globs: [], negated: false };
const everything: Language = { globs: [], negated: true };

export function isNothing({ globs, negated }: Language): boolean {
  return negated ? globs.some(isAnything) : globs.length === 0;
}

export function isEverything({ globs, negated }: Language): boolean {
  return negated ? globs.length === 0 : globs.some(isAnything);
}

function isAnything(glob: Glob): boolean {
  return glob.length === 1 && glob[0] === anyText;
}

/** Looks at one statement by itself. */
export function judge(statement: Statement, document: PolicyDocument, question: Question): Judged {
  if (statement.unreadable !== undefined) {
    return {
      statement,
      applies: false,
      surely: nothing,
      possibly: everything,
      openQuestion: `what \`${printable(statement.unreadable)}\` means`,
    };
  }
  const doesNotApply = (mismatch?: Mismatch): Judged => ({
    statement,
    applies: false,
    surely: nothing,
    possibly: nothing,
    mismatch,
  });
  const { principals, actions, resources } = statement;
  const { caller, context } = question;
  let applies = includes(principals, caller, question.path);
  let openQuestion = applies === "unknown" ? "the ARN of the instance's role" : undefined;
  if (principals && applies === false) {
    const found = principals.everyone ? ["*"] : principals.named.map(({ value }) => value);
    return doesNotApply({ is: "principal", caller, found, negated: principals.negated });
  }
  if (actions.patterns.some((pattern) => coversAction(pattern, question.action)) === actions.negated) {
    return doesNotApply({ is: "action", found: actions.patterns, negated: actions.negated });
  }
  for (const condition of statement.conditions) {
    const { holds, openQuestion: open } = evaluate(condition, context, document.version);
    if (holds === false) {
      return doesNotApply({ is: "condition", caller, condition, actual: actualValues(condition.key, context) });
    }
    if (holds === "unknown") {
      applies = "unknown";
      openQuestion ??= open;
    }
  }
  if (!resources) return doesNotApply();
  const reach = reachAfter(question.objects.prefix, resources, document.version, context, statement.effect);
  return {
    statement,
    applies: applies === true,
    surely: applies === true ? reach.surely : nothing,
    possibly: reach.possibly,
    openQuestion: openQuestion ?? reach.openQuestion,
  };
}

/** Whether a pattern of `Action` covers an action, ignoring case. */
export function coversAction(pattern: string, action: string): boolean {
  if (pattern === "*" || pattern === action) return true;
  return matches(compileGlob(pattern.toLowerCase()), action.toLowerCase());
}

/** Why a statement does not apply to a request, where its resources are the reason if nothing else is. */
export function mismatchOf({ statement, mismatch }: Judged): Mismatch {
  const { patterns: found = [], negated = false } = statement.resources ?? {};
  return mismatch ?? { is: "resource", found, negated };
}

/** What one statement does for the objects of a question, for people who go through a policy statement by statement. */
export type StatementOutcome = StatementReference & Pick<Statement, "effect"> & Reach;

/** Which of the objects a statement surely matches: of `none` why, of `unknown` what is open. */
export type Reach =
  | { readonly reach: "all" | "some" }
  | { readonly reach: "none"; readonly mismatch: Mismatch }
  | { readonly reach: "unknown"; readonly openQuestion: string };

/** Goes through a policy statement by statement. */
export function outcomes(document: PolicyDocument, question: Question): StatementOutcome[] {
  return document.statements.map((statement) => ({
    ...reference(statement),
    effect: statement.effect,
    ...reachOf(judge(statement, document, question)),
  }));
}

function reachOf(judged: Judged): Reach {
  const { surely, possibly, openQuestion } = judged;
  if (isNothing(possibly)) return { reach: "none", mismatch: mismatchOf(judged) };
  if (openQuestion !== undefined) return { reach: "unknown", openQuestion };
  return { reach: isEverything(surely) ? "all" : "some" };
}
