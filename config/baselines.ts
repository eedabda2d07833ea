import {
  type BaselineSettings,
  type PatchMethod,
  baselineDefaults,
  complianceLevels,
  defaultApprovalDays,
} from "@patchpath/components";
import { type BaselineSystemName, baselineSystems, isFilterValue } from "patchpath/facts";
import { z } from "zod";
import { choice } from "./problems";
import { expect, say, whenRight } from "./section";
import { namesIn, namespace, text } from "./values";

const complianceLevel = z.enum(complianceLevels).default(baselineDefaults.complianceLevel);

/**
 * Source of the bounds: https://docs.aws.amazon.com/systems-manager/latest/APIReference/API_CreatePatchBaseline.html and the
 * types that it names, as in botocore's model of the API, checked 2026-11-22.
 */
const patches = z
  .array(text(/^.{1,100}$/, "the name of a patch, 1 to 100 characters"))
  .max(50)
  .default([]);

const rule = z
  .strictObject({
    filters: z
      .record(z.string(), z.array(z.string()).min(1).max(20))
      .refine(
        (filters) => Object.keys(filters).length > 0,
        "at least one filter, such as `{ CLASSIFICATION: [Security] }`",
      )
      .refine((filters) => Object.keys(filters).length <= 4, "at most 4 filters, which is all that AWS takes in a rule")
      .describe(
        "values by the key of the filter, such as `{ CLASSIFICATION: [Security] }`; a patch must match all filters",
      ),
    approveAfterDays: z
      .int()
      .min(0)
      .max(360)
      .optional()
      .describe(
        `days from the release of a patch to its approval, ${defaultApprovalDays} unless given; not for systems that do not publish release dates`,
      ),
    approveUntilDate: z
      .string()
      .refine(isDate, "a date such as `2026-11-22`")
      .optional()
      .describe("instead of days: approves all patches released up to this date, such as `2026-11-22`"),
    complianceLevel: complianceLevel.describe("the compliance level of a missing patch"),
    nonSecurity: z.boolean().default(false).describe("also approves patches that are not security updates; Linux only"),
  })
  .superRefine(({ approveAfterDays, approveUntilDate }, context) => {
    if (approveAfterDays === undefined || approveUntilDate === undefined) return;
    say(context, ["approveUntilDate"], "is given in addition to `approveAfterDays`; expected exactly one of the two");
  }, whenRight);

const source = z.strictObject({
  name: text(/^[\w.-]{3,50}$/, "3 to 50 letters, digits or `_-.`").describe("the name of the source"),
  products: z
    .array(text(/^.{1,128}$/, "the name of a product, 1 to 128 characters"))
    .min(1)
    .max(20)
    .describe("the products to which it applies, or `*`"),
  configuration: text(
    /^\s*(\[[^\]]+\]|deb(-src)? )[\s\S]{1,1000}$/,
    "a section of yum's configuration or a `deb` line, at most 1024 characters",
  ).describe("a section of a yum configuration, or a `deb` line"),
});

/** An element of `patchpath:baselines`. */
export const baseline = z
  .strictObject({
    operatingSystem: z
      .enum(namesIn(baselineSystems))
      .describe("AWS's name of the operating system; one baseline for each"),
    rules: z.array(rule).max(10).default([]).describe("which patches are approved, and when"),
    approvedPatches: patches.describe(
      "patches that are always approved: full names of packages, or numbers of KB articles",
    ),
    approvedPatchesComplianceLevel: complianceLevel.describe("the compliance level if one of these is missing"),
    approvedPatchesNonSecurity: z
      .boolean()
      .default(false)
      .describe("whether these include patches that are not security updates; Linux only"),
    rejectedPatches: patches.describe("patches that are never installed"),
    rejectedPatchesAction: z
      .enum(["ALLOW_AS_DEPENDENCY", "BLOCK"])
      .default(baselineDefaults.rejectedPatchesAction)
      .describe("whether a rejected package is installed if another package requires it"),
    sources: z
      .array(source)
      .max(20)
      .default([])
      .describe("package repositories instead of the system's own; Linux only"),
    availableSecurityUpdates: z
      .enum(["COMPLIANT", "NON_COMPLIANT"])
      .optional()
      .describe(
        "the compliance status of an instance that lacks an available security update which is not approved yet, `COMPLIANT` unless given; Windows only",
      ),
    default: z
      .boolean()
      .default(false)
      .describe("whether it is also the account's default for the operating system in this region"),
  })
  .superRefine((value, context) => {
    value.rules.forEach((_, i) => {
      checkRule(value, i, context);
    });
    checkPatches(value, context);
  }, whenRight) satisfies z.ZodType<BaselineSettings>;
