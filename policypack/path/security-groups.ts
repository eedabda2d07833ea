import type { Truth } from "../iam/truth";
import { type AddressRange, anywhere, contains, isPrivate, overlaps, readBlock } from "../stack/addresses";
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
import { Stack, type Target } from "../stack/stack";
import { type Evidence, type HopVerdict, blocked, gravest, open, unknown } from "./hop";
import type { Leg } from "./legs";

/**
 * Do the security groups of the instances allow these legs, and those of endpoints and servers allow the inbound
 * traffic?
 */
export function securityGroupsHop(stack: Stack, fleet: Fleet, legs: readonly Leg[]): HopVerdict {
  const verdicts = legs.map((leg) => throughGroups(stack, fleet, leg));
  return gravest(verdicts) ?? unknown("the network path of the traffic");
}

function throughGroups(stack: Stack, fleet: Fleet, leg: Leg): HopVerdict {
  const out = egress(stack, fleet, leg);
  const otherGroups = groupsOfOtherEnd(leg);
  return out.verdict === "open" && otherGroups ? ingress(stack, fleet, leg, otherGroups) : out;
}

/** The groups that must allow the instances; S3 and the internet have none. */
function groupsOfOtherEnd({ to }: Leg): readonly Target[] | undefined {
  switch (to.is) {
    case "interface endpoint":
      return orDefaultGroup(to.endpoint.securityGroups, to.endpoint.vpc);
    case "server":
      return orDefaultGroup(to.server.securityGroups, to.server.subnet.vpc);
    case "S3 gateway endpoint":
    case "internet":
      return undefined;
  }
}

/** The VPC's default group, where no group is set. */
function orDefaultGroup(groups: readonly Target[], vpc: Target | undefined): readonly Target[] {
  return groups.length > 0 ? groups : [vpc ?? { is: "unknown" }];
}

/** The other end in words: for a reason, and as the destination of a new outbound rule. */
function wordsFor(leg: Leg): { name: string; peer: string } {
  const { to } = leg;
  switch (to.is) {
    case "interface endpoint":
      return {
        name: `the endpoint \`${to.endpoint.resource.name}\``,
        peer: isCentral(leg) ? "the CIDR blocks of the endpoint's subnets" : "the endpoint's security group",
      };
    case "S3 gateway endpoint":
      return {
        name: `the endpoint \`${to.endpoint.resource.name}\``,
        peer: "the S3 prefix list (com.amazonaws.REGION.s3)",
      };
    case "internet":
      return { name: "the internet", peer: "0.0.0.0/0" };
    case "server":
      return { name: to.server.name, peer: "the server's security group" };
  }
}

function egress(stack: Stack, fleet: Fleet, leg: Leg): HopVerdict {
  const { port } = leg;
  const { groups, isWhole } = groupsOf(stack, groupsOfFleet(fleet, leg));
  const allowed = allows(
    groups.flatMap((group) => group.egress),
    port,
    (peer) => leadsTo(stack, peer, leg),
  );
  if (allowed === true) return open(`the security groups allow ${port}`);
  const evidence = whereRulesAre(groups, "egress") ?? { resource: fleet.resource };
  const { name, peer } = wordsFor(leg);
  if (allowed === "unknown" || !isWhole)
    return unknown(`whether the outbound rules of the security groups allow ${port} to ${name}`, evidence);
  return blocked(
    `the outbound rules of the security groups do not allow ${port} to ${name}`,
    evidence,
    `Add an egress rule for ${port}/tcp to ${peer}.`,
    groups.map(({ resource }) => ({ is: "resource", resource })),
  );
}

function ingress(stack: Stack, fleet: Fleet, leg: Leg, otherGroups: readonly Target[]): HopVerdict {
  const { port, to } = leg;
  const { groups, isWhole } = groupsOf(stack, otherGroups);
  const allowed = allows(
    groups.flatMap((group) => group.ingress),
    port,
    (peer) => comesFrom(stack, peer, fleet, leg),
  );
  if (allowed === true) return open(`the security groups allow ${port}`);
  const at =
    whereRulesAre(groups, "ingress") ??
    ("endpoint" in to ? { resource: to.endpoint.resource, property: "securityGroupIds" } : undefined);
  const { name } = wordsFor(leg);
  const whose = name.replace("the endpoint ", "");
  if (allowed === "unknown" || !isWhole) {
    return unknown(`whether the security groups of ${whose} allow inbound traffic from the instances`, at);
  }
  return blocked(
    `the security groups of ${whose} do not allow inbound ${port} from the instances`,
    at,
    `Add an ingress rule for ${port}/tcp from ${isCentral(leg) ? "the CIDR blocks of the instances' subnets" : "the instances' security group"}.`,
    groups.map(({ resource }) => ({ is: "resource", resource })),
  );
}

