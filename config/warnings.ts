import {
  type PriceSettings,
  type Topology,
  costDifference,
  defaultApprovalDays,
  missesEveryRelease,
  tierOf,
} from "@patchpath/components";
import { isWindows } from "patchpath/facts";
import type { Baseline } from "./baselines";
import type { Endpoints } from "./endpoints";
import type { Fleet } from "./fleets";
import { type Network, isExistingNetwork } from "./network";
import type { Patching } from "./patching";
import { namespace } from "./values";
import { installations } from "./windows";

/** What the warnings of a stack are about. */
interface Config {
  readonly topology: Topology;
  readonly network: Network;
  readonly endpoints: Endpoints;
  readonly fleets: readonly Fleet[];
  readonly prices: PriceSettings;
  readonly patching: Patching;
  readonly baselines: readonly Baseline[];
}

/** What a config allows and is rarely meant, a line for each. */
export function warningsOf(config: Config, now = new Date()): string[] {
  return [...idleNat(config), ...replacedUpdates(config, now)];
}

/** A monthly cumulative update of Windows replaces the one before, which is then not offered any more, approved or not. */
function replacedUpdates({ patching, baselines, fleets }: Config, now: Date): string[] {
  if (patching.method !== "maintenance-window" && patching.method !== "patch-policy") return [];
  const i = baselines.findIndex(({ operatingSystem }) => operatingSystem === "WINDOWS");
  return installations(patching, fleets)
    .filter((one) => one.fleets.some(({ operatingSystem }) => isWindows(operatingSystem)))
    .flatMap(({ key, settings: { schedule: expression, timezone, offset } }) => {
      const missed = (days: number) => missesEveryRelease({ expression, timezone, offset }, days, now);
      const replaced = (place: string, days: number) =>
        `${place} approves ${days} days after the release, and each run of \`${key}.schedule\` is before that or after the next second Tuesday: a monthly cumulative update is replaced before it is installed; set a schedule with a run ${days} days or more after the second Tuesday, or fewer days`;
      const rules = baselines[i]?.rules;
      if (!rules) {
        const days = defaultApprovalDays;
        return missed(days) ? [replaced("the predefined baseline for Windows", days)] : [];
      }
      return rules.flatMap(({ approveAfterDays = defaultApprovalDays, approveUntilDate }, j) =>
        approveUntilDate === undefined && missed(approveAfterDays)
          ? [replaced(`\`${namespace}baselines[${i}].rules[${j}]\``, approveAfterDays)]
          : [],
      );
    });
}

/** In an existing network its owner pays, and others may use it. */
function idleNat({ topology, network, endpoints, fleets, prices }: Config): string[] {
  const usesNat = fleets.some((fleet) => tierOf(fleet, endpoints.interface) === "private");
  if (topology !== "nat" || isExistingNetwork(network) || usesNat) return [];
  return [
    `\`${namespace}topology\` is \`nat\`, and no fleet uses NAT: ${costDifference("endpoint-only", "nat", prices)}; set \`endpoint-only\`, which patches all fleets`,
  ];
}
