import { type BaselineSettings, complianceLevels } from "@patchpath/components";
import { type BaselineSystemName, baselineSystems, isBaselineSystem, isFilterValue } from "patchpath/facts";
import { z } from "zod";
import { type AroundSources, problemsOfReach } from "./baseline-sources";
import { listed } from "./problems";
import { elements, namespace, record, text } from "./values";

const complianceLevel = z.enum(complianceLevels).default("UNSPECIFIED");

/**
 * Source of the bounds: https://docs.aws.amazon.com/systems-manager/latest/APIReference/API_CreatePatchBaseline.html and the
 * types that it names, as in botocore's model of the API, checked 2026-11-22.
 */
const patches = z
  .array(text(/^.{1,100}$/, "the name of a patch, 1 to 100 characters"))
  .max(50)
  .default([]);

const rule = z.strictObject({
  filters: z
    .record(z.string(), z.array(z.string()).min(1).max(20))
    .refine(
      (filters) => Object.keys(filters).length > 0,
      "at least one filter, such as `{ CLASSIFICATION: [Security] }`",
    )
    .refine((filters) => Object.keys(filters).length <= 4, "at most 4 filters, which is all that AWS takes in a rule"),
  approveAfterDays: z.int().min(0).max(360).optional(),
  approveUntilDate: z.string().refine(isDate, "a date such as `2026-11-22`").optional(),
  complianceLevel,
  nonSecurity: z.boolean().default(false),
});

const source = z.strictObject({
  name: text(/^[\w.-]{3,50}$/, "3 to 50 letters, digits or `_-.`"),
  products: z
    .array(text(/^.{1,128}$/, "the name of a product, 1 to 128 characters"))
    .min(1)
    .max(20),
  configuration: text(
    /^\s*(\[[^\]]+\]|deb(-src)? )[\s\S]{1,1000}$/,
    "a section of yum's configuration or a `deb` line, at most 1024 characters",
  ),
});

const baseline = z.strictObject({
  operatingSystem: z.custom<BaselineSystemName>(
    (name) => typeof name === "string" && isBaselineSystem(name),
    `one of ${listed(Object.keys(baselineSystems))}`,
  ),
  rules: z.array(rule).max(10).default([]),
  approvedPatches: patches,
  approvedPatchesComplianceLevel: complianceLevel,
  approvedPatchesNonSecurity: z.boolean().default(false),
  rejectedPatches: patches,
  rejectedPatchesAction: z.enum(["ALLOW_AS_DEPENDENCY", "BLOCK"]).default("ALLOW_AS_DEPENDENCY"),
  sources: z.array(source).max(20).default([]),
  default: z.boolean().default(false),
}) satisfies z.ZodType<BaselineSettings>;

/** `patchpath:baselines`. */
export const baselines = z.array(baseline).default([]);

function isDate(value: string): boolean {
  const time = new Date(`${value}T00:00:00Z`);
  return /^\d{4}-\d{2}-\d{2}$/.test(value) && !Number.isNaN(+time) && time.toISOString().startsWith(value);
}

/** What else in the config decides about baselines. */
interface Around extends AroundSources {
  readonly method: unknown;
}

/** What is wrong between the values of baselines, with their systems, and with what the topology reaches. */
export function problemsOfBaselines(value: unknown, around: Around): string[] {
  const list = elements(value).map(record);
  return list.flatMap((one, i) => {
    const key = `${namespace}baselines[${i}]`;
    const system = one["operatingSystem"];
    if (typeof system !== "string" || !isBaselineSystem(system)) return [];
    const first = list.findIndex((other) => other["operatingSystem"] === system);
    return [
      ...(first < i
        ? [
            `\`${key}.operatingSystem\` is \`${system}\`, as \`baselines[${first}].operatingSystem\` is; expected one baseline for each`,
          ]
        : []),
      ...problemsOfMethod(one, key, around.method),
      ...elements(one["rules"]).flatMap((each, j) => problemsOfRule(record(each), system, `${key}.rules[${j}]`)),
      ...problemsOfPatches(one, system, key),
      ...problemsOfReach(one["sources"], system, key, around),
    ];
  });
}

function problemsOfMethod(one: Readonly<Record<string, unknown>>, key: string, method: unknown): string[] {
  if (method !== "host-management" || one["default"] === true) return [];
  return [
    `\`${key}.default\` is \`false\`; expected \`true\`, since the method \`host-management\` scans against default baselines`,
  ];
}

function problemsOfRule(rule: Readonly<Record<string, unknown>>, system: BaselineSystemName, key: string): string[] {
  const { filters: known, releaseDates } = baselineSystems[system];
  const { approveAfterDays, approveUntilDate, nonSecurity } = rule;
  const problems = Object.entries(record(rule["filters"])).flatMap(([name, values]) => {
    const allowed = Object.entries(known).find(([one]) => one === name)?.[1];
    if (!allowed) {
      return [
        `\`${key}.filters.${name}\` is no filter of \`${system}\`; expected one of ${listed(Object.keys(known))}`,
      ];
    }
    return elements(values).flatMap((value, i) => {
      if (typeof value !== "string" || isFilterValue(allowed, value)) return [];
      const expected = "form" in allowed ? `a value such as \`${allowed.example}\`` : `one of ${listed(allowed)}`;
      return [`\`${key}.filters.${name}[${i}]\` is \`${value}\`; expected ${expected}, or \`*\``];
    });
  });
  if (approveAfterDays !== undefined && approveUntilDate !== undefined) {
    problems.push(`\`${key}.approveUntilDate\` stands beside \`approveAfterDays\`; expected one of both`);
  }
  if (
    !releaseDates &&
    (approveUntilDate !== undefined || (typeof approveAfterDays === "number" && approveAfterDays > 0))
  ) {
    const name = approveUntilDate === undefined ? "approveAfterDays" : "approveUntilDate";
    problems.push(
      `\`${key}.${name}\` is not for \`${system}\`, whose patches have no dates of release; expected it left out`,
    );
  }
  if (system === "WINDOWS" && nonSecurity === true) {
    problems.push(`\`${key}.nonSecurity\` is for Linux; expected it left out with \`WINDOWS\``);
  }
  return problems;
}

function problemsOfPatches(one: Readonly<Record<string, unknown>>, system: BaselineSystemName, key: string): string[] {
  const [approved, rejected] = [elements(one["approvedPatches"]), elements(one["rejectedPatches"])];
  const problems = approved
    .filter((patch) => rejected.includes(patch))
    .map(
      (patch) =>
        `\`${key}.rejectedPatches\` has \`${String(patch)}\`, which \`approvedPatches\` has too; expected it in one of both`,
    );
  if (system !== "WINDOWS") return problems;
  for (const [name, list] of Object.entries({ approvedPatches: approved, rejectedPatches: rejected })) {
    list.forEach((patch, i) => {
      if (typeof patch === "string" && !/^(KB\d{5,8}|[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12})$/i.test(patch)) {
        problems.push(
          `\`${key}.${name}[${i}]\` is \`${patch}\`; expected the number of a KB article, such as \`KB5031364\`, or the id of an update`,
        );
      }
    });
  }
  if (one["approvedPatchesNonSecurity"] === true) {
    problems.push(`\`${key}.approvedPatchesNonSecurity\` is for Linux; expected it left out with \`WINDOWS\``);
  }
  if (elements(one["sources"]).length > 0) {
    problems.push(`\`${key}.sources\` is for Linux; expected it left out with \`WINDOWS\``);
  }
  return problems;
}
