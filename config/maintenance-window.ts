import { type PatchingSettings, partsOf, wrongSchedule } from "@patchpath/components";
import { z } from "zod";
import { expect, say } from "./section";
import { nameOfPart, text } from "./values";

export const schedule = z.string().superRefine((expression, context) => {
  const expected = wrongSchedule(expression);
  if (expected !== undefined) context.addIssue(expected);
});

export const ianaName = z.string().refine(isTimezone, "an IANA time zone, such as `Asia/Tokyo`");

function isTimezone(name: string): boolean {
  try {
    new Intl.DateTimeFormat("en", { timeZone: name });
    return true;
  } catch {
    return false;
  }
}

/**
 * A number or a percentage, which in YAML need not be a text. Source of the bounds:
 * https://docs.aws.amazon.com/systems-manager/latest/APIReference/ (MaxConcurrency, MaxErrors, MaintenanceWindowOffset), as
 * in botocore's model of the API, checked 2026-11-22.
 */
const limit = (form: RegExp, expected: string) =>
  z.union([z.string(), z.number()], expected).transform(String).pipe(text(form, expected));

const document = (when: string) =>
  text(/^[\w.-]{3,128}$/, "the name of a Command document: 3 to 128 letters, digits or `_-.`")
    .optional()
    .describe(`the Command document that runs ${when}`);

export const maxConcurrency = limit(/^([1-9]\d{0,6}|[1-9]\d?%|100%)$/, "a number of instances or `1%` to `100%`");
export const maxErrors = limit(/^(0|[1-9]\d{0,6}|0%|[1-9]\d?%|100%)$/, "a number of failures or `0%` to `100%`");
export const rebootOption = z.enum(["RebootIfNeeded", "NoReboot"]);

export const hooks = z
  .strictObject({
    preInstall: document("before the patches are installed"),
    postInstall: document("after that, before the restart"),
    onExit: document("at the end, after the restart"),
  })
  .refine((value) => Object.keys(value).length > 0, {
    error: "at least one of `preInstall`, `postInstall` and `onExit`",
    when: ({ issues }) => issues.length === 0,
  })
  .optional()
  .describe("documents that run before and after an installation");

export const offset = z
  .int()
  .min(1)
  .max(6)
  .optional()
  .describe("days to wait after the date of the cron expression, 1 to 6");
export const duration = z.int().min(1).max(24);
export const cutoff = z.int().min(0).max(23);

/** What one maintenance window is. */
type WindowValues = Pick<
  PatchingSettings,
  "operation" | "schedule" | "timezone" | "offset" | "scanSchedule" | "duration" | "cutoff" | "hooks"
>;

/**
 * Source of the checks of schedules: https://docs.aws.amazon.com/systems-manager/latest/userguide/reference-cron-and-rate-expressions.html
 * (an offset only with cron, `at` in UTC, no months for State Manager, by which patch policies run) and
 * https://docs.aws.amazon.com/systems-manager/latest/userguide/quick-setup-patch-manager.html (cron in UTC), checked 2026-11-22.
 *
 * @param path of the window in the section
 */
export function checkWindow(value: WindowValues, context: z.RefinementCtx, path: readonly PropertyKey[] = []): void {
  const at = (name: string) => [...path, name];
  if (value.cutoff >= value.duration) {
    expect(context, at("cutoff"), `less than \`duration\`, which is \`${value.duration}\``);
  }
  if (value.offset !== undefined && partsOf(value.schedule).kind !== "cron") {
    expect(context, at("offset"), "it left out, or `schedule` as `cron(...)`");
  }
  const isAt = [value.schedule, value.scanSchedule].some((one) => one !== undefined && partsOf(one).kind === "at");
  if (isAt && !["Etc/UTC", "UTC"].includes(value.timezone)) {
    expect(context, at("timezone"), "`Etc/UTC`, in which AWS reads `at(...)`");
  }
  if (value.operation === "Install") return;
  if (value.scanSchedule !== undefined) {
    say(context, at("scanSchedule"), "is for windows that install; expected it left out with the operation `Scan`");
  }
  if (value.hooks) say(context, at("hooks"), "run when patches are installed; expected the operation `Install`");
}

const ofStack = "unless given, as for the other fleets";

/** A window for some fleets: what it leaves out is as in the window of the stack, but for what belongs to a schedule. */
export const fleetWindow = z.strictObject({
  name: nameOfPart.describe("part of the names of its resources: lower-case letters, digits, hyphens"),
  fleets: z
    .array(z.string(), "a list of names in `patchpath:fleets`")
    .min(1, "one name in `patchpath:fleets` or more")
    .describe("names of its fleets; a fleet is in one window"),
  schedule: schedule.describe("its schedule"),
  timezone: ianaName.optional().describe(`the time zone of its schedules, ${ofStack}`),
  offset,
  scanSchedule: schedule.optional().describe("the schedule of an additional scan"),
  operation: z.enum(["Scan", "Install"]).optional().describe(`\`Scan\` or \`Install\`, ${ofStack}`),
  duration: duration.optional().describe(`its duration in hours, ${ofStack}`),
  cutoff: cutoff.optional().describe(`hours before its end in which no new task is started, ${ofStack}`),
  maxConcurrency: maxConcurrency.optional().describe(`instances to patch at the same time, ${ofStack}`),
  maxErrors: maxErrors.optional().describe(`failures after which no further instances are patched, ${ofStack}`),
  rebootOption: rebootOption.optional().describe(`whether instances restart after an installation, ${ofStack}`),
  hooks: hooks.describe(`documents that run before and after an installation, ${ofStack}`),
});
