import type { Hop } from "../path/hop";
import type { Stack } from "../stack/stack";

/** Which hops a team wants to gate on. */
export type HopLevels = Readonly<Partial<Record<Hop, "mandatory" | "advisory" | "off">>>;

const levelsOf = new WeakMap<Stack, HopLevels>();

/** The levels are configured once, at `patch-path-is-open`; what it leaves to advice, `patch-path-advice` finds here. */
export function noteLevels(stack: Stack, levels: HopLevels): void {
  levelsOf.set(stack, levels);
}

/** The levels that hold in this analysis. */
export function notedLevels(stack: Stack): HopLevels {
  return levelsOf.get(stack) ?? {};
}
