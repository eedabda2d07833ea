import { isNative } from "./kinds";
import { flag } from "./network";
import { type Reading, elementsOf, known, read, readText } from "./reading";
import { type StackResource, given } from "./resource";
import type { Stack, Target } from "./stack";

/** Whom a rule is about. */
export type Peer =
  | { readonly is: "block"; readonly block: string }
  | { readonly is: "ipv6 block" }
  | { readonly is: "group"; readonly group: Target }
  /** A prefix list: `undefined` while its id is not known; then `from` tells where it may come from. */
  | { readonly is: "prefix list"; readonly id: string | undefined; readonly from: readonly StackResource[] }
  | { readonly is: "unknown" };

export interface SecurityGroupRule {
  readonly resource: StackResource;
  /** `undefined` while it isn't known. */
  readonly protocol: string | undefined;
  readonly fromPort: number | undefined;
  readonly toPort: number | undefined;
  readonly peers: readonly Peer[];
}

export interface SecurityGroup {
  readonly resource: StackResource;
  readonly ingress: readonly SecurityGroupRule[];
  readonly egress: readonly SecurityGroupRule[];
}

/** The security group that a reference leads to, with its rules however they are written; `undefined` for one made elsewhere. */
export function securityGroupOf(stack: Stack, target: Target): SecurityGroup | undefined {
  return target.is === "resource" ? stack.derive(securityGroupsOf).get(target.resource.urn) : undefined;
}

type Direction = "ingress" | "egress";

function securityGroupsOf(stack: Stack): ReadonlyMap<string, SecurityGroup> {
  const groups = new Map(
    [...stack.of("securityGroup"), ...stack.of("defaultSecurityGroup")].map((resource) => [
      resource.urn,
      { resource, ingress: inlineRules(stack, resource, "ingress"), egress: inlineRules(stack, resource, "egress") },
    ]),
  );
  const put = (rule: StackResource, property: string, direction: Direction) => {
    const group = stack.followProperty(rule, property, "securityGroup");
    if (group?.is === "resource") groups.get(group.resource.urn)?.[direction].push(readRule(stack, rule, rule.props));
    // A rule of nobody knows which group may be any group's.
    if (group?.is === "unknown") for (const one of groups.values()) one[direction].push(unknownRule(rule));
  };
  for (const rule of stack.of("securityGroupRule")) {
    const direction = known(readText(rule.props, "type"));
    if (direction === "ingress" || direction === "egress") put(rule, "securityGroupId", direction);
  }
  for (const rule of stack.of("securityGroupIngress")) put(rule, groupProperty(rule), "ingress");
  for (const rule of stack.of("securityGroupEgress")) put(rule, groupProperty(rule), "egress");
  return groups;
}

const groupProperty = (rule: StackResource) => (isNative(rule) ? "groupId" : "securityGroupId");

/** The rules in the group's own inputs. */
function inlineRules(stack: Stack, group: StackResource, direction: Direction): SecurityGroupRule[] {
  const native = isNative(group);
  const property = native ? `securityGroup${direction === "egress" ? "Egress" : "Ingress"}` : direction;
  const list = given(group, property);
  if (list.is === "absent") {
    // The classic provider takes AWS's default egress away from the groups that it makes; aws-native leaves it.
    // Source: https://www.pulumi.com/registry/packages/aws/api-docs/ec2/securitygroup/, checked 2026-11-22.
    return native && direction === "egress" ? [everything(group)] : [];
  }
  return elementsOf(list).map((rule) =>
    rule.is === "known" ? readRule(stack, group, rule.value, property) : unknownRule(group),
  );
}

function everything(resource: StackResource): SecurityGroupRule {
  const peers: Peer[] = [{ is: "block", block: "0.0.0.0/0" }];
  return { resource, protocol: "-1", fromPort: 0, toPort: 0, peers };
}

function unknownRule(resource: StackResource): SecurityGroupRule {
  return { resource, protocol: undefined, fromPort: undefined, toPort: undefined, peers: [{ is: "unknown" }] };
}

/** Where rules of all kinds name their peers: lists and single values, of both providers. */
const peerProperties: Readonly<Record<"blocks" | "ipv6" | "groups" | "lists", readonly string[]>> = {
  blocks: ["cidrBlocks", "cidrIpv4", "cidrIp"],
  ipv6: ["ipv6CidrBlocks", "cidrIpv6"],
  groups: ["securityGroups", "sourceSecurityGroupId", "referencedSecurityGroupId", "destinationSecurityGroupId"],
  lists: ["prefixListIds", "prefixListId", "sourcePrefixListId", "destinationPrefixListId"],
};

/** @param inList the top-level property of the list that the rule stands in, if it does */
function readRule(stack: Stack, resource: StackResource, record: unknown, inList?: string): SecurityGroupRule {
  const values = (names: readonly string[]) =>
    names.flatMap((name) => {
      const reading = inList ? read(record, name) : given(resource, name);
      const isList = reading.is === "known" && Array.isArray(reading.value);
      const readings = isList ? elementsOf(reading) : reading.is === "absent" ? [] : [reading];
      return readings.filter((one) => known(one) !== "").map((one) => ({ reading: one, property: inList ?? name }));
    });
  const blocks = values(peerProperties.blocks).map(({ reading }): Peer =>
    reading.is === "known" ? { is: "block", block: String(reading.value) } : { is: "unknown" },
  );
  const groups = values(peerProperties.groups).map(({ reading, property }): Peer => {
    const group = stack.follow(reading, resource, property, "securityGroup");
    return group ? { is: "group", group } : { is: "unknown" };
  });
  const lists = values(peerProperties.lists).map(({ reading, property }): Peer => ({
    is: "prefix list",
    id: known(reading) as string | undefined,
    from: resource.propertyDependencies?.[property] ?? [],
  }));
  const self = flag(read(record, "self"));
  const owner = self.is === "known" && self.value ? ownerOf(stack, resource, inList) : undefined;
  const port = (name: string): number | undefined => {
    const value = known(inList ? read(record, name) : given(resource, name));
    return value === undefined ? undefined : Number(value);
  };
  return {
    resource,
    protocol: textOf(read(record, "protocol")) ?? textOf(read(record, "ipProtocol")),
    fromPort: port("fromPort"),
    toPort: port("toPort"),
    peers: [
      ...blocks,
      ...values(peerProperties.ipv6).map((): Peer => ({ is: "ipv6 block" })),
      ...groups,
      ...lists,
      ...(owner ? [{ is: "group", group: owner } as const] : []),
    ],
  };
}

/** The group that `self` means. */
function ownerOf(stack: Stack, resource: StackResource, inList: string | undefined): Target | undefined {
  if (inList) return { is: "resource", resource };
  return stack.followProperty(resource, groupProperty(resource), "securityGroup");
}

function textOf(reading: Reading): string | undefined {
  return reading.is === "known" ? String(reading.value) : undefined;
}
