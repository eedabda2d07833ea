import { type System, baselineSystemOf, patchGroupKeys } from "patchpath/facts";
import type { AttachedGroup } from "../patching/create-patching";
import type { PatchTarget } from "../patching/patch-target";
import type { FleetNeeds } from "./fleet-needs";

/** Existing instances that a stack patches without changing them. */
export interface TopologyAttachedFleet extends Pick<FleetNeeds, "operatingSystem" | "repositories"> {
  /** Unique in the topology; part of the names of the resources created for it. */
  readonly name: string;
  /** The tag that selects its instances. No instance that the stack creates may have it. */
  readonly tag: Pick<PatchTarget, "key" | "value">;
  /**
   * A security group of its instances. The endpoints and the WSUS server are opened to it.
   *
   * @default - neither is opened
   */
  readonly securityGroupId?: string | undefined;
}

/** The instances with one tag. Several fleets, with several operating systems, may share a tag. */
export interface AttachedTarget extends PatchTarget {
  /** Name of the first fleet with the tag. */
  readonly fleet: string;
  /** The patch group in which the instances must be to use the baselines of the stack. */
  readonly patchGroup: string;
  readonly operatingSystems: readonly System[];
}

/** One target for each tag, in the order of the fleets. */
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

/** The patch groups of targets, without duplicates: both spellings of the tag may name the same group, or that of the stack. */
export function attachedGroups(targets: readonly AttachedTarget[], ownPatchGroup: string): AttachedGroup[] {
  const others = targets.filter(({ patchGroup }) => patchGroup !== ownPatchGroup);
  return groupedBy(others, ({ patchGroup }) => patchGroup).map((alike): AttachedGroup => {
    const { patchGroup } = alike[0]!;
    const systems = alike.flatMap(({ operatingSystems }) => operatingSystems);
    return { patchGroup, baselineSystems: [...new Set(systems.map(baselineSystemOf))] };
  });
}

/** Whether Patch Manager assigns instances to patch groups by this tag. */
export function isPatchGroup(key: string): boolean {
  return patchGroupKeys.some((one) => one === key);
}

/** Whether a fleet consists of existing instances. */
export function isAttached(fleet: object): fleet is TopologyAttachedFleet {
  return "tag" in fleet;
}

/** Groups elements with the same key, in the order of their first elements. */
export function groupedBy<T>(all: readonly T[], keyOf: (one: T) => string): T[][] {
  const groups = new Map<string, T[]>();
  for (const one of all) groups.set(keyOf(one), [...(groups.get(keyOf(one)) ?? []), one]);
  return [...groups.values()];
}
