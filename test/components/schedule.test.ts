import { match, strictEqual } from "node:assert/strict";
import { wrongSchedule } from "@patchpath/components";

describe("the schedule of a window", () => {
  for (const schedule of [
    "cron(0 18 ? * SUN *)",
    "cron(15,45 0-6/2 ? JAN-MAR MON-FRI 2026-2030)",
    "cron(0 2 L * ? *)",
    "cron(0 2 15W * ? *)",
    "cron(0 2 ? * TUE#2 *)",
    "cron(0 2 ? * 3L *)",
    "cron(*/5 * * * ? *)",
    "rate(1 day)",
    "rate(30 minutes)",
    "at(2026-11-20T18:00:00)",
  ]) {
    it(`may be ${schedule}`, () => {
      strictEqual(wrongSchedule(schedule), undefined);
    });
  }

  for (const [schedule, expected] of [
    ["every day", /`cron\(\.\.\.\)` with six fields, `rate/],
    ["cron(0 18 * * SUN)", /six fields/],
    ["cron(60 18 ? * SUN *)", /0 to 59 in the field for the minutes/],
    ["cron(a b c d e f)", /0 to 59 in the field for the minutes/],
    ["cron(0 18 ? * FOO *)", /1 to 7 or SUN to SAT in the field for the day of the week/],
    ["cron(0 18 32 * ? *)", /1 to 31/],
    ["cron(0 18 ? 13 SUN *)", /1 to 12 or JAN to DEC/],
    ["cron(0 18 * * SUN *)", /`\?` in one of the fields/],
    ["cron(0 18 ? * ? *)", /`\?` in one of the fields/],
    ["cron(*/0 18 ? * SUN *)", /minutes/],
    ["rate(0 minutes)", /a number above 0/],
    ["rate(1 days)", /rate\(1 day\)/],
    ["rate(7 day)", /rate\(7 days\)/],
    ["at(never)", /2026-11-20T18:00:00/],
    ["at(2026-13-20T18:00:00)", /2026-11-20T18:00:00/],
  ] as const) {
    it(`may not be ${schedule}`, () => {
      match(wrongSchedule(schedule) ?? "", expected);
    });
  }
});
