import { type MonthlyCost, monthlyCost } from "../facts/monthly-cost";
import { isRegion } from "../facts/regions";
import { type BilledInRegion, billedParts } from "../stack/billed-parts";
import { known } from "../stack/reading";
import type { Stack } from "../stack/stack";

/** What the way to patches costs in one region. */
export interface CostReport {
  /** Or `unknown`. */
  readonly region: string;
  readonly cost: MonthlyCost;
}

/** By region; none for a stack in which nothing on the way is billed by the hour. */
export function costReports(stack: Stack): CostReport[] {
  return billedParts(stack).map((billed) => ({ region: billed.region ?? "unknown", cost: costOf(billed) }));
}

function costOf({ region, natGateways, endpoints, wsusServers }: BilledInRegion): MonthlyCost {
  const unknown = (reason: string): MonthlyCost => ({ known: false, reason });
  if (region === undefined) return unknown("their region is not known");
  if (!isRegion(region)) return unknown(`the price list has no prices for ${region}`);
  const elsewhere = endpoints.find(
    ({ service, subnets }) =>
      service.is === "unknown" || subnets.length === 0 || subnets.some(({ is }) => is === "unknown"),
  );
  if (elsewhere) return unknown(`it is not known what \`${elsewhere.resource.name}\` is, or in how many zones`);
  const [server, ...others] = wsusServers;
  if (others.length > 0) return unknown(`there are ${wsusServers.length} WSUS servers`);
  const instanceType = server && known(server);
  if (server && instanceType === undefined) return unknown("the instance type of the WSUS server is not known");
  return monthlyCost({
    region,
    natGateways: natGateways.length,
    endpointZones: endpoints.reduce((sum, { subnets }) => sum + subnets.length, 0),
    gigabytesPerMonth: { natGateway: 0, interfaceEndpoints: 0 },
    wsusServer: instanceType === undefined ? undefined : { instanceType, volumeGiB: 0 },
  });
}

/** A sentence. */
export function costInWords({ region, cost }: CostReport): string {
  if (!cost.known) return `What the way to patches costs in ${region} is unknown: ${cost.reason}.`;
  const items = cost.items.map(({ item, amount }) => `${item} ${amount.toFixed(2)}`);
  const source = `list prices of ${cost.prices.date}${cost.prices.confirmed ? "" : ", unconfirmed"}`;
  return `The way to patches costs ${cost.total.toFixed(2)} USD a month in ${region}, without traffic and volumes (${source}): ${items.join(", ")}.`;
}
