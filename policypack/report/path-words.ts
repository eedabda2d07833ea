import type { FleetPath, PathWords } from "../path/fleet-path";
import { pathsOf as pathsIn } from "../path/fleet-path";
import type { Stack } from "../stack/stack";
import { because, remedy } from "./sentences";

const words: PathWords = {
  signed: because,
  because: ({ decision }) => because(decision),
  fix: ({ decision }, region) => (decision.verdict === "deny" ? remedy(decision, region) : ""),
};

/** The paths of all fleets of a stack, in words: found out once for all who ask. */
export function pathsOf(stack: Stack): readonly FleetPath[] {
  return stack.derive(inWords);
}

function inWords(stack: Stack): FleetPath[] {
  return pathsIn(stack, words);
}
