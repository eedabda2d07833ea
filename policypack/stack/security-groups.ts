import { type AddressRange, anywhere, readBlock } from "./addresses";
import { isNative } from "./kinds";
import { isOwned } from "./ownership";
import { type PrefixList, prefixListBehind } from "./prefix-lists";
import { type Reading, asText, elementsOf, flag, known, read, readText, scalarNumber, scalarText } from "./reading";
import { type StackResource, given } from "./resource";
import { Stack, type Target } from "./stack";

/** The source or destination of a rule. */
export type Peer =
  | { readonly is: "block"; readonly block: AddressRange }
  | { readonly is: "ipv6 block" }
  | { readonly is: "group"; readonly group: Target }
  /** An AWS-managed list; the blocks of a customer-managed one are peers by themselves. */
  | { readonly is: "service"; readonly service: string | undefined }
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

/** By the URN of the group; a VPC's default group by the VPC's, and by that of what manages it; a cluster's by the cluster's. */
function securityGroupsOf(stack: Stack): ReadonlyMap<string, SecurityGroup> {
  const withInlineRules = (resource: StackResource): GatheredGroup => ({
    resource,
    ingress: inlineRules(stack, resource, "ingress"),
    egress: inlineRules(stack, resource, "egress"),
  });
  const groups = new Map([
    ...[...stack.of("vpc"), ...stack.of("eksCluster")]
      .filter(isOwned)
      .map((resource) => [resource.urn, defaultGroup(resource)] as const),
    ...stack.of("securityGroup").map((resource) => [resource.urn, withInlineRules(resource)] as const),
  ]);
  for (const resource of stack.of("defaultSecurityGroup")) {
    const group = withInlineRules(resource);
    groups.set(resource.urn, group);
    const vpc = stack.followProperty(resource, "vpcId", "vpc");
    if (vpc?.is === "resource") groups.set(vpc.resource.urn, group);
    // It may manage the default group of any VPC.
    for (const one of vpc?.is === "unknown" ? stack.of("vpc").filter(isOwned) : []) {
      groups.set(one.urn, { resource, ingress: [unknownRule(resource)], egress: [unknownRule(resource)] });
    }
  }
  const put = (rule: StackResource, property: string, direction: Direction, type?: Reading<string>) => {
    const group = stack.followProperty(rule, property, "securityGroup");
    const found = type?.is === "unknown" ? unknownRule(rule) : readRule(stack, rule, rule.props);
    if (group?.is === "resource") groups.get(group.resource.urn)?.[direction].push(found);
    // A rule whose group is not known may be any group's.
    if (group?.is === "unknown") for (const one of groups.values()) one[direction].push(unknownRule(rule));
  };
  for (const rule of stack.of("securityGroupRule")) {
    const direction = readText(rule.props, "type");
    for (const one of ["ingress", "egress"] as const) {
      if (direction.is === "unknown" || known(direction) === one) put(rule, "securityGroupId", one, direction);
    }
  }
  for (const rule of stack.of("securityGroupIngress")) put(rule, groupProperty(rule), "ingress");
  for (const rule of stack.of("securityGroupEgress")) put(rule, groupProperty(rule), "egress");
  return groups;
}

/** Whether two references lead to one group. */
export function isSameGroup(stack: Stack, a: Target, b: Target): boolean | undefined {
  const [one, other] = [securityGroupOf(stack, a), securityGroupOf(stack, b)];
  return one && other ? one === other : Stack.same(a, b);
}

/**
 * The default group of a VPC, and the one that EKS creates with a cluster: both allow inbound traffic from their own members
 * and all outbound traffic. Sources: https://docs.aws.amazon.com/vpc/latest/userguide/default-security-group.html, checked
 * 2026-11-22; https://docs.aws.amazon.com/eks/latest/userguide/sec-group-reqs.html, checked 2026-11-28.
 *
 * @param owner the VPC or the cluster
 */
function defaultGroup(owner: StackResource): GatheredGroup {
  const own: Peer = { is: "group", group: { is: "resource", resource: owner } };
  return { resource: owner, ingress: [{ ...everything(owner), peers: [own] }], egress: [everything(owner)] };
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
  const peers: Peer[] = [{ is: "block", block: anywhere }];
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
      const readings = reading.is === "known" && Array.isArray(reading.value) ? elementsOf(reading) : [reading];
      return readings.filter(({ is }) => is !== "absent").map((one) => ({ reading: one, property: inList ?? name }));
    });
  const blocks = values(peerProperties.blocks).map(({ reading }): Peer => {
    const block = readBlock(known(asText(reading)) ?? "");
    return block ? { is: "block", block } : { is: "unknown" };
  });
  const groups = values(peerProperties.groups).map(({ reading, property }): Peer => {
    const group = stack.follow(reading, resource, property, "securityGroup");
    return group ? { is: "group", group } : { is: "unknown" };
  });
  const lists = values(peerProperties.lists).flatMap(({ reading, property }) =>
    peersIn(prefixListBehind(stack, reading, resource, property)),
  );
  const self = flag(read(record, "self"));
  const owner = self.is === "known" && self.value ? ownerOf(stack, resource, inList) : undefined;
  const port = (name: string) => scalarNumber(known(inList ? read(record, name) : given(resource, name)));
  return {
    resource,
    protocol: scalarText(known(read(record, "protocol"))) ?? scalarText(known(read(record, "ipProtocol"))),
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

/** The peers that a prefix list stands for. */
function peersIn(list: PrefixList): Peer[] {
  if (list.is !== "blocks") return [list];
  const blocks = list.blocks.map((block): Peer => ({ is: "block", block }));
  return list.isPartial ? [...blocks, { is: "unknown" }] : blocks;
}

/** The group that `self` means. */
function ownerOf(stack: Stack, resource: StackResource, inList: string | undefined): Target | undefined {
  if (inList) return { is: "resource", resource };
  return stack.followProperty(resource, groupProperty(resource), "securityGroup");
}
