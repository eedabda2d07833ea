import { type System, systems } from "patchpath/facts";

/** The ways to patch a private subnet, the cheapest first as a rule. */
export const topologies = ["endpoint-only", "nat", "wsus"] as const;
export type Topology = (typeof topologies)[number];

/** The subnets that fleets live in: without any way to the internet, or with the topology's. */
export const fleetTiers = ["isolated", "private"] as const;
export type FleetTier = (typeof fleetTiers)[number];

/** A fleet as far as the choice of its topology goes. */
export interface FleetNeeds {
  /** One of the systems that the facts know, which say where its updates come from. */
  readonly operatingSystem: System;
  /**
   * Package repositories beyond the system's own, all taken to be on the internet.
   *
   * @default - none
   */
  readonly repositories?: readonly string[];
  /**
   * The subnets that it lives in.
   *
   * @default - what its updates need and no more
   */
  readonly subnets?: FleetTier | undefined;
}

/** Tag of a fleet's instances. */
export const fleetTag = "patchpath:fleet";

/** Its value; no other fleet of the account and region has it. */
export function tagOfFleet(patchGroup: string, fleetName: string): string {
  return `${patchGroup}-${fleetName}`;
}

/** Why a topology can't patch a fleet, as a clause about the fleet, and the topologies that can. */
export interface Refusal {
  readonly because: string;
  readonly alternatives: readonly Topology[];
}

/** What a topology has against a fleet; `undefined` when it patches it. */
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
 * The subnets of a fleet. Amazon Linux with nothing but its own repositories stays isolated under every topology, Windows
 * in the private subnets under every one: so a change of topology moves neither, it changes routes.
 */
export function tierOf(fleet: FleetNeeds, hasInterfaceEndpoints: boolean): FleetTier {
  if (fleet.subnets !== undefined) return fleet.subnets;
  return needsInternet(fleet) || needsMicrosoftUpdate(fleet) || !hasInterfaceEndpoints ? "private" : "isolated";
}
