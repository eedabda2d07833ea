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

// What these tests can't show is whether a price is still true: for that there is the date beside the table.
describe("the prices", () => {
  it("are of every region but those in China, in the order of the regions", () => {
    deepStrictEqual(Object.keys(prices), allRegions);
    deepStrictEqual(
      allRegions.filter((region) => !prices[region]),
      allRegions.filter((region) => regions[region].partition.id === "aws-cn"),
    );
  });

  it("are dated", () => {
    ok(/^\d{4}-\d{2}-\d{2}$/.test(pricesDate) && Date.parse(pricesDate) <= Date.now(), pricesDate);
  });

  it("lie within what AWS asks anywhere, so that a slip of the decimal point is seen", () => {
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

  it("are nowhere lower than in us-east-1", () => {
    const base = prices["us-east-1"]!;
    for (const { region, natGatewayHour, interfaceEndpointHour, gp3GigabyteMonth } of priced) {
      ok(natGatewayHour >= base.natGatewayHour, region);
      ok(interfaceEndpointHour >= base.interfaceEndpointHour, region);
      ok(gp3GigabyteMonth >= base.gp3GigabyteMonth, region);
    }
  });

  it("are confirmed by a second source for five regions, with every figure", () => {
    const confirmed = priced.filter((row) => row.confirmed);
    deepStrictEqual(
      confirmed.map(({ region }) => region),
      ["ap-northeast-1", "ap-southeast-1", "eu-central-1", "eu-west-1", "us-east-1"],
    );
    ok(confirmed.every((row) => Object.values(row).every((value) => value !== undefined)));
  });

  it("are the same everywhere for addresses, endpoint traffic and the licence", () => {
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
