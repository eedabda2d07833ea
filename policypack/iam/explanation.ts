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

/** The value of a condition key in a request. */
export type ActualValues = readonly string[] | "absent" | "aws-internal" | "any-value";

export function reference({ index, sid }: Statement): StatementReference {
  return { index, sid };
}

/** The value of a key in a request: where several cases are possible, one in which it has a value. */
export function actualValues(key: string, context: RequestContext): ActualValues {
  const { cases } = context(key);
  const shown = cases.find((one) => one.is !== "absent");
  if (shown?.is === "within") return "any-value";
  return shown?.is === "present" ? shown.values : (shown?.is ?? "absent");
}
