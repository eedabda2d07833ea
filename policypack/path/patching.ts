import { managementOf } from "../stack/management";
import type { Patcher } from "../stack/patchers";
import type { Stack } from "../stack/stack";
import type { FleetPath } from "./fleet-path";

/** Whether Systems Manager is meant to patch a fleet: its role serves the agent, or something names it. */
export function isMeantToBePatched(stack: Stack, { fleet, hops }: FleetPath): boolean {
  return hops.identity.verdict === "open" || managementOf(stack, fleet)?.isSure === true;
}

/** What cannot be determined about a patcher, as a noun clause; `undefined` when it surely patches or scans the fleet. */
export function doubtAbout({ covers, operation }: Patcher): string | undefined {
  if (covers === "unknown") return "whether it patches this fleet";
  return operation === undefined ? "whether it installs patches or only scans" : undefined;
}

/** Whether something installs patches on a fleet, or may; what only scans installs nothing. */
export function isPatched({ patchers }: FleetPath): boolean {
  return patchers.some(({ operation }) => operation !== "Scan");
}
