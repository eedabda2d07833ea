import type { Truth } from "../iam/truth";
import { type AddressSet, anywhere } from "../stack/addresses";
import type { Fleet } from "../stack/fleets";
import { isOf } from "../stack/kinds";
import { known } from "../stack/reading";
import {
  type Peer,
  type SecurityGroup,
  type SecurityGroupRule,
  isSameGroup,
  securityGroupOf,
} from "../stack/security-groups";
import { Stack, type Target } from "../stack/stack";
import { type AreaRule, type Passage, type Traffic, passageOf, tcpPortsOf } from "./areas";
import { type Evidence, type HopVerdict, blocked, open, unknown } from "./hop";
import { type Leg, destinationOf, overLegs } from "./legs";

/**
 * Do the security groups of the instances allow these legs, and those of endpoints and servers allow the inbound
 * traffic?
 */
export function securityGroupsHop(stack: Stack, fleet: Fleet, legs: readonly Leg[]): HopVerdict {
  return (
    overLegs(legs, (leg) => throughGroups(stack, fleet, leg)) ??
    withoutOutboundRules(stack, fleet) ??
    unknown("the network path of the traffic")
  );
}

/**
 * Groups without an outbound rule allow no outbound traffic, wherever the path leads. Source:
 * https://docs.aws.amazon.com/vpc/latest/userguide/security-group-rules.html, checked 2026-11-28.
 */
function withoutOutboundRules(stack: Stack, { securityGroups }: Fleet): HopVerdict | undefined {
  const { groups, isWhole } = groupsOf(stack, securityGroups);
  const [first] = groups;
  if (!first || !isWhole || groups.some(({ egress: rules }) => rules.length > 0)) return undefined;
  return blocked(
    "the security groups have no outbound rule",
    { resource: first.resource, property: "egress" },
    "Add an egress rule for 443/tcp to `ssm`, `ssmmessages` and S3, or to 0.0.0.0/0.",
    groups.map(({ resource }) => ({ is: "resource", resource })),
  );
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
  const passage = through(
    groups,
    "egress",
    { ...destinationOf(leg, stack), ports: { first: port, last: port } },
    (peer) => leadsTo(stack, peer, leg),
  );
  const evidence = whereRulesAre(groups, "egress") ?? { resource: fleet.resource };
  const { name, peer } = wordsFor(leg);
  if (passage.is === "allowed") return allowed(port, passage, `the outbound rules of the security groups`, evidence);
  if (passage.is === "undecided" || !isWhole)
    return unknown(`whether the outbound rules of the security groups allow ${port} to ${name}`, evidence);
  return blocked(
    `the outbound rules of the security groups do not allow ${port} to ${name}`,
    evidence,
    `Add an egress rule for ${port}/tcp to ${peer}.`,
    groups.map(({ resource }) => ({ is: "resource", resource })),
  );
}

function ingress(stack: Stack, fleet: Fleet, leg: Leg, otherGroups: readonly Target[]): HopVerdict {
  const { port, sources, to } = leg;
  const { groups, isWhole } = groupsOf(stack, otherGroups);
  const traffic = { addresses: sources, isOfManyHosts: false, ports: { first: port, last: port } };
  const passage = through(groups, "ingress", traffic, (peer) => comesFrom(stack, peer, fleet, leg));
  const at =
    whereRulesAre(groups, "ingress") ??
    ("endpoint" in to ? { resource: to.endpoint.resource, property: "securityGroupIds" } : undefined);
  const { name } = wordsFor(leg);
  const whose = name.replace("the endpoint ", "");
  if (passage.is === "allowed") return allowed(port, passage, `the security groups of ${whose}`, at);
  if (passage.is === "undecided" || !isWhole) {
    return unknown(`whether the security groups of ${whose} allow inbound traffic from the instances`, at);
  }
  return blocked(
    `the security groups of ${whose} do not allow inbound ${port} from the instances`,
    at,
    `Add an ingress rule for ${port}/tcp from ${isCentral(leg) ? "the CIDR blocks of the instances' subnets" : "the instances' security group"}.`,
    groups.map(({ resource }) => ({ is: "resource", resource })),
  );
}

