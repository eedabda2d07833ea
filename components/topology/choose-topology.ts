import { type BilledParts, type MonthlyCost, type Region, costText, monthlyCost } from "patchpath/facts";
import type { NatGatewayCount } from "../network/private-network";
import { type FleetNeeds, type Refusal, type Topology, refusal, topologies } from "./fleet-needs";

/** What the price of every topology depends on. */
export interface PriceSettings extends Pick<BilledParts, "region" | "gigabytesPerMonth"> {
  readonly region: Region;
  /** Number of availability zones. */
  readonly zones: number;
  /** `none` in a network that is there already, whose way out its owner pays. */
  readonly natGateways: NatGatewayCount | "none";
  /** Number of services with an interface endpoint. */
  readonly interfaceEndpoints: number;
  /** `undefined` where one is there already. */
  readonly wsusServer: BilledParts["wsusServer"];
}

/** What a topology costs in a month, the fleets themselves apart: they cost the same under each. */
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

/** `12.34 USD a month more than \`endpoint-only\``, or less, or why that is unknown. */
export function costDifference(from: Topology, to: Topology, settings: PriceSettings): string {
  const [before, after] = [costOf(from, settings), costOf(to, settings)];
  if (!before.known) return `its price is ${costText(before)}`;
  if (!after.known) return `its price is ${costText(after)}`;
  const difference = after.total - before.total;
  const isMore = difference >= 0;
  return `${Math.abs(difference).toFixed(2)} USD a month ${isMore ? "more" : "less"} than \`${from}\``;
}

/** A topology with what speaks for and against it. */
export interface RatedTopology {
  readonly topology: Topology;
  readonly cost: MonthlyCost;
  /** By the index of the fleet that it can't patch; `undefined` when it patches all. */
  readonly refused: { readonly fleet: number; readonly refusal: Refusal } | undefined;
}

export interface Choice {
  readonly topology: Topology;
  readonly rated: readonly RatedTopology[];
}

/**
 * The cheapest topology that patches all fleets. Where a price is unknown the order is that of `topologies`: VPC endpoints
 * alone, then NAT, then a server of one's own beside it.
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
  // NAT patches whatever there is, so there is always one.
  return { topology: cheapest!.topology, rated };
}

/** A line for each topology: what it costs, and what it can't do. */
export function explainChoice({ topology, rated }: Choice, names: readonly string[]): string[] {
  return rated.map(({ topology: one, cost, refused }) => {
    const price = cost.known ? `${costText(cost)} a month` : `price ${costText(cost)}`;
    if (refused) return `${one}: not for the fleet ${names[refused.fleet]}: ${refused.refusal.because}`;
    return one === topology ? `${one}: chosen, ${price}` : `${one}: ${price}`;
  });
}
