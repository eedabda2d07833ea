import { type PatchMethod, partsOf, patchMethods, wrongSchedule } from "@patchpath/components";
import { isRegion, patchPolicyRegions } from "patchpath/facts";
import { z } from "zod";
import { listed } from "./problems";
import { elements, isBucketName, namespace, record, text } from "./values";

const schedule = z.string().superRefine((expression, context) => {
  const expected = wrongSchedule(expression);
  if (expected !== undefined) context.addIssue(expected);
});

/**
 * Source of the bounds: https://docs.aws.amazon.com/systems-manager/latest/APIReference/ (MaxConcurrency, MaxErrors,
 * MaintenanceWindowOffset), checked 2026-11-22.
 */
const percent = "[1-9]\\d?%|100%";
const maxConcurrency = text(new RegExp(`^([1-9]\\d{0,6}|${percent})$`), "a number of instances or `1%` to `100%`");
const maxErrors = text(new RegExp(`^(0|[1-9]\\d{0,6}|0%|${percent})$`), "a number of failures or `0%` to `100%`");
const documentName = text(/^[\w.-]{3,128}$/, "the name of a Command document: 3 to 128 letters, digits or `_-.`");

/** `patchpath:patching`. */
export const patching = z
  .strictObject({
    method: z.enum(patchMethods).default("maintenance-window"),
    operation: z.enum(["Scan", "Install"]).default("Install"),
    schedule: schedule.default("cron(0 18 ? * SUN *)"),
    timezone: z.string().refine(isTimezone, "an IANA time zone, such as `Asia/Tokyo`").default("Etc/UTC"),
    offset: z.int().min(1).max(6).optional(),
    scanSchedule: schedule.optional(),
    duration: z.int().min(1).max(24).default(3),
    cutoff: z.int().min(0).max(23).default(1),
    maxConcurrency: z.preprocess(asText, maxConcurrency).default("50%"),
    maxErrors: z.preprocess(asText, maxErrors).default("1"),
    rebootOption: z.enum(["RebootIfNeeded", "NoReboot"]).default("RebootIfNeeded"),
    hooks: z
      .strictObject({
        preInstall: documentName.optional(),
        postInstall: documentName.optional(),
        onExit: documentName.optional(),
      })
      .optional(),
    output: z
      .strictObject({
        s3: z.custom<boolean | string>(isBucket, "`true`, or the name of a bucket").default(false),
        cloudWatch: z.boolean().default(false),
      })
      .prefault({}),
    targets: z
      .strictObject({
        organizationalUnits: z
          .array(text(/^(ou-[0-9a-z]{4,32}-[a-z0-9]{8,32}|r-[0-9a-z]{4,32})$/, "the id of an organizational unit"))
          .default([]),
        regions: z.array(z.string().refine(isRegion, "a region")).default([]),
      })
      .prefault({}),
    configurationId: text(/^[a-z0-9]{1,40}$/, "the id that Quick Setup gave, lower-case letters and digits").optional(),
  })
  .prefault({});

/** In YAML `1` is no text. */
function asText(value: unknown): unknown {
  return typeof value === "number" ? String(value) : value;
}

function isBucket(value: unknown): boolean {
  return typeof value === "boolean" || isBucketName(value);
}

function isTimezone(name: string): boolean {
  try {
    new Intl.DateTimeFormat("en", { timeZone: name });
    return true;
  } catch {
    return false;
  }
}

const ofCommands = ["maxConcurrency", "maxErrors", "rebootOption", "output"];

/** The keys that each method has a use for; what it would pass over in silence is an error. */
const keysOf: Readonly<Record<PatchMethod, readonly string[]>> = {
  "maintenance-window": [
    "operation",
    "schedule",
    "timezone",
    "offset",
    "scanSchedule",
    "duration",
    "cutoff",
    "hooks",
    ...ofCommands,
  ],
  "patch-policy": ["operation", "schedule", "scanSchedule", "targets", "configurationId", ...ofCommands],
  "host-management": ["targets"],
  "on-demand": ofCommands,
};

/** What is wrong between the values, and with what the method can do in the region. */
export function problemsOfPatching(value: unknown, region: string | undefined): string[] {
  const given = record(value);
  const asked = given["method"] ?? "maintenance-window";
  const method = patchMethods.find((one) => one === asked);
  if (method === undefined) return [];
  return [
    ...problemsOfKeys(given, method),
    ...problemsOfCutoff(given),
    ...problemsOfSchedules(given, method),
    ...problemsOfHooks(given),
    ...problemsOfQuickSetup(given, method, region),
  ];
}

const key = (name: string) => `\`${namespace}patching.${name}\``;

