import { type System, systems } from "patchpath/facts";

/** The topologies for patching private subnets, usually in ascending order of cost. */
export const topologies = ["endpoint-only", "nat", "wsus"] as const;
export type Topology = (typeof topologies)[number];

/** The subnets of fleets: `isolated` has no route to the internet, `private` has the outbound access of the topology. */
export const fleetTiers = ["isolated", "private"] as const;
export type FleetTier = (typeof fleetTiers)[number];

/** What the choice of a topology depends on. */
export interface FleetNeeds {
  /** A supported operating system, which determines where updates come from. */
  readonly operatingSystem: System;
  /**
   * Package repositories in addition to those of the operating system. All are assumed to be on the internet.
   *
   * @default - none
   */
  readonly repositories?: readonly string[];
  /**
   * The subnets of the fleet.
   *
   * @default - `private` if its updates require it, else `isolated`
   */
  readonly subnets?: FleetTier | undefined;
}

/** Tag of the instances of a fleet. */
export const fleetTag = "patchpath:fleet";

/** The value of that tag, unique in the account and region. */
export function tagOfFleet(patchGroup: string, fleetName: string): string {
  return `${patchGroup}-${fleetName}`;
}

/** Why a topology cannot patch a fleet, as a clause about the fleet, and the topologies that can. */
export interface Refusal {
  readonly because: string;
  readonly alternatives: readonly Topology[];
}

/** Why a topology cannot patch a fleet; `undefined` if it can. */
export function refusal(topology: Topology, fleet: FleetNeeds): Refusal | undefined {
  if (reaches[topology](fleet)) return undefined;
  const alternatives = topologies.filter((other) => reaches[other](fleet));
  return { because: `${sourceOf(fleet)}, which \`${topology}\` does not reach`, alternatives };
}

const reaches: Readonly<Record<Topology, (fleet: FleetNeeds) => boolean>> = {
  "endpoint-only": (fleet) => !needsInternet(fleet) && !needsMicrosoftUpdate(fleet),
  nat: () => true,
  wsus: (fleet) => !needsInternet(fleet),
};

function sourceOf(fleet: FleetNeeds): string {
  const { name } = systems[fleet.operatingSystem];
  const [repository] = fleet.repositories ?? [];
  if (needsMicrosoftUpdate(fleet)) return `${name} gets its updates from Microsoft Update or a WSUS server`;
  if (systems[fleet.operatingSystem].updateSource === "internet") return `${name} gets its updates from the internet`;
  return `the repository \`${repository}\` is on the internet`;
}

function needsInternet({ operatingSystem, repositories = [] }: FleetNeeds): boolean {
  return systems[operatingSystem].updateSource === "internet" || repositories.length > 0;
}

function needsMicrosoftUpdate({ operatingSystem }: FleetNeeds): boolean {
  return systems[operatingSystem].updateSource === "microsoft-update";
}

/**
 * The subnets of a fleet. Amazon Linux without additional repositories is in isolated subnets under every topology, Windows in
 * private subnets. So a change of topology changes routes, and moves no fleet.
 */
export function tierOf(fleet: FleetNeeds, hasInterfaceEndpoints: boolean): FleetTier {
  if (fleet.subnets !== undefined) return fleet.subnets;
  return needsInternet(fleet) || needsMicrosoftUpdate(fleet) || !hasInterfaceEndpoints ? "private" : "isolated";
}
