import { groupedBy } from "../../stack/grouped-by";
import type { LinkReport, NetworkReport, TierReport, VpcReport } from "../network-report";
import type { FleetReport, HopReport } from "../path-report";
import type { Tone } from "./parts";

/** Fleets that a picture shows as one. */
export interface FleetGroup {
  readonly fleets: readonly FleetReport[];
  readonly tone: Tone;
  readonly vpc: VpcReport;
  /** `undefined` of the patchable fleets of all tiers together. */
  readonly tier: TierReport | undefined;
  /** Whether it stands for what is all open beside something that is not. */
  readonly isFolded: boolean;
}

interface Placed {
  readonly fleet: FleetReport;
  readonly vpc: VpcReport;
  readonly tier: TierReport;
}

const gravity: readonly Tone[] = ["blocked", "unknown", "open"];

/** The fleets by what the picture distinguishes, the gravest and largest groups first. */
export function fleetGroups(
  fleets: readonly FleetReport[],
  networks: readonly NetworkReport[],
  links: ReadonlyMap<string, readonly LinkReport[]>,
): FleetGroup[] {
  const isAllOpen = fleets.every(({ verdict }) => verdict === "patchable");
  const placed = placesOf(fleets, networks);
  // What other fleets need stays by itself: the arrow to it is part of their path.
  const needed = new Set(
    fleets
      .filter(({ verdict }) => isAllOpen || verdict !== "patchable")
      .flatMap(({ urn }) => (links.get(urn) ?? []).flatMap(({ to }) => (to.is === "fleet" ? [to.urn] : []))),
  );
  const numbers = new Map<object, number>();
  const numberOf = (one: object) => {
    if (!numbers.has(one)) numbers.set(one, numbers.size);
    return numbers.get(one)!;
  };
  const folds = ({ urn, verdict }: FleetReport) => !isAllOpen && verdict === "patchable" && !needed.has(urn);
  const alike = groupedBy(placed, ({ fleet, vpc, tier }) => {
    if (folds(fleet)) return `folded ${numberOf(vpc)}`;
    const hops = notOpen(fleet).map(({ hop, verdict }) => {
      const to = (links.get(fleet.urn) ?? []).filter((link) => link.hops.includes(hop)).map((link) => link.to);
      return [hop, verdict, to];
    });
    return JSON.stringify([numberOf(tier), needed.has(fleet.urn) ? fleet.urn : "", hops]);
  });
  return [...alike.values()]
    .map((group): FleetGroup => {
      const { fleet, vpc, tier } = group[0]!;
      const isFolded = folds(fleet);
      const tone = fleet.verdict === "patchable" ? "open" : fleet.verdict;
      return { fleets: group.map((one) => one.fleet), tone, vpc, tier: isFolded ? undefined : tier, isFolded };
    })
    .sort((a, b) => gravity.indexOf(a.tone) - gravity.indexOf(b.tone) || b.fleets.length - a.fleets.length);
}

/** Each fleet at the first place that the networks have for it. */
function placesOf(fleets: readonly FleetReport[], networks: readonly NetworkReport[]): Placed[] {
  const places = new Map<string, Omit<Placed, "fleet">>();
  for (const vpc of networks.flatMap(({ vpcs }) => vpcs)) {
    for (const tier of vpc.tiers) {
      for (const urn of tier.fleets) if (!places.has(urn)) places.set(urn, { vpc, tier });
    }
  }
  return fleets.flatMap((fleet) => {
    const place = places.get(fleet.urn);
    return place ? [{ fleet, ...place }] : [];
  });
}

/** The hops of a fleet that break its path, or may. */
export function notOpen({ hops }: FleetReport): HopReport[] {
  return hops.filter(({ verdict }) => verdict === "blocked" || verdict === "unknown");
}
