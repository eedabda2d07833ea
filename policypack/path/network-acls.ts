import { isWindows } from "../facts/systems";
import { anywhere, readBlock } from "../stack/addresses";
import { type NetworkAcl, type NetworkAclEntry, networkAclOf } from "../stack/network-acls";
import { type Subnet, subnetOf } from "../stack/network";
import { oncePer } from "../stack/once-per";
import { Stack } from "../stack/stack";
import type { FleetSystem } from "../stack/systems";
import { type Area, type AreaRule, type PortRange, type Traffic, passageOf, tcpPortsOf } from "./areas";
import { type HopVerdict, blocked, gravest, open, unknown } from "./hop";
import { type Destination, type Leg, blocksOf, destinationOf, overLegs } from "./legs";

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
  const verdict = overLegs(legs, (leg) => acrossSubnets(leg, stack)(answers));
  return verdict ?? open("the network ACLs are the defaults, which allow all traffic");
}

/** The verdict on a leg, by the ports that return traffic goes to. */
const acrossSubnets = oncePer((leg: Leg, stack: Stack) =>
  oncePer((answers: PortRange): HopVerdict => {
    const verdicts = crossings(stack, leg, answers).map((crossing) => judge(stack, crossing));
    return gravest(verdicts) ?? open("both are in one subnet, where no network ACL applies");
  }),
);

/** Traffic in one direction across the boundary of one subnet. */
interface Crossing extends Traffic {
  readonly subnet: Subnet;
  readonly direction: "ingress" | "egress";
  readonly what: string;
  /** Whether both ends may be in one subnet, within which no network ACL applies. */
  readonly mayBeWithin?: boolean;
}

function crossings(stack: Stack, leg: Leg, answers: PortRange): Crossing[] {
  const { from, port, to } = leg;
  const ports = { first: port, last: port };
  const there = destinationOf(leg, stack);
  const own: Destination = { addresses: leg.sources, isOfManyHosts: false };
  const pair = (here: Subnet, other: Destination, back: PortRange, whom: string): Crossing[] => [
    { subnet: here, direction: "egress", ...other, ports, what: `outbound ${port} to ${whom}` },
    { subnet: here, direction: "ingress", ...other, ports: back, what: `inbound return traffic from ${whom}` },
  ];
  const into = (there: Subnet, whom: string): Crossing[] => [
    { subnet: there, direction: "ingress", ...own, ports, what: `inbound ${port} to ${whom}` },
    { subnet: there, direction: "egress", ...own, ports: answers, what: `outbound return traffic from ${whom}` },
  ];
  const isWithin = (subnet: Subnet) => Stack.same(subnet.target, from.target);
  const between = (subnet: Subnet, other: Destination, whom: string): Crossing[] => {
    const within = isWithin(subnet);
    if (within === true) return []; // within a subnet no network ACL is asked
    const all = [...pair(from, other, answers, whom), ...into(subnet, whom)];
    return all.map((crossing) => ({ ...crossing, mayBeWithin: within === undefined }));
  };
  switch (to.is) {
    case "S3 gateway endpoint":
      return pair(from, there, answers, "S3");
    case "internet": {
      const throughNat = to.natSubnets.flatMap((subnet) => [
        ...(isWithin(subnet) === true ? [] : into(subnet, "the NAT gateway")),
        ...pair(subnet, there, ephemeral.nat, "the internet"),
      ]);
      return [...pair(from, there, answers, "the internet"), ...throughNat];
    }
    case "interface endpoint":
      return to.endpoint.subnets
        .map((target) => subnetOf(stack, target))
        .flatMap((subnet) => between(subnet, { addresses: blocksOf(subnet), isOfManyHosts: false }, "the endpoints"));
    case "server":
      return between(to.server.subnet, there, "the WSUS server");
  }
}

function judge(stack: Stack, crossing: Crossing): HopVerdict {
  const { subnet, direction, ports, what, mayBeWithin } = crossing;
  if (!subnet.resource) return unknown(`the network ACL of ${subnet.described}`);
  const acl = networkAclOf(stack, subnet.resource);
  if (acl === undefined) return open("the network ACL is the default, which allows all traffic");
  if (acl === "unknown") {
    return unknown(
      `the network ACL of \`${subnet.resource.name}\``,
      { resource: subnet.resource },
      "Create a network ACL for the subnet in this stack, or adopt the default one by DefaultNetworkAcl.",
    );
  }
  const passage = passageOf(rulesOf(acl, direction), crossing);
  const evidence = { resource: acl.resource, property: direction };
  if (passage.is === "allowed") {
    const because = "the network ACLs allow the traffic and the return traffic";
    if (passage.except === undefined) return open(because);
    return open(because, {
      evidence,
      note: `the network ACL \`${acl.resource.name}\` denies ${what} for ${passage.except}`,
    });
  }
  if (passage.is === "undecided")
    return unknown(`whether the network ACL \`${acl.resource.name}\` allows ${what}`, evidence);
  if (mayBeWithin === true) {
    return unknown(
      `whether both ends are in \`${subnet.resource.name}\`, whose network ACL \`${acl.resource.name}\` does not allow ${what}`,
      evidence,
    );
  }
  const range = ports.first === ports.last ? String(ports.first) : `${ports.first}-${ports.last}`;
  return blocked(
    `the network ACL \`${acl.resource.name}\` of \`${subnet.resource.name}\` does not allow ${what}`,
    evidence,
    `Allow ${direction} of TCP ${range} in the network ACL \`${acl.resource.name}\`; return traffic uses ports 32768-60999 on Linux and 49152-65535 on Windows.`,
  );
}

/** What may apply to all traffic, and may allow or deny it: an entry that is not known. */
const anyEntry: AreaRule = {
  allows: undefined,
  surely: [],
  possibly: [{ addresses: anywhere, ports: { first: 0, last: 65535 } }],
};

/** The entries in order. Those of which the place in the order is not known come first, as what may apply. */
function rulesOf(acl: NetworkAcl, direction: "ingress" | "egress"): AreaRule[] {
  const entries = [...acl[direction]].sort((a, b) => (a.number ?? 0) - (b.number ?? 0));
  return [...(acl.isPartial ? [anyEntry] : []), ...entries.flatMap(ruleOf)];
}

function ruleOf({ number, allows, block, ...entry }: NetworkAclEntry): AreaRule[] {
  const covered = tcpPortsOf(entry);
  if (!covered || block === "ipv6") return [];
  const range = block === undefined ? undefined : readBlock(block);
  const areas: Area[] = [{ addresses: range ?? anywhere, ports: covered.ports }];
  return [
    number !== undefined && range && covered.isSure
      ? { allows, surely: areas, possibly: [] }
      : { allows, surely: [], possibly: areas },
  ];
}
