import { hopsInOrder, pathsOf } from "../path/fleet-path";
import { hops } from "../path/hop";
import { isMeantToBePatched } from "../path/patching";
import { blockedHop } from "../report/path-findings";
import { declarationPattern, declarationsIn, declareImages } from "../stack/declared-images";
import { type HopLevels, setHopLevels } from "./hop-levels";
import { type Rule, rule } from "./rule";

interface Config {
  readonly hops?: HopLevels;
  readonly images?: Readonly<Record<string, string>>;
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
    images: {
      type: "object",
      description:
        "What images are whose ids do not tell it, by id: a system such as `amazon-linux-2023` for the vendor's own image, or with `,agent` or `,no-agent` behind it for one that includes the SSM agent or does not.",
      additionalProperties: { type: "string", pattern: declarationPattern },
      default: {},
    },
  },
  configure: ({ hops: levels = {}, images = {} }) => {
    setHopLevels(levels);
    declareImages(declarationsIn(images));
  },
  ofStack: (stack, { hops: levels = {} }) => {
    return pathsOf(stack)
      .filter((path) => isMeantToBePatched(stack, path))
      .flatMap((path) =>
        hopsInOrder(path)
          .filter(({ hop, verdict }) => verdict.verdict === "blocked" && (levels[hop] ?? "mandatory") === "mandatory")
          .map(({ hop, verdict }) => ({ resource: path.fleet.resource, message: blockedHop(path, hop, verdict) })),
      );
  },
});
