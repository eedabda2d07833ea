import { deepStrictEqual, strictEqual } from "node:assert/strict";
import * as fc from "fast-check";
import { type BilledParts, costText, monthlyCost } from "../../../policypack/facts/monthly-cost";
import { prices } from "../../../policypack/facts/prices";
import { type Region, regions } from "../../../policypack/facts/regions";

const nothing: BilledParts = {
  region: "us-east-1",
  natGateways: 0,
  endpointZones: 0,
  gigabytesPerMonth: { natGateway: 0, interfaceEndpoints: 0 },
};

describe("the monthly cost of a topology", () => {
  it("of endpoints is that of each endpoint in each Availability Zone, and of their traffic", () => {
    const cost = monthlyCost({
      ...nothing,
      endpointZones: 4,
      gigabytesPerMonth: { natGateway: 0, interfaceEndpoints: 5 },
    });
    deepStrictEqual(cost, {
      known: true,
      items: [
        { item: "Interface endpoint", quantity: 2920, unit: "hour", unitPrice: 0.01, amount: 29.2 },
        { item: "Interface endpoint, traffic", quantity: 5, unit: "GB", unitPrice: 0.01, amount: 0.05 },
      ],
      total: 29.25,
      prices: { date: "2026-09-21", confirmed: true },
    });
  });

  it("of NAT gateways includes their public addresses, at the price of the region", () => {
    const cost = monthlyCost({
      ...nothing,
      region: "eu-west-1",
      natGateways: 2,
      gigabytesPerMonth: { natGateway: 100, interfaceEndpoints: 0 },
    });
    deepStrictEqual(cost, {
      known: true,
      items: [
        { item: "NAT gateway", quantity: 1460, unit: "hour", unitPrice: 0.048, amount: 70.08 },
        { item: "NAT gateway, traffic", quantity: 100, unit: "GB", unitPrice: 0.048, amount: 4.8 },
        { item: "Public IPv4 address", quantity: 1460, unit: "hour", unitPrice: 0.005, amount: 7.3 },
      ],
      total: 82.18,
      prices: { date: "2026-09-21", confirmed: true },
    });
  });

  it("of WSUS includes the server with its license and its volumes", () => {
    const cost = monthlyCost({ ...nothing, wsusServer: { instanceType: "m6i.large", volumeGiB: 300 } });
    strictEqual(cost.known && cost.total, 137.24 + 24);
    deepStrictEqual(cost.known && cost.items.map(({ item, amount }) => [item, amount]), [
      ["WSUS server m6i.large", 137.24],
      ["WSUS server, gp3 volumes", 24],
    ]);
  });

  it("says if only one source has the prices of a region", () => {
    const cost = monthlyCost({ ...nothing, region: "eu-north-1", natGateways: 1 });
    deepStrictEqual(cost.known && cost.prices, { date: "2026-09-21", confirmed: false });
  });

  for (const [what, parts, text] of [
    ["a region without prices", { region: "cn-north-1" }, "unknown: the price list has no prices for cn-north-1"],
    [
      "traffic through NAT in a region without that price",
      { region: "eu-north-1", natGateways: 1, gigabytesPerMonth: { natGateway: 1, interfaceEndpoints: 0 } },
      "unknown: the price list has no per-GB price for NAT gateways in eu-north-1",
    ],
    [
      "a server with an instance type without a price",
      { wsusServer: { instanceType: "t3.large", volumeGiB: 300 } },
      "unknown: the price list has no price for t3.large with Windows in us-east-1",
    ],
  ] as const) {
    it(`is unknown, with the reason, for ${what}`, () => {
      strictEqual(costText(monthlyCost({ ...nothing, ...parts })), text);
    });
  }

  it("is printed with two decimals", () => {
    strictEqual(costText(monthlyCost({ ...nothing, natGateways: 1 })), "36.50 USD");
    strictEqual(costText(monthlyCost(nothing)), "0.00 USD");
  });

  it("is the sum of its items to the cent, and increases with each of them", () => {
    const known = (Object.keys(regions) as Region[]).filter((region) => prices[region]?.natGatewayGigabyte);
    const parts = fc.record({
      region: fc.constantFrom(...known),
      natGateways: fc.integer({ min: 0, max: 6 }),
      endpointZones: fc.integer({ min: 0, max: 54 }),
      gigabytesPerMonth: fc.record({
        natGateway: fc.integer({ min: 0, max: 10_000 }),
        interfaceEndpoints: fc.integer({ min: 0, max: 10_000 }),
      }),
    });
    fc.assert(
      fc.property(parts, (some) => {
        const cost = monthlyCost(some);
        const more = monthlyCost({ ...some, natGateways: some.natGateways + 1 });
        if (!cost.known || !more.known) return false;
        const cents = cost.items.reduce((sum, { amount }) => sum + Math.round(amount * 100), 0);
        return Math.round(cost.total * 100) === cents && more.total > cost.total;
      }),
    );
  });
});
