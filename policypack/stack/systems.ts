import { imageBringsAgent } from "../facts/agents";
import { eksImage } from "../facts/eks-images";
import { bottlerocket, namesBottlerocket, systemOfImageParameter } from "../facts/images";
import { patchGroupKeys } from "../facts/patch-documents";
import { type System, type UpdateSource, systems } from "../facts/systems";
import { systemOfVendorImage } from "../facts/vendor-images";
import type { Fleet } from "./fleets";
import { imageOf } from "./images";
import { isNative } from "./kinds";
import { elementsOf, known, read, readText } from "./reading";
import { reportedSystemOf } from "./reported-agents";
import type { StackResource } from "./resource";
import type { Stack } from "./stack";

/** The operating system of a fleet, as far as a stack shows it. */
export interface FleetSystem {
  /** A system in facts/systems.ts, or a family such as `ubuntu`, or `bottlerocket`. */
  readonly id: string;
  readonly updateSource: UpdateSource;
  /** What it was determined from, in words. */
  readonly clue: string;
  /** Whether the image is surely the vendor's own, with everything such images include. */
  readonly isVendorImage: boolean;
  /** Whether the image includes the SSM agent; `undefined` where that is not known. */
  readonly imageHasAgent: boolean | undefined;
}

/**
 * As the agent of a live account reports, as declared, by the image's public parameter or the vendor's name, the baseline of the patch group, image names, tags,
 * names, user data: in this order.
 */
export function systemOf(stack: Stack, fleet: Fleet): FleetSystem | undefined {
  const found = stack.derive(systemsFound); // every hop asks, and every endpoint for every fleet
  if (!found.has(fleet)) found.set(fleet, findSystem(stack, fleet));
  return found.get(fleet);
}

function systemsFound(): Map<Fleet, FleetSystem | undefined> {
  return new Map();
}

function findSystem(stack: Stack, fleet: Fleet): FleetSystem | undefined {
  return (
    byReport(stack, fleet) ??
    byImage(stack, fleet) ??
    byBaseline(stack, fleet) ??
    byImageName(stack, fleet) ??
    byTagsAndNames(fleet) ??
    byUserData(fleet)
  );
}

function byReport(stack: Stack, fleet: Fleet): FleetSystem | undefined {
  const system = reportedSystemOf(stack, fleet);
  const clue = "the report of the SSM agent";
  return system && { ...ofTable(system), clue, isVendorImage: false, imageHasAgent: true };
}

function byImage(stack: Stack, fleet: Fleet): FleetSystem | undefined {
  const { declared, id = "", parameter, name, owner } = imageOf(stack, fleet);
  if (declared) {
    const { system, hasAgent } = declared;
    if (system === bottlerocket) return bottlerocketBy(`the declaration of \`${id}\``);
    const isVendorImage = hasAgent === undefined;
    const imageHasAgent = hasAgent ?? imageBringsAgent(system);
    return { ...ofTable(system), clue: `the declaration of \`${id}\``, isVendorImage, imageHasAgent };
  }
  const amiType = known(fleet.amiType ?? { is: "absent" }) ?? "";
  if (amiType.startsWith("BOTTLEROCKET_")) return bottlerocketBy(`the AMI type \`${amiType}\``);
  const ofEks = eksImage(amiType);
  if (ofEks) {
    const clue = `the AMI type \`${amiType}\``;
    return { ...ofTable(ofEks.system), clue, isVendorImage: true, imageHasAgent: ofEks.hasAgent };
  }
  if (namesBottlerocket(parameter ?? "")) return bottlerocketBy(`the public parameter \`${parameter!}\` of the image`);
  const byParameter = parameter === undefined ? undefined : systemOfImageParameter(parameter);
  if (byParameter) return ofVendor(byParameter, `the public parameter \`${parameter!}\` of the image`, parameter!);
  const byName = name === undefined ? undefined : systemOfVendorImage(name, owner);
  return byName && ofVendor(byName, `the image name \`${name!}\``, name!);
}

function ofTable(system: System): Pick<FleetSystem, "id" | "updateSource"> {
  return { id: system, updateSource: systems[system].updateSource };
}

function ofVendor(system: System, clue: string, image: string): FleetSystem {
  return { ...ofTable(system), clue, isVendorImage: true, imageHasAgent: imageBringsAgent(system, image) };
}

function bottlerocketBy(clue: string): FleetSystem {
  return { id: bottlerocket, updateSource: "whole-image", clue, isVendorImage: true, imageHasAgent: undefined };
}

/** An image of which only the system is known, and that by a hint. */
const ofUnknownImage = { isVendorImage: false, imageHasAgent: undefined } as const;

