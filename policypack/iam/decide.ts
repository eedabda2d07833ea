import { evaluate } from "./condition";
import type { Caller, RequestContext } from "./context";
import { type Mismatch, type StatementReference, actualValues, reference } from "./explanation";
import type { PolicyDocument, Statement } from "./document";
import { type Glob, anyText, compileGlob, matches } from "./glob";
import { includes } from "./principals";
import { reachAfter } from "./resources";
import { type Language, shortestText } from "./search";
import type { ObjectSet } from "./objects";

/** A question to a policy: may this caller do this action on every one of these objects? */
export interface Question {
  /** In full, as `s3:GetObject`. */
  readonly action: string;
  readonly caller: Caller;
  readonly objects: ObjectSet;
  readonly context: RequestContext;
}

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
  const { objects } = question;
  const statements = document.statements.map((statement) => judge(statement, document, question));
  const allowing = statements.filter(({ statement }) => statement.effect === "Allow");
  const denying = statements.filter(({ statement }) => statement.effect === "Deny");
  const deny = (counterexample: string) => denial(statements, document, question, counterexample);

  // The answer for most policies, without any search.
  if (allowing.every(({ possibly }) => isNothing(possibly)) || denying.some(({ surely }) => isEverything(surely))) {
    return deny(objects.shortest());
  }
  if (allowing.some(({ surely }) => isEverything(surely)) && denying.every(({ possibly }) => isNothing(possibly))) {
    return allowance(allowing);
  }

  // 1. Is there an object that is not surely admitted?
  const narrow = { allowed: allowing.map(({ surely }) => surely), denied: denying.map(({ possibly }) => possibly) };
  const doubtful = shortestText(objects.rests, narrow, "refused");
  if (doubtful.tooComplex) return tooComplex(doubtful.steps);
  if (doubtful.found === undefined) return allowance(allowing);
  // 2. Is there one that is surely refused? Where not all are read, the question is whether one may be admitted.
  const wide = { allowed: allowing.map(({ possibly }) => possibly), denied: denying.map(({ surely }) => surely) };
  const decisive = shortestText(objects.rests, wide, objects.allRead ? "refused" : "admitted");
  if (decisive.tooComplex) return tooComplex(decisive.steps);
  if ((decisive.found !== undefined) !== objects.allRead) return doubt(statements, objects);
  return deny(objects.prefix + (decisive.found ?? doubtful.found));
}

/** A statement as far as the question goes. */
interface Judged {
  readonly statement: Statement;
  /** What of the objects it surely and possibly matches; nothing, where caller, action or conditions don't fit. */
  readonly surely: Language;
  readonly possibly: Language;
  /** Why it does not apply, where that is not for the resource. */
  readonly mismatch?: Mismatch;
  readonly openQuestion?: string | undefined;
}

const nothing: Language = { globs: [], negated: false };
const everything: Language = { globs: [], negated: true };

function isNothing({ globs, negated }: Language): boolean {
  return negated ? globs.some(isAnything) : globs.length === 0;
}

function isEverything({ globs, negated }: Language): boolean {
  return negated ? globs.length === 0 : globs.some(isAnything);
}

function isAnything(glob: Glob): boolean {
  return glob.length === 1 && glob[0] === anyText;
}

function judge(statement: Statement, document: PolicyDocument, question: Question): Judged {
  if (statement.unreadable !== undefined) {
    return { statement, surely: nothing, possibly: everything, openQuestion: `what \`${statement.unreadable}\` means` };
  }
  const doesNotApply = (mismatch: Mismatch): Judged => ({ statement, surely: nothing, possibly: nothing, mismatch });
  const { principals, actions, resources } = statement;
  let applies = includes(principals, question.caller);
  let openQuestion = applies === "unknown" ? "the ARN of the instance's role" : undefined;
  if (principals && applies === false) {
    const found = principals.everyone ? ["*"] : principals.named.map(({ value }) => value);
    return doesNotApply({ is: "principal", found, negated: principals.negated });
  }
  if (actions.patterns.some((pattern) => coversAction(pattern, question.action)) === actions.negated) {
    return doesNotApply({ is: "action", found: actions.patterns, negated: actions.negated });
  }
  for (const condition of statement.conditions) {
    const { holds, openQuestion: open } = evaluate(condition, question.context, document.version);
    if (holds === false) {
      return doesNotApply({ is: "condition", condition, actual: actualValues(condition.key, question.context) });
    }
    if (holds === "unknown") {
      applies = "unknown";
      openQuestion ??= open;
    }
  }
  if (!resources) return doesNotApply({ is: "resource", found: [], negated: false });
  const reach = reachAfter(question.objects.prefix, resources, document.version, question.context);
  return {
    statement,
    surely: applies === true ? reach.surely : nothing,
    possibly: reach.possibly,
    openQuestion: openQuestion ?? reach.openQuestion,
  };
}

function coversAction(pattern: string, action: string): boolean {
  return pattern === "*" || pattern === action || matches(compileGlob(pattern.toLowerCase()), action.toLowerCase());
}

function allowance(allowing: readonly Judged[]): Decision {
  return {
    verdict: "allow",
    by: allowing.filter(({ surely }) => !isNothing(surely)).map(({ statement }) => reference(statement)),
  };
}

function denial(
  statements: readonly Judged[],
  document: PolicyDocument,
  question: Question,
  counterexample: string,
): Decision {
  const denier = statements.find(({ statement, mismatch, openQuestion }) => {
    if (statement.effect !== "Deny" || mismatch || openQuestion || !statement.resources) return false;
    const { surely } = reachAfter(counterexample, statement.resources, document.version, question.context);
    return surely.globs.some((glob) => matches(glob, "")) !== surely.negated;
  })?.statement;
  if (denier) return { verdict: "deny", counterexample, deniedBy: reference(denier), missed: [] };
  const missed = statements
    .filter(({ statement }) => statement.effect === "Allow")
    .map(({ statement, mismatch }) => {
      const { patterns: found = [], negated = false } = statement.resources ?? {};
      return { ...reference(statement), because: mismatch ?? { is: "resource" as const, found, negated } };
    });
  return { verdict: "deny", counterexample, deniedBy: undefined, missed };
}

function doubt(statements: readonly Judged[], objects: ObjectSet): Decision {
  const open = statements.find(({ openQuestion }) => openQuestion !== undefined);
  const unconfirmed = `which objects are read of ${objects.description}`;
  return {
    verdict: "unknown",
    openQuestion: open?.openQuestion ?? unconfirmed,
    statement: open && reference(open.statement),
  };
}

function tooComplex(steps: number): Decision {
  return {
    verdict: "unknown",
    openQuestion: `what more than ${steps} steps of comparison would tell (the patterns of this policy are too complex)`,
    statement: undefined,
  };
}
