import { controlPlaneServices } from "../facts/endpoints";
import { systems } from "../facts/systems";
import { type AttachedFleet, attachedFleetsOf } from "../stack/attached-fleets";
import type { Fleet } from "../stack/fleets";
import { fleetsOf } from "../stack/fleets";
import { type Patcher, patchersOf } from "../stack/patchers";
import type { Stack } from "../stack/stack";
import { type FleetSystem, systemOf } from "../stack/systems";
import { addsFromInternet } from "./added-repositories";
import { agentHop } from "./agent";
import { controlPlaneHop } from "./control-plane";
import { dnsHop } from "./dns";
import { documentCallsOf } from "./document-calls";
import { signerOf } from "./endpoint-policy";
import { type Hop, type HopVerdict, gravest, hops, unknown } from "./hop";
import { identityHop } from "./identity";
import { legsOf } from "./legs";
import { networkAclsHop } from "./network-acls";
import { signedReadHop } from "./payload";
import { repositoryHop } from "./repository";
import { s3RouteHop } from "./s3-route";
import { securityGroupsHop } from "./security-groups";
import { agentSource } from "./user-data-sources";
import type { SubnetWays } from "./way";
import { waysOf } from "./ways";
import { asksWsus } from "./wsus";

/** The patch path of a fleet. */
export interface FleetPath {
  readonly fleet: Fleet;
  readonly system: FleetSystem | undefined;
  /** patchable: all hops are open or not needed; blocked: one is blocked; otherwise unknown. */
  readonly verdict: "patchable" | "blocked" | "unknown";
  readonly hops: Readonly<Record<Hop, HopVerdict>>;
  /** What patches or scans it, or may. */
  readonly patchers: readonly Patcher[];
}

/** The paths of all fleets of a stack, and of existing instances that it patches: found once for all who ask. */
export function pathsOf(stack: Stack): readonly FleetPath[] {
  return stack.derive(findPaths);
}

function findPaths(stack: Stack): FleetPath[] {
  return [
    ...fleetsOf(stack).map((fleet) => pathOf(stack, fleet)),
    ...attachedFleetsOf(stack).map((fleet) => attachedPath(stack, fleet)),
  ];
}

function pathOf(stack: Stack, fleet: Fleet): FleetPath {
  const system = systemOf(stack, fleet);
  const ways = waysOf(stack, fleet, controlPlaneServices);
  const signer = signerOf(stack, fleet);
  const repository = repositoryHop(stack, fleet, system, ways);
  const legs = legsOf(ways, readsFromInternet(stack, fleet, system, ways));
  const verdicts: Record<Hop, HopVerdict> = {
    agent: agentHop(fleet, system, ways),
    identity: identityHop(stack, fleet),
    dns: dnsHop(stack, ways),
    "control-plane": gravest([controlPlaneHop(ways, signer), ...documentCallsOf(stack, fleet)])!,
    "security-groups": securityGroupsHop(stack, fleet, legs),
    "network-acls": networkAclsHop(stack, legs, system),
    "s3-route": s3RouteHop(ways),
    payload: signedReadHop("payload", ways, signer),
    snapshot: signedReadHop("snapshot", ways, signer),
    repository,
  };
  return {
    fleet,
    system,
    hops: verdicts,
    verdict: verdictOf(Object.values(verdicts)),
    patchers: patchersOf(stack, fleet),
  };
}

/** The path of existing instances: the stack does not show where they run and how they are configured. */
function attachedPath(stack: Stack, fleet: AttachedFleet): FleetPath {
  const whose = fleet.tag === undefined ? "with a tag that is not known" : `with the tag \`${fleet.tag}\``;
  const verdict: HopVerdict = {
    ...unknown(`the configuration of the existing instances ${whose}, which are not in this stack`),
    evidence: { resource: fleet.resource },
    fix: "Run `patchpath explain` on the state of the stack that creates them.",
  };
  return {
    fleet,
    system: fleet.system && {
      id: fleet.system,
      updateSource: systems[fleet.system].updateSource,
      clue: "the stack configuration",
      isVendorImage: false,
      imageHasAgent: undefined,
    },
    hops: Object.fromEntries(hops.map((hop) => [hop, verdict])) as Record<Hop, HopVerdict>,
    verdict: "unknown",
    patchers: patchersOf(stack, fleet),
  };
}

/**
 * By its package manager (every system except Amazon Linux, and Windows that is pointed to a WSUS server), or by user
 * data.
 */
function readsFromInternet(
  stack: Stack,
  fleet: Fleet,
  system: FleetSystem | undefined,
  ways: readonly SubnetWays[],
): boolean {
  if (addsFromInternet(stack, fleet) || agentSource(fleet, system)?.is === "internet") return true;
  if (system?.updateSource !== "microsoft-update") return system?.updateSource === "internet";
  return !ways.some((way) => asksWsus(stack, fleet, way));
}

function verdictOf(verdicts: readonly HopVerdict[]): FleetPath["verdict"] {
  if (verdicts.some(({ verdict }) => verdict === "blocked")) return "blocked";
  return verdicts.some(({ verdict }) => verdict === "unknown") ? "unknown" : "patchable";
}

/** The hops of a path in the order of the flow. */
export function hopsInOrder({ hops: verdicts }: FleetPath): { hop: Hop; verdict: HopVerdict }[] {
  return hops.map((hop) => ({ hop, verdict: verdicts[hop] }));
}
