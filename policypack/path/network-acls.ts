import { isWindows } from "../facts/systems";
import type { Truth } from "../iam/truth";
import { type AddressRange, publicAddresses, readBlock } from "../stack/addresses";
import { type NetworkAcl, type NetworkAclEntry, networkAclOf } from "../stack/network-acls";
import { type Subnet, subnetOf } from "../stack/network";
import type { Stack } from "../stack/stack";
import type { FleetSystem } from "../stack/systems";
import { type HopVerdict, blocked, gravest, open, unknown } from "./hop";
import type { Leg } from "./legs";

interface Ports {
  readonly first: number;
  readonly last: number;
}

/**
 * The ports that return traffic goes to. Source:
 * https://docs.aws.amazon.com/vpc/latest/userguide/custom-network-acl.html#nacl-ephemeral-ports, checked 2026-11-22. Of
 * Linux it says 61000, where the kernel's default (`ip_local_port_range`) ends one below: no reason to block for that
 * one port.
 */
const ephemeral = {
  linux: { first: 32768, last: 60999 },
  windows: { first: 49152, last: 65535 },
  unknown: { first: 32768, last: 65535 },
  nat: { first: 1024, last: 65535 },
} as const;

/** Do the network ACLs of both ends allow these legs and the return traffic? Network ACLs are stateless. */
export function networkAclsHop(stack: Stack, legs: readonly Leg[], system: FleetSystem | undefined): HopVerdict {
  if (legs.length === 0) return unknown("the network path of the traffic");
  const answers = !system ? ephemeral.unknown : isWindows(system.id) ? ephemeral.windows : ephemeral.linux;
  const verdicts = legs.flatMap((leg) => crossings(stack, leg, answers).map((crossing) => judge(stack, crossing)));
  return gravest(verdicts) ?? open("the network ACLs are the defaults, which allow all traffic");
}

/** Traffic in one direction across the boundary of one subnet. */
interface Crossing {
  readonly subnet: Subnet;
  readonly direction: "ingress" | "egress";
  /** The other end's addresses. */
  readonly other: readonly AddressRange[] | undefined;
  readonly ports: Ports;
  readonly what: string;
}

function crossings(stack: Stack, { from, port, to }: Leg, answers: Ports): Crossing[] {
  const ports: Ports = { first: port, last: port };
  const own = rangeOf(from);
  const pair = (here: Subnet, other: readonly AddressRange[] | undefined, back: Ports, whom: string): Crossing[] => [
    { subnet: here, direction: "egress", other, ports, what: `outbound ${port} to ${whom}` },
    { subnet: here, direction: "ingress", other, ports: back, what: `inbound return traffic from ${whom}` },
  ];
  const between = (there: Subnet, other: readonly AddressRange[] | undefined, whom: string): Crossing[] =>
    there.resource?.urn === from.resource?.urn
      ? [] // within a subnet no network ACL is asked
      : [
          ...pair(from, other, answers, whom),
          { subnet: there, direction: "ingress", other: own, ports, what: `inbound ${port} to ${whom}` },
          {
            subnet: there,
            direction: "egress",
            other: own,
            ports: answers,
            what: `outbound return traffic from ${whom}`,
          },
        ];
  switch (to.is) {
    case "S3 gateway endpoint":
      return pair(from, publicAddresses, answers, "S3");
    case "internet":
      return [
        ...pair(from, publicAddresses, answers, "the internet"),
        ...(to.natSubnet
          ? [
              {
                subnet: to.natSubnet,
                direction: "ingress",
                other: own,
                ports,
                what: `inbound ${port} to the NAT gateway`,
              } as const,
              ...pair(to.natSubnet, publicAddresses, ephemeral.nat, "the internet"),
              {
                subnet: to.natSubnet,
                direction: "egress",
                other: own,
                ports: answers,
                what: "outbound return traffic from the NAT gateway",
              } as const,
            ]
          : []),
      ];
    case "interface endpoint":
      return to.endpoint.subnets
        .map((target) => subnetOf(stack, target))
        .flatMap((there) => between(there, rangeOf(there), "the endpoints"));
    case "server":
      return between(to.server.subnet, to.server.range && [to.server.range], "the WSUS server");
  }
}

function rangeOf({ cidrBlock }: Subnet): AddressRange[] | undefined {
  const block = cidrBlock === undefined ? undefined : readBlock(cidrBlock);
  return block && [block];
}

