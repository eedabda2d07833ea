import { maxAvailabilityZones, overlap, readCidrBlock, vpcPrefixes, wrongSchedule } from "@patchpath/components";
import {
  type Region,
  type RepositorySystem,
  isRegion,
  isSystem,
  regions,
  repositorySystems,
  ssmBuckets,
  systems,
} from "patchpath/facts";
import { z } from "zod";
import { listed, problemsIn } from "./config-problems";

/**
 * The stack config, namespace `patchpath`: every value has a default but the fleets. A wrong config fails once, with
 * everything that is wrong, before anything is made. So the schema looks at each value by itself, and what concerns
 * several values is checked beside it, whatever the schema says.
 */

const namespace = "patchpath:";

/** A text of a certain form; `expected` completes "expected …". */
const text = (form: RegExp, expected: string) => z.string().regex(form, expected);

const cidrBlock = z
  .string()
  .refine((block) => readCidrBlock(block), "the network address of an IPv4 block, such as `10.20.0.0/16`");

const vpcCidrBlock = cidrBlock.refine((block) => {
  const bits = readCidrBlock(block)?.bitmask ?? vpcPrefixes.shortest;
  return bits >= vpcPrefixes.shortest && bits <= vpcPrefixes.longest;
}, `a block of /${vpcPrefixes.shortest} to /${vpcPrefixes.longest}, so that there is room for six subnets in each half`);

/**
 * Family, generation and options, then the size. Source:
 * https://docs.aws.amazon.com/ec2/latest/instancetypes/instance-type-names.html, checked 2026-11-22.
 */
const instanceTypeForm = /^[a-z][a-z0-9-]*\d[a-z0-9-]*\.(nano|micro|small|medium|large|\d*xlarge|metal(-\d+xl)?)$/;

const schema = z.strictObject({
  topology: z.enum(["endpoint-only"]).default("endpoint-only"),
  network: z
    .strictObject({
      cidrBlock: vpcCidrBlock.default("10.20.0.0/16"),
      availabilityZones: z.int().min(1).max(maxAvailabilityZones).default(2),
      subnetCidrBlocks: z.array(cidrBlock).optional(),
    })
    .prefault({}),
  fleets: z
    .array(
      z.strictObject({
        name: text(
          /^[a-z]([a-z0-9-]{0,30}[a-z0-9])?$/,
          "1 to 32 lower-case letters, digits or hyphens, a letter first",
        ),
        // Whether the topology serves a system that exists is checked below.
        operatingSystem: z.custom<RepositorySystem>(
          (system) => typeof system === "string" && isSystem(system),
          `one of ${listed(repositorySystems)}`,
        ),
        size: z.int().min(0).max(1000).default(1),
        instanceType: text(instanceTypeForm, "an instance type, such as `t3.micro`").default("t3.micro"),
      }),
    )
    .min(1),
  patching: z
    .strictObject({
      method: z.enum(["maintenance-window"]).default("maintenance-window"),
      operation: z.enum(["Scan", "Install"]).default("Install"),
      schedule: z
        .string()
        .superRefine((schedule, context) => {
          const expected = wrongSchedule(schedule);
          if (expected !== undefined) context.addIssue(expected);
        })
        .default("cron(0 18 ? * SUN *)"),
      timezone: z.string().refine(isTimezone, "an IANA time zone, such as `Asia/Tokyo`").default("Etc/UTC"),
      duration: z.int().min(1).max(24).default(3),
      cutoff: z.int().min(0).max(23).default(1),
    })
    .prefault({}),
});

export type StackConfig = z.infer<typeof schema> & { readonly region: Region };

/** A stack config that can't be used. The message has one line for each thing that is wrong. */
export class ConfigError extends Error {
  constructor(problems: readonly string[]) {
    super(`the stack config can't be used:\n${problems.map((problem) => `  - ${problem}`).join("\n")}`);
    this.name = "ConfigError";
  }
}

/**
 * Reads the config of a stack.
 *
 * @param all every key with its text, as `patchpath:network`; objects and lists are JSON
 * @throws ConfigError
 */
export function readConfig(all: Readonly<Record<string, string>>): StackConfig {
  const region = all["aws:region"];
  const values = valuesOf(all);
  const result = schema.safeParse(values);
  const problems = [
    ...problemsOfRegion(region),
    ...(result.success ? [] : problemsIn(result.error, namespace, values)),
    ...problemsOfSubnets(values["network"]),
    ...problemsOfFleets(values["fleets"]),
    ...problemsOfCutoff(values["patching"]),
  ];
  if (problems.length > 0 || !result.success) throw new ConfigError(problems);
  return { ...result.data, region: region as Region };
}

