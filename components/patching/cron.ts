import { Cron, type CronOptions } from "croner";

/** A field of a cron expression: its bounds, the names of its values, and special values. */
interface CronField {
  readonly name: string;
  readonly first: number;
  readonly last: number;
  readonly names?: readonly string[];
  readonly special?: RegExp;
}

const months = ["JAN", "FEB", "MAR", "APR", "MAY", "JUN", "JUL", "AUG", "SEP", "OCT", "NOV", "DEC"];
const days = ["SUN", "MON", "TUE", "WED", "THU", "FRI", "SAT"];

/**
 * Source: https://docs.aws.amazon.com/systems-manager/latest/userguide/reference-cron-and-rate-expressions.html,
 * checked 2026-11-22. The optional seventh field of maintenance windows, seconds, is not supported here. Whether a range may wrap
 * around the end of a week or year (`FRI-MON`) is not documented there, so it is an error.
 */
const fields: readonly CronField[] = [
  { name: "minutes", first: 0, last: 59 },
  { name: "hours", first: 0, last: 23 },
  { name: "day of the month", first: 1, last: 31, special: /^(\?|L|LW|([1-9]|[12]\d|3[01])W)$/ },
  { name: "month", first: 1, last: 12, names: months },
  { name: "day of the week", first: 1, last: 7, names: days, special: /^(\?|L|([1-7]|[A-Z]{3})(L|#[1-5]))$/ },
  { name: "year", first: 1970, last: 2199 },
];

/** AWS does not support shorter intervals: the same source. */
const shortestMinutes = 5;

/** What is wrong with the text in `cron(...)`, as a clause that completes "expected …"; `undefined` if AWS accepts it. */
export function wrongCron(body: string): string | undefined {
  const texts = body.split(" ");
  if (texts.length !== fields.length || texts.includes("")) {
    return "`cron(...)` with six fields, such as `cron(0 18 ? * SUN *)`";
  }
  const wrong = fields.find((field, i) => !isValid(field, texts[i]!));
  if (wrong) {
    const { name, first, last, names } = wrong;
    return `${first} to ${last}${names ? ` or ${names[0]} to ${names.at(-1)}` : ""} in the field for the ${name}`;
  }
  const [, , dayOfMonth, , dayOfWeek] = texts;
  if ((dayOfMonth === "?") === (dayOfWeek === "?")) {
    return "`?` in exactly one of the fields for the day of the month and the day of the week";
  }
  return wrongRuns(body);
}

/** The runs of eight days contain the shortest interval: an hour has at most sixty runs, and days repeat weekly. */
function wrongRuns(body: string): string | undefined {
  const [first, ...rest] = firstOf(cronRuns(body, "UTC", new Date(Date.UTC(1970, 0, 1))), 61, 8 * 86_400_000);
  if (!first) return "a date that exists: this schedule never runs";
  const isTooFast = rest.some((run, i) => +run - +(rest[i - 1] ?? first) < shortestMinutes * 60_000);
  return isTooFast ? `at least ${shortestMinutes} minutes between runs` : undefined;
}

/** At most `count` runs, none later than `span` milliseconds after the first. */
function firstOf(runs: Iterable<Date>, count: number, span: number): Date[] {
  const found: Date[] = [];
  for (const run of runs) {
    if (+run - +(found[0] ?? run) > span || found.push(run) === count) break;
  }
  return found;
}

/** Values, ranges and steps, separated by commas. */
function isValid(field: CronField, text: string): boolean {
  const { last, special } = field;
  if (special?.test(text)) return !/[A-Z]{3}/.test(text) || valueOf(field, text.slice(0, 3)) !== undefined;
  return text.split(",").every((part) => {
    const [range = "", step, ...more] = part.split("/");
    if (more.length > 0 || (step !== undefined && !(/^[1-9]\d*$/.test(step) && Number(step) <= last))) return false;
    if (range === "*") return true;
    const ends = range.split("-").map((value) => valueOf(field, value));
    const [from, to = from, ...others] = ends;
    return others.length === 0 && from !== undefined && !ends.includes(undefined) && from <= to!;
  });
}

function valueOf({ first, last, names = [] }: CronField, text: string): number | undefined {
  if (names.includes(text)) return names.indexOf(text) + 1;
  const value = Number(text);
  return /^\d{1,4}$/.test(text) && value >= first && value <= last ? value : undefined;
}

/**
 * The runs after a time, in order, up to the last year that AWS allows.
 *
 * @param body the text in `cron(...)`, which `wrongCron` accepts
 * @param timezone IANA name
 */
export function* cronRuns(body: string, timezone: string, after: Date): Generator<Date> {
  const texts = body.split(" ").map((text, i) => inCroner(text, fields[i]!));
  const options: CronOptions = { timezone, mode: "7-part", alternativeWeekdays: true };
  const cron = new Cron(["0", ...texts].join(" "), options);
  for (let run = cron.nextRun(after); run; run = cron.nextRun(run)) yield run;
}

/** Croner supports the syntax of AWS (1 is Sunday, `?`, `L`, `W`, `#`, years) except for two abbreviations. */
function inCroner(text: string, field: CronField): string {
  if (text === "L" && field.names === days) return "7";
  return text.replace(/(^|,)(\w+)\/(\d+)/g, `$1$2-${field.last}/$3`);
}
