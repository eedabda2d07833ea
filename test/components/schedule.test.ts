import { deepStrictEqual, match, ok, strictEqual } from "node:assert/strict";
import * as fc from "fast-check";
import { cronRuns } from "../../components/patching/cron";
import { nextRuns, wrongSchedule } from "../../components/patching/schedule";

describe("the schedule of a maintenance window", () => {
  for (const schedule of [
    "cron(0 18 ? * SUN *)",
    "cron(15,45 0-6/2 ? JAN-MAR MON-FRI 2026-2030)",
    "cron(0 2 L * ? *)",
    "cron(0 2 LW * ? *)",
    "cron(0 2 15W * ? *)",
    "cron(0 2 ? * TUE#2 *)",
    "cron(0 2 ? * 3L *)",
    "cron(0 2 ? * L *)",
    "cron(*/5 * * * ? *)",
    "cron(0/15 * * * ? *)",
    "cron(0 2 29 2 ? *)",
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
    ["cron(0 18  ? * SUN *)", /six fields/],
    ["cron(0 0 18 ? * SUN *)", /six fields/],
    ["cron(60 18 ? * SUN *)", /0 to 59 in the field for the minutes/],
    ["cron(a b c d e f)", /0 to 59 in the field for the minutes/],
    ["cron(0 18 ? * FOO *)", /1 to 7 or SUN to SAT in the field for the day of the week/],
    ["cron(0 18 ? * FOO#2 *)", /1 to 7 or SUN to SAT in the field for the day of the week/],
    ["cron(0 18 ? * SUN#6 *)", /1 to 7 or SUN to SAT in the field for the day of the week/],
    ["cron(0 18 ? * SUN#1,SUN#3 *)", /1 to 7 or SUN to SAT in the field for the day of the week/],
    ["cron(0 18 ? * FRI-MON *)", /1 to 7 or SUN to SAT in the field for the day of the week/],
    ["cron(0 18 ? * 0 *)", /1 to 7 or SUN to SAT in the field for the day of the week/],
    ["cron(0 18 32 * ? *)", /1 to 31/],
    ["cron(0 18 32W * ? *)", /1 to 31/],
    ["cron(0 18-6 ? * SUN *)", /0 to 23 in the field for the hours/],
    ["cron(0 18- ? * SUN *)", /0 to 23 in the field for the hours/],
    ["cron(? 18 ? * SUN *)", /0 to 59/],
    ["cron(0 18 ? 13 SUN *)", /1 to 12 or JAN to DEC/],
    ["cron(0 18 ? * SUN 1969)", /1970 to 2199/],
    ["cron(0 18 * * SUN *)", /`\?` in exactly one of the fields/],
    ["cron(0 18 ? * ? *)", /`\?` in exactly one of the fields/],
    ["cron(*/0 18 ? * SUN *)", /minutes/],
    ["cron(0/90 18 ? * SUN *)", /minutes/],
    ["cron(* 18 ? * SUN *)", /at least 5 minutes between runs/],
    ["cron(0,4 18 ? * SUN *)", /at least 5 minutes between runs/],
    ["cron(0,58 * ? * SUN *)", /at least 5 minutes between runs/],
    ["cron(0 2 30 2 ? *)", /a date that exists: this schedule never runs/],
    ["rate(0 minutes)", /a number above 0/],
    ["rate(1 days)", /rate\(1 day\)/],
    ["rate(7 day)", /rate\(7 days\)/],
    ["rate(1 week)", /a number above 0 and its unit/],
    ["at(never)", /2026-11-20T18:00:00/],
    ["at(2026-13-20T18:00:00)", /2026-11-20T18:00:00/],
    ["at(2026-02-30T18:00:00)", /2026-11-20T18:00:00/],
    ["at(2026-11-20T18:00:00Z)", /2026-11-20T18:00:00/],
    [
      `cron(${Array(100).fill("0").join(",")} 18 ? * SUN ${Array(20).fill("2030").join(",")})`,
      /at most 256 characters/,
    ],
  ] as const) {
    it(`may not be ${schedule.slice(0, 60)}`, () => {
      match(wrongSchedule(schedule) ?? "", expected);
    });
  }
});

