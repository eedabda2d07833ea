import { isNative, isOf } from "./kinds";
import { flag } from "./network";
import { isOwned } from "./ownership";
import { type Reading, elementsOf, known, read, readText } from "./reading";
import { type StackResource, given } from "./resource";
import { Stack, type Target } from "./stack";

/** The source or destination of a rule. */
export type Peer =
  | { readonly is: "block"; readonly block: string }
  | { readonly is: "ipv6 block" }
  | { readonly is: "group"; readonly group: Target }
  /**
   * A prefix list of AWS's or from elsewhere: `undefined` while its id is not known; then `from` has the resources that
   * it may come from.
   */
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

/**
 * The security group that a reference leads to, with its rules however they are written; `undefined` for one that is
 * not in the stack.
 */
export function securityGroupOf(stack: Stack, target: Target): SecurityGroup | undefined {
  return target.is === "resource" ? stack.derive(securityGroupsOf).get(target.resource.urn) : undefined;
}

type Direction = "ingress" | "egress";

interface GatheredGroup extends SecurityGroup {
  readonly ingress: SecurityGroupRule[];
  readonly egress: SecurityGroupRule[];
}

/** By the URN of the group; a VPC's default group by the VPC's, and by that of what manages it. */
function securityGroupsOf(stack: Stack): ReadonlyMap<string, SecurityGroup> {
  const withInlineRules = (resource: StackResource): GatheredGroup => ({
    resource,
    ingress: inlineRules(stack, resource, "ingress"),
    egress: inlineRules(stack, resource, "egress"),
  });
  const groups = new Map([
    ...stack
      .of("vpc")
      .filter(isOwned)
      .map((vpc) => [vpc.urn, defaultGroup(vpc)] as const),
    ...stack.of("securityGroup").map((resource) => [resource.urn, withInlineRules(resource)] as const),
  ]);
  for (const resource of stack.of("defaultSecurityGroup")) {
    const group = withInlineRules(resource);
    groups.set(resource.urn, group);
    const vpc = stack.followProperty(resource, "vpcId", "vpc");
    if (vpc?.is === "resource") groups.set(vpc.resource.urn, group);
  }
  const put = (rule: StackResource, property: string, direction: Direction) => {
    const group = stack.followProperty(rule, property, "securityGroup");
    if (group?.is === "resource") groups.get(group.resource.urn)?.[direction].push(readRule(stack, rule, rule.props));
    // A rule whose group is not known may be any group's.
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

/** Whether two references lead to one group. */
export function isSameGroup(stack: Stack, a: Target, b: Target): boolean | undefined {
  return a.is === "resource" && b.is === "resource"
    ? securityGroupOf(stack, a) === securityGroupOf(stack, b)
    : Stack.same(a, b);
}

/**
 * The default group of a VPC: it allows inbound traffic from its own members and all outbound traffic. Source:
 * https://docs.aws.amazon.com/vpc/latest/userguide/default-security-group.html, checked 2026-11-22.
 */
function defaultGroup(vpc: StackResource): GatheredGroup {
  const own: Peer = { is: "group", group: { is: "resource", resource: vpc } };
  return { resource: vpc, ingress: [{ ...everything(vpc), peers: [own] }], egress: [everything(vpc)] };
}

const groupProperty = (rule: StackResource) => (isNative(rule) ? "groupId" : "securityGroupId");

/** The rules in the group's own inputs. */
function inlineRules(stack: Stack, group: StackResource, direction: Direction): SecurityGroupRule[] {
  const native = isNative(group);
  const property = native ? `securityGroup${direction === "egress" ? "Egress" : "Ingress"}` : direction;
  const list = given(group, property);
  if (list.is === "absent") {
    // The classic provider removes AWS's default egress rule from the groups that it creates; aws-native keeps it.
    // Source: the note on egress of aws.ec2.SecurityGroup in @pulumi/aws 7.48.0, checked 2026-11-22.
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

/** @param inList the top-level property of the list that contains the rule, if any */
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
  const lists = values(peerProperties.lists).flatMap(({ reading, property }): Peer[] => {
    const from = (resource.propertyDependencies?.[property] ?? []).filter(
      (one) => isOf("vpcEndpoint", one) || isOf("prefixList", one),
    );
    const isOurs = reading.is === "known" || from.every((one) => isOf("prefixList", one));
    const list = isOurs ? stack.follow(reading, resource, property, "prefixList") : undefined;
    if (list?.is === "resource") return entriesOf(stack, list.resource);
    return [{ is: "prefix list", id: known(reading) as string | undefined, from }];
  });
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

/** The entries of a customer-managed prefix list, by its own inputs and by resources for its entries. */
function entriesOf(stack: Stack, list: StackResource): Peer[] {
  const own = elementsOf(given(list, "entries")).map((entry) => readText(known(entry), "cidr"));
  const added = stack.of("prefixListEntry").flatMap((entry) => {
    const of = stack.followProperty(entry, "prefixListId", "prefixList");
    if (of?.is === "outside" || (of?.is === "resource" && of.resource.urn !== list.urn)) return [];
    return [of?.is === "resource" ? readText(entry.props, "cidr") : ({ is: "unknown" } as const)];
  });
  return [...own, ...added].map((cidr): Peer => {
    if (cidr.is !== "known") return { is: "unknown" };
    return cidr.value.includes(":") ? { is: "ipv6 block" } : { is: "block", block: cidr.value };
  });
}

/** The group that `self` means. */
function ownerOf(stack: Stack, resource: StackResource, inList: string | undefined): Target | undefined {
  if (inList) return { is: "resource", resource };
  return stack.followProperty(resource, groupProperty(resource), "securityGroup");
}

function textOf(reading: Reading): string | undefined {
  return reading.is === "known" ? String(reading.value) : undefined;
}
