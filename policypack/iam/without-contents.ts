import type { Decision } from "./decide";
import type { Mismatch, StatementReference } from "./explanation";

const hidden = "[secret]";

/** A decision on a document that is a secret: the verdict and the indexes of statements, and no part of the document. */
export function withoutContents(decision: Decision): Decision {
  switch (decision.verdict) {
    case "allow":
      return { ...decision, by: decision.by.map(indexOf) };
    case "deny": {
      const { deniedBy, missed } = decision;
      return {
        verdict: "deny",
        counterexample: hidden,
        deniedBy: deniedBy && { ...indexOf(deniedBy), caller: deniedBy.caller, conditions: [] },
        missed: missed.map((one) => ({ ...indexOf(one), because: withoutValues(one.because) })),
      };
    }
    case "unknown": {
      const { statement } = decision;
      return {
        verdict: "unknown",
        openQuestion: "whether the policy, which is a secret, allows the read",
        statement: statement && indexOf(statement),
      };
    }
  }
}

function indexOf({ index }: StatementReference): StatementReference {
  return { index, sid: undefined };
}

function withoutValues(mismatch: Mismatch): Mismatch {
  if (mismatch.is !== "condition") return { ...mismatch, found: [hidden] };
  const condition = { operator: hidden, key: hidden, values: [hidden] };
  return { ...mismatch, condition, actual: "any-value" };
}
