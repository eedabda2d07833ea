import { hopsInOrder } from "../path/fleet-path";
import { adviceOn, blockedHop, isMeantToBePatched } from "../report/path-findings";
import { documentProblems } from "../report/document-problems";
import { pathsOf } from "../report/path-words";
import { today } from "./exemptions";
import { hopLevels } from "./hop-levels";
import { type Rule, rule } from "./rule";

export const patchPathAdvice: Rule = rule({
  name: "patch-path-advice",
  displayName: "Patch path advice",
  description: "What blocks nothing and yet costs, ends or surprises, each with an id of its own.",
  enforcementLevel: "advisory",
  severity: "low",
  tags: ["patching", "cost"],
  remediationSteps: "Each finding says what it is about and what to do, if anything.",
  // By the inputs, as the rule that the others of its kind fail: outputs have the document as AWS keeps it.
  ofResource: (resource) =>
    documentProblems(resource).advice.map((message) => ({ resource, message: `[policy-document] ${message}` })),
  ofStack: (stack) => {
    const paths = pathsOf(stack);
    const levels = hopLevels();
    const advisory = paths
      .filter((path) => isMeantToBePatched(stack, path))
      .flatMap((path) =>
        hopsInOrder(path)
          .filter(({ hop, verdict }) => verdict.verdict === "blocked" && levels[hop] === "advisory")
          .map(({ hop, verdict }) => ({
            resource: path.fleet.resource,
            message: `[blocked-${hop}] ${blockedHop(path, hop, verdict)}`,
          })),
      );
    const advice = adviceOn(stack, paths, today).map(({ resource, id, message }) => ({
      resource,
      message: `[${id}] ${message}`,
    }));
    return [...advisory, ...advice];
  },
});
