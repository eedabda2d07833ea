import { updatePortsOf } from "../facts/systems";
import type { Fleet } from "../stack/fleets";
import type { Stack } from "../stack/stack";
import type { FleetSystem } from "../stack/systems";
import { userDataLines } from "../stack/user-data";
import { addsFromInternet } from "./added-repositories";
import type { RepositoryPorts } from "./legs";
import { agentSource } from "./user-data-sources";
import type { SubnetEgress } from "./egress";
import { asksWsus, hiddenScript, mayPoint } from "./wsus";

/**
 * The ports at which a fleet reads packages on the internet, by its package manager (every system except Amazon Linux, and
 * Windows that is pointed to a WSUS server) or by user data. `undefined` where it reads none there.
 */
export function repositoryPorts(
  stack: Stack,
  fleet: Fleet,
  system: FleetSystem | undefined,
  bySubnet: readonly SubnetEgress[],
): RepositoryPorts | undefined {
  const ofSystem = readsFromInternet(stack, fleet, system, bySubnet) ? portsOf(stack, fleet, system) : undefined;
  const added = addsFromInternet(stack, fleet) || agentSource(fleet, system)?.is === "internet";
  if (!added) return ofSystem;
  const sure = ofSystem?.doubt === undefined ? ofSystem : undefined;
  const { confirmed = [], likely = [], of = "the packages that user data installs" } = sure ?? {};
  const others = [...new Set([...likely, 443])].filter((port) => !confirmed.includes(port));
  return { confirmed, likely: others, of };
}

/** Packages of an unknown system may come from S3 or from the internet. */
function readsFromInternet(
  stack: Stack,
  fleet: Fleet,
  system: FleetSystem | undefined,
  bySubnet: readonly SubnetEgress[],
): boolean {
  if (!system) return true;
  if (system.updateSource !== "microsoft-update") return system.updateSource === "internet";
  return !bySubnet.some((egress) => asksWsus(stack, fleet, egress));
}

/** What user data sets where a mirror is read at another port than AWS's image reads it at. */
const changedSources = /\b(sources\.list|\.sources\b|mirror|httpsOnly)|https:.*\bapt\b|\bapt\b.*https:/i;

/**
 * The ports of the system; likely only for an image that may not be AWS's own, or where user data changes the package
 * sources.
 */
function portsOf(stack: Stack, fleet: Fleet, system: FleetSystem | undefined): RepositoryPorts {
  if (!system) return { confirmed: [], likely: [443], of: "its packages", doubt: "the operating system" };
  const { id, isVendorImage } = system;
  const of = `the repositories of ${id}`;
  const { confirmed, likely } = updatePortsOf(id) ?? { confirmed: [], likely: [443] };
  const isAsPublished =
    isVendorImage && fleet.userData.is !== "unknown" && !userDataLines(fleet).some((line) => changedSources.test(line));
  const hidden = system.updateSource === "microsoft-update" ? hiddenScript(stack, fleet) : undefined;
  if (isAsPublished && !hidden) return { confirmed, likely, of };
  const each = { confirmed: [], likely: [...confirmed, ...likely], of };
  return hidden ? { ...each, doubt: mayPoint(hidden) } : each;
}
