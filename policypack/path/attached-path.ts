import { systems } from "../facts/systems";
import type { AttachedFleet } from "../stack/attached-fleets";
import type { FleetPath } from "./fleet-path";
import { type Hop, type HopVerdict, hops, unknown } from "./hop";

/** The way of instances that exist already: where they are, and what they are, their stack does not tell. */
export function attachedPath(fleet: AttachedFleet): FleetPath {
  const whose = fleet.tag === undefined ? "with its tag" : `with the tag \`${fleet.tag}\``;
  const verdict: HopVerdict = {
    ...unknown(`the instances ${whose}, which exist already and are none of this stack's`),
    evidence: { resource: fleet.resource },
    fix: "Give `patchpath explain` the state of the stack that makes them.",
  };
  return {
    fleet,
    system: fleet.system && {
      id: fleet.system,
      updateSource: systems[fleet.system].updateSource,
      clue: "the stack's config",
      isAwsImage: false,
    },
    hops: Object.fromEntries(hops.map((hop) => [hop, verdict])) as Record<Hop, HopVerdict>,
    verdict: "unknown",
  };
}