describe("the next runs", () => {
  const now = new Date("2026-11-22T00:00:00Z");

  it("are five, in the time zone of the schedule", () => {
    deepStrictEqual(nextRuns({ expression: "cron(0 18 ? * SUN *)", timezone: "Asia/Tokyo" }, now), [
      "Sun 2026-11-22 18:00 GMT+9",
      "Sun 2026-11-29 18:00 GMT+9",
      "Sun 2026-12-06 18:00 GMT+9",
      "Sun 2026-12-13 18:00 GMT+9",
      "Sun 2026-12-20 18:00 GMT+9",
    ]);
  });

  it("are days after Patch Tuesday with an offset, also if the Tuesday has passed", () => {
    const runs = nextRuns(
      { expression: "cron(30 23 ? * TUE#2 *)", timezone: "Etc/UTC", offset: 3 },
      new Date("2026-12-10T00:00:00Z"),
    );
    deepStrictEqual(runs.slice(0, 2), ["Fri 2026-12-11 23:30 GMT+0", "Fri 2027-01-15 23:30 GMT+0"]);
  });

  it("keep their time of day across a change to daylight saving time", () => {
    const berlin = { expression: "cron(0 4 ? * FRI *)", timezone: "Europe/Berlin", offset: 3 };
    deepStrictEqual(nextRuns(berlin, new Date("2027-03-20T00:00:00Z")).slice(0, 2), [
      "Mon 2027-03-22 04:00 GMT+1",
      "Mon 2027-03-29 04:00 GMT+2",
    ]);
  });

  it("are the one of at(...), in UTC, and none if it has passed", () => {
    const at = { expression: "at(2026-11-23T06:00:00)", timezone: "Etc/UTC" };
    deepStrictEqual(nextRuns(at, now), ["Mon 2026-11-23 06:00 GMT+0"]);
    deepStrictEqual(nextRuns(at, new Date("2026-11-24T00:00:00Z")), ["no further runs"]);
  });

  it("of a rate are known only to AWS", () => {
    deepStrictEqual(nextRuns({ expression: "rate(7 days)", timezone: "Etc/UTC" }, now), [
      "every 7 days, counted from the time at which AWS received the schedule",
    ]);
  });

  const number = (min: number, max: number) => fc.integer({ min, max }).map(String);
  const list = (min: number, max: number) =>
    fc.oneof(
      fc.constant("*"),
      number(min, max),
      fc
        .tuple(fc.integer({ min, max }), fc.integer({ min, max }))
        .map(([a, b]) => `${Math.min(a, b)}-${Math.max(a, b)}`),
      fc.tuple(fc.integer({ min, max }), fc.integer({ min: 1, max })).map(([from, step]) => `${from}/${step}`),
      fc.tuple(number(min, max), number(min, max)).map((both) => both.join(",")),
    );
  const dayFields = fc.oneof(
    fc.tuple(fc.oneof(list(1, 31), fc.constantFrom("L", "LW", "1W", "15W", "30W")), fc.constant("?")),
    fc.tuple(fc.constant("?"), fc.oneof(list(1, 7), fc.constantFrom("L", "3L", "SUN#1", "TUE#2", "7#5", "MON-FRI"))),
  );

  it("are exactly the days and times of the expression, by an independent implementation", () => {
    fc.assert(
      fc.property(list(0, 59), list(0, 23), dayFields, list(1, 12), (minutes, hours, [date, weekday], month) => {
        const body = `${minutes} ${hours} ${date} ${month} ${weekday} *`;
        fc.pre(wrongSchedule(`cron(${body})`) === undefined);
        const runs = take(5, cronRuns(body, "Etc/UTC", now));
        deepStrictEqual(
          runs.map((run) => run.toISOString()),
          runsByTrying({ minutes, hours, date, month, weekday }, now, runs.at(-1)!),
        );
      }),
      { numRuns: 60 },
    );
  });

  it("exist for every accepted expression", () => {
    fc.assert(
      fc.property(list(0, 59), list(0, 23), dayFields, list(1, 12), (minutes, hours, [date, weekday], month) => {
        const expression = `cron(${minutes} ${hours} ${date} ${month} ${weekday} *)`;
        fc.pre(wrongSchedule(expression) === undefined);
        ok(
          nextRuns({ expression, timezone: "Asia/Tokyo" }, now).every(
            (run) => run.startsWith("never") || run.endsWith("GMT+9"),
          ),
        );
      }),
      { numRuns: 40 },
    );
  });
});

