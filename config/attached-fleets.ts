import { type TopologyAttachedFleet, fleetTag } from "@patchpath/components";
import { isWindows } from "patchpath/facts";
import { z } from "zod";
import { hasInterfaceEndpoints } from "./endpoints";
import { elements, namespace, record, resourceId } from "./values";

/**
 * What Systems Manager takes in tags. Source:
 * https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/aws-properties-ssm-patchbaseline-tag.html, checked 2026-11-22.
 */
const tagKey = /^[\p{L}\p{N} _.:/=+@-]{1,128}$/u;
const tagValue = /^[\p{L}\p{N} _.:/=+@-]{1,256}$/u;

function isTag(value: unknown): value is Readonly<Record<string, string>> {
  const [first, ...others] = Object.entries(record(value));
  if (first === undefined || others.length > 0 || Array.isArray(value)) return false;
  return tagKey.test(first[0]) && typeof first[1] === "string" && tagValue.test(first[1]);
}

/** What a fleet has whose instances exist already, beside its name and system. */
export const attachedKeys = {
  tag: z
    .custom<Readonly<Record<string, string>>>(
      isTag,
      "one tag with its value, such as `{ Environment: prod }`: letters, digits, blanks and `_.:/=+-@`",
    )
    .optional(),
  securityGroupId: resourceId("sg").optional(),
};

/** The one tag of a record. */
export function tagIn(tag: Readonly<Record<string, string>>): TopologyAttachedFleet["tag"] {
  const [[key, value] = ["", ""]] = Object.entries(tag);
  return { key, value };
}

/** What belongs to instances that the stack makes, and to their roles. */
const ofOwnFleets = ["size", "instanceType", "imageId", "subnets", "managedPolicies", "userData", "tags"];

/** What else in the config decides about instances that exist already. */
export interface AroundAttached {
  readonly topology: string;
  readonly endpoints: unknown;
  readonly network: unknown;
  readonly patching: unknown;
  readonly wsus: unknown;
}

type Values = Readonly<Record<string, unknown>>;

/** What is wrong with fleets of instances that exist already, by themselves and beside others. */
export function problemsOfAttachedFleets(fleets: readonly Values[], around: AroundAttached): string[] {
  const problems = fleets.flatMap((fleet, i) => {
    const key = `${namespace}fleets[${i}]`;
    if (fleet["tag"] === undefined) return problemsOfOwnFleet(fleet, key);
    return [
      ...ofOwnFleets
        .filter((name) => fleet[name] !== undefined)
        .map((name) => `\`${key}.${name}\` is for instances that the stack makes; expected it left out beside \`tag\``),
      ...problemsOfNetwork(key, around.network),
      ...problemsOfSecurityGroup(fleet, key, around),
      ...problemsOfOthers(fleet, i, fleets, key, around),
    ];
  });
  return [...problems, ...problemsOfQuickSetup(fleets, around)];
}

function problemsOfOwnFleet({ securityGroupId }: Values, key: string): string[] {
  if (securityGroupId === undefined) return [];
  return [`\`${key}.securityGroupId\` is for instances that exist already; expected it left out without \`tag\``];
}

/** An instance can't be there before its VPC is, and in a VPC elsewhere nothing that the stack makes would serve it. */
function problemsOfNetwork(key: string, network: unknown): string[] {
  if (record(network)["vpcId"] !== undefined) return [];
  return [
    `\`${key}.tag\` is for instances that exist already, and a VPC that the stack makes has none; expected their VPC as \`${namespace}network.vpcId\``,
  ];
}