/** The operating systems of patch baselines, as SSM names them. */
const families: Readonly<Record<string, readonly [id: string, source: UpdateSource]>> = {
  ALMA_LINUX: ["alma", "internet"],
  AMAZON_LINUX_2: ["amazon-linux-2", "amazon-linux-repositories"],
  AMAZON_LINUX_2023: ["amazon-linux-2023", "amazon-linux-repositories"],
  CENTOS: ["centos", "internet"],
  DEBIAN: ["debian", "internet"],
  ORACLE_LINUX: ["oracle-linux", "internet"],
  REDHAT_ENTERPRISE_LINUX: ["rhel", "internet"],
  ROCKY_LINUX: ["rocky", "internet"],
  SUSE: ["suse", "internet"],
  UBUNTU: ["ubuntu", "internet"],
  WINDOWS: ["windows-server", "microsoft-update"],
};

/** The value of the tag by which Patch Manager puts an instance into a group. */
export function patchGroupOf({ tags }: Fleet): string | undefined {
  return patchGroupKeys.map((key) => tags.get(key)).find((value) => value !== undefined);
}

function byBaseline(stack: Stack, fleet: Fleet): FleetSystem | undefined {
  const group = patchGroupOf(fleet);
  if (group === undefined) return undefined;
  const baselines = baselinesOf(stack, group);
  const [first, ...others] = [
    ...new Set(baselines.map(({ props }) => known(readText(props, "operatingSystem")) ?? "WINDOWS")),
  ];
  const family = first === undefined || others.length > 0 ? undefined : families[first];
  if (!family) return undefined;
  const [id, updateSource] = family;
  return { id, updateSource, clue: `the baseline of the patch group \`${group}\``, ...ofUnknownImage };
}

function baselinesOf(stack: Stack, group: string): StackResource[] {
  const registered = stack.of("patchGroup").flatMap((resource) => {
    const baseline = stack.followProperty(resource, "baselineId", "patchBaseline");
    return known(readText(resource.props, "patchGroup")) === group && baseline?.is === "resource"
      ? [baseline.resource]
      : [];
  });
  const own = stack
    .of("patchBaseline")
    .filter(
      (baseline) =>
        isNative(baseline) && elementsOf(read(baseline.props, "patchGroups")).some((one) => known(one) === group),
    );
  return [...registered, ...own];
}

function byImageName(stack: Stack, fleet: Fleet): FleetSystem | undefined {
  const { name } = imageOf(stack, fleet);
  return name === undefined ? undefined : byWords(name, `the image name \`${name}\``);
}

const systemTags = ["OperatingSystem", "operating-system", "operatingSystem", "OS", "os", "Platform", "platform"];

function byTagsAndNames({ tags, name }: Fleet): FleetSystem | undefined {
  for (const tag of systemTags) {
    const value = tags.get(tag);
    const found = value === undefined ? undefined : byWords(value, `the tag \`${tag}\``);
    if (found) return found;
  }
  const ofName = tags.get("Name");
  return (
    (ofName === undefined ? undefined : byWords(ofName, `the tag \`Name\``)) ?? byWords(name, `the name \`${name}\``)
  );
}

/** Words in names that indicate a system; the first match counts. */
const words: readonly (readonly [RegExp, id: string, UpdateSource])[] = [
  [/\b(al2023|amazon[-_ ]?linux[-_ ]?2023)\b/i, "amazon-linux-2023", "amazon-linux-repositories"],
  [/\b(al2|amzn2|amazon[-_ ]?linux[-_ ]?2)\b/i, "amazon-linux-2", "amazon-linux-repositories"],
  [/\bwin(dows)?([-_ ]?server)?([-_ ]?20\d\d)?\b/i, "windows-server", "microsoft-update"],
  [/\bubuntu\b/i, "ubuntu", "internet"],
  [/\b(rhel|red[-_ ]?hat)[-_ ]?\d*\b/i, "rhel", "internet"],
  [/\bdebian\b/i, "debian", "internet"],
  [/\b(sles|suse)\b/i, "suse", "internet"],
  [/\brocky\b/i, "rocky", "internet"],
  [/\balma(linux)?\b/i, "alma", "internet"],
  [/\bcentos\b/i, "centos", "internet"],
  [/\boracle[-_ ]?linux\b/i, "oracle-linux", "internet"],
];

function byWords(text: string, clue: string): FleetSystem | undefined {
  const spaced = text.replaceAll("_", "-");
  const found = words.find(([word]) => word.test(spaced));
  return found && { id: found[1], updateSource: found[2], clue, ...ofUnknownImage };
}

function byUserData({ userData }: Fleet): FleetSystem | undefined {
  const text = known(userData) ?? "";
  if (/<(powershell|script)>/i.test(text)) {
    return { id: "windows-server", updateSource: "microsoft-update", clue: "user data", ...ofUnknownImage };
  }
  return undefined;
}
