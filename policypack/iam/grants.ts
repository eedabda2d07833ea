import { evaluate } from "./condition";
import type { Caller, RequestContext, RequestPath } from "./context";
import type { PolicyDocument, Statement } from "./document";
import { coversAction } from "./judge";
import { includes } from "./principals";
import { type Truth, all, and, any, not } from "./truth";

/** Who makes a call, and its request context. */
export interface Call {
  readonly caller: Caller;
  readonly context: RequestContext;
  /** What is known of the path of the call, and of the role. */
  readonly path?: Partial<RequestPath> | undefined;
}

/** Whether a policy allows an action on whatever resource it is asked for, and whether it denies that. */
export interface Effects {
  readonly allows: Truth;
  readonly denies: Truth;
}

/**
 * What one policy says of an action. A statement about some resources only is unknown: they may be those asked for. So is
 * one under a condition, or for some principals, where nothing is told of the call.
 */
export function effectsOf({ statements, version }: PolicyDocument, action: string, call?: Call): Effects {
  const by = (effect: Statement["effect"]) =>
    any(
      statements
        .filter((statement) => statement.effect === effect)
        .map((statement) => applies(statement, version, action, call)),
    );
  return { allows: by("Allow"), denies: by("Deny") };
}

/** What several policies say together. */
export function together(effects: readonly Effects[]): Effects {
  return { allows: any(effects.map(({ allows }) => allows)), denies: any(effects.map(({ denies }) => denies)) };
}

/** Whether policies together grant an action. */
export function grants(documents: readonly PolicyDocument[], action: string, call?: Call): Truth {
  return granted(together(documents.map((document) => effectsOf(document, action, call))));
}

/** What is allowed, and not denied. */
export function granted({ allows, denies }: Effects): Truth {
  return and(allows, not(denies));
}

function applies(
  statement: Statement,
  version: PolicyDocument["version"],
  action: string,
  call: Call | undefined,
): Truth {
  if (statement.unreadable !== undefined) return "unknown";
  const { actions, resources, conditions, principals } = statement;
  const covered = actions.patterns.some((pattern) => coversAction(pattern, action)) !== actions.negated;
  if (!covered) return false;
  const isWhole = resources !== undefined && !resources.negated && resources.patterns.includes("*");
  const isForAll = !principals || (principals.everyone && !principals.negated);
  return all([
    isWhole || "unknown",
    call ? includes(principals, call.caller, call.path) : isForAll || "unknown",
    ...conditions.map((condition): Truth => (call ? evaluate(condition, call.context, version).holds : "unknown")),
  ]);
}