function allowed(
  port: number,
  { except }: Passage & { is: "allowed" },
  whose: string,
  evidence: Evidence | undefined,
): HopVerdict {
  const because = `the security groups allow ${port}`;
  return except === undefined
    ? open(because)
    : open(because, { evidence, note: `${whose} do not allow ${port} for ${except}` });
}

function groupsOfFleet({ securityGroups }: Fleet, { from }: Leg): readonly Target[] {
  return orDefaultGroup(securityGroups, from.vpc);
}

/** The first group that is a resource of its own. */
function whereRulesAre(groups: readonly SecurityGroup[], property: "ingress" | "egress"): Evidence | undefined {
  const group = groups.find(({ resource }) => !isOf("vpc", resource) && !isOf("eksCluster", resource));
  return group && { resource: group.resource, property };
}

/** The groups in this stack, and whether these are all. */
function groupsOf(stack: Stack, targets: readonly Target[]): { groups: SecurityGroup[]; isWhole: boolean } {
  const groups = targets.flatMap((target) => securityGroupOf(stack, target) ?? []);
  return { groups, isWhole: groups.length === targets.length };
}

/** What the rules of groups make of traffic. */
function through(
  groups: readonly SecurityGroup[],
  direction: "egress" | "ingress",
  traffic: Traffic,
  isOtherEnd: (peer: Exclude<Peer, { is: "block" }>) => Truth,
): Passage {
  const rules = groups.flatMap((group) => group[direction].flatMap((rule) => rulesFor(rule, traffic, isOtherEnd)));
  return passageOf(rules, traffic);
}

/** A rule as areas, for each of its peers. A peer that is the other end covers all of its addresses. */
function rulesFor(
  rule: SecurityGroupRule,
  traffic: Traffic,
  isOtherEnd: (peer: Exclude<Peer, { is: "block" }>) => Truth,
): AreaRule[] {
  const covered = tcpPortsOf(rule);
  if (!covered) return [];
  const { ports, isSure } = covered;
  const all: AddressSet = traffic.addresses ?? [anywhere];
  return rule.peers.flatMap((peer): AreaRule[] => {
    const fits = peer.is === "block" ? true : isOtherEnd(peer);
    if (fits === false) return [];
    const areas = (peer.is === "block" ? [peer.block] : all).map((addresses) => ({ addresses, ports }));
    return [
      isSure && fits === true
        ? { allows: true, surely: areas, possibly: [] }
        : { allows: true, surely: [], possibly: areas },
    ];
  });
}

/** Whether a peer of an egress rule is where a leg ends. */
function leadsTo(stack: Stack, peer: Exclude<Peer, { is: "block" }>, leg: Leg): Truth {
  switch (peer.is) {
    case "unknown":
      return "unknown";
    case "ipv6 block":
      return false;
    case "group": {
      const groups = groupsOfOtherEnd(leg);
      if (groups) return acrossVpcs(leg, isAmong(stack, peer.group, groups));
      return peer.group.is === "unknown" ? "unknown" : false;
    }
    case "service":
      return isOfService(peer, leg);
  }
}

/** Whether the AWS-managed list of a service contains where a leg ends. */
function isOfService({ service }: Peer & { is: "service" }, { to }: Leg): Truth {
  const wanted = to.is === "S3 gateway endpoint" ? known(to.endpoint.service) : to.is === "internet" && to.isS3 && "s3";
  if (wanted === false) return false;
  return service === undefined ? "unknown" : service === wanted;
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

function isAmong(stack: Stack, group: Target, groups: readonly Target[]): Truth {
  const same = groups.map((one) => isSameGroup(stack, group, one));
  if (same.includes(true)) return true;
  return same.includes(undefined) ? "unknown" : false;
}

/** Whether a peer of an ingress rule is the fleet. AWS-managed lists contain no private addresses. */
function comesFrom(stack: Stack, peer: Exclude<Peer, { is: "block" }>, fleet: Fleet, leg: Leg): Truth {
  switch (peer.is) {
    case "unknown":
      return "unknown";
    case "ipv6 block":
    case "service":
      return false;
    case "group":
      return acrossVpcs(leg, isAmong(stack, peer.group, groupsOfFleet(fleet, leg)));
  }
}
