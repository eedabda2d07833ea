import { interfaceEndpointGigabyte, prices, pricesDate, publicIpv4Hour, windowsInstanceHour } from "./prices";
import type { Region } from "./regions";

/** AWS's own convention for a month: 8,760 hours of a year by twelve. */
export const hoursPerMonth = 730;

/** The billed parts of a topology; what each fleet costs is the same under every topology. */
export interface BilledParts {
  readonly region: Region;
  /** Number of NAT gateways, each with one public address. */
  readonly natGateways: number;
  /** Number of interface endpoints, each counted in every availability zone that it is in, as it is billed. */
  readonly endpointZones: number;
  /**
   * Gigabytes in a month, both directions together. Traffic through the S3 gateway endpoint is free and counts in
   * neither.
   */
  readonly gigabytesPerMonth: { readonly natGateway: number; readonly interfaceEndpoints: number };
  /** The WSUS server with its volumes, in GiB. */
  readonly wsusServer?: { readonly instanceType: string; readonly volumeGiB: number } | undefined;
}

export interface LineItem {
  readonly item: string;
  readonly quantity: number;
  readonly unit: "hour" | "GB" | "GB-month";
  /** US dollars for one unit. */
  readonly unitPrice: number;
  /** US dollars, to the cent. */
  readonly amount: number;
}

export type MonthlyCost =
  | {
      readonly known: true;
      readonly items: readonly LineItem[];
      /** The sum of the items in US dollars. */
      readonly total: number;
      /** The day of AWS's price list, and whether a second source has the same prices. */
      readonly prices: { readonly date: string; readonly confirmed: boolean };
    }
  | { readonly known: false; readonly reason: string };

/**
 * What a topology costs in a month of 730 hours, by AWS's on-demand list prices without tax. Not included: traffic
 * between zones and out to the internet, logs, snapshots.
 */
export function monthlyCost(parts: BilledParts): MonthlyCost {
  const { region, natGateways, endpointZones, gigabytesPerMonth, wsusServer } = parts;
  const price = prices[region];
  if (!price) return unknown(`the price list has no prices for ${region}`);
  if (gigabytesPerMonth.natGateway > 0 && price.natGatewayGigabyte === undefined) {
    return unknown(`the price list has no per-GB price for NAT gateways in ${region}`);
  }
  const serverHour = wsusServer && windowsInstanceHour(wsusServer.instanceType, region);
  if (wsusServer && serverHour === undefined) {
    return unknown(`the price list has no price for ${wsusServer.instanceType} with Windows in ${region}`);
  }

  const items = [
    line("NAT gateway", natGateways * hoursPerMonth, "hour", price.natGatewayHour),
    line("NAT gateway, traffic", gigabytesPerMonth.natGateway, "GB", price.natGatewayGigabyte ?? 0),
    line("Public IPv4 address", natGateways * hoursPerMonth, "hour", publicIpv4Hour),
    line("Interface endpoint", endpointZones * hoursPerMonth, "hour", price.interfaceEndpointHour),
    line("Interface endpoint, traffic", gigabytesPerMonth.interfaceEndpoints, "GB", interfaceEndpointGigabyte),
    line(`WSUS server ${wsusServer?.instanceType ?? ""}`, wsusServer ? hoursPerMonth : 0, "hour", serverHour ?? 0),
    line("WSUS server, gp3 volumes", wsusServer?.volumeGiB ?? 0, "GB-month", price.gp3GigabyteMonth),
  ].filter(({ quantity }) => quantity > 0);
  return {
    known: true,
    items,
    total: toCents(items.reduce((sum, { amount }) => sum + amount, 0)),
    prices: { date: pricesDate, confirmed: price.confirmed },
  };
}

/** Such as `67.89 USD`, or `unknown: ` and the reason. */
export function costText(cost: MonthlyCost): string {
  return cost.known ? `${cost.total.toFixed(2)} USD` : `unknown: ${cost.reason}`;
}

/** Such as `NAT gateway: 730 hours at 0.045 USD, 32.85 USD`, a line for each item. */
export function costLines(cost: MonthlyCost): string[] {
  if (!cost.known) return [];
  return cost.items.map(({ item, quantity, unit, unitPrice, amount }) => {
    const units = unit === "hour" ? "hours" : unit;
    return `${item}: ${quantity} ${units} at ${unitPrice} USD, ${amount.toFixed(2)} USD`;
  });
}

function unknown(reason: string): MonthlyCost {
  return { known: false, reason };
}

function line(item: string, quantity: number, unit: LineItem["unit"], unitPrice: number): LineItem {
  return { item, quantity, unit, unitPrice, amount: toCents(quantity * unitPrice) };
}

/** Half a cent is rounded up, though 1.005 is a little less than that in binary. */
function toCents(dollars: number): number {
  return Math.round(Number((dollars * 100).toFixed(6))) / 100;
}
