import { type PriceSettings, type Topology, costDifference, tierOf } from "@patchpath/components";
import type { Endpoints } from "./endpoints";
import type { Fleet } from "./fleets";
import { type Network, isExistingNetwork } from "./network";
import { namespace } from "./values";

/** What the warnings of a stack are about. */
interface Config {
  readonly topology: Topology;
  readonly network: Network;
  readonly endpoints: Endpoints;
  readonly fleets: readonly Fleet[];
  readonly prices: PriceSettings;
}

/** What a config allows and is rarely meant, a line for each. */
export function warningsOf(config: Config): string[] {
  return idleNat(config);
}

/** In an existing network its owner pays, and others may use it. */
function idleNat({ topology, network, endpoints, fleets, prices }: Config): string[] {
  const usesNat = fleets.some((fleet) => tierOf(fleet, endpoints.interface) === "private");
  if (topology !== "nat" || isExistingNetwork(network) || usesNat) return [];
  return [
    `\`${namespace}topology\` is \`nat\`, and no fleet uses NAT: ${costDifference("endpoint-only", "nat", prices)}; set \`endpoint-only\`, which patches all fleets`,
  ];
}