function problemsOfKeys(given: Readonly<Record<string, unknown>>, method: PatchMethod): string[] {
  return Object.keys(given).flatMap((name) => {
    const others = patchMethods.filter((other) => keysOf[other].includes(name));
    if (others.length === 0 || others.includes(method)) return [];
    const why = name === "operation" && method === "host-management" ? ", which only scans" : "";
    return [
      `${key(name)} is not for the method \`${method}\`${why}; expected it left out, or the method ${orListed(others)}`,
    ];
  });
}

function orListed(names: readonly string[]): string {
  return names.map((name) => `\`${name}\``).join(" or ");
}

function problemsOfCutoff({ cutoff = 1, duration = 3 }: Readonly<Record<string, unknown>>): string[] {
  if (typeof cutoff !== "number" || typeof duration !== "number" || cutoff < duration) return [];
  return [`${key("cutoff")} is \`${cutoff}\`; expected less than \`duration\`, which is \`${duration}\``];
}

/**
 * Source: https://docs.aws.amazon.com/systems-manager/latest/userguide/reference-cron-and-rate-expressions.html (an offset
 * only with cron, `at` in UTC) and https://docs.aws.amazon.com/systems-manager/latest/userguide/quick-setup-patch-manager.html
 * (cron in UTC), checked 2026-11-22.
 */
function problemsOfSchedules(given: Readonly<Record<string, unknown>>, method: PatchMethod): string[] {
  const { schedule, scanSchedule, offset, timezone = "Etc/UTC", operation } = given;
  const kindOf = (expression: unknown) => (typeof expression === "string" ? partsOf(expression).kind : undefined);
  const problems: string[] = [];
  if (offset !== undefined && ["rate", "at"].includes(kindOf(schedule) ?? "")) {
    problems.push(
      `${key("offset")} is \`${JSON.stringify(offset)}\`; expected it left out, or \`schedule\` as \`cron(...)\``,
    );
  }
  for (const [name, expression] of Object.entries({ schedule, scanSchedule })) {
    const kind = kindOf(expression);
    if (method === "patch-policy" && (kind === "rate" || kind === "at")) {
      problems.push(`${key(name)} is \`${String(expression)}\`; expected \`cron(...)\`, all that a patch policy takes`);
    } else if (kind === "at" && !["Etc/UTC", "UTC"].includes(String(timezone))) {
      problems.push(
        `${key("timezone")} is \`${String(timezone)}\`; expected \`Etc/UTC\`, in which AWS reads \`at(...)\``,
      );
    }
  }
  if (operation === "Scan" && scanSchedule !== undefined && method === "maintenance-window") {
    problems.push(
      `${key("scanSchedule")} is for windows that install; expected it left out with the operation \`Scan\``,
    );
  }
  if (operation === "Scan" && schedule !== undefined && method === "patch-policy") {
    problems.push(`${key("schedule")} is for the operation \`Install\`; expected \`scanSchedule\` with \`Scan\``);
  }
  return problems;
}

function problemsOfHooks({ hooks, operation }: Readonly<Record<string, unknown>>): string[] {
  if (hooks === undefined) return [];
  if (operation === "Scan")
    return [`${key("hooks")} run when patches are installed; expected the operation \`Install\``];
  const isEmpty = typeof hooks === "object" && Object.keys(record(hooks)).length === 0;
  return isEmpty ? [`${key("hooks")} is \`{}\`; expected one of \`preInstall\`, \`postInstall\`, \`onExit\``] : [];
}

function problemsOfQuickSetup(
  { targets, output }: Readonly<Record<string, unknown>>,
  method: PatchMethod,
  region: string | undefined,
): string[] {
  if (method !== "patch-policy") return [];
  const problems: string[] = [];
  const isOffered = (name: unknown) => patchPolicyRegions.some((offered) => offered === name);
  if (region !== undefined && isRegion(region) && !isOffered(region)) {
    problems.push(
      `${key("method")} is \`patch-policy\`, which AWS does not offer in \`${region}\`; expected another method, or one of the regions ${listed(patchPolicyRegions)}`,
    );
  }
  elements(record(targets)["regions"]).forEach((name, i) => {
    if (typeof name !== "string" || !isRegion(name) || isOffered(name)) return;
    problems.push(
      `${key(`targets.regions[${i}]`)} is \`${name}\`, where AWS offers no patch policies; expected one of ${listed(patchPolicyRegions)}`,
    );
  });
  if (record(output)["cloudWatch"] === true) {
    problems.push(`${key("output.cloudWatch")} is \`true\`; expected \`s3\`, all that a patch policy writes to`);
  }
  return problems;
}
