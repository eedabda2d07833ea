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
  const { method, operation, schedule: expression, timezone, offset } = patching;
  const isScheduled = method === "maintenance-window" || method === "patch-policy";
  if (!isScheduled || operation !== "Install" || !fleets.some((fleet) => isWindows(fleet.operatingSystem))) return [];
  const schedule = { expression, timezone, offset };
  const missed = (days: number) => missesEveryRelease(schedule, days, now);
  const replaced = (place: string, days: number) =>
    `${place} approves ${days} days after the release, and each run of \`${namespace}patching.schedule\` is before that or after the next second Tuesday: a monthly cumulative update is replaced before it is installed; set a schedule with a run ${days} days or more after the second Tuesday, or fewer days`;
  const i = baselines.findIndex(({ operatingSystem }) => operatingSystem === "WINDOWS");
  const baseline = baselines[i];
  if (!baseline) {
    return missed(defaultApprovalDays) ? [replaced("the predefined baseline for Windows", defaultApprovalDays)] : [];
  }
  return baseline.rules.flatMap(({ approveAfterDays = defaultApprovalDays, approveUntilDate }, j) =>
    approveUntilDate === undefined && missed(approveAfterDays)
      ? [replaced(`\`${namespace}baselines[${i}].rules[${j}]\``, approveAfterDays)]
      : [],
  );
}

/** In an existing network its owner pays, and others may use it. */
function idleNat({ topology, network, endpoints, fleets, prices }: Config): string[] {
  const usesNat = fleets.some((fleet) => tierOf(fleet, endpoints.interface) === "private");
  if (topology !== "nat" || isExistingNetwork(network) || usesNat) return [];
  return [
    `\`${namespace}topology\` is \`nat\`, and no fleet uses NAT: ${costDifference("endpoint-only", "nat", prices)}; set \`endpoint-only\`, which patches all fleets`,
  ];
}
