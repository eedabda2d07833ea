import {
  type Choice,
  type FleetNeeds,
  type PriceSettings,
  type Topology,
  chooseTopology,
  costDifference,
  topologies,
} from "@patchpath/components";
import { z } from "zod";

/** `patchpath:topology`. */
export const topology = z
  .enum([...topologies, "auto"])
  .default("endpoint-only")
  .describe("how the fleets get their updates; `auto`: the cheapest topology that patches all fleets");

/** The topology that a config asks for, or with `auto` the choice of one; `undefined` where what decides is wrong. */
export function resolveTopology(
  asked: z.output<typeof topology> | undefined,
  fleets: readonly FleetNeeds[] | undefined,
  prices: PriceSettings | undefined,
): { readonly topology: Topology | undefined; readonly choice?: Choice } {
  if (asked !== "auto") return { topology: asked };
  if (!fleets || !prices) return { topology: undefined };
  const choice = chooseTopology(fleets, prices);
  return { topology: choice.topology, choice };
}

/** `\`nat\` (65.70 USD/month more than \`endpoint-only\`)` for each topology that would do. */
export function withPrices(
  alternatives: readonly Topology[],
  from: Topology,
  prices: PriceSettings | undefined,
): string {
  return alternatives.map((to) => `\`${to}\`${prices ? ` (${costDifference(from, to, prices)})` : ""}`).join(" or ");
}
