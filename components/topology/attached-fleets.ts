import { type System, baselineSystemOf } from "patchpath/facts";
import type { AttachedGroup } from "../patching/create-patching";
import { type PatchTarget, patchGroupKeys } from "../patching/patch-target";
import type { FleetNeeds } from "./fleet-needs";

/** Instances that exist already, and that a stack patches as they are. */
export interface TopologyAttachedFleet extends Pick<FleetNeeds, "operatingSystem" | "repositories"> {
  /** Unique in the topology; stands in the names of what is made for it. */
  readonly name: string;
  /** What tells its instances; no instance that the stack makes may have it. */
  readonly tag: Pick<PatchTarget, "key" | "value">;
  /**
   * A security group that its instances have, which is opened to the endpoints and to the WSUS server.
   *
   * @default - neither is opened
   */
  readonly securityGroupId?: string | undefined;
}

/** What is patched by one tag: several fleets may share it, of several systems. */
export interface AttachedTarget extends PatchTarget {
  /** Name of the first fleet with the tag. */
  readonly fleet: string;
  /** The patch group that the instances must be in, for the stack's baselines to be theirs. */
  readonly patchGroup: string;
  readonly operatingSystems: readonly System[];
}

/** A target for each tag, in the order of the fleets. */
export function attachedTargets(fleets: readonly TopologyAttachedFleet[], patchGroup: string): AttachedTarget[] {
  return groupedBy(fleets, ({ tag }) => `${tag.key}=${tag.value}`).map((alike): AttachedTarget => {
    const { name, tag } = alike[0]!;
    return {
      ...tag,
      fleet: name,
      patchGroup: isPatchGroup(tag.key) ? tag.value : `${patchGroup}-${name}`,
      operatingSystems: alike.map(({ operatingSystem }) => operatingSystem),
    };
  });
}

/** The patch groups of targets, each once: the two spellings of the tag may name the same group, and the stack's own too. */
export function attachedGroups(targets: readonly AttachedTarget[], ownPatchGroup: string): AttachedGroup[] {
  const others = targets.filter(({ patchGroup }) => patchGroup !== ownPatchGroup);
  return groupedBy(others, ({ patchGroup }) => patchGroup).map((alike): AttachedGroup => {
    const { patchGroup } = alike[0]!;
    const systems = alike.flatMap(({ operatingSystems }) => operatingSystems);
    return { patchGroup, baselineSystems: [...new Set(systems.map(baselineSystemOf))] };
  });
}

/** Whether a tag is one by which Patch Manager puts an instance into a patch group. */
export function isPatchGroup(key: string): boolean {
  return patchGroupKeys.some((one) => one === key);
}

/** Whether a fleet's instances exist already. */
export function isAttached(fleet: object): fleet is TopologyAttachedFleet {
  return "tag" in fleet;
}

/** What has the same key together, in the order of the first. */
export function groupedBy<T>(all: readonly T[], keyOf: (one: T) => string): T[][] {
  const groups = new Map<string, T[]>();
  for (const one of all) groups.set(keyOf(one), [...(groups.get(keyOf(one)) ?? []), one]);
  return [...groups.values()];
}
