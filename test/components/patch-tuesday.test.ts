import { strictEqual } from "node:assert/strict";
import { missesEveryRelease } from "@patchpath/components";

const now = new Date("2026-11-28T00:00:00Z");
const misses = (expression: string, delayDays: number, offset?: number, timezone = "Etc/UTC") =>
  missesEveryRelease({ expression, timezone, offset }, delayDays, now);

describe("a schedule and the monthly releases of Microsoft", () => {
  const cases: readonly [name: string, expected: boolean, ...Parameters<typeof misses>][] = [
    ["misses them three days after Patch Tuesday with a delay of a week", true, "cron(0 18 ? * TUE#2 *)", 7, 3],
    [
      "includes them six days after, because a delay of a week can be a day shorter",
      false,
      "cron(0 18 ? * TUE#2 *)",
      7,
      6,
    ],
    ["includes those of the month before, on second Tuesdays before the release", false, "cron(0 3 ? * TUE#2 *)", 7],
    ["includes them three days after without a delay", false, "cron(0 18 ? * TUE#2 *)", 0, 3],
    ["includes them with a delay of three days", false, "cron(0 18 ? * TUE#2 *)", 3, 3],
    ["includes them on fourth Sundays", false, "cron(0 18 ? * SUN#4 *)", 7],
    ["misses them on fourth Sundays with a delay of a month", true, "cron(0 18 ? * SUN#4 *)", 28],
    ["meets them weekly", false, "cron(0 18 ? * SUN *)", 7],
    ["is not evaluated if its runs are not known", false, "rate(30 days)", 28],
  ];
  for (const [name, expected, ...schedule] of cases) {
    it(name, () => {
      strictEqual(misses(...schedule), expected);
    });
  }
});
