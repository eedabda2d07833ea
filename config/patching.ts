import {
  type PatchMethod,
  type PatchingSettings,
  partsOf,
  patchMethods,
  patchingDefaults,
  settingsOfWindow,
} from "@patchpath/components";
import { type Region, patchPolicyRegions, regions } from "patchpath/facts";
import { z } from "zod";
import {
  checkWindow,
  cutoff,
  duration,
  fleetWindow,
  hooks,
  ianaName,
  maxConcurrency,
  maxErrors,
  offset,
  rebootOption,
  schedule,
} from "./maintenance-window";
import { oneOf, orListed } from "./problems";
import { expect, fieldsOf, say, whenRight, withForms } from "./section";
import { bucketForm, namesIn, namespace, text } from "./values";

const timezone = ianaName.default(patchingDefaults.timezone).describe("the IANA time zone of the schedules");

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
  maxConcurrency: maxConcurrency
    .default(patchingDefaults.maxConcurrency)
    .describe("instances to patch at the same time, a number or a percentage"),
  maxErrors: maxErrors
    .default(patchingDefaults.maxErrors)
    .describe("failures after which no further instances are patched, a number or a percentage"),
  rebootOption: rebootOption
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

const maintenanceWindow = z
  .strictObject({
    method: method("maintenance-window").default("maintenance-window"),
    operation,
    schedule: schedule
      .default(patchingDefaults.schedule)
      .describe("the schedule, in AWS's syntax: `cron(...)`, `rate(...)` or `at(...)`"),
    timezone,
    offset,
    scanSchedule,
    duration: duration
      .default(patchingDefaults.duration)
      .describe("the duration of the maintenance window in hours, 1 to 24"),
    cutoff: cutoff
      .default(patchingDefaults.cutoff)
      .describe("hours before the end of the maintenance window in which no new task is started"),
    hooks,
    windows: z
      .array(fleetWindow)
      .default([])
      .describe(
        "maintenance windows for some fleets, with schedules of their own; all other fleets have that of the stack",
      ),
    ...commands,
  })
  .superRefine((value, context) => {
    checkWindow(value, context);
    for (const [i, window] of value.windows.entries()) {
      const { hooks: shared, ...own } = settingsOfWindow(withDefaults(value), window);
      // Hooks of the stack are for installations, so a window that only scans has none of them.
      checkWindow({ ...own, hooks: own.operation === "Install" ? shared : window.hooks }, context, ["windows", i]);
    }
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
