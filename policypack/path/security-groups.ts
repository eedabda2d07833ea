import type { Truth } from "../iam/truth";
import { anywhere, contains, overlaps, readBlock } from "../stack/addresses";
import { type PlacedEndpoint, endpointOf } from "../stack/endpoints";
import type { Fleet } from "../stack/fleets";
import { isOf } from "../stack/kinds";
import { subnetOf } from "../stack/network";
import { known, readText } from "../stack/reading";
import {
  type Peer,
  type SecurityGroup,
  type SecurityGroupRule,
  isSameGroup,
  securityGroupOf,
} from "../stack/security-groups";
import type { Stack, Target } from "../stack/stack";
import { type Evidence, type HopVerdict, blocked, gravest, open, unknown } from "./hop";
import type { Leg } from "./legs";

const https = 443;

/** Do the security groups let its instances out to the endpoints, S3 and the internet, and the endpoints let them in? */
export function securityGroupsHop(stack: Stack, fleet: Fleet, legs: readonly Leg[]): HopVerdict {
  const verdicts = legs.map((leg) => throughGroups(stack, fleet, leg));
  return gravest(verdicts) ?? unknown("which way its traffic takes");
}

function throughGroups(stack: Stack, fleet: Fleet, leg: Leg): HopVerdict {
  const out = egress(stack, fleet, leg);
  if (out.verdict !== "open" || leg.to.is !== "interface endpoint") return out;
  return ingress(stack, fleet, leg, leg.to.endpoint);
}

function nameOf({ to }: Leg): string {
  return to.is === "internet" ? "the internet" : `the endpoint \`${to.endpoint.resource.name}\``;
}

function egress(stack: Stack, fleet: Fleet, leg: Leg): HopVerdict {
  const { groups, isWhole } = groupsOf(stack, groupsOfFleet(fleet, leg));
  const admitted = admits(
    groups.flatMap((group) => group.egress),
    https,
    (peer) => leadsTo(stack, peer, leg),
  );
  if (admitted === true) return open("443 is let out and in");
  const evidence = whereRulesAre(groups, "egress") ?? { resource: fleet.resource };
  if (admitted === "unknown" || !isWhole)
    return unknown(`whether its security groups let 443 out to ${nameOf(leg)}`, evidence);
  return blocked(
    `its security groups don't let 443 out to ${nameOf(leg)}`,
    evidence,
    leg.to.is === "S3 gateway endpoint"
      ? "Add an egress rule for 443/tcp to S3's prefix list (com.amazonaws.REGION.s3)."
      : `Add an egress rule for 443/tcp to ${leg.to.is === "internet" ? "0.0.0.0/0" : "the endpoint's security group"}.`,
  );
}

function ingress(stack: Stack, fleet: Fleet, leg: Leg, endpoint: PlacedEndpoint): HopVerdict {
  const evidence = { resource: endpoint.resource, property: "securityGroupIds" };
  const { groups, isWhole } = groupsOf(stack, groupsOfEndpoint(endpoint));
  const admitted = admits(
    groups.flatMap((group) => group.ingress),
    https,
    (peer) => comesFrom(stack, peer, fleet, leg),
  );
  if (admitted === true) return open("443 is let out and in");
  const at = whereRulesAre(groups, "ingress") ?? evidence;
  if (admitted === "unknown" || !isWhole) {
    return unknown(`whether the security groups of \`${endpoint.resource.name}\` admit the instances`, at);
  }
  return blocked(
    `the security groups of \`${endpoint.resource.name}\` don't admit 443 from the instances`,
    at,
    "Add an ingress rule for 443/tcp from the instances' security group.",
  );
}

/** Of a fleet, or an endpoint, without a group of its own: the VPC's default one. */
function groupsOfFleet({ securityGroups }: Fleet, { from }: Leg): readonly Target[] {
  return securityGroups.length > 0 ? securityGroups : [from.vpc ?? { is: "unknown" }];
}

function groupsOfEndpoint({ securityGroups, vpc }: PlacedEndpoint): readonly Target[] {
  return securityGroups.length > 0 ? securityGroups : [vpc ?? { is: "unknown" }];
}

/** The first group that is a resource of its own. */
function whereRulesAre(groups: readonly SecurityGroup[], property: "ingress" | "egress"): Evidence | undefined {
  const group = groups.find(({ resource }) => !isOf("vpc", resource));
  return group && { resource: group.resource, property };
}

/** The groups in sight, and whether these are all. */
function groupsOf(stack: Stack, targets: readonly Target[]): { groups: SecurityGroup[]; isWhole: boolean } {
  const groups = targets.flatMap((target) => securityGroupOf(stack, target) ?? []);
  return { groups, isWhole: groups.length === targets.length };
}

