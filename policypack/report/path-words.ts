import type { Decision } from "../iam/decide";
import type { FleetPath, PathWords } from "../path/fleet-path";
import { pathsOf as pathsIn } from "../path/fleet-path";
import type { Stack } from "../stack/stack";
import { because, openQuestionOf, remedy } from "./sentences";

/** Of an unknown hop the question alone: each report asks it in its own sentence. */
const reason = (decision: Decision) => (decision.verdict === "unknown" ? openQuestionOf(decision) : because(decision));

const words: PathWords = {
  signed: reason,
  because: ({ decision }) => reason(decision),
  fix: ({ decision }, region) => (decision.verdict === "deny" ? remedy(decision, region) : ""),
};

/** The paths of all fleets of a stack, in words: found out once for all who ask. */
export function pathsOf(stack: Stack): readonly FleetPath[] {
  return stack.derive(inWords);
}

function inWords(stack: Stack): FleetPath[] {
  return pathsIn(stack, words);
}
