import type { Caller } from "./context";
import type { Condition, PolicyDocument } from "./document";
import { type Mismatch, type StatementReference, reference } from "./explanation";
import { matches } from "./glob";
import { type Judged, type Question, isEverything, isNothing, judge, mismatchOf } from "./judge";
import type { ObjectSet } from "./objects";
import { reachAfter } from "./resources";
import { searchBudget, shortestText } from "./search";

/** The answer, with what it rests on. */
export type Decision =
  | { readonly verdict: "allow"; readonly by: readonly StatementReference[] }
  | {
      readonly verdict: "deny";
      /** The shortest ARN among those asked for that is denied. */
      readonly counterexample: string;
      /** The Deny statement that denies it, … */
      readonly deniedBy: Denier | undefined;
      /** … or, where nothing allows it, why each Allow statement does not. Empty: there is no Allow statement. */
      readonly missed: readonly (StatementReference & { readonly because: Mismatch })[];
    }
  | {
      readonly verdict: "unknown";
      /** What could not be determined, as a clause that follows "cannot determine". */
      readonly openQuestion: string;
      readonly statement: StatementReference | undefined;
    };

/** A Deny statement that applies to a request, and the conditions that the request meets. */
export interface Denier extends StatementReference {
  readonly caller: Caller;
  readonly conditions: readonly Condition[];
}

/**
 * Decides for all objects at once. Allow: everything asked for is in what is surely allowed and outside of what is
 * possibly denied. Deny: something asked for is outside of what is possibly allowed, or in what is surely denied. In
 * between, the answer is unknown.
 *
 * @param budget what the search may cost before it gives up
 */
export function decide(document: PolicyDocument, question: Question, budget = searchBudget): Decision {
  const { objects } = question;
  const statements = document.statements.map((statement) => judge(statement, document, question));
  const allowing = statements.filter(({ statement }) => statement.effect === "Allow");
  const denying = statements.filter(({ statement }) => statement.effect === "Deny");
  const deny = (counterexample: string) => denial(statements, document, question, counterexample);

  // The answer for most policies, without any search.
  if (allowing.every(({ possibly }) => isNothing(possibly)) || denying.some(({ surely }) => isEverything(surely))) {
    return deny(objects.shortest);
  }
  if (allowing.some(({ surely }) => isEverything(surely)) && denying.every(({ possibly }) => isNothing(possibly))) {
    return allowance(allowing);
  }

  // 1. Is there an object that is not surely allowed?
  const narrow = { allowed: allowing.map(({ surely }) => surely), denied: denying.map(({ possibly }) => possibly) };
  const doubtful = shortestText(objects.rests, narrow, "denied", budget);
  if (doubtful.tooComplex) return tooComplex(budget);
  if (doubtful.found === undefined) return allowance(allowing);
  // Where nothing is unknown, what is not surely allowed is surely denied.
  const isOpen = statements.some(({ openQuestion }) => openQuestion !== undefined);
  if (!isOpen && objects.allRead) return deny(objects.prefix + doubtful.found);
  // 2. Is there one that is surely denied? Where not all are read, the question is whether one may be allowed.
  const wide = { allowed: allowing.map(({ possibly }) => possibly), denied: denying.map(({ surely }) => surely) };
  const decisive = shortestText(objects.rests, wide, objects.allRead ? "denied" : "allowed", budget - doubtful.steps);
  if (decisive.tooComplex) return tooComplex(budget);
  if ((decisive.found !== undefined) !== objects.allRead) return doubt(statements, objects);
  return deny(objects.prefix + (decisive.found ?? doubtful.found));
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
  const denier = statements.find(({ statement, applies }) => {
    if (statement.effect !== "Deny" || !applies || !statement.resources) return false;
    const { surely } = reachAfter(counterexample, statement.resources, document.version, question.context, "Deny");
    return surely.globs.some((glob) => matches(glob, "")) !== surely.negated;
  })?.statement;
  if (denier)
    return {
      verdict: "deny",
      counterexample,
      deniedBy: { ...reference(denier), caller: question.caller, conditions: denier.conditions },
      missed: [],
    };
  const missed = statements
    .filter(({ statement }) => statement.effect === "Allow")
    .map((judged) => ({ ...reference(judged.statement), because: mismatchOf(judged) }));
  return { verdict: "deny", counterexample, deniedBy: undefined, missed };
}

function doubt(statements: readonly Judged[], objects: ObjectSet): Decision {
  const open = statements.find(({ openQuestion }) => openQuestion !== undefined);
  const unconfirmed = `which objects are read from ${objects.description}`;
  return {
    verdict: "unknown",
    openQuestion: open?.openQuestion ?? unconfirmed,
    statement: open && reference(open.statement),
  };
}

function tooComplex(budget: number): Decision {
  return {
    verdict: "unknown",
    openQuestion: `the result of a comparison with more than ${budget} steps (the patterns of this policy are too complex)`,
    statement: undefined,
  };
}
