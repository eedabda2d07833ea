import { type MonthlyCost, monthlyCost } from "../facts/monthly-cost";
import { isRegion } from "../facts/regions";
import { type BilledInRegion, billedParts } from "../stack/billed-parts";
import { known } from "../stack/reading";
import type { Stack } from "../stack/stack";

/** The estimated cost of the patch path in one region. */
export interface CostReport {
  /** Or `unknown`. */
  readonly region: string;
  readonly cost: MonthlyCost;
}

/** By region; none for a stack in which nothing on the path is billed by the hour. */
export function costReports(stack: Stack): CostReport[] {
  return billedParts(stack).map((billed) => ({ region: billed.region ?? "unknown", cost: costOf(billed) }));
}

function costOf({ region, natGateways, endpoints, wsusServers }: BilledInRegion): MonthlyCost {
  const unknown = (reason: string): MonthlyCost => ({ known: false, reason });
  if (region === undefined) return unknown("the region of its resources is not known");
  if (!isRegion(region)) return unknown(`the price list has no prices for ${region}`);
  const elsewhere = endpoints.find(
    ({ service, subnets }) =>
      service.is === "unknown" || subnets.length === 0 || subnets.some(({ is }) => is === "unknown"),
  );
  if (elsewhere)
    return unknown(`the service of \`${elsewhere.resource.name}\`, or its number of availability zones, is not known`);
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
  if (!cost.known) return `Estimated cost of the patch path in ${region}: unknown, since ${cost.reason}.`;
  const items = cost.items.map(({ item, amount }) => `${item} ${amount.toFixed(2)}`);
  const source = `list prices of ${cost.prices.date}${cost.prices.confirmed ? "" : ", unconfirmed"}`;
  return `Estimated cost of the patch path: ${cost.total.toFixed(2)} USD/month in ${region}, excluding data transfer and volumes (${source}): ${items.join(", ")}.`;
}
