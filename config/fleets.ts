import {
  type FleetNeeds,
  type PriceSettings,
  type Topology,
  type TopologyAttachedFleet,
  type TopologyFleet,
  fleetTag,
  fleetTiers,
  refusal,
  tierOf,
  topologies,
  userData,
  userDataMaxBytes,
} from "@patchpath/components";
import {
  type System,
  architectureOf,
  deprecatedPolicyOf,
  imageParameter,
  isRegion,
  isSystem,
  isWindows,
  replacementArns,
  systems,
} from "patchpath/facts";
import { z } from "zod";
import { type AroundAttached, attachedKeys, problemsOfAttachedFleets, tagIn } from "./attached-fleets";
import { hasInterfaceEndpoints } from "./endpoints";
import { needsOf } from "./fleet-needs";
import { listed } from "./problems";
import { withPrices } from "./topology";
import { elements, instanceType, managedPolicyArn, namespace, record, resourceId, text } from "./values";

const count = z.int().min(0).max(1000);

/** The smallest of today's that a system starts on: Windows asks for 2 GiB, and its updates for more. */
const defaultInstanceType = (system: System) => (isWindows(system) ? "t3.medium" : "t3.micro");

const fleet = z
  .strictObject({
    name: text(/^[a-z]([a-z0-9-]{0,30}[a-z0-9])?$/, "1 to 32 lower-case letters, digits or hyphens, a letter first"),
    // Whether the topology serves a system that exists is checked below.
    operatingSystem: z.custom<System>(
      (system) => typeof system === "string" && isSystem(system),
      `one of ${listed(Object.keys(systems))}`,
    ),
    size: z
      .union([count, z.strictObject({ min: count, max: count })], "a number from 0 to 1000, or `{ min, max }` of them")
      .default(1),
    instanceType: instanceType.optional(),
    imageId: resourceId("ami").optional(),
    subnets: z.enum(fleetTiers).optional(),
    repositories: z.array(text(/^[\w.:/-]{1,255}$/, "the name or address of a repository, such as `epel`")).default([]),
    managedPolicies: z
      .array(managedPolicyArn)
      .max(9) // with the agent's a role has ten, which is AWS's quota
      .default([]),
    userData: z.string().min(1).optional(),
    tags: z.record(z.string(), z.string()).default({}),
    ...attachedKeys,
  })
  .transform(({ tag, securityGroupId, ...own }): TopologyFleet | TopologyAttachedFleet => {
    const { name, operatingSystem, repositories, size, instanceType } = own;
    if (tag !== undefined) return { name, operatingSystem, repositories, tag: tagIn(tag), securityGroupId };
    return {
      ...own,
      size: typeof size === "number" ? { min: size, max: size } : size,
      instanceType: instanceType ?? defaultInstanceType(operatingSystem),
    };
  });

/** `patchpath:fleets`. */
export const fleets = z.array(fleet).min(1);

/** What else in the config decides about fleets. */
interface Around extends AroundAttached {
  readonly region: string | undefined;
  readonly prices: PriceSettings | undefined;
}

/** What is wrong between the values of fleets, and with what the topology can do for them. */
export function problemsOfFleets(value: unknown, around: Around): string[] {
  const list = elements(value).map(record);
  return [
    ...problemsOfNames(list.map(({ name }) => name)),
    ...list.flatMap((fleet, i) => problemsOfFleet(fleet, `${namespace}fleets[${i}]`, around)),
    ...problemsOfAttachedFleets(list, around),
  ];
}

function problemsOfNames(names: readonly unknown[]): string[] {
  return names.flatMap((name, i) => {
    const first = names.indexOf(name);
    if (typeof name !== "string" || first === i) return [];
    return [
      `\`${namespace}fleets[${i}].name\` is \`${name}\`, as \`fleets[${first}].name\` is; expected a name of its own`,
    ];
  });
}

/** Of a fleet whose system exists; what is no system, the schema says. */
function problemsOfFleet(fleet: Readonly<Record<string, unknown>>, key: string, around: Around): string[] {
  const needs = needsOf(fleet["tag"] === undefined ? fleet : { ...fleet, subnets: undefined });
  if (!needs) return [];
  const { operatingSystem: system } = needs;
  const ofInstances =
    fleet["tag"] === undefined
      ? [
          ...problemsOfImage(fleet, system, key),
          ...problemsOfPolicies(fleet["managedPolicies"], key),
          ...problemsOfUserData(fleet, system, key, around.region),
          ...problemsOfTags(fleet["tags"], key),
          ...problemsOfSize(fleet["size"], key),
        ]
      : [];
  const problems = [...problemsOfRepositories(needs, key), ...ofInstances];
  const served = topologies.find((one) => one === around.topology);
  return served ? [...problems, ...problemsOfTopology(needs, served, around, key)] : problems;
}

