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

/**
 * Whether policies together grant an action on whatever resource it is asked for. A grant on some resources only is
 * unknown: they may be those asked for. So is one under a condition, or for some principals, where nothing is told of the
 * call.
 */
export function grants(documents: readonly PolicyDocument[], action: string, call?: Call): Truth {
  const by = (effect: Statement["effect"]) =>
    any(
      documents.flatMap(({ statements, version }) =>
        statements
          .filter((statement) => statement.effect === effect)
          .map((statement) => applies(statement, version, action, call)),
      ),
    );
  return and(by("Allow"), not(by("Deny")));
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