function take<T>(count: number, all: Iterable<T>): T[] {
  const found: T[] = [];
  for (const one of all) if (found.push(one) === count) break;
  return found;
}

interface Fields {
  readonly minutes: string;
  readonly hours: string;
  readonly date: string;
  readonly month: string;
  readonly weekday: string;
}

/** Tries each minute of the matching days: simple and slow. */
function runsByTrying({ minutes, hours, date, month, weekday }: Fields, after: Date, last: Date): string[] {
  const found: string[] = [];
  for (
    let day = Date.UTC(after.getUTCFullYear(), after.getUTCMonth(), after.getUTCDate());
    day <= +last;
    day += 86_400_000
  ) {
    const at = new Date(day);
    if (!has(month, at.getUTCMonth() + 1, 12) || !isDate(date, at) || !isWeekday(weekday, at)) continue;
    for (let minute = 0; minute < 1440; minute++) {
      const run = new Date(day + minute * 60_000);
      if (run <= after || run > last) continue;
      if (has(hours, run.getUTCHours(), 23) && has(minutes, run.getUTCMinutes(), 59)) found.push(run.toISOString());
    }
  }
  return found;
}

function has(field: string, value: number, last: number): boolean {
  return field.split(",").some((part) => {
    const [range = "", step] = part.split("/");
    const [from = 0, to = step === undefined ? from : last] = range === "*" ? [0, last] : range.split("-").map(Number);
    const start = range === "*" ? (last === 12 || last === 31 || last === 7 ? 1 : 0) : from;
    return value >= start && value <= to && (value - start) % Number(step ?? 1) === 0;
  });
}

const daysIn = (at: Date) => new Date(Date.UTC(at.getUTCFullYear(), at.getUTCMonth() + 1, 0)).getUTCDate();
const isWorkday = (at: Date, date: number) =>
  ![0, 6].includes(new Date(Date.UTC(at.getUTCFullYear(), at.getUTCMonth(), date)).getUTCDay());

function isDate(field: string, at: Date): boolean {
  const date = at.getUTCDate();
  if (field === "?") return true;
  if (field === "L") return date === daysIn(at);
  const isNearest = (wanted: number) => {
    // The nearest workday of the same month.
    const near = [0, -1, 1, -2, 2].map((by) => wanted + by).filter((one) => one >= 1 && one <= daysIn(at));
    return near.find((one) => isWorkday(at, one)) === date;
  };
  if (field === "LW") return isNearest(daysIn(at));
  if (field.endsWith("W")) return Number(field.slice(0, -1)) <= daysIn(at) && isNearest(Number(field.slice(0, -1)));
  return has(field, date, 31);
}

function isWeekday(field: string, at: Date): boolean {
  const names = ["SUN", "MON", "TUE", "WED", "THU", "FRI", "SAT"];
  const plain = field.replace(/[A-Z]{3}/g, (name) => String(names.indexOf(name) + 1));
  const weekday = at.getUTCDay() + 1;
  if (plain === "?") return true;
  if (plain === "L") return weekday === 7;
  if (plain.endsWith("L")) return weekday === Number(plain[0]) && at.getUTCDate() > daysIn(at) - 7;
  const [day, nth] = plain.split("#");
  if (nth !== undefined) return weekday === Number(day) && Math.ceil(at.getUTCDate() / 7) === Number(nth);
  return has(plain, weekday, 7);
}
