import { type Topology, fleetTag } from "@patchpath/components";
import { isWindows } from "patchpath/facts";
import type { Endpoints } from "./endpoints";
import { type ExistingFleet, type Fleet, isExistingFleet } from "./fleets";
import { type Network, isExistingNetwork } from "./network";
import type { Patching } from "./patching";
import { namespace } from "./values";
import type { Wsus } from "./wsus";

interface Config {
  /** At their places; `undefined` where one is wrong by itself. */
  readonly eachFleet: readonly (Fleet | undefined)[];
  /** All of them, where none is wrong by itself. */
  readonly fleets?: readonly Fleet[] | undefined;
  readonly topology?: Topology | undefined;
  readonly endpoints?: Endpoints | undefined;
  readonly network?: Network | undefined;
  readonly patching?: Patching | undefined;
  readonly wsus?: Wsus | undefined;
}

/** What is wrong with fleets of existing instances, beside other fleets and with the rest of the config. */
export function checkExistingFleets(config: Config): string[] {
  const { eachFleet, network, topology } = config;
  const problems = eachFleet.flatMap((fleet, i) => {
    if (!fleet || !isExistingFleet(fleet)) return [];
    const key = `${namespace}fleets[${i}]`;
    return [
      // An instance can't exist before its VPC, and in a VPC elsewhere nothing that the stack creates would serve it.
      ...(network && !isExistingNetwork(network)
        ? [
            `\`${key}.tag\` is for existing instances, and a VPC that the stack creates has none; expected their VPC as \`${namespace}network.vpcId\``,
          ]
        : []),
      ...checkSecurityGroup(fleet, key, config),
      ...checkTag(fleet, i, eachFleet, topology, key),
    ];
  });
  return [...problems, ...checkQuickSetup(config)];
}

const isClient = (fleet: Fleet, topology: Topology | undefined) =>
  topology === "wsus" && isWindows(fleet.operatingSystem);

/** Endpoints with private names answer for the whole VPC: an instance that they don't allow loses Systems Manager. */
function checkSecurityGroup(fleet: ExistingFleet, key: string, { endpoints, topology }: Config): string[] {
  if (!endpoints || !topology) return [];
  // Without `services` the hub has all of them, and the stack has no endpoints of its own.
  const hasOwnEndpoints = endpoints.interface && (!endpoints.central || endpoints.central.services !== undefined);
  const isAllowed = hasOwnEndpoints || isClient(fleet, topology);
  if (isAllowed === (fleet.securityGroupId !== undefined)) return [];
  return [
    isAllowed
      ? `\`${key}.securityGroupId\` is missing; expected a security group that the instances have, which the endpoints then allow`
      : `\`${key}.securityGroupId\` has no effect without interface endpoints; expected it left out`,
  ];
}

/** An instance that two targets name would be patched twice at a time, and one of the two runs fails. */
function checkTag(
  fleet: ExistingFleet,
  i: number,
  eachFleet: readonly (Fleet | undefined)[],
  topology: Topology | undefined,
  key: string,
): string[] {
  const { key: tag, value } = fleet.tag;
  if (eachFleet.some((one) => one && !isExistingFleet(one)) && (tag === "Name" || tag === fleetTag)) {
    return [
      `\`${key}.tag\` is \`${tag}=${value}\`, a tag that the stack gives its own instances; expected one that they don't have`,
    ];
  }
  const own = eachFleet.findIndex((one) => one && !isExistingFleet(one) && one.tags[tag] === value);
  if (own >= 0) {
    return [
      `\`${key}.tag\` is \`${tag}=${value}\`, which the instances of \`fleets[${own}]\` have by its \`tags\`; expected a tag that they don't have`,
    ];
  }
  // Clients of WSUS are pointed at it by their tag, once, and it allows one group of theirs.
  if (!isClient(fleet, topology)) return [];
  const alike = eachFleet.findIndex(
    (one) => one && isExistingFleet(one) && isClient(one, topology) && one.tag.key === tag && one.tag.value === value,
  );
  const other = eachFleet[alike] as ExistingFleet;
  if (alike === i || other.securityGroupId === fleet.securityGroupId) return [];
  return [
    `\`${key}.securityGroupId\` is \`${String(fleet.securityGroupId)}\`, and \`fleets[${alike}]\` with the same tag has another; expected one that the instances of both have`,
  ];
}

/** A configuration of Quick Setup targets one tag; one for organizational units targets none. */
function checkQuickSetup({ fleets, patching, topology, wsus }: Config): string[] {
  const existing = fleets?.flatMap((fleet, i) => (isExistingFleet(fleet) ? [{ i, ...fleet.tag }] : [])) ?? [];
  const [first, ...others] = existing;
  if (!fleets || !first || !patching || !["patch-policy", "host-management"].includes(patching.method)) return [];
  const { method, targets, configurationId } = patching;
  const key = `${namespace}patching`;
  const tagged =
    configurationId !== undefined && existing.length === fleets.length
      ? [
          `\`${key}.configurationId\` tags the roles of instances that the stack creates, and it creates none; expected it left out`,
        ]
      : [];
  const beside = (targets?.organizationalUnits ?? []).length > 0 ? undefined : otherTarget();
  if (beside === undefined) return tagged;
  return [
    ...tagged,
    `\`${key}.method\` is \`${method}\`, which targets one tag, and there is ${beside} in addition to \`fleets[${first.i}].tag\`; expected \`maintenance-window\` or \`on-demand\`, or a stack for each tag`,
  ];

  function otherTarget(): string | undefined {
    const own = fleets?.findIndex((fleet) => !isExistingFleet(fleet)) ?? -1;
    if (own >= 0) return `\`fleets[${own}]\`, which the stack creates,`;
    if (topology === "wsus" && wsus && !wsus.existing) return "the WSUS server, which the stack creates,";
    const other = others.find(({ key: tag, value }) => tag !== first?.key || value !== first.value);
    return other && `\`fleets[${other.i}].tag\``;
  }
}
