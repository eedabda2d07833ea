import { isWindows } from "patchpath/facts";
import type { FleetWindow } from "../patching/method";
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
  return targetsOf(own, attached, false);
}

/** A maintenance window, and what it patches. */
export interface WindowTargets {
  /** `undefined`: that of the stack, for all that is in no other. */
  readonly window: FleetWindow | undefined;
  readonly targets: readonly PatchTarget[];
}

/**
 * The maintenance windows of a stack, its own first.
 *
 * @throws Error for existing instances that are selected by the patch group of the stack, which has more than their fleets, and
 *   where no fleet is left for the window of the stack
 */
export function windowsOfStack(
  own: OwnInstances,
  attached: readonly AttachedTarget[],
  windows: readonly FleetWindow[],
): WindowTargets[] {
  if (windows.length === 0) return [{ window: undefined, targets: targetsOfStack(own, attached) }];
  const whole = attached.find((target) => isOfGroup(target, own.patchGroup));
  if (whole)
    throw new Error(
      `the fleet \`${whole.fleet}\` has the tag of all fleets of the stack, so windows cannot divide them`,
    );
  const elsewhere = new Set(windows.flatMap(({ fleets }) => fleets));
  const targetsFor = (isIn: (fleet: string) => boolean, serverName: string | undefined) =>
    targetsOf(
      { ...own, fleets: own.fleets.filter(({ name }) => isIn(name)), serverName },
      attached.filter(({ fleet }) => isIn(fleet)),
      true,
    );
  const rest = targetsFor((fleet) => !elsewhere.has(fleet), own.serverName);
  if (rest.length === 0) throw new Error("all fleets are in `windows`; expected one or more in none of them");
  return [
    { window: undefined, targets: rest },
    ...windows.map((window) => ({ window, targets: targetsFor((fleet) => window.fleets.includes(fleet), undefined) })),
  ];
}

/** @param isPart whether these are not all instances of the patch group, so that its tag selects too many */
function targetsOf(own: OwnInstances, attached: readonly AttachedTarget[], isPart: boolean): PatchTarget[] {
  const { fleets, patchGroup, serverName } = own;
  const ofOwn = fleets.length > 0 || serverName !== undefined;
  const inGroup = ofOwn ? attached.filter((target) => isOfGroup(target, patchGroup)) : [];
  // Existing instances of the group do not have the tags of its parts.
  const parts = inGroup.length > 0 ? [] : partsOf(own, isPart);
  return [
    ...(ofOwn ? [{ ...ownTarget(patchGroup), parts }] : []),
    ...attached
      .filter((target) => !inGroup.includes(target))
      .map((target) => ({
        ...target,
        priority: priorityOf(target.operatingSystems.some(isWindows), serverName !== undefined),
      })),
  ];
}

function isOfGroup({ key, value }: PatchTarget, patchGroup: string): boolean {
  const group = ownTarget(patchGroup);
  return key === group.key && value === group.value;
}

/**
 * The parts of the patch group of a stack, so that errors of one family do not stop another. None if one part is all. Fleets are
 * selected by the tag that their instances have had since they were launched: a new one would not reach those that run.
 */
function partsOf({ fleets, patchGroup, serverName }: OwnInstances, isPart: boolean): TargetPart[] {
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
  return present.length > 1 || isPart ? present : [];
}

function priorityOf(windows: boolean, hasServer: boolean): number {
  return windows && hasServer ? priorities.afterServer : priorities.first;
}
