import {
  type PatchMethod,
  type PatchingSettings,
  partsOf,
  patchMethods,
  patchingDefaults,
  wrongSchedule,
} from "@patchpath/components";
import { type Region, patchPolicyRegions, regions } from "patchpath/facts";
import { z } from "zod";
import { oneOf, orListed } from "./problems";
import { expect, fieldsOf, say, whenRight, withForms } from "./section";
import { bucketForm, namesIn, namespace, text } from "./values";

const schedule = z.string().superRefine((expression, context) => {
  const expected = wrongSchedule(expression);
  if (expected !== undefined) context.addIssue(expected);
});

const timezone = z
  .string()
  .refine(isTimezone, "an IANA time zone, such as `Asia/Tokyo`")
  .default(patchingDefaults.timezone)
  .describe("the IANA time zone of the schedules");

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

/** Of each method its keys, and no other: what a method would ignore is an error. */
const operation = z
  .enum(["Scan", "Install"])
  .default(patchingDefaults.operation)
  .describe("`Scan` reports missing patches, `Install` installs them and restarts instances if required");

const scanSchedule = schedule
  .optional()
  .describe(
    "the schedule of an additional scan; with `patch-policy`, which always scans, daily at 01:00 UTC unless given",
  );

const s3Output = "`true`, or the name of a bucket";

const commands = {
  maxConcurrency: limit(/^([1-9]\d{0,6}|[1-9]\d?%|100%)$/, "a number of instances or `1%` to `100%`")
    .default(patchingDefaults.maxConcurrency)
    .describe("instances to patch at the same time, a number or a percentage"),
  maxErrors: limit(/^(0|[1-9]\d{0,6}|0%|[1-9]\d?%|100%)$/, "a number of failures or `0%` to `100%`")
    .default(patchingDefaults.maxErrors)
    .describe("failures after which no further instances are patched, a number or a percentage"),
  rebootOption: z
    .enum(["RebootIfNeeded", "NoReboot"])
    .default(patchingDefaults.rebootOption)
    .describe("whether instances restart after an installation"),
  agentUpdates: z
    .boolean()
    .default(false)
    .describe(
      "updates the SSM agent at once and then every week, by an association with AWS-UpdateSSMAgent; `host-management` does so by itself",
    ),
  output: z
    .strictObject({
      s3: z
        .union([z.boolean(), text(bucketForm, s3Output)], s3Output)
        .default(false)
        .describe("writes the output of commands to a bucket of the stack, or to the bucket with this name"),
      cloudWatch: z.boolean().default(false).describe("writes the output of commands to a log group of the stack"),
      forceDestroy: z
        .boolean()
        .default(false)
        .describe("deletes the bucket of the stack with its objects; otherwise it must be empty to be deleted"),
      versioning: z
        .boolean()
        .default(false)
        .describe("keeps objects of the bucket of the stack that are overwritten or deleted for 90 days"),
    })
    .prefault({})
    .describe("where the output of commands goes in addition to the console"),
};

const targets = z
  .strictObject({
    organizationalUnits: z
      .array(text(/^(ou-[0-9a-z]{4,32}-[a-z0-9]{8,32}|r-[0-9a-z]{4,32})$/, "the id of an organizational unit"))
      .default([])
      .describe("ids of organizational units; all of their instances are targets"),
    regions: z
      .array(z.enum(namesIn(regions)))
      .default([])
      .describe("regions, the stack's own unless given"),
  })
  .prefault({})
  .describe("targets of Quick Setup beyond the stack's account and region");

const method = <M extends PatchMethod>(name: M) =>
  z.literal(name).describe(`how patching runs: ${orListed(patchMethods)}`);

const hooks = z
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

/**
 * Source of the checks of schedules: https://docs.aws.amazon.com/systems-manager/latest/userguide/reference-cron-and-rate-expressions.html
 * (an offset only with cron, `at` in UTC, no months for State Manager, by which patch policies run) and
 * https://docs.aws.amazon.com/systems-manager/latest/userguide/quick-setup-patch-manager.html (cron in UTC), checked 2026-11-22.
 */
const maintenanceWindow = z
  .strictObject({
    method: method("maintenance-window").default("maintenance-window"),
    operation,
    schedule: schedule
      .default(patchingDefaults.schedule)
      .describe("the schedule, in AWS's syntax: `cron(...)`, `rate(...)` or `at(...)`"),
    timezone,
    offset: z.int().min(1).max(6).optional().describe("days to wait after the date of the cron expression, 1 to 6"),
    scanSchedule,
    duration: z
      .int()
      .min(1)
      .max(24)
      .default(patchingDefaults.duration)
      .describe("the duration of the maintenance window in hours, 1 to 24"),
    cutoff: z
      .int()
      .min(0)
      .max(23)
      .default(patchingDefaults.cutoff)
      .describe("hours before the end of the maintenance window in which no new task is started"),
    hooks,
    ...commands,
  })
  .superRefine((value, context) => {
    const { cutoff, duration, offset, timezone: zone } = value;
    if (cutoff >= duration) expect(context, ["cutoff"], `less than \`duration\`, which is \`${duration}\``);
    if (offset !== undefined && partsOf(value.schedule).kind !== "cron") {
      expect(context, ["offset"], "it left out, or `schedule` as `cron(...)`");
    }
    const isAt = [value.schedule, value.scanSchedule].some((one) => one !== undefined && partsOf(one).kind === "at");
    if (isAt && !["Etc/UTC", "UTC"].includes(zone))
      expect(context, ["timezone"], "`Etc/UTC`, in which AWS reads `at(...)`");
    if (value.operation === "Install") return;
    if (value.scanSchedule !== undefined) {
      say(context, ["scanSchedule"], "is for windows that install; expected it left out with the operation `Scan`");
    }
    if (value.hooks) say(context, ["hooks"], "run when patches are installed; expected the operation `Install`");
  }, whenRight)
  .transform(withDefaults)
  .prefault({});

