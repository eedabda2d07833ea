import type { FleetPath } from "../path/fleet-path";
import type { Hop } from "../path/hop";
import { isManaged, isMeantToBePatched } from "../path/patching";
import type { Stack } from "../stack/stack";

/** What a team gates on, by the config of `patch-path-is-open`. */
export interface Gate {
  readonly hops?: Readonly<Partial<Record<Hop, Level>>>;
  readonly meant?: (typeof meant)[number];
}

export const levels = ["mandatory", "advisory", "off"] as const;
type Level = (typeof levels)[number];

/** The fleets that the gate is for: those that something patches or marks for patching, or all that are managed. */
export const meant = ["patched", "all"] as const;

let configured: Gate = {};

/**
 * Keeps the config of `patch-path-is-open`, so that `patch-path-advice` reports what is left to it. The SDK shows each rule
 * its own config only and runs the rules in the order of `index.ts`; one process serves one config.
 */
export function setGate(gate: Gate): void {
  configured = gate;
}

/** The level of a blocked hop of a fleet; that of a fleet that Systems Manager manages for something else is advisory. */
export function levelOf(stack: Stack, path: FleetPath, hop: Hop): Level {
  const { hops = {}, meant: whose = "patched" } = configured;
  const level = hops[hop] ?? "mandatory";
  if (isMeantToBePatched(path) === true) return level;
  if (!isManaged(stack, path)) return "off"; // `unmanaged` says so, and what is blocked
  return whose === "all" || level === "off" ? level : "advisory";
}
