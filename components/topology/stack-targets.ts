import { isWindows } from "patchpath/facts";
import { type PatchTarget, type TargetPart, ownTarget } from "../patching/patch-target";
import { serverTag } from "../wsus/wsus-server";
import type { AttachedTarget } from "./attached-fleets";
import { type FleetNeeds, fleetTag, tagOfFleet } from "./fleet-needs";

/** The server is scheduled before its clients, whose downloads its restart would interrupt. AWS does not document that they wait. */
const priorities = { first: 1, afterServer: 2 } as const;

/** The instances of a stack by operating system family, and its WSUS server. */
export interface OwnInstances {
  readonly fleets: readonly (Pick<FleetNeeds, "operatingSystem"> & { readonly name: string })[];
  readonly patchGroup: string;
  /** Unique name of the WSUS server; `undefined` if the stack creates none. */
  readonly serverName: string | undefined;
}

/** What a stack patches: its patch group, with the instances of its fleets and its WSUS server, and existing instances by their tags. */
export function targetsOfStack(own: OwnInstances, attached: readonly AttachedTarget[]): PatchTarget[] {
  const { fleets, patchGroup, serverName } = own;
  const group = { ...ownTarget(patchGroup), parts: partsOf(own) };
  const ofOwn = fleets.length > 0 || serverName !== undefined ? [group] : [];
  const isOwn = ({ key, value }: PatchTarget) => ofOwn.some((one) => one.key === key && one.value === value);
  const ofAttached = attached
    .filter((target) => !isOwn(target))
    .map((target) => ({
      ...target,
      priority: priorityOf(target.operatingSystems.some(isWindows), serverName !== undefined),
    }));
  return [...ofOwn, ...ofAttached];
}

/**
 * The parts of the patch group of a stack, so that errors of one family do not stop another. None if there is only one. Fleets are
 * selected by the tag that their instances have had since they were launched: a new one would not reach those that run.
 */
function partsOf({ fleets, patchGroup, serverName }: OwnInstances): TargetPart[] {
  const tagsOf = (windows: boolean) =>
    fleets
      .filter(({ operatingSystem }) => isWindows(operatingSystem) === windows)
      .map(({ name }) => tagOfFleet(patchGroup, name));
  const parts: TargetPart[] = [
    { name: "linux", key: fleetTag, values: tagsOf(false), priority: priorities.first },
    { name: "windows", key: fleetTag, values: tagsOf(true), priority: priorityOf(true, serverName !== undefined) },
    {
      name: "wsus-server",
      key: serverTag,
      values: serverName === undefined ? [] : [serverName],
      priority: priorities.first,
    },
  ];
  const present = parts.filter(({ values }) => values.length > 0);
  return present.length > 1 ? present : [];
}

function priorityOf(windows: boolean, hasServer: boolean): number {
  return windows && hasServer ? priorities.afterServer : priorities.first;
}
