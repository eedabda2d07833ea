import type { PolicyDocument, Statement } from "./document";
import { coversAction } from "./judge";
import { type Truth, any } from "./truth";

/**
 * Whether policies together grant an action on whatever resource it is asked for. A grant under a condition, for some
 * principals, or on some resources only, is unknown: it may cover what is asked for.
 */
export function grants(documents: readonly PolicyDocument[], action: string): Truth {
  const statements = documents.flatMap((document) => document.statements);
  const by = (effect: Statement["effect"]) =>
    any(statements.filter((statement) => statement.effect === effect).map((statement) => applies(statement, action)));
  const allowed = by("Allow");
  const denied = by("Deny");
  if (allowed === false || denied === true) return false;
  return allowed === true && denied === false ? true : "unknown";
}

function applies(statement: Statement, action: string): Truth {
  if (statement.unreadable !== undefined) return "unknown";
  const { actions, resources, conditions, principals } = statement;
  const covered = actions.patterns.some((pattern) => coversAction(pattern, action)) !== actions.negated;
  if (!covered) return false;
  const isWhole = resources !== undefined && !resources.negated && resources.patterns.includes("*");
  const isForAll = !principals || (principals.everyone && !principals.negated);
  return isWhole && isForAll && conditions.length === 0 ? true : "unknown";
}