function admits(rules: readonly SecurityGroupRule[], port: number, fits: (peer: Peer) => Truth): Truth {
  let isDoubtful = false;
  for (const rule of rules) {
    const covered = coversPort(rule, port);
    if (covered === false) continue;
    for (const peer of rule.peers) {
      const fit = fits(peer);
      if (fit === true && covered === true) return true;
      if (fit !== false) isDoubtful = true;
    }
  }
  return isDoubtful ? "unknown" : false;
}

function coversPort({ protocol, fromPort, toPort }: SecurityGroupRule, port: number): Truth {
  if (protocol === undefined) return "unknown";
  if (["-1", "all"].includes(protocol.toLowerCase())) return true;
  if (!["tcp", "6"].includes(protocol.toLowerCase())) return false;
  if (fromPort === undefined || toPort === undefined) return "unknown";
  return (fromPort <= port && port <= toPort) || (fromPort === -1 && toPort === -1);
}

/** Whether a peer of an egress rule is where a leg ends. */
function leadsTo(stack: Stack, peer: Peer, { to }: Leg): Truth {
  switch (peer.is) {
    case "unknown":
      return "unknown";
    case "ipv6 block":
      return false;
    case "block": {
      const block = readBlock(peer.block);
      if (!block) return "unknown";
      if (contains(block, anywhere)) return true;
      if (to.is !== "interface endpoint") return isPrivate(peer.block) ? false : "unknown";
      const ranges = to.endpoint.subnets.map((target) => rangeOf(stack, target));
      if (ranges.some((range) => !range)) return "unknown";
      if (ranges.every((range) => range && contains(block, range))) return true;
      return ranges.some((range) => range && overlaps(block, range)) ? "unknown" : false;
    }
    case "group":
      if (to.is !== "interface endpoint") return peer.group.is === "unknown" ? "unknown" : false;
      return isAmong(stack, peer.group, groupsOfEndpoint(to.endpoint));
    case "prefix list":
      return to.is === "S3 gateway endpoint" ? isListOf(stack, peer, to.endpoint) : isCustomers(stack, peer);
  }
}

function isPrivate(block: string): boolean {
  return /^(10\.|192\.168\.|172\.(1[6-9]|2\d|3[01])\.)/.test(block);
}

function rangeOf(stack: Stack, target: Target) {
  const { cidrBlock } = subnetOf(stack, target);
  return cidrBlock === undefined ? undefined : readBlock(cidrBlock);
}

function isAmong(stack: Stack, group: Target, groups: readonly Target[]): Truth {
  const same = groups.map((one) => isSameGroup(stack, group, one));
  if (same.includes(true)) return true;
  return same.includes(undefined) ? "unknown" : false;
}

/** Whether a prefix list is the one of S3's addresses, which gateway endpoints tell: all of one service the same. */
function isListOf(stack: Stack, { id, from }: Peer & { is: "prefix list" }, endpoint: PlacedEndpoint): Truth {
  const teller =
    id === undefined
      ? onlyOne(from)
      : stack.of("vpcEndpoint").find(({ props }) => known(readText(props, "prefixListId")) === id);
  const service = teller && isOf("vpcEndpoint", teller) ? known(endpointOf(teller).service) : undefined;
  return service === undefined ? "unknown" : service === known(endpoint.service);
}

function onlyOne<T>([only, ...others]: readonly T[]): T | undefined {
  return others.length === 0 ? only : undefined;
}

/** AWS's own lists hold no private addresses and not the whole internet; a customer's may hold anything. */
function isCustomers(stack: Stack, { id, from }: Peer & { is: "prefix list" }): Truth {
  const isAmazons =
    id === undefined
      ? from.length > 0 && from.every((resource) => isOf("vpcEndpoint", resource))
      : stack.of("vpcEndpoint").some(({ props }) => known(readText(props, "prefixListId")) === id);
  return isAmazons ? false : "unknown";
}

/** Whether a peer of an ingress rule is the fleet. */
function comesFrom(stack: Stack, peer: Peer, fleet: Fleet, leg: Leg): Truth {
  switch (peer.is) {
    case "unknown":
      return "unknown";
    case "ipv6 block":
      return false;
    case "group":
      return isAmong(stack, peer.group, groupsOfFleet(fleet, leg));
    case "prefix list":
      return isCustomers(stack, peer);
    case "block": {
      const block = readBlock(peer.block);
      const range = leg.from.cidrBlock === undefined ? undefined : readBlock(leg.from.cidrBlock);
      if (!block || (!range && !contains(block, anywhere))) return "unknown";
      if (!range || contains(block, range)) return true;
      return overlaps(block, range) ? "unknown" : false;
    }
  }
}
