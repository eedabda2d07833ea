import {
  type PriceSettings,
  type Topology,
  fleetTag,
  fleetTiers,
  refusal,
  tierOf,
  userData,
  userDataMaxBytes,
} from "@patchpath/components";
import {
  type Region,
  type System,
  architectureOf,
  deprecatedPolicyOf,
  imageParameter,
  isWindows,
  replacementArns,
  systems,
  vendorImage,
} from "patchpath/facts";
import { z } from "zod";
import type { Endpoints } from "./endpoints";
import { listed } from "./problems";
import { existingOrCreated, expect, say, whenRight } from "./section";
import { withPrices } from "./topology";
import { instanceType, managedPolicyArn, nameOfPart, namesIn, namespace, resourceId, text } from "./values";

/** The smallest of today's that a system starts on: Windows asks for 2 GiB, and its updates for more. */
const defaultInstanceTypes = { linux: "t3.micro", windows: "t3.medium" } as const;

const defaultInstanceType = (system: System) => defaultInstanceTypes[isWindows(system) ? "windows" : "linux"];

const common = {
  name: nameOfPart.describe("part of the names of the resources of the fleet: lower-case letters, digits, hyphens"),
  operatingSystem: z
    .enum(namesIn(systems))
    .describe("determines which topologies can patch the fleet, and by which baseline"),
  repositories: z
    .array(text(/^[\w.:/-]{1,255}$/, "the name or address of a repository, such as `epel`"))
    .default([])
    .describe("repositories in addition to the system's own, such as `epel`; they require the internet"),
};

/**
 * What Systems Manager takes in tags. Source:
 * https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/aws-properties-ssm-patchbaseline-tag.html, checked 2026-11-22.
 */
const tagWords = "one tag with its value, such as `{ Environment: prod }`: letters, digits, blanks and `_.:/=+-@`";

const tag = z
  .record(z.string(), z.unknown(), tagWords)
  .refine((value) => {
    const [only, ...others] = Object.entries(value);
    const isText = (one: unknown, most: number) =>
      typeof one === "string" && one.length <= most && /^[\p{L}\p{N} _.:/=+@-]+$/u.test(one);
    return only !== undefined && others.length === 0 && isText(only[0], 128) && isText(only[1], 256);
  }, tagWords)
  .transform((value) => {
    const [[key, text] = ["", ""]] = Object.entries(value as Record<string, string>);
    return { key, value: text };
  });

const existing = z
  .strictObject({
    ...common,
    tag: tag.describe(
      "one tag of the instances, as `{ KEY: VALUE }`; fleets with different operating systems may share a tag",
    ),
    securityGroupId: resourceId("sg")
      .optional()
      .describe(
        "a security group that all of the instances have, which the interface endpoints and the WSUS server of the stack allow; required if the instances use either, otherwise rejected",
      ),
  })
  .superRefine(checkRepositories, whenRight);

const count = z.int().min(0).max(1000);

const createdValues = z.strictObject({
  ...common,
  size: z
    .union(
      [
        count,
        z.strictObject({
          min: count.describe("minimum number of instances"),
          max: count.describe("maximum number of instances"),
        }),
      ],
      "a number from 0 to 1000, or `{ min, max }` of them",
    )
    .default(1)
    .describe("the number of instances, or `{ min, max }` if something scales the Auto Scaling group"),
  instanceType: instanceType
    .optional()
    .describe(
      `determines the architecture of the image; unless given \`${defaultInstanceTypes.linux}\`, with Windows \`${defaultInstanceTypes.windows}\``,
    ),
  imageId: resourceId("ami")
    .optional()
    .describe(
      "the id of the image; unless given, the newest image at each launch, or, if no public SSM parameter has it (Red Hat, Rocky, Alma, Oracle, CentOS), the distributor's newest image when the fleet is created; required if neither is known",
    ),
  replaceUnhealthy: z
    .boolean()
    .default(true)
    .describe(
      "whether the Auto Scaling group replaces instances that fail a health check, which a restart for patches may cause",
    ),
  instanceRefresh: z
    .boolean()
    .default(false)
    .describe(
      "whether a change of the launch template replaces the instances, a few at a time; otherwise it applies to new instances only",
    ),
  subnets: z
    .enum(fleetTiers)
    .optional()
    .describe("the subnets of the fleet; unless given, those that its updates require"),
  managedPolicies: z
    .array(managedPolicyArn)
    .max(9) // with the agent's a role has ten, which is AWS's quota
    .default([])
    .describe("ARNs of managed policies, at most 9; deprecated ones are rejected"),
  userData: z
    .string()
    .min(1)
    .optional()
    .describe("a shell script, or text with `<powershell>` with Windows; runs after the agent is installed"),
  tags: z.record(z.string(), z.string()).default({}).describe("tags of the instances"),
});