/** Endpoints with private names take over the whole VPC's: an instance that they don't admit loses Systems Manager. */
function problemsOfSecurityGroup(
  { securityGroupId, operatingSystem }: Values,
  key: string,
  { endpoints, topology }: AroundAttached,
): string[] {
  const isServed = topology === "wsus" && isWindows(String(operatingSystem));
  const { central } = record(endpoints);
  // Without `services` the hub has all of them, and the stack has no endpoints of its own.
  const hasOwnEndpoints = hasInterfaceEndpoints(endpoints) && (central === undefined || "services" in record(central));
  const isOpened = hasOwnEndpoints || isServed;
  if (isOpened && securityGroupId === undefined) {
    return [
      `\`${key}.securityGroupId\` is missing; expected a security group that the instances have, to which the endpoints are opened`,
    ];
  }
  if (!isOpened && securityGroupId !== undefined) {
    return [
      `\`${key}.securityGroupId\` has no effect without interface endpoints, since nothing is opened to it; expected it left out`,
    ];
  }
  return [];
}

/** An instance that two targets name would be patched twice at a time, and one of both runs fails. */
function problemsOfOthers(
  fleet: Values,
  i: number,
  fleets: readonly Values[],
  key: string,
  { topology }: AroundAttached,
): string[] {
  if (!isTag(fleet["tag"])) return [];
  const { key: tag, value } = tagIn(fleet["tag"]);
  if (fleets.some((one) => one["tag"] === undefined) && (tag === "Name" || tag === fleetTag)) {
    return [
      `\`${key}.tag\` is \`${tag}=${value}\`, a tag that the stack gives its own instances; expected one that they don't have`,
    ];
  }
  const own = fleets.findIndex(({ tags }) => record(tags)[tag] === value);
  if (own >= 0 && own !== i) {
    return [
      `\`${key}.tag\` is \`${tag}=${value}\`, which the instances of \`fleets[${own}]\` have by its \`tags\`; expected a tag that they don't have`,
    ];
  }
  // Clients of WSUS are pointed at it by their tag, once, and it is opened to one group of theirs.
  const isClient = (one: Values) => topology === "wsus" && isWindows(String(one["operatingSystem"]));
  const alike = fleets.findIndex((other) => isClient(other) && record(other["tag"])[tag] === value);
  if (!isClient(fleet) || alike === i || fleets[alike]?.["securityGroupId"] === fleet["securityGroupId"]) return [];
  return [
    `\`${key}.securityGroupId\` is \`${String(fleet["securityGroupId"])}\`, and \`fleets[${alike}]\` with the same tag has another; expected one that the instances of both have`,
  ];
}

/** A configuration of Quick Setup targets one tag; one for organizational units targets none. */
function problemsOfQuickSetup(fleets: readonly Values[], { patching, topology, wsus }: AroundAttached): string[] {
  const { method, targets, configurationId } = record(patching);
  const attached = fleets.flatMap((fleet, i) => (isTag(fleet["tag"]) ? [{ i, ...tagIn(fleet["tag"]) }] : []));
  const [first, ...others] = attached;
  if (!first || (method !== "patch-policy" && method !== "host-management")) return [];
  const key = `${namespace}patching`;
  const tagged =
    method === "patch-policy" && configurationId !== undefined && attached.length === fleets.length
      ? [
          `\`${key}.configurationId\` tags the roles of instances that the stack makes, and it makes none; expected it left out`,
        ]
      : [];
  if (elements(record(targets)["organizationalUnits"]).length > 0) return tagged;
  const beside = otherTarget();
  if (beside === undefined) return tagged;
  return [
    ...tagged,
    `\`${key}.method\` is \`${method}\`, which targets one tag, and \`fleets[${first.i}].tag\` stands beside ${beside}; expected \`maintenance-window\` or \`on-demand\`, or a stack for each tag`,
  ];

  function otherTarget(): string | undefined {
    const own = fleets.findIndex(({ tag }) => tag === undefined);
    if (own >= 0) return `\`fleets[${own}]\`, which the stack makes`;
    if (topology === "wsus" && record(wsus)["server"] === undefined) return "the WSUS server, which the stack makes";
    const other = others.find(({ key: tag, value }) => tag !== first?.key || value !== first.value);
    return other && `\`fleets[${other.i}].tag\``;
  }
}
