import { type FleetNeeds, type PriceSettings, type Topology, costDifference, tierOf } from "@patchpath/components";
import { namespace } from "./values";

/** What of a stack its warnings are about. */
interface Warned {
  readonly topology: Topology;
  readonly network: object;
  readonly endpoints: { readonly interface: boolean };
  readonly fleets: readonly FleetNeeds[];
  readonly prices: PriceSettings;
}

/** What is right in a config and yet hardly meant, a line for each. */
export function warningsOf(config: Warned): string[] {
  return idleNat(config);
}

/** In a network that is there already its owner pays, and others may use it. */
function idleNat({ topology, network, endpoints, fleets, prices }: Warned): string[] {
  const usesNat = fleets.some((fleet) => tierOf(fleet, endpoints.interface) === "private");
  if (topology !== "nat" || "vpcId" in network || usesNat) return [];
  return [
    `\`${namespace}topology\` is \`nat\`, and no fleet uses NAT, which is paid for nothing: ${costDifference("endpoint-only", "nat", prices)}; set \`endpoint-only\`, which patches all fleets`,
  ];
}
