import { Cron } from "croner";
import { cronRuns, wrongCron } from "./cron";

/** A schedule, in the terms of AWS. */
export interface Schedule {
  /** `cron(...)` with six fields, `rate(...)` or `at(...)`. */
  readonly expression: string;
  /** IANA name. AWS reads `at(...)` as UTC. */
  readonly timezone: string;
  /** Days to wait after the date of the cron expression, as for "three days after Patch Tuesday". */
  readonly offset?: number | undefined;
}

/**
 * What is wrong with a schedule expression, as a clause that completes "expected …"; `undefined` if AWS accepts it.
 *
 * Source: https://docs.aws.amazon.com/systems-manager/latest/userguide/reference-cron-and-rate-expressions.html; the length
 * from the API's `MaintenanceWindowSchedule`; checked 2026-11-22.
 */
export function wrongSchedule(expression: string): string | undefined {
  if (expression.length > 256) return "at most 256 characters";
  const { kind, body } = partsOf(expression);
  switch (kind) {
    case "cron":
      return wrongCron(body);
    case "rate":
      return wrongRate(body);
    case "at":
      return isTime(body) ? undefined : "`at(...)` with a time such as `2026-11-20T18:00:00`";
    default:
      return "`cron(...)` with six fields, `rate(...)` or `at(...)`";
  }
}

/** The text before the parentheses, and the text in them. */
export function partsOf(expression: string): { readonly kind: string | undefined; readonly body: string } {
  const [, kind, body = ""] = /^(cron|rate|at)\((.*)\)$/.exec(expression) ?? [];
  return { kind, body };
}

/** `Date.parse` accepts February 30 as March 2. */
function isTime(text: string): boolean {
  const time = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}$/.test(text) ? new Date(`${text}Z`) : new Date(Number.NaN);
  return !Number.isNaN(+time) && time.toISOString().startsWith(text);
}

function wrongRate(body: string): string | undefined {
  const [, count, unit = ""] = /^([1-9]\d*) (minutes?|hours?|days?)$/.exec(body) ?? [];
  return count !== undefined && (count === "1") !== unit.endsWith("s")
    ? undefined
    : "`rate(...)` with a number above 0 and its unit, such as `rate(1 day)` or `rate(7 days)`";
}

/**
 * The next five runs after a time, each as `Sun 2026-11-29 18:00 GMT+9`, or a phrase if they cannot be determined or there are none.
 * A rate is counted from a time that only AWS knows.
 */
export function nextRuns({ expression, timezone, offset = 0 }: Schedule, now: Date): string[] {
  const { kind, body } = partsOf(expression);
  if (kind === "rate") return [`every ${body}, counted from the time at which AWS received the schedule`];
  const runs = kind === "at" ? [new Date(`${body}Z`)] : delayedRuns(body, timezone, offset, now);
  const coming: string[] = [];
  for (const run of runs) {
    if (run > now) coming.push(inWords(run, timezone));
    if (coming.length === 5) break;
  }
  return coming.length > 0 ? coming : ["no further runs"];
}

/** The runs of a cron expression in a span of time; `undefined` for other expressions. */
export function runsFrom({ expression, timezone, offset = 0 }: Schedule, from: Date, to: Date): Date[] | undefined {
  const { kind, body } = partsOf(expression);
  if (kind !== "cron") return undefined;
  const runs: Date[] = [];
  for (const run of delayedRuns(body, timezone, offset, from)) {
    if (run >= to) break;
    if (run >= from) runs.push(run);
  }
  return runs;
}

/** Starts far enough in the past to include a run whose offset moves it past `now`. */
function* delayedRuns(body: string, timezone: string, offset: number, now: Date): Generator<Date> {
  const after = new Date(+now - (offset + 1) * 86_400_000);
  for (const run of cronRuns(body, timezone, after)) yield daysLater(run, offset, timezone);
}

/** The same time of day, also across a change to daylight saving time. */
function daysLater(run: Date, offset: number, timezone: string): Date {
  if (offset === 0) return run;
  const { year, month, day, hour, minute } = localParts(run, timezone);
  const wall = new Date(Date.UTC(Number(year), Number(month) - 1, Number(day) + offset, Number(hour), Number(minute)));
  const pattern = wall.toISOString().slice(0, 19);
  return new Cron(pattern, { timezone }).nextRun(run) ?? new Date(+run + offset * 86_400_000);
}

function inWords(run: Date, timezone: string): string {
  const { weekday, year, month, day, hour, minute, timeZoneName } = localParts(run, timezone);
  return `${weekday} ${year}-${month}-${day} ${hour}:${minute} ${timeZoneName}`;
}

type LocalPart = "weekday" | "year" | "month" | "day" | "hour" | "minute" | "timeZoneName";

function localParts(time: Date, timeZone: string): Record<LocalPart, string> {
  const format = new Intl.DateTimeFormat("en-US", {
    timeZone,
    weekday: "short",
    year: "numeric",
    month: "2-digit",
    day: "2-digit",
    hour: "2-digit",
    minute: "2-digit",
    hourCycle: "h23",
    timeZoneName: "shortOffset",
  });
  return Object.fromEntries(format.formatToParts(time).map(({ type, value }) => [type, value])) as Record<
    LocalPart,
    string
  >;
}