export type Baseline = z.output<typeof baseline>;

/** `patchpath:baselines`. */
export const baselines = z.array(baseline).default([]);

function isDate(value: string): boolean {
  const time = new Date(`${value}T00:00:00Z`);
  return /^\d{4}-\d{2}-\d{2}$/.test(value) && !Number.isNaN(+time) && time.toISOString().startsWith(value);
}

interface Values {
  readonly operatingSystem: BaselineSystemName;
  readonly rules: readonly z.output<typeof rule>[];
  readonly approvedPatches: readonly string[];
  readonly approvedPatchesNonSecurity: boolean;
  readonly rejectedPatches: readonly string[];
  readonly sources: readonly unknown[];
  readonly availableSecurityUpdates?: unknown;
}

function checkRule({ operatingSystem: system, rules }: Values, i: number, context: z.RefinementCtx): void {
  const { filters, approveAfterDays = 0, approveUntilDate, nonSecurity } = rules[i]!;
  const { filters: known, releaseDates } = baselineSystems[system];
  const place = ["rules", i];
  for (const [name, values] of Object.entries(filters)) {
    const allowed = Object.entries(known).find(([one]) => one === name)?.[1];
    if (!allowed) {
      const words = `is not a filter of \`${system}\`; expected ${choice(Object.keys(known), name)}`;
      say(context, [...place, "filters", name], words);
      continue;
    }
    values.forEach((value, j) => {
      if (isFilterValue(allowed, value)) return;
      expect(
        context,
        [...place, "filters", name, j],
        "form" in allowed ? `a value such as \`${allowed.example}\`, or \`*\`` : choice([...allowed, "*"], value),
      );
    });
  }
  if (!releaseDates && (approveUntilDate !== undefined || approveAfterDays > 0)) {
    const name = approveUntilDate === undefined ? "approveAfterDays" : "approveUntilDate";
    const words = `is not for \`${system}\`, whose repositories do not publish release dates; expected it left out`;
    say(context, [...place, name], words);
  }
  if (system === "WINDOWS" && nonSecurity) say(context, [...place, "nonSecurity"], forLinux);
}

const forLinux = "is for Linux; expected it left out with `WINDOWS`";

function checkPatches(value: Values, context: z.RefinementCtx): void {
  const { operatingSystem, approvedPatches, rejectedPatches } = value;
  for (const patch of approvedPatches.filter((one) => rejectedPatches.includes(one))) {
    const words = `has \`${patch}\`, which \`approvedPatches\` has too; expected it in one of the two`;
    say(context, ["rejectedPatches"], words);
  }
  if (operatingSystem !== "WINDOWS") {
    if (value.availableSecurityUpdates !== undefined) {
      say(
        context,
        ["availableSecurityUpdates"],
        `is for \`WINDOWS\`; expected it left out with \`${operatingSystem}\``,
      );
    }
    return;
  }
  for (const [name, list] of Object.entries({ approvedPatches, rejectedPatches })) {
    list.forEach((patch, i) => {
      if (/^(KB\d{5,8}|[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12})$/i.test(patch)) return;
      expect(context, [name, i], "the number of a KB article, such as `KB5031364`, or the id of an update");
    });
  }
  if (value.approvedPatchesNonSecurity) say(context, ["approvedPatchesNonSecurity"], forLinux);
  if (value.sources.length > 0) say(context, ["sources"], forLinux);
}

interface Config {
  /** At their places; `undefined` where one is wrong by itself. */
  readonly eachBaseline: readonly (Baseline | undefined)[];
  readonly patching?: { readonly method: PatchMethod } | undefined;
}

/** What is wrong between baselines, and with the method that patches by them. */
export function checkBaselines({ eachBaseline, patching }: Config): string[] {
  return eachBaseline.flatMap((one, i) => {
    if (!one) return [];
    const key = `${namespace}baselines[${i}]`;
    const { operatingSystem: system } = one;
    const first = eachBaseline.findIndex((other) => other?.operatingSystem === system);
    return [
      ...(first < i
        ? [
            `\`${key}.operatingSystem\` is \`${system}\`, as \`baselines[${first}].operatingSystem\` is; expected one baseline for each`,
          ]
        : []),
      ...(patching?.method === "host-management" && !one.default
        ? [
            `\`${key}.default\` is \`false\`; expected \`true\`, since the method \`host-management\` scans against default baselines`,
          ]
        : []),
    ];
  });
}