const everyMonth = "`*` in the field for the month, since State Manager, by which a patch policy runs, takes no months";

const patchPolicy = z
  .strictObject({
    method: method("patch-policy"),
    operation,
    schedule: schedule.optional().describe("when to install, as `cron(...)` in UTC"),
    scanSchedule,
    targets,
    configurationId: text(/^[a-z0-9]{1,40}$/, "the id that Quick Setup gave, lower-case letters and digits")
      .optional()
      .describe(
        "the id that Quick Setup assigned to the configuration: if set, the stack tags the roles instead of AWS",
      ),
    ...commands,
  })
  .superRefine(({ schedule: installs, scanSchedule: scans, operation: asked, output }, context) => {
    for (const [name, expression] of Object.entries({ schedule: installs, scanSchedule: scans })) {
      if (expression === undefined) continue;
      const { kind, body } = partsOf(expression);
      if (kind !== "cron") expect(context, [name], "`cron(...)`, the only form that a patch policy takes");
      else if (body.split(" ")[3] !== "*") expect(context, [name], everyMonth);
    }
    if (asked === "Scan" && installs !== undefined) {
      say(context, ["schedule"], "is for the operation `Install`; expected `scanSchedule` with `Scan`");
    }
    if (output.cloudWatch) expect(context, ["output", "cloudWatch"], "`s3`, the only output of a patch policy");
  }, whenRight)
  .transform(withDefaults);

const hostManagement = z.strictObject({ method: method("host-management"), targets }).transform(withDefaults);

const onDemand = z.strictObject({ method: method("on-demand"), ...commands }).transform(withDefaults);

/** The components' settings are those of all methods together. */
function withDefaults(given: Omit<Partial<PatchingSettings>, "schedule"> & { readonly schedule?: string | undefined }) {
  const { schedule: when = patchingDefaults.schedule } = given;
  return { ...patchingDefaults, ...given, schedule: when } satisfies PatchingSettings;
}

const forms = {
  "maintenance-window": maintenanceWindow,
  "patch-policy": patchPolicy,
  "host-management": hostManagement,
  "on-demand": onDemand,
};

/** `patchpath:patching`: a form for each method, with the keys that it has a use for. */
export const patching = withForms([maintenanceWindow, patchPolicy, hostManagement, onDemand], {
  names: patchMethods.map((name) => `\`${name}\``),
  formOf: (value) => {
    const asked = methodOf(value);
    const known = patchMethods.find((one) => one === asked);
    return known ? forms[known] : z.looseObject({ method: z.enum(patchMethods) });
  },
  misplaced: (name, value) => {
    const asked = String(methodOf(value));
    const others = patchMethods.filter((one) => fieldsOf(forms[one]).some(({ path }) => path === name));
    if (others.length === 0) return undefined;
    const why = name === "operation" && asked === "host-management" ? ", which only scans" : "";
    return `is not for the method \`${asked}\`${why}; expected it left out, or the method ${orListed(others)}`;
  },
});
export type Patching = z.output<typeof patching>;

function methodOf(value: unknown): unknown {
  const { method: asked = patchingDefaults.method } = Object(value) as { readonly method?: unknown };
  return asked;
}

interface Config {
  readonly patching?: Patching | undefined;
  readonly region?: Region | undefined;
}

/** Where AWS offers patch policies. */
export function checkPatching({ patching, region }: Config): string[] {
  if (patching?.method !== "patch-policy") return [];
  const key = `${namespace}patching`;
  const isOffered = (name: string) => patchPolicyRegions.some((offered) => offered === name);
  return [
    ...(region && !isOffered(region)
      ? [
          `\`${key}.method\` is \`patch-policy\`, which AWS does not offer in \`${region}\`; expected another method, or another region, ${oneOf(patchPolicyRegions, region)}`,
        ]
      : []),
    ...(patching.targets?.regions ?? []).flatMap((name, i) =>
      isOffered(name)
        ? []
        : [
            `\`${key}.targets.regions[${i}]\` is \`${name}\`, where AWS offers no patch policies; expected ${oneOf(patchPolicyRegions, name)}`,
          ],
    ),
  ];
}
