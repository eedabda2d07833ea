import { updatePortsOf } from "../facts/systems";
import type { Fleet } from "../stack/fleets";
import type { Stack } from "../stack/stack";
import type { FleetSystem } from "../stack/systems";
import { userDataLines } from "../stack/user-data";
import { addsFromInternet } from "./added-repositories";
import { agentSource } from "./user-data-sources";
import type { SubnetWays } from "./way";
import { asksWsus } from "./wsus";

/** The ports at which a fleet reads packages on the internet. */
export interface RepositoryPorts {
  /** Surely in use. */
  readonly confirmed: readonly number[];
  /** Likely in use. */
  readonly likely: readonly number[];
  /** What is read there, in words. */
  readonly of: string;
}

/**
 * The ports at which a fleet reads packages on the internet, by its package manager (every system except Amazon Linux, and
 * Windows that is pointed to a WSUS server) or by user data. `undefined` where it reads none there.
 */
export function repositoryPorts(
  stack: Stack,
  fleet: Fleet,
  system: FleetSystem | undefined,
  ways: readonly SubnetWays[],
): RepositoryPorts | undefined {
  const ofSystem = system && readsFromInternet(stack, fleet, system, ways) ? portsOf(fleet, system) : undefined;
  const added = addsFromInternet(stack, fleet) || agentSource(fleet, system)?.is === "internet";
  if (!added) return ofSystem;
  const { confirmed = [], likely = [], of = "the packages that user data installs" } = ofSystem ?? {};
  return { confirmed, likely: [...new Set([...likely, 443])].filter((port) => !confirmed.includes(port)), of };
}

function readsFromInternet(stack: Stack, fleet: Fleet, system: FleetSystem, ways: readonly SubnetWays[]): boolean {
  if (system.updateSource !== "microsoft-update") return system.updateSource === "internet";
  return !ways.some((way) => asksWsus(stack, fleet, way));
}

/** What user data sets where a mirror is read at another port than AWS's image reads it at. */
const changedSources = /\b(sources\.list|\.sources\b|mirror|httpsOnly)|https:.*\bapt\b|\bapt\b.*https:/i;

/**
 * The ports of the system; likely only for an image that may not be AWS's own, or where user data changes the package
 * sources.
 */
function portsOf(fleet: Fleet, { id, isVendorImage }: FleetSystem): RepositoryPorts {
  const of = `the repositories of ${id}`;
  const { confirmed, likely } = updatePortsOf(id) ?? { confirmed: [], likely: [443] };
  const isAsPublished =
    isVendorImage && fleet.userData.is !== "unknown" && !userDataLines(fleet).some((line) => changedSources.test(line));
  return isAsPublished ? { confirmed, likely, of } : { confirmed: [], likely: [...confirmed, ...likely], of };
}
