import type { LinkReport } from "../network-report";
import type { HopReport } from "../path-report";
import { type FleetGroup, notOpen } from "./fleet-groups";
import { blamedIn, gatewaysOf, verdictsOf } from "./nodes";
import { type Arrow, type DrawnVpc, type Tone, gravestOf } from "./parts";

type Group = FleetGroup & { readonly id: string };

interface Connection {
  readonly from: string;
  readonly to: string;
  readonly hops: Map<string, HopReport>;
}

/**
 * What groups of fleets reach. Beside something that is not open, arrows name only the hops that are not, and what is all
 * open has none.
 *
 * @returns the arrows, and the gravest verdict that hops have by each resource at which it was found
 */
export function arrowsOf(
  groups: readonly Group[],
  vpcs: readonly DrawnVpc[],
  links: ReadonlyMap<string, readonly LinkReport[]>,
  isAllOpen: boolean,
): { arrows: Arrow[]; blamed: ReadonlyMap<string, Tone> } {
  const told = groups.filter(({ tone, isFolded }) => !isFolded && (isAllOpen || tone !== "open"));
  const blamed = blamedBy(told);
  const ids = new Map(groups.flatMap(({ id, fleets }) => fleets.map(({ urn }) => [urn, id] as const)));
  const connections = new Map<string, Connection>();
  const add = (from: string, to: string, hops: readonly HopReport[]) => {
    const key = `${from} ${to}`;
    const connection = connections.get(key) ?? { from, to, hops: new Map<string, HopReport>() };
    connections.set(key, connection);
    for (const hop of hops) connection.hops.set(hop.hop, hop);
  };
  for (const group of told) {
    for (const fleet of group.fleets) {
      for (const link of links.get(fleet.urn) ?? []) {
        const hops = fleet.hops.filter(
          ({ hop, verdict }) => (link.hops as readonly string[]).includes(hop) && verdict !== "not-needed",
        );
        if (hops.length === 0) continue;
        const [first, ...others] = waypoints(link, group, hops, vpcs, ids, blamed) as [string, ...string[]];
        add(group.id, first, hops);
        others.forEach((to, i) => {
          add(i === 0 ? first : others[i - 1]!, to, hops);
        });
      }
    }
  }
  const arrows = [...connections.values()].map(({ from, to, hops }): Arrow => {
    const all = [...hops.values()];
    const named = isAllOpen ? all : all.filter(({ verdict }) => verdict !== "open");
    const tone = gravestOf(all.map(({ verdict }) => (verdict === "not-needed" ? "none" : verdict)));
    return { from, to, label: from.startsWith("f") ? verdictsOf(named) : [], tone };
  });
  return { arrows, blamed };
}

function blamedBy(groups: readonly Group[]): ReadonlyMap<string, Tone> {
  const blamed = new Map<string, Tone>();
  for (const { resource, verdict } of groups.flatMap(({ fleets }) => fleets.flatMap(notOpen))) {
    if (resource === undefined) continue;
    blamed.set(resource, gravestOf([blamed.get(resource) ?? "none", verdict as Tone]));
  }
  return blamed;
}

/** Ids of what a link leads to: on the way to the internet first the gateway, where only one kind is in the routes. */
function waypoints(
  { to }: LinkReport,
  { vpc, tier }: Group,
  hops: readonly HopReport[],
  vpcs: readonly DrawnVpc[],
  ids: ReadonlyMap<string, string>,
  blamed: ReadonlyMap<string, Tone>,
): string[] {
  if (to.is === "fleet") return [ids.get(to.urn) ?? "elsewhere"];
  if (to.is === "internet") {
    const own = vpcs.find(({ urn }) => urn !== undefined && urn === vpc.urn);
    const [kind, ...others] = tier?.routes ?? [];
    const isClear = own !== undefined && kind !== undefined && others.length === 0;
    return [...(isClear ? [`${own.id}g${gatewaysOf(own).indexOf(kind)}`] : []), "internet"];
  }
  if (!("vpc" in to)) return [to.is];
  const reached = vpcs.find(({ urn }) => urn !== undefined && urn === to.vpc);
  if (!reached) return ["elsewhere"];
  if (to.is === "S3 endpoint") return [`${reached.id}s`];
  const isTold = (urn: string) => hops.some(({ resource, verdict }) => resource === urn && verdict !== "open");
  const told = blamedIn(reached.endpoints, blamed).findIndex(({ urns }) => urns.some(isTold));
  if (told >= 0) return [`${reached.id}e${told}`];
  const isLeft = reached.endpoints.some(
    (one) => one.type === "Interface" && !blamedIn(reached.endpoints, blamed).includes(one),
  );
  return [isLeft ? `${reached.id}e` : `${reached.id}e0`];
}
