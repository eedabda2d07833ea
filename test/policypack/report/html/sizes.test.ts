import { ok, strictEqual } from "node:assert/strict";
import { formats } from "../../../../policypack/report/formats";
import { reportOnMany } from "./estates";

const page = { remarks: [], width: 100, colour: false, version: "0.0.0" };

describe("a page of many fleets", () => {
  for (const isDistinct of [false, true]) {
    it(`has at most 3 MB with 5,000 fleets, ${isDistinct ? "each with reasons of its own" : "which have most in common"}`, () => {
      const report = reportOnMany(5_000, isDistinct);
      strictEqual(report.fleets.length, 5_000);
      const { length } = Buffer.from(formats.html.explain(report, page));
      ok(length < 3e6, `${length} bytes`);
    });
  }

  it("grows with its fleets, and no faster", () => {
    const timeOf = (count: number) => {
      const report = reportOnMany(count, true);
      const start = process.cpuUsage();
      formats.html.explain(report, page);
      const { user, system } = process.cpuUsage(start);
      return user + system;
    };
    timeOf(200);
    const ratios = [1, 2, 3].map(() => timeOf(2_000) / timeOf(500)).sort((a, b) => a - b);
    ok(ratios[1]! < 10, `${ratios.map((one) => one.toFixed(1)).join(", ")} times for 4 times the fleets`);
  });
});
