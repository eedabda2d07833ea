import { controlPlaneServices } from "../facts/endpoints";
import { systems } from "../facts/systems";
import { type AttachedFleet, attachedFleetsOf } from "../stack/attached-fleets";
import type { Fleet } from "../stack/fleets";
import { fleetsOf, specificationsOf } from "../stack/fleets";
import { type Patcher, patchersOf } from "../stack/patchers";
import type { Stack } from "../stack/stack";
import { type FleetSystem, systemOf } from "../stack/systems";
import { agentHop } from "./agent";
import { agreed, inEachSubnet } from "./alternatives";
import { controlPlaneHop } from "./control-plane";
import { dnsHop } from "./dns";
import { documentCallsOf } from "./document-calls";
import { signerOf } from "./endpoint-policy";
import { type Hop, type HopVerdict, blocked, gravest, hops, unknown } from "./hop";
import { identityHop } from "./identity";
import { legsOf } from "./legs";
import { networkAclsHop } from "./network-acls";
import { signedReadHop } from "./payload";
import { withRemedy } from "./remedies";
import { repositoryHop } from "./repository";
import { repositoryPorts } from "./repository-ports";
import { s3RouteHop } from "./s3-route";
import { securityGroupsHop } from "./security-groups";
import { withoutWhatIsNotModelled } from "./unmodelled-hops";
import { egressOf } from "./subnet-egress";

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

/** A fleet is as patchable as the worst of the settings that its instances may be launched with. */
function pathOf(stack: Stack, fleet: Fleet): FleetPath {
  if (fleet.opaque !== undefined) return opaquePath(stack, fleet, fleet.opaque);
  const each = specificationsOf(fleet).map((one) => verdictsOf(stack, one));
  const verdicts = ofEachHop((hop) => gravest(each.map((one) => one[hop]))!);
  return {
    fleet,
    system: systemOf(stack, fleet),
    hops: verdicts,
    verdict: verdictOf(Object.values(verdicts)),
    patchers: patchersOf(stack, fleet),
  };
}

type Verdicts = Readonly<Record<Hop, HopVerdict>>;

function ofEachHop(verdictOn: (hop: Hop) => HopVerdict): Verdicts {
  return Object.fromEntries(hops.map((hop) => [hop, verdictOn(hop)])) as Verdicts;
}

/** The hops that depend on what a launch template says. */
const ofTemplate: readonly Hop[] = ["agent", "identity", "security-groups", "repository"];

/** In each of several subnets that it may run in; where these differ, it is unknown which it is. */
function verdictsOf(stack: Stack, fleet: Fleet): Verdicts {
  const each = inEachSubnet(fleet).map((one) => hopsOf(stack, one));
  const which = `which of ${each.length} subnets the instances run in, known after the update`;
  return ofEachHop((hop) => {
    const verdicts = each.map((one) => one[hop]);
    return withRemedy(fleet, hop, named(fleet, hop, agreed(verdicts, which)));
  });
}

function hopsOf(stack: Stack, fleet: Fleet): Verdicts {
  const system = systemOf(stack, fleet);
  const bySubnet = egressOf(stack, fleet, controlPlaneServices);
  const signer = signerOf(stack, fleet);
  const repository = repositoryHop(stack, fleet, system, bySubnet);
  const legs = legsOf(fleet, bySubnet, repositoryPorts(stack, fleet, system, bySubnet));
  const verdicts: Verdicts = {
    agent: agentHop(fleet, system, bySubnet),
    identity: withoutMetadata(fleet) ?? identityHop(stack, fleet),
    dns: dnsHop(stack, bySubnet),
    "control-plane": gravest([controlPlaneHop(bySubnet, signer), ...documentCallsOf(stack, fleet)])!,
    "security-groups": securityGroupsHop(stack, fleet, legs),
    "network-acls": networkAclsHop(stack, legs, system),
    "s3-route": s3RouteHop(bySubnet),
    payload: signedReadHop("payload", bySubnet, signer),
    snapshot: signedReadHop("snapshot", bySubnet, signer),
    repository,
  };
  return withoutWhatIsNotModelled(stack, fleet, bySubnet, verdicts);
}

/** A verdict that says which of several settings it is about, and what of them is not in the stack. */
function named({ unseen, specification, resource }: Fleet, hop: Hop, verdict: HopVerdict): HopVerdict {
  if (unseen !== undefined && verdict.verdict === "unknown" && ofTemplate.includes(hop)) {
    return unknown(unseen, { resource });
  }
  const isTelling = specification !== undefined && ["blocked", "unknown"].includes(verdict.verdict);
  return isTelling ? { ...verdict, because: `${verdict.because} (launch template \`${specification}\`)` } : verdict;
}

/**
 * Without instance metadata there are no credentials of the role. Source:
 * https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/instance-metadata-security-credentials.html (an application on the
 * instance gets them from the metadata) and `httpEndpoint` of EC2's LaunchTemplateInstanceMetadataOptions (`disabled`: no
 * access to it), checked 2026-11-28.
 */
function withoutMetadata({ resource, hasNoMetadata }: Fleet): HopVerdict | undefined {
  const evidence = { resource, property: "metadataOptions" };
  if (hasNoMetadata === "unknown") {
    return unknown("whether the instance metadata service is turned off, which is a secret", evidence);
  }
  if (hasNoMetadata !== true) return undefined;
  return blocked(
    "the instance metadata service is turned off, so the SSM agent cannot get credentials",
    evidence,
    'Set `httpEndpoint` in `metadataOptions` to "enabled", with `httpTokens` "required".',
  );
}

function opaquePath(stack: Stack, fleet: Fleet, because: string): FleetPath {
  const verdict = unknown(
    because,
    { resource: fleet.resource },
    "Check the instances with `aws ssm describe-instance-information`; Patchpath does not model what launches them.",
  );
  return {
    fleet,
    system: undefined,
    hops: ofEachHop(() => verdict),
    verdict: "unknown",
    patchers: patchersOf(stack, fleet),
  };
}

/** The path of existing instances: the stack does not show where they run and how they are configured. */
function attachedPath(stack: Stack, fleet: AttachedFleet): FleetPath {
  const whose = fleet.tag === undefined ? "with a tag that is not known" : `with the tag \`${fleet.tag}\``;
  const verdict = unknown(
    `the configuration of the existing instances ${whose}, which are not in this stack`,
    { resource: fleet.resource },
    "Run `patchpath explain` on the state of the stack that creates them.",
  );
  return {
    fleet,
    system: fleet.system && {
      id: fleet.system,
      updateSource: systems[fleet.system].updateSource,
      clue: "the stack configuration",
      isVendorImage: false,
      imageHasAgent: undefined,
    },
    hops: ofEachHop(() => verdict),
    verdict: "unknown",
    patchers: patchersOf(stack, fleet),
  };
}

function verdictOf(verdicts: readonly HopVerdict[]): FleetPath["verdict"] {
  if (verdicts.some(({ verdict }) => verdict === "blocked")) return "blocked";
  return verdicts.some(({ verdict }) => verdict === "unknown") ? "unknown" : "patchable";
}

/** The hops of a path in the order of the flow. */
export function hopsInOrder({ hops: verdicts }: FleetPath): { hop: Hop; verdict: HopVerdict }[] {
  return hops.map((hop) => ({ hop, verdict: verdicts[hop] }));
}
