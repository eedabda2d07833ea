import { adviceOn } from "../path/advice";
import { closedHops } from "../path/blast-radius";
import { documentProblems } from "../path/document-problems";
import { hopsInOrder, pathsOf } from "../path/fleet-path";
import { closedInWords } from "../report/closed-hops";
import { blockedHop } from "../report/path-findings";
import { stackBefore } from "../stack/stack";
import { today } from "./exemptions";
import { levelOf } from "./gate";
import { type Rule, rule } from "./rule";

export const patchPathAdvice: Rule = rule({
  name: "patch-path-advice",
  displayName: "Patch path advice",
  description: "Non-blocking advice: cost, end of support and pitfalls, each with its own id.",
  enforcementLevel: "advisory",
  severity: "low",
  tags: ["patching", "cost"],
  remediationSteps: "Each finding says what was found and what to do, if anything.",
  // By the inputs, as in policy-document-is-well-formed: outputs have the document as AWS keeps it.
  ofResource: (resource) =>
    documentProblems(resource).advice.map((message) => ({ resource, message: `[policy-document] ${message}` })),
  ofStack: (stack) => {
    const paths = pathsOf(stack);
    const advisory = paths.flatMap((path) =>
      hopsInOrder(path)
        .filter(({ hop, verdict }) => verdict.verdict === "blocked" && levelOf(stack, path, hop) === "advisory")
        .map(({ hop, verdict }) => ({
          resource: path.fleet.resource,
          message: `[blocked-${hop}] ${blockedHop(path, hop, verdict)}`,
        })),
    );
    const advice = adviceOn(stack, paths, today).map(({ resource, id, message }) => ({
      resource,
      message: `[${id}] ${message}`,
    }));
    const closed = closedInWords(
      closedHops(stack, stackBefore()).filter(({ path, hop, before }) => {
        const level = levelOf(stack, path, hop);
        return level === "advisory" || (level === "mandatory" && before === "blocked");
      }),
    ).map(({ resource, message }) => ({ resource, message: `[blocked-for-others] ${message}` }));
    return [...advisory, ...advice, ...closed];
  },
});