/** The namespace's values: objects and lists come as JSON, and what isn't JSON is a text. */
function valuesOf(all: Readonly<Record<string, string>>): Record<string, unknown> {
  const own = Object.entries(all).filter(([key]) => key.startsWith(namespace));
  return Object.fromEntries(
    own.map(([key, value]) => {
      const name = key.slice(namespace.length);
      try {
        return [name, JSON.parse(value) as unknown];
      } catch {
        return [name, value];
      }
    }),
  );
}

function isTimezone(name: string): boolean {
  try {
    new Intl.DateTimeFormat("en", { timeZone: name });
    return true;
  } catch {
    return false;
  }
}

/** Those whose bucket names are confirmed. */
const usableRegions = Object.keys(regions).filter((region) => isRegion(region) && ssmBuckets(region));

function problemsOfRegion(region: string | undefined): string[] {
  if (region === undefined) return ["`aws:region` is missing; run `pulumi config set aws:region REGION`"];
  if (!isRegion(region)) return [`\`aws:region\` is \`${region}\`; expected one of ${listed(usableRegions)}`];
  if (ssmBuckets(region)) return [];
  return [`\`aws:region\` is \`${region}\`; the names of AWS's buckets there are unconfirmed; expected another region`];
}

/** Any value as a record, whose parts may be anything too. */
function record(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null ? (value as Record<string, unknown>) : {};
}

function problemsOfSubnets(value: unknown): string[] {
  const { cidrBlock: vpcText = "10.20.0.0/16", availabilityZones: zones = 2, subnetCidrBlocks } = record(value);
  if (!Array.isArray(subnetCidrBlocks)) return [];
  const key = `${namespace}network.subnetCidrBlocks`;
  const vpc = readCidrBlock(String(vpcText));
  const subnets = subnetCidrBlocks.map((block) => readCidrBlock(String(block)));
  const problems: string[] = [];
  if (subnets.length !== zones) {
    problems.push(
      `\`${key}\` has ${subnets.length} blocks; expected one for each of the ${String(zones)} availability zones`,
    );
  }
  for (const [i, subnet] of subnets.entries()) {
    if (!subnet) continue; // the schema says so
    const found = `\`${key}[${i}]\` is \`${subnet.toString()}\``;
    if (vpc && (!vpc.contains(subnet.base) || subnet.bitmask < vpc.bitmask)) {
      problems.push(`${found}; expected a block inside \`cidrBlock\`, which is \`${vpc.toString()}\``);
    }
    if (subnet.bitmask > 28) problems.push(`${found}; expected /28 or larger`);
    const other = subnets.findIndex((earlier, j) => j < i && earlier && overlap(earlier, subnet));
    if (other >= 0) {
      problems.push(
        `${found}; expected a block apart from \`subnetCidrBlocks[${other}]\`, which is \`${String(subnets[other])}\``,
      );
    }
  }
  return problems;
}

function problemsOfFleets(value: unknown): string[] {
  const names = Array.isArray(value) ? value.map((fleet) => record(fleet)["name"]) : [];
  const operatingSystems = Array.isArray(value) ? value.map((fleet) => record(fleet)["operatingSystem"]) : [];
  const twice = names.flatMap((name, i) => {
    const first = names.indexOf(name);
    if (typeof name !== "string" || first === i) return [];
    return [
      `\`${namespace}fleets[${i}].name\` is \`${name}\`, as \`fleets[${first}].name\` is; expected a name of its own`,
    ];
  });
  return [...twice, ...operatingSystems.flatMap(problemOfSystem)];
}

/** Systems that exist and that this topology can't patch; what is no system at all, the schema says. */
function problemOfSystem(system: unknown, i: number): string[] {
  if (typeof system !== "string" || !isSystem(system)) return [];
  const { name, updateSource } = systems[system];
  if (updateSource === "amazon-linux-repositories") return [];
  const source = updateSource === "internet" ? "the internet" : "Microsoft Update or a WSUS server";
  return [
    `\`${namespace}fleets[${i}].operatingSystem\`: ${name} gets its updates from ${source}, which \`endpoint-only\` does not reach; it needs the topology \`${updateSource === "internet" ? "nat" : "nat` or `wsus"}\`, which is not built yet`,
  ];
}

function problemsOfCutoff(value: unknown): string[] {
  const { cutoff = 1, duration = 3 } = record(value);
  if (typeof cutoff !== "number" || typeof duration !== "number" || cutoff < duration) return [];
  return [
    `\`${namespace}patching.cutoff\` is \`${cutoff}\`; expected less than \`duration\`, which is \`${duration}\``,
  ];
}
