import { isNative, isOf } from "./kinds";
import { isOwned, ownershipOf } from "./ownership";
import { elementsOf, flag, known, read, readText, scalarNumber, scalarText } from "./reading";
import { type StackResource, given } from "./resource";
import type { Stack } from "./stack";
import { vpcOfDefault } from "./vpc-defaults";

/** An entry of a network ACL. What is not known is `undefined`, and may match. */
export interface NetworkAclEntry {
  readonly resource: StackResource;
  /** `undefined` also where it is not known whether the entry belongs to this network ACL. */
  readonly number: number | undefined;
  readonly allows: boolean | undefined;
  readonly protocol: string | undefined;
  /** IPv4; `ipv6` for an entry that is about IPv6 only. */
  readonly block: string | undefined;
  readonly fromPort: number | undefined;
  readonly toPort: number | undefined;
}

export interface NetworkAcl {
  readonly resource: StackResource;
  readonly ingress: readonly NetworkAclEntry[];
  readonly egress: readonly NetworkAclEntry[];
  /** Whether the list may have more entries than are known. */
  readonly isPartial: boolean;
}

/**
 * The network ACL of a subnet. `undefined`: the VPC's default one, unmodified, which allows everything; "unknown" where
 * it is not known which one it is.
 */
export function networkAclOf(stack: Stack, subnet: StackResource): NetworkAcl | "unknown" | undefined {
  const { bySubnet, uncertain, byVpc } = stack.derive(networkAclsOf);
  const own = bySubnet.get(subnet.urn);
  // The list of a DefaultNetworkAcl may still name a subnet that another one, not known yet, has taken over.
  const isStale = uncertain && own !== undefined && own !== "unknown" && isOf("defaultNetworkAcl", own.resource);
  if (own && !isStale) return own;
  const vpc = stack.followProperty(subnet, "vpcId", "vpc");
  if (uncertain || vpc?.is !== "resource" || ownershipOf(subnet) === "read") return "unknown";
  return byVpc.get(vpc.resource.urn) ?? (isOwned(vpc.resource) ? undefined : "unknown");
}

interface GatheredAcl extends NetworkAcl {
  readonly ingress: NetworkAclEntry[];
  readonly egress: NetworkAclEntry[];
}

function networkAclsOf(stack: Stack) {
  const acls = new Map<string, GatheredAcl>();
  // The last one counts: AWS moves subnets away from the default one, which lists them until the next refresh.
  const owners = [...stack.of("defaultNetworkAcl"), ...stack.of("networkAcl")];
  for (const resource of owners) {
    const ingress = inlineEntries(resource, "ingress");
    const egress = inlineEntries(resource, "egress");
    acls.set(resource.urn, {
      resource,
      ingress: ingress ?? [],
      egress: egress ?? [],
      isPartial: ingress === undefined || egress === undefined,
    });
  }
  for (const rule of stack.of("networkAclRule")) {
    const acl = stack.followProperty(rule, "networkAclId", "networkAcl");
    const named = acl?.is === "resource" ? [acls.get(acl.resource.urn)] : [];
    const mayBeOf = acl?.is === "unknown" ? [...acls.values()] : named;
    const egress = flag(read(rule.props, "egress"));
    const entry = readEntry(rule, rule.props);
    const isCertain = acl?.is === "resource" && egress.is === "known";
    for (const direction of ["ingress", "egress"] as const) {
      if (egress.is === "known" && egress.value !== (direction === "egress")) continue;
      for (const one of mayBeOf) one?.[direction].push(isCertain ? entry : { ...entry, number: undefined });
    }
  }
  const bySubnet = new Map<string, NetworkAcl | "unknown">();
  let uncertain = false;
  const put = (subnets: ReturnType<Stack["followAll"]>, acl: NetworkAcl | "unknown") => {
    for (const subnet of subnets) {
      if (subnet.is === "unknown") uncertain = true;
      if (subnet.is === "resource") bySubnet.set(subnet.resource.urn, acl);
    }
  };
  for (const resource of owners) {
    put(stack.followAll(given(resource, "subnetIds"), resource, "subnetIds", "subnet"), acls.get(resource.urn)!);
  }
  for (const association of stack.of("networkAclAssociation")) {
    const acl = stack.followProperty(association, "networkAclId", "networkAcl");
    const subnet = stack.followProperty(association, "subnetId", "subnet");
    if (subnet) put([subnet], (acl?.is === "resource" ? acls.get(acl.resource.urn) : undefined) ?? "unknown");
  }
  return { bySubnet, uncertain, byVpc: defaultsByVpc(stack, acls) };
}

/** The default network ACL of each VPC that the stack manages. */
function defaultsByVpc(stack: Stack, acls: ReadonlyMap<string, NetworkAcl>): ReadonlyMap<string, NetworkAcl> {
  return new Map(
    stack.of("defaultNetworkAcl").flatMap((resource) => {
      const vpc = vpcOfDefault(stack, resource, "defaultNetworkAclId");
      const acl = acls.get(resource.urn);
      return vpc && acl ? [[vpc.urn, acl] as const] : [];
    }),
  );
}

/** `undefined` where the list isn't known. */
function inlineEntries(acl: StackResource, direction: "ingress" | "egress"): NetworkAclEntry[] | undefined {
  if (isNative(acl)) return [];
  const list = given(acl, direction);
  if (list.is === "unknown") return undefined;
  const elements = elementsOf(list);
  if (elements.some(({ is }) => is === "unknown")) return undefined;
  return elements.map((entry) => readEntry(acl, known(entry)));
}

function readEntry(resource: StackResource, record: unknown): NetworkAclEntry {
  const number = (of: unknown, name: string) => scalarNumber(known(read(of, name)));
  const range = known(read(record, "portRange"));
  const action = known(readText(record, "ruleAction")) ?? known(readText(record, "action"));
  const isIpv6 = read(record, "ipv6CidrBlock").is === "known";
  return {
    resource,
    number: number(record, "ruleNumber") ?? number(record, "ruleNo"),
    allows: action === undefined ? undefined : action.toLowerCase() === "allow",
    protocol: scalarText(known(read(record, "protocol"))),
    block: isIpv6 ? "ipv6" : known(readText(record, "cidrBlock")),
    fromPort: number(record, "fromPort") ?? number(range, "from"),
    toPort: number(record, "toPort") ?? number(range, "to"),
  };
}