function judge(stack: Stack, { subnet, direction, other, ports, what }: Crossing): HopVerdict {
  if (!subnet.resource) return unknown("the network ACL of a subnet that is not in this stack");
  const acl = networkAclOf(stack, subnet.resource);
  if (acl === undefined) return open("the network ACL is the default, which allows all traffic");
  if (acl === "unknown") {
    return {
      ...unknown(`the network ACL of \`${subnet.resource.name}\``, { resource: subnet.resource }),
      fix: "Create a network ACL for the subnet in this stack, or adopt the default one by DefaultNetworkAcl.",
    };
  }
  const allowed = allows(acl, direction, other, ports);
  const evidence = { resource: acl.resource, property: direction };
  if (allowed === true) return open("the network ACLs allow the traffic and the return traffic");
  if (allowed === "unknown")
    return unknown(`whether the network ACL \`${acl.resource.name}\` allows ${what}`, evidence);
  const range = ports.first === ports.last ? String(ports.first) : `${ports.first}-${ports.last}`;
  return blocked(
    `the network ACL \`${acl.resource.name}\` of \`${subnet.resource.name}\` does not allow ${what}`,
    evidence,
    `Allow ${direction} of TCP ${range} in the network ACL \`${acl.resource.name}\`; return traffic uses ports 32768-60999 on Linux and 49152-65535 on Windows.`,
  );
}

/** A part of the traffic: addresses by ports. */
interface Part {
  readonly addresses: AddressRange;
  readonly ports: Ports;
}

/** The entries in order; the first that matches decides, and what no entry matches is denied. */
function allows(
  acl: NetworkAcl,
  direction: "ingress" | "egress",
  other: readonly AddressRange[] | undefined,
  ports: Ports,
): Truth {
  if (!other) return acl[direction].some((entry) => isWideOpen(entry)) ? true : "unknown";
  const entries = [...acl[direction]].sort((a, b) => a.number - b.number);
  let open: Part[] = other.map((addresses) => ({ addresses, ports }));
  let hasAllowed = false;
  let hasDenied = false;
  for (const entry of entries) {
    if (entry.block === "ipv6" || !concernsTcp(entry)) continue;
    const area = areaOf(entry);
    if (!area || entry.allows === undefined || acl.isPartial) return "unknown";
    const rest = open.flatMap((part) => without(part, area));
    if (sizeOf(rest) === sizeOf(open)) continue;
    if (entry.allows) hasAllowed = true;
    else hasDenied = true;
    open = rest;
  }
  if (acl.isPartial && !hasAllowed) return "unknown";
  if (open.length > 0) hasDenied = true;
  return hasAllowed && hasDenied ? "unknown" : hasAllowed;
}

function isWideOpen(entry: NetworkAclEntry): boolean {
  return entry.allows === true && entry.block === "0.0.0.0/0" && ["-1", "all"].includes(entry.protocol ?? "");
}

function concernsTcp({ protocol }: NetworkAclEntry): boolean {
  return protocol === undefined || ["-1", "all", "6", "tcp"].includes(protocol.toLowerCase());
}

function areaOf({ block, protocol, fromPort, toPort }: NetworkAclEntry): Part | undefined {
  const addresses = block === undefined ? undefined : readBlock(block);
  if (!addresses || protocol === undefined) return undefined;
  if (["-1", "all"].includes(protocol.toLowerCase())) return { addresses, ports: { first: 0, last: 65535 } };
  if (fromPort === undefined || toPort === undefined) return undefined;
  return { addresses, ports: { first: fromPort, last: toPort } };
}

/** What is left of a part outside of an area: up to four parts. */
function without({ addresses: a, ports: p }: Part, { addresses, ports }: Part): Part[] {
  const common = { first: Math.max(a.first, addresses.first), last: Math.min(a.last, addresses.last) };
  const commonPorts = { first: Math.max(p.first, ports.first), last: Math.min(p.last, ports.last) };
  if (common.first > common.last || commonPorts.first > commonPorts.last) return [{ addresses: a, ports: p }];
  return [
    { addresses: { first: a.first, last: common.first - 1 }, ports: p },
    { addresses: { first: common.last + 1, last: a.last }, ports: p },
    { addresses: common, ports: { first: p.first, last: commonPorts.first - 1 } },
    { addresses: common, ports: { first: commonPorts.last + 1, last: p.last } },
  ].filter((part) => part.addresses.first <= part.addresses.last && part.ports.first <= part.ports.last);
}

function sizeOf(parts: readonly Part[]): number {
  return parts.reduce(
    (sum, { addresses, ports }) => sum + (addresses.last - addresses.first + 1) * (ports.last - ports.first + 1),
    0,
  );
}
