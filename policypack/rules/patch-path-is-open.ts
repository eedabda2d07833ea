import { type ClosedHop, closedHops } from "../path/blast-radius";
import { hopsInOrder, pathsOf } from "../path/fleet-path";
import { hops } from "../path/hop";
import { closedInWords } from "../report/closed-hops";
import { blockedHop, unrunnable } from "../report/path-findings";
import { declarationPattern, declarationsIn, declareImages } from "../stack/declared-images";
import { unrunnablePatchers } from "../stack/patchers";
import { type Stack, stackBefore } from "../stack/stack";
import { type Gate, levelOf, levels, meant, setGate } from "./gate";
import { type Rule, rule } from "./rule";

interface Config extends Gate {
  readonly images?: Readonly<Record<string, string>>;
}

export const patchPathIsOpen: Rule = rule<Config>({
  name: "patch-path-is-open",
  displayName: "Patch path is open",
  description: "Every hop of the patch path must be open for a fleet that something patches or marks for patching.",
  enforcementLevel: "mandatory",
  severity: "high",
  tags: ["patching", "network", "iam"],
  remediationSteps: "Each finding names the hop, the resource that blocks it, and one remedy.",
  options: {
    hops: {
      type: "object",
      description:
        "The levels of individual hops: `mandatory`, `advisory` (`patch-path-advice` reports the hop instead) or `off`.",
      properties: Object.fromEntries(hops.map((hop) => [hop, { type: "string", enum: [...levels] }])),
      additionalProperties: false,
      default: {},
    },
    meant: {
      type: "string",
      description:
        "The fleets that the rule covers: `patched`, those that something in the stack patches or marks for patching; `all`, every fleet that Systems Manager manages. For other fleets, `patch-path-advice` reports what is blocked.",
      enum: [...meant],
      default: "patched",
    },
    images: {
      type: "object",
      description:
        "The operating systems of images, by the id of the image: such as `amazon-linux-2023` for the vendor's own image, or followed by `,agent` or `,no-agent` for another image that includes the SSM agent or does not; or `bottlerocket`, which Patch Manager does not patch.",
      additionalProperties: { type: "string", pattern: declarationPattern },
      default: {},
    },
  },
  configure: ({ images = {}, ...gate }) => {
    setGate(gate);
    declareImages(declarationsIn(images));
  },
  ofStack: (stack) => {
    const blocked = pathsOf(stack).flatMap((path) =>
      hopsInOrder(path)
        .filter(({ hop, verdict }) => verdict.verdict === "blocked" && levelOf(stack, path, hop) === "mandatory")
        .map(({ hop, verdict }) => ({ resource: path.fleet.resource, message: blockedHop(path, hop, verdict) })),
    );
    const cannotRun = unrunnablePatchers(stack).map((patcher) => ({
      resource: patcher.resource,
      message: unrunnable(patcher),
    }));
    return [...blocked, ...cannotRun, ...closedInWords(refused(stack))];
  },
});

/** What this stack closes of the fleets of others, or may: it was not surely blocked before. */
function refused(stack: Stack): ClosedHop[] {
  return closedHops(stack, stackBefore()).filter(
    ({ path, hop, before }) => before !== "blocked" && levelOf(stack, path, hop) === "mandatory",
  );
}
