import type { Hop } from "../path/hop";

/** Which hops a team gates on. */
export type HopLevels = Readonly<Partial<Record<Hop, "mandatory" | "advisory" | "off">>>;

let configured: HopLevels = {};

/**
 * Keeps the levels of `patch-path-is-open`, so that `patch-path-advice` reports the hops which are left to it. The SDK
 * shows each rule its own config only and runs the rules in the order of `index.ts`; one process serves one config.
 */
export function setHopLevels(levels: HopLevels): void {
  configured = levels;
}

/** The levels that `patch-path-is-open` is configured with. */
export function hopLevels(): HopLevels {
  return configured;
}
