import { type BaselineSettings, type Topology, complianceLevels, tierOf, topologies } from "@patchpath/components";
import {
  type BaselineSystemName,
  baselineSystemOf,
  baselineSystems,
  isBaselineSystem,
  isFilterValue,
  isSystem,
} from "patchpath/facts";
import { z } from "zod";
import { hasInterfaceEndpoints } from "./endpoints";
import { needsOf } from "./fleet-needs";
import { listed } from "./problems";
import { elements, namespace, record, text } from "./values";

const complianceLevel = z.enum(complianceLevels).default("UNSPECIFIED");

/**
 * Source of the bounds: https://docs.aws.amazon.com/systems-manager/latest/APIReference/API_CreatePatchBaseline.html and the
 * types that it names, checked 2026-11-22.
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
    ),
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
interface Around {
  readonly topology: string;
  readonly fleets: unknown;
  readonly endpoints: unknown;
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
      ...problemsOfSources(one["sources"], system, key, around),
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

/** Every fleet of the system reads every source: one that it does not reach would fail there, run after run. */
function problemsOfSources(value: unknown, system: BaselineSystemName, key: string, around: Around): string[] {
  const topology = topologies.find((one) => one === around.topology);
  if (system === "WINDOWS" || !topology) return [];
  const hasEndpoints = hasInterfaceEndpoints(around.endpoints);
  const fleets = elements(around.fleets)
    .map(record)
    .filter((fleet) => isOf(fleet, system));
  return elements(value).flatMap((source, i) => {
    const { configuration } = record(source);
    const hosts = typeof configuration === "string" ? internetHosts(configuration) : [];
    return hosts.flatMap((host) => {
      const cut = fleets.find((fleet) => !reachesInternet(fleet, topology, hasEndpoints));
      if (!cut) return [];
      const place = `\`${key}.sources[${i}].configuration\` names \`${host}\``;
      return [
        `${place}, which the fleet \`${String(cut["name"])}\` does not reach; expected the topology \`nat\` and that fleet with \`subnets: private\`, or a source in S3`,
      ];
    });
  });
}

function isOf(fleet: Readonly<Record<string, unknown>>, system: BaselineSystemName): boolean {
  const name = fleet["operatingSystem"];
  return typeof name === "string" && isSystem(name) && baselineSystemOf(name) === system;
}

function reachesInternet(fleet: unknown, topology: Topology, hasEndpoints: boolean): boolean {
  const needs = needsOf(fleet);
  return topology === "nat" && needs !== undefined && tierOf(needs, hasEndpoints) === "private";
}

/**
 * The hosts that a repository is read from over the internet: not S3 in any region, which the gateway endpoint may carry and
 * the endpoint's policy decides about, and not addresses of private networks, whose routes this stack does not know.
 */
function internetHosts(configuration: string): string[] {
  const hosts = [...configuration.matchAll(/\bhttps?:\/\/([^/\s:]+)/g)].map(([, host = ""]) => host);
  return [...new Set(hosts)].filter((host) => !isS3(host) && !isPrivate(host));
}

const isS3 = (host: string) => /(^|\.)s3[.-][a-z0-9.-]*amazonaws\.com(\.cn)?$/.test(host);
const isPrivate = (host: string) =>
  /^(10|192\.168|172\.(1[6-9]|2\d|3[01]))\.[\d.]+$/.test(host) || /\.(internal|local)$/.test(host);
