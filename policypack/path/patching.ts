import { type Truth, any } from "../iam/truth";
import { isMarkedForPatching, isTargeted } from "../stack/management";
import type { Patcher } from "../stack/patchers";
import type { Stack } from "../stack/stack";
import type { FleetPath } from "./fleet-path";

/** Whether something in the stack patches or scans a fleet, or marks it for patching. */
export function isMeantToBePatched({ fleet, patchers }: FleetPath): Truth {
  return any([isMarkedForPatching(fleet), ...patchers.map(({ covers }) => covers)]);
}

/** Whether Systems Manager surely manages a fleet, for whatever purpose: its role serves the agent, or something targets it. */
export function isManaged(stack: Stack, path: FleetPath): boolean {
  const { fleet, hops } = path;
  return hops.identity.verdict === "open" || any([isMeantToBePatched(path), isTargeted(stack, fleet)]) === true;
}

/** What cannot be determined about a patcher, as a noun clause; `undefined` when it surely patches or scans the fleet. */
export function doubtAbout({ covers, operation, lacks }: Patcher): string | undefined {
  if (covers === "unknown") return "whether it patches this fleet";
  return operation === undefined && lacks === undefined ? "whether it installs patches or only scans" : undefined;
}

/** Whether something installs patches on a fleet, or may; what only scans, or cannot run, installs nothing. */
export function isPatched({ patchers }: FleetPath): boolean {
  return patchers.some(({ operation, lacks }) => operation !== "Scan" && lacks === undefined);
}
