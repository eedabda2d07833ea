/** A field of a cron expression: its bounds, the names of its values, and what else it may hold. */
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
 * checked 2026-11-22.
 */
const cronFields: readonly CronField[] = [
  { name: "minutes", first: 0, last: 59 },
  { name: "hours", first: 0, last: 23 },
  { name: "day of the month", first: 1, last: 31, special: /^(\?|L|LW|\d{1,2}W)$/ },
  { name: "month", first: 1, last: 12, names: months },
  { name: "day of the week", first: 1, last: 7, names: days, special: /^(\?|L|([1-7]|[A-Z]{3})(L|#[1-5]))$/ },
  { name: "year", first: 1970, last: 2199 },
];

/**
 * What is wrong with the schedule of a maintenance window, as a clause; `undefined` when AWS takes it: `cron(...)` with
 * six fields, `rate(...)`, or `at(...)`.
 */
export function wrongSchedule(schedule: string): string | undefined {
  const [, kind, body = ""] = /^(cron|rate|at)\((.*)\)$/.exec(schedule) ?? [];
  switch (kind) {
    case "cron":
      return wrongCron(body.split(/\s+/));
    case "rate":
      return wrongRate(body);
    case "at":
      return /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}$/.test(body) && !Number.isNaN(Date.parse(`${body}Z`))
        ? undefined
        : "`at(...)` with a time such as `2026-11-20T18:00:00`";
    default:
      return "`cron(...)` with six fields, `rate(...)` or `at(...)`";
  }
}

function wrongCron(fields: readonly string[]): string | undefined {
  if (fields.length !== cronFields.length) return "`cron(...)` with six fields, such as `cron(0 18 ? * SUN *)`";
  const wrong = cronFields.find((field, i) => !isRight(field, fields[i]!));
  if (wrong) {
    const { name, first, last, names } = wrong;
    return `${first} to ${last}${names ? ` or ${names[0]} to ${names.at(-1)}` : ""} in the field for the ${name}`;
  }
  const [, , dayOfMonth, , dayOfWeek] = fields;
  return (dayOfMonth === "?") === (dayOfWeek === "?")
    ? "`?` in one of the fields for the day of the month and the day of the week, and not in both"
    : undefined;
}

/** Values, ranges and steps, with commas between them. */
function isRight({ first, last, names = [], special }: CronField, text: string): boolean {
  if (special?.test(text)) return true;
  const isValue = (value: string) =>
    names.includes(value) || (/^\d{1,4}$/.test(value) && Number(value) >= first && Number(value) <= last);
  return text.split(",").every((part) => {
    const [range = "", step, ...more] = part.split("/");
    if (more.length > 0 || (step !== undefined && !/^[1-9]\d*$/.test(step))) return false;
    const ends = range.split("-");
    return range === "*" || (ends.length <= 2 && ends.every(isValue));
  });
}

function wrongRate(body: string): string | undefined {
  const [, count, unit = ""] = /^([1-9]\d*) (minutes?|hours?|days?)$/.exec(body) ?? [];
  return count !== undefined && (count === "1") !== unit.endsWith("s")
    ? undefined
    : "`rate(...)` with a number above 0 and its unit, such as `rate(1 day)` or `rate(7 days)`";
}
