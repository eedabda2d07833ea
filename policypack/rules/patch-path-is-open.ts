import { hopsInOrder, pathsOf } from "../path/fleet-path";
import { hops } from "../path/hop";
import { isMeantToBePatched } from "../path/patching";
import { blockedHop } from "../report/path-findings";
import { type HopLevels, setHopLevels } from "./hop-levels";
import { type Rule, rule } from "./rule";

interface Config {
  readonly hops?: HopLevels;
}

export const patchPathIsOpen: Rule = rule<Config>({
  name: "patch-path-is-open",
  displayName: "Patch path is open",
  description: "Every hop of the patch path must be open for a fleet that Systems Manager is meant to patch.",
  enforcementLevel: "mandatory",
  severity: "high",
  tags: ["patching", "network", "iam"],
  remediationSteps: "Each finding names the hop, the resource that blocks it, and one remedy.",
  options: {
    hops: {
      type: "object",
      description:
        "The level of individual hops: `mandatory`, `advisory` (`patch-path-advice` then reports it) or `off`.",
      properties: Object.fromEntries(
        hops.map((hop) => [hop, { type: "string", enum: ["mandatory", "advisory", "off"] }]),
      ),
      additionalProperties: false,
      default: {},
    },
  },
  ofStack: (stack, { hops: levels = {} }) => {
    setHopLevels(levels);
    return pathsOf(stack)
      .filter((path) => isMeantToBePatched(stack, path))
      .flatMap((path) =>
        hopsInOrder(path)
          .filter(({ hop, verdict }) => verdict.verdict === "blocked" && (levels[hop] ?? "mandatory") === "mandatory")
          .map(({ hop, verdict }) => ({ resource: path.fleet.resource, message: blockedHop(path, hop, verdict) })),
      );
  },
});