function problemsOfTopology(
  needs: FleetNeeds,
  topology: Topology,
  { endpoints, prices }: Around,
  key: string,
): string[] {
  const refused = refusal(topology, needs);
  if (refused) {
    const place =
      (needs.repositories ?? []).length > 0 && !refused.because.includes("updates")
        ? "repositories"
        : "operatingSystem";
    return [
      `\`${key}.${place}\`: ${refused.because}; expected the topology ${withPrices(refused.alternatives, topology, prices)}`,
    ];
  }
  const hasEndpoints = hasInterfaceEndpoints(endpoints);
  const needed = tierOf({ ...needs, subnets: undefined }, hasEndpoints);
  if (needs.subnets === "isolated" && needed === "private") {
    return [
      `\`${key}.subnets\` is \`isolated\`; expected \`private\`, since its updates${hasEndpoints ? "" : " or its agent's calls"} come by the topology's way out`,
    ];
  }
  if (needs.subnets === "private" && topology === "endpoint-only") {
    return [`\`${key}.subnets\` is \`private\`; expected \`isolated\`, the only subnets of \`endpoint-only\``];
  }
  return [];
}

function problemsOfImage(fleet: Readonly<Record<string, unknown>>, system: System, key: string): string[] {
  const { imageId, instanceType } = fleet;
  const type = typeof instanceType === "string" ? instanceType : defaultInstanceType(system);
  if (isWindows(system) && architectureOf(type) === "arm64") {
    return [
      `\`${key}.instanceType\` is \`${type}\`; expected an x86_64 type, the only architecture of ${systems[system].name}`,
    ];
  }
  if (imageId !== undefined || imageParameter(system, architectureOf(type)) !== undefined) return [];
  return [
    `\`${key}.imageId\` is missing; expected the id of an image of ${systems[system].name}, which has no public SSM parameter`,
  ];
}

function problemsOfRepositories({ operatingSystem, repositories = [] }: FleetNeeds, key: string): string[] {
  if (!isWindows(operatingSystem) || repositories.length === 0) return [];
  return [`\`${key}.repositories\` is for Linux; expected none with ${systems[operatingSystem].name}`];
}

function problemsOfPolicies(value: unknown, key: string): string[] {
  const arns = elements(value);
  return arns.flatMap((arn, i) => {
    if (typeof arn !== "string") return [];
    const place = `\`${key}.managedPolicies[${i}]\` is \`${arn}\``;
    const deprecated = deprecatedPolicyOf(arn);
    if (deprecated) {
      const instead = replacementArns(arn, deprecated);
      return [
        `${place}, which AWS has deprecated; expected ${instead.length > 0 ? listed(instead) : "a policy of your own"}`,
      ];
    }
    if (arn.endsWith("/AmazonSSMManagedInstanceCore")) return [`${place}, which every fleet has; expected it left out`];
    return arns.indexOf(arn) < i ? [`${place}, which stands twice; expected it once`] : [];
  });
}

function problemsOfUserData(
  { userData: own, instanceType, imageId }: Readonly<Record<string, unknown>>,
  system: System,
  key: string,
  region: string | undefined,
): string[] {
  if (typeof own !== "string") return [];
  const place = `\`${key}.userData\``;
  const isRight = isWindows(system) ? /<(powershell|script)>/i.test(own) : own.startsWith("#!");
  if (!isRight) {
    return [
      `${place} is no script; expected ${isWindows(system) ? "a text with `<powershell>`" : "a shell script that begins with `#!`"}`,
    ];
  }
  const type = typeof instanceType === "string" ? instanceType : defaultInstanceType(system);
  if (region === undefined || !isRegion(region)) return [];
  const bytes = Buffer.byteLength(userData(system, architectureOf(type), region, imageId !== undefined, own) ?? "");
  return bytes > userDataMaxBytes
    ? [`${place} makes ${bytes} bytes of user data; expected at most ${userDataMaxBytes}`]
    : [];
}

const tagsOfStack = ["Name", "PatchGroup", fleetTag];

/** What the components set themselves, and the other spelling of the patch group, which would fight theirs. */
const ownTags = [...tagsOfStack, "Patch Group"];

/** Source of the bounds, the same for every service: https://docs.aws.amazon.com/batch/latest/userguide/tag-restrictions.html, checked 2026-11-22. */
const tagBounds = { key: 128, value: 256, count: 50 } as const;

function problemsOfTags(value: unknown, key: string): string[] {
  const tags = Object.entries(record(value));
  const room = tagBounds.count - tagsOfStack.length;
  return [
    ...(tags.length > room ? [`\`${key}.tags\` has ${tags.length} tags; expected at most ${room}`] : []),
    ...tags.flatMap(([tag, text]) => {
      if (ownTags.includes(tag) || tag.startsWith("aws:")) {
        return [`\`${key}.tags.${tag}\` is set by the stack or by AWS; expected another tag`];
      }
      if (tag.length < 1 || tag.length > tagBounds.key) {
        return [`\`${key}.tags\` has a key of ${tag.length} characters; expected 1 to ${tagBounds.key}`];
      }
      if (typeof text !== "string" || text.length <= tagBounds.value) return [];
      return [`\`${key}.tags.${tag}\` has ${text.length} characters; expected at most ${tagBounds.value}`];
    }),
  ];
}

function problemsOfSize(value: unknown, key: string): string[] {
  const { min, max } = record(value);
  if (typeof min !== "number" || typeof max !== "number" || min <= max) return [];
  return [`\`${key}.size.min\` is \`${min}\`; expected at most \`max\`, which is \`${max}\``];
}