function groupsOfFleet({ securityGroups }: Fleet, { from }: Leg): readonly Target[] {
  return orDefaultGroup(securityGroups, from.vpc);
}

/** The first group that is a resource of its own. */
function whereRulesAre(groups: readonly SecurityGroup[], property: "ingress" | "egress"): Evidence | undefined {
  const group = groups.find(({ resource }) => !isOf("vpc", resource));
  return group && { resource: group.resource, property };
}

/** The groups in this stack, and whether these are all. */
function groupsOf(stack: Stack, targets: readonly Target[]): { groups: SecurityGroup[]; isWhole: boolean } {
  const groups = targets.flatMap((target) => securityGroupOf(stack, target) ?? []);
  return { groups, isWhole: groups.length === targets.length };
}

function allows(rules: readonly SecurityGroupRule[], port: number, fits: (peer: Peer) => Truth): Truth {
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
function leadsTo(stack: Stack, peer: Peer, leg: Leg): Truth {
  const { to } = leg;
  switch (peer.is) {
    case "unknown":
      return "unknown";
    case "ipv6 block":
      return false;
    case "block": {
      const block = readBlock(peer.block);
      if (!block) return "unknown";
      if (contains(block, anywhere)) return true;
      const ranges = rangesOf(stack, leg);
      if (!ranges) return isPrivate(block) ? false : "unknown";
      if (ranges.some((range) => !range)) return "unknown";
      if (ranges.every((range) => range && contains(block, range))) return true;
      return ranges.some((range) => range && overlaps(block, range)) ? "unknown" : false;
    }
    case "group": {
      const groups = groupsOfOtherEnd(leg);
      if (groups) return acrossVpcs(leg, isAmong(stack, peer.group, groups));
      return peer.group.is === "unknown" ? "unknown" : false;
    }
    case "prefix list":
      return to.is === "S3 gateway endpoint" ? isListOf(stack, peer, to.endpoint) : isCustomers(stack, peer);
  }
}

/**
 * A group of another VPC can be referenced over peering, and over a transit gateway only where that is configured to
 * support it. Source: https://docs.aws.amazon.com/vpc/latest/peering/vpc-peering-security-groups.html and
 * `securityGroupReferencingSupport` of transit gateways, checked 2026-11-22.
 */
function acrossVpcs(leg: Leg, isNamed: Truth): Truth {
  return isCentral(leg) && isNamed === true ? "unknown" : isNamed;
}

/** Whether a leg ends at an endpoint of another VPC. */
function isCentral({ from, to }: Leg): boolean {
  return to.is === "interface endpoint" && Stack.same(to.endpoint.vpc, from.vpc) === false;
}

/** The address ranges of the other end, each by itself; `undefined` for public addresses. */
function rangesOf(stack: Stack, { to }: Leg): readonly (AddressRange | undefined)[] | undefined {
  if (to.is === "server") return [to.server.range];
  return to.is === "interface endpoint" ? to.endpoint.subnets.map((target) => rangeOf(stack, target)) : undefined;
}

function rangeOf(stack: Stack, target: Target): AddressRange | undefined {
  const { cidrBlock } = subnetOf(stack, target);
  return cidrBlock === undefined ? undefined : readBlock(cidrBlock);
}

function isAmong(stack: Stack, group: Target, groups: readonly Target[]): Truth {
  const same = groups.map((one) => isSameGroup(stack, group, one));
  if (same.includes(true)) return true;
  return same.includes(undefined) ? "unknown" : false;
}

/** Whether a prefix list is the one of S3's addresses; gateway endpoints name it, the same for all of one service. */
function isListOf(stack: Stack, { id, from }: Peer & { is: "prefix list" }, endpoint: PlacedEndpoint): Truth {
  const endpointWithList =
    id === undefined
      ? onlyOne(from)
      : stack.of("vpcEndpoint").find(({ props }) => known(readText(props, "prefixListId")) === id);
  const service =
    endpointWithList && isOf("vpcEndpoint", endpointWithList) ? known(endpointOf(endpointWithList).service) : undefined;
  return service === undefined ? "unknown" : service === known(endpoint.service);
}

function onlyOne<T>([only, ...others]: readonly T[]): T | undefined {
  return others.length === 0 ? only : undefined;
}

/**
 * AWS-managed lists contain neither private addresses nor the whole internet; a customer-managed list may contain
 * anything.
 */
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
      return acrossVpcs(leg, isAmong(stack, peer.group, groupsOfFleet(fleet, leg)));
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
