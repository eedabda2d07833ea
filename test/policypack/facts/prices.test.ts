import { deepStrictEqual, ok, strictEqual } from "node:assert/strict";
import {
  interfaceEndpointGigabyte,
  prices,
  pricesDate,
  publicIpv4Hour,
  windowsInstanceHour,
  windowsLicenceVcpuHour,
} from "../../../policypack/facts/prices";
import { type Region, regions } from "../../../policypack/facts/regions";

const allRegions = Object.keys(regions) as Region[];
const priced = allRegions.flatMap((region) => (prices[region] ? [{ region, ...prices[region] }] : []));

// These tests cannot show whether a price is still correct; each table has the date when it was checked.
describe("the prices", () => {
  it("exist for every region except those in China, in the order of the regions", () => {
    deepStrictEqual(Object.keys(prices), allRegions);
    deepStrictEqual(
      allRegions.filter((region) => !prices[region]),
      allRegions.filter((region) => regions[region].partition.id === "aws-cn"),
    );
  });

  it("have a date", () => {
    ok(/^\d{4}-\d{2}-\d{2}$/.test(pricesDate) && Date.parse(pricesDate) <= Date.now(), pricesDate);
  });

  it("are within AWS's price range, so that a misplaced decimal point is found", () => {
    const limits = {
      natGatewayHour: [0.045, 0.1],
      natGatewayGigabyte: [0.045, 0.1],
      interfaceEndpointHour: [0.01, 0.025],
      gp3GigabyteMonth: [0.08, 0.16],
      m6iLargeHour: [0.096, 0.16],
    } as const;
    const outside = priced.flatMap((row) =>
      Object.entries(limits).flatMap(([column, [least, most]]) => {
        const price = row[column as keyof typeof limits];
        return price === undefined || (price >= least && price <= most) ? [] : [`${row.region} ${column} ${price}`];
      }),
    );
    deepStrictEqual(outside, []);
    strictEqual(priced.length, 36);
  });

  it("are not lower in any region than in us-east-1", () => {
    const base = prices["us-east-1"]!;
    for (const { region, natGatewayHour, interfaceEndpointHour, gp3GigabyteMonth } of priced) {
      ok(natGatewayHour >= base.natGatewayHour, region);
      ok(interfaceEndpointHour >= base.interfaceEndpointHour, region);
      ok(gp3GigabyteMonth >= base.gp3GigabyteMonth, region);
    }
  });

  it("are confirmed by a second source for five regions, each of them", () => {
    const confirmed = priced.filter((row) => row.confirmed);
    deepStrictEqual(
      confirmed.map(({ region }) => region),
      ["ap-northeast-1", "ap-southeast-1", "eu-central-1", "eu-west-1", "us-east-1"],
    );
    ok(confirmed.every((row) => Object.values(row).every((value) => value !== undefined)));
  });

  it("are the same in all regions for addresses, endpoint traffic and the license", () => {
    deepStrictEqual([publicIpv4Hour, interfaceEndpointGigabyte, windowsLicenceVcpuHour], [0.005, 0.01, 0.046]);
  });

  for (const [type, region, price] of [
    ["m6i.large", "us-east-1", 0.188],
    ["m6i.large", "eu-central-1", 0.207],
    ["m6i.xlarge", "us-east-1", 0.376],
    ["m6i.large", "cn-north-1", undefined],
    ["m6i.large", "il-central-1", undefined],
    ["m6i.metal", "us-east-1", undefined],
    ["m6i.constructor", "us-east-1", undefined],
    ["t3.large", "us-east-1", undefined],
    ["m6i", "us-east-1", undefined],
  ] as const) {
    it(`of ${type} with Windows in ${region}: ${price ?? "unknown"}`, () => {
      strictEqual(windowsInstanceHour(type, region)?.toFixed(6), price?.toFixed(6));
    });
  }
});
