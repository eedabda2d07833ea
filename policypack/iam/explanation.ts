import type { Caller, RequestContext } from "./context";
import type { Condition, Statement } from "./document";

/** A statement as findings name it. */
export interface StatementReference {
  readonly index: number;
  readonly sid: string | undefined;
}

/** Why a statement does not apply to a request. */
export type Mismatch =
  | { readonly is: "principal"; readonly caller: Caller; readonly found: readonly string[]; readonly negated: boolean }
  | { readonly is: "action" | "resource"; readonly found: readonly string[]; readonly negated: boolean }
  | {
      readonly is: "condition";
      readonly caller: Caller;
      readonly condition: Condition;
      readonly actual: ActualValues;
    };

/** What a request carries under a condition key. */
export type ActualValues = readonly string[] | "absent" | "aws-internal" | "any-value";

export function reference({ index, sid }: Statement): StatementReference {
  return { index, sid };
}

/** What a request carries under a key: where several cases are open, a case in which it carries something. */
export function actualValues(key: string, context: RequestContext): ActualValues {
  const { cases } = context(key);
  const shown = cases.find((one) => one.is !== "absent");
  if (shown?.is === "within") return "any-value";
  return shown?.is === "present" ? shown.values : (shown?.is ?? "absent");
}
