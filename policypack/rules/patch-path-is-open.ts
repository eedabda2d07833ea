import { hopsInOrder, pathsOf } from "../path/fleet-path";
import { hops } from "../path/hop";
import { blockedHop, unrunnable } from "../report/path-findings";
import { unrunnablePatchers } from "../stack/patchers";
import { type Gate, levelOf, levels, meant, setGate } from "./gate";
import { type Rule, rule } from "./rule";

export const patchPathIsOpen: Rule = rule<Gate>({
  name: "patch-path-is-open",
  displayName: "Patch path is open",
  description:
    "Every hop of the patch path must be open for a fleet that something patches or marks for patching, and what patches it must be able to run.",
  enforcementLevel: "mandatory",
  severity: "high",
  tags: ["patching", "network", "iam"],
  remediationSteps: "Each finding names the hop, the resource that blocks it, and one remedy.",
  options: {
    hops: {
      type: "object",
      description:
        "The level of individual hops: `mandatory`, `advisory` (`patch-path-advice` then reports it) or `off`.",
      properties: Object.fromEntries(hops.map((hop) => [hop, { type: "string", enum: [...levels] }])),
      additionalProperties: false,
      default: {},
    },
    meant: {
      type: "string",
      description:
        "The fleets that the rule is for: `patched`, those that something in the stack patches or marks for patching; `all`, every fleet that Systems Manager manages. For the others `patch-path-advice` reports what is blocked.",
      enum: [...meant],
      default: "patched",
    },
  },
  ofStack: (stack, gate) => {
    setGate(gate);
    const blocked = pathsOf(stack).flatMap((path) =>
      hopsInOrder(path)
        .filter(({ hop, verdict }) => verdict.verdict === "blocked" && levelOf(stack, path, hop) === "mandatory")
        .map(({ hop, verdict }) => ({ resource: path.fleet.resource, message: blockedHop(path, hop, verdict) })),
    );
    const cannotRun = unrunnablePatchers(stack).map((patcher) => ({
      resource: patcher.resource,
      message: unrunnable(patcher),
    }));
    return [...blocked, ...cannotRun];
  },
});
