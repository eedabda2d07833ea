import { type BilledParts, type MonthlyCost, type Region, costText, monthlyCost } from "patchpath/facts";
import type { NatGatewayCount } from "../network/private-network";
import { type FleetNeeds, type Refusal, type Topology, refusal, topologies } from "./fleet-needs";

/** What the cost of a topology depends on. */
export interface PriceSettings extends Pick<BilledParts, "region" | "gigabytesPerMonth"> {
  readonly region: Region;
  /** Number of availability zones. */
  readonly zones: number;
  /** `none` in an existing network, whose owner pays for its NAT. */
  readonly natGateways: NatGatewayCount | "none";
  /** Number of services with an interface endpoint. */
  readonly interfaceEndpoints: number;
  /** `undefined` for an existing server. */
  readonly wsusServer: BilledParts["wsusServer"];
}

/** The monthly cost of a topology, without its fleets, which cost the same under every topology. */
export function costOf(topology: Topology, settings: PriceSettings): MonthlyCost {
  const { region, zones, natGateways, interfaceEndpoints, wsusServer, gigabytesPerMonth } = settings;
  const perZone = { none: 0, single: 1, "per-zone": zones }[natGateways];
  const gateways = { "endpoint-only": 0, nat: perZone, wsus: Math.min(perZone, 1) }[topology];
  return monthlyCost({
    region,
    natGateways: gateways,
    endpointZones: interfaceEndpoints * zones,
    gigabytesPerMonth: { ...gigabytesPerMonth, natGateway: gateways > 0 ? gigabytesPerMonth.natGateway : 0 },
    wsusServer: topology === "wsus" ? wsusServer : undefined,
  });
}

/** `12.34 USD/month more than \`endpoint-only\``, or less, or why the difference is unknown. */
export function costDifference(from: Topology, to: Topology, settings: PriceSettings): string {
  const [before, after] = [costOf(from, settings), costOf(to, settings)];
  if (!before.known) return `its cost is ${costText(before)}`;
  if (!after.known) return `its cost is ${costText(after)}`;
  const difference = after.total - before.total;
  const isMore = difference >= 0;
  return `${Math.abs(difference).toFixed(2)} USD/month ${isMore ? "more" : "less"} than \`${from}\``;
}

/** A topology, with its cost and the fleet that it cannot patch. */
export interface RatedTopology {
  readonly topology: Topology;
  readonly cost: MonthlyCost;
  /** The first fleet that it cannot patch, by its index; `undefined` if it can patch all. */
  readonly refused: { readonly fleet: number; readonly refusal: Refusal } | undefined;
}

export interface Choice {
  readonly topology: Topology;
  readonly rated: readonly RatedTopology[];
}

/**
 * The cheapest topology that can patch all fleets. If a cost is unknown, the order is that of `topologies`: VPC endpoints only,
 * then NAT, then NAT with a WSUS server.
 */
export function chooseTopology(fleets: readonly FleetNeeds[], settings: PriceSettings): Choice {
  const rated = topologies.map((topology): RatedTopology => {
    const refusals = fleets.map((fleet) => refusal(topology, fleet));
    const fleet = refusals.findIndex((one) => one !== undefined);
    const refused = fleet < 0 ? undefined : { fleet, refusal: refusals[fleet]! };
    return { topology, cost: costOf(topology, settings), refused };
  });
  const serving = rated.filter(({ refused }) => refused === undefined);
  const total = ({ cost }: RatedTopology) => (cost.known ? cost.total : Number.NaN);
  const cheapest = serving.every(({ cost }) => cost.known)
    ? serving.reduce((best, one) => (total(one) < total(best) ? one : best))
    : serving[0];
  // NAT can patch every fleet, so there is always one.
  return { topology: cheapest!.topology, rated };
}

/** A line for each topology: its cost, or the fleet that it cannot patch. */
export function explainChoice({ topology, rated }: Choice, names: readonly string[]): string[] {
  return rated.map(({ topology: one, cost, refused }) => {
    const estimate = cost.known ? `estimated cost ${costText(cost)}/month` : `estimated cost ${costText(cost)}`;
    if (refused) return `${one}: not for the fleet ${names[refused.fleet]}: ${refused.refusal.because}`;
    return one === topology ? `${one}: chosen, ${estimate}` : `${one}: ${estimate}`;
  });
}