const created = createdValues.superRefine(checkValues, whenRight).transform(({ size, ...fleet }) => ({
  ...fleet,
  size: typeof size === "number" ? { min: size, max: size } : size,
  instanceType: fleet.instanceType ?? defaultInstanceType(fleet.operatingSystem),
}));

/** An element of `patchpath:fleets`. */
export const fleet = existingOrCreated("tag", existing, created, {
  existing: "existing instances",
  created: "instances that the stack creates",
});
export type Fleet = z.output<typeof fleet>;
export type ExistingFleet = z.output<typeof existing>;

/** `patchpath:fleets`. */
export const fleets = z.array(fleet).min(1);

type Context = z.RefinementCtx;

function checkRepositories(
  { operatingSystem, repositories }: { readonly operatingSystem: System; readonly repositories: readonly string[] },
  context: Context,
): void {
  if (!isWindows(operatingSystem) || repositories.length === 0) return;
  say(context, ["repositories"], `is for Linux; expected it left out with ${systems[operatingSystem].name}`);
}

function checkValues(fleet: z.output<typeof createdValues>, context: Context): void {
  checkRepositories(fleet, context);
  checkImage(fleet, context);
  checkPolicies(fleet.managedPolicies, context);
  checkTags(fleet.tags, context);
  const { operatingSystem, size, userData: script } = fleet;
  if (typeof size === "object" && size.min > size.max) {
    expect(context, ["size", "min"], `at most \`max\`, which is \`${size.max}\``);
  }
  const isScript = isWindows(operatingSystem) ? /<(powershell|script)>/i : /^#!/;
  if (script !== undefined && !isScript.test(script)) {
    const form = isWindows(operatingSystem) ? "a text with `<powershell>`" : "a shell script that begins with `#!`";
    say(context, ["userData"], `is not a script; expected ${form}`);
  }
}

function checkImage({ operatingSystem, instanceType }: z.output<typeof createdValues>, context: Context): void {
  const architecture = architectureOf(instanceType ?? defaultInstanceType(operatingSystem));
  const { name } = systems[operatingSystem];
  if (isWindows(operatingSystem) && architecture === "arm64") {
    expect(context, ["instanceType"], `an x86_64 type, the only architecture of ${name}`);
  }
}

function checkPolicies(arns: readonly string[], context: Context): void {
  arns.forEach((arn, i) => {
    const problem = problemOf(arn, arns.indexOf(arn) < i);
    if (problem !== undefined) say(context, ["managedPolicies", i], `is \`${arn}\`, which ${problem}`);
  });

  function problemOf(arn: string, isRepeated: boolean): string | undefined {
    const deprecated = deprecatedPolicyOf(arn);
    if (deprecated) {
      const instead = replacementArns(arn, deprecated);
      return `AWS has deprecated; expected ${instead.length > 0 ? listed(instead) : "a policy of your own"}`;
    }
    if (arn.endsWith("/AmazonSSMManagedInstanceCore")) return "every fleet has; expected it left out";
    return isRepeated ? "appears twice; expected it once" : undefined;
  }
}

const tagsOfStack = ["Name", "PatchGroup", fleetTag];

/** What the components set themselves, and the other spelling of the patch group, which would fight theirs. */
const ownTags = [...tagsOfStack, "Patch Group"];

/** Source of the bounds, the same for every service: https://docs.aws.amazon.com/batch/latest/userguide/tag-restrictions.html, checked 2026-11-22. */
const tagBounds = { key: 128, value: 256, count: 50 } as const;

