import { strictEqual } from "node:assert/strict";
import { missesEveryRelease } from "@patchpath/components";

const now = new Date("2026-11-28T00:00:00Z");
const misses = (expression: string, delayDays: number, offset?: number, timezone = "Etc/UTC") =>
  missesEveryRelease({ expression, timezone, offset }, delayDays, now);

describe("a schedule beside the monthly releases of Microsoft", () => {
  const cases: readonly [name: string, expected: boolean, ...Parameters<typeof misses>][] = [
    ["misses them three days after Patch Tuesday with a delay of a week", true, "cron(0 18 ? * TUE#2 *)", 7, 3],
    ["meets them six days after, as a week may be a day less", false, "cron(0 18 ? * TUE#2 *)", 7, 6],
    ["meets those of the month before, on second Tuesdays before the hour", false, "cron(0 3 ? * TUE#2 *)", 7],
    ["meets them three days after without a delay", false, "cron(0 18 ? * TUE#2 *)", 0, 3],
    ["meets them with a delay of three days", false, "cron(0 18 ? * TUE#2 *)", 3, 3],
    ["meets them on fourth Sundays", false, "cron(0 18 ? * SUN#4 *)", 7],
    ["misses them on fourth Sundays with a delay of a month", true, "cron(0 18 ? * SUN#4 *)", 28],
    ["meets them weekly", false, "cron(0 18 ? * SUN *)", 7],
    ["is not judged where its runs are not known", false, "rate(30 days)", 28],
  ];
  for (const [name, expected, ...schedule] of cases) {
    it(name, () => {
      strictEqual(misses(...schedule), expected);
    });
  }
});