function checkTags(tags: Readonly<Record<string, string>>, context: Context): void {
  const count = Object.keys(tags).length;
  const room = tagBounds.count - tagsOfStack.length;
  if (count > room) say(context, ["tags"], `has ${count} tags; expected at most ${room}`);
  for (const [name, text] of Object.entries(tags)) {
    if (ownTags.includes(name) || name.startsWith("aws:")) {
      say(context, ["tags", name], "is set by the stack or by AWS; expected another tag");
    } else if (name.length < 1 || name.length > tagBounds.key) {
      say(context, ["tags"], `has a key of ${name.length} characters; expected 1 to ${tagBounds.key}`);
    } else if (text.length > tagBounds.value) {
      say(context, ["tags", name], `has ${text.length} characters; expected at most ${tagBounds.value}`);
    }
  }
}

/** Whether the instances of a fleet exist already. */
export function isExistingFleet(fleet: Fleet): fleet is ExistingFleet {
  return "tag" in fleet;
}

interface Config {
  /** At their places; `undefined` where one is wrong by itself. */
  readonly eachFleet: readonly (Fleet | undefined)[];
  readonly region?: Region | undefined;
  readonly topology?: Topology | undefined;
  readonly endpoints?: Endpoints | undefined;
  readonly prices?: PriceSettings | undefined;
}

/** What is wrong between fleets, and with what the topology and the region allow. */
export function checkFleets({ eachFleet, ...config }: Config): string[] {
  return eachFleet.flatMap((fleet, i) => {
    if (!fleet) return [];
    const key = `${namespace}fleets[${i}]`;
    const first = eachFleet.findIndex((other) => other?.name === fleet.name);
    return [
      ...(first < i
        ? [`\`${key}.name\` is \`${fleet.name}\`, as \`fleets[${first}].name\` is; expected a unique name`]
        : []),
      ...(isExistingFleet(fleet) || !config.region
        ? []
        : [...checkImageSource(fleet, config.region, key), ...checkUserData(fleet, config.region, key)]),
      ...checkTopology(fleet, config, key),
    ];
  });
}

/** Which accounts publish a distributor's images depends on the partition. */
function checkImageSource(fleet: z.output<typeof created>, region: Region, key: string): string[] {
  const { operatingSystem, instanceType, imageId } = fleet;
  const architecture = architectureOf(instanceType);
  const isKnown =
    imageId !== undefined ||
    imageParameter(operatingSystem, architecture) !== undefined ||
    vendorImage(operatingSystem, architecture, region) !== undefined;
  // An image of Windows for arm64 is a problem of the instance type.
  if (isKnown || (isWindows(operatingSystem) && architecture === "arm64")) return [];
  const { name } = systems[operatingSystem];
  return [
    `\`${key}.imageId\` is missing; expected the id of an image of ${name}, which has neither a public SSM parameter nor a known owner for ${architecture} in \`${region}\``,
  ];
}

function checkUserData(fleet: z.output<typeof created>, region: Region, key: string): string[] {
  const { operatingSystem, instanceType, imageId, userData: script } = fleet;
  if (script === undefined) return [];
  const text = userData(operatingSystem, architectureOf(instanceType), region, imageId !== undefined, script);
  const bytes = Buffer.byteLength(text ?? "");
  if (bytes <= userDataMaxBytes) return [];
  return [`\`${key}.userData\` makes ${bytes} bytes of user data; expected at most ${userDataMaxBytes}`];
}

function checkTopology(
  fleet: Fleet,
  { topology, endpoints, prices }: Omit<Config, "eachFleet">,
  key: string,
): string[] {
  if (!topology) return [];
  const refused = refusal(topology, fleet);
  if (refused) {
    const place =
      fleet.repositories.length > 0 && !refused.because.includes("updates") ? "repositories" : "operatingSystem";
    return [
      `\`${key}.${place}\`: ${refused.because}; expected the topology ${withPrices(refused.alternatives, topology, prices)}`,
    ];
  }
  const subnets = isExistingFleet(fleet) ? undefined : fleet.subnets;
  if (
    endpoints &&
    subnets === "isolated" &&
    tierOf({ ...fleet, subnets: undefined }, endpoints.interface) === "private"
  ) {
    return [
      `\`${key}.subnets\` is \`isolated\`; expected \`private\`, since its updates${endpoints.interface ? "" : " or its agent's calls"} take the topology's route to the internet`,
    ];
  }
  if (subnets === "private" && topology === "endpoint-only") {
    return [`\`${key}.subnets\` is \`private\`; expected \`isolated\`, the only subnets of \`endpoint-only\``];
  }
  return [];
}
