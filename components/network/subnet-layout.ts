import { Netmask } from "netmask";

/** The most availability zones of any region. The layout reserves room for this many. */
export const maxAvailabilityZones = 6;

/** Prefix lengths of a VPC for which each sixteenth of the block is at least the smallest subnet of AWS, /28. */
export const vpcPrefixes = { shortest: 16, longest: 24 } as const;

/**
 * The tiers of subnets, with the part of the VPC's block that each gets. Prefixes are `extraBits` longer than that of the VPC;
 * there is one block for each zone, from number `first` on, and one /64 of the VPC's IPv6 /56, from `firstOfIpv6` on. A new tier or
 * a new zone does not move existing subnets.
 */
const tiers = {
  /** No route to the internet: VPC endpoints only. */
  isolated: { extraBits: 4, first: 0, firstOfIpv6: 0x00 },
  /** Outbound access depends on the topology: NAT, a WSUS server, or none. */
  private: { extraBits: 4, first: 6, firstOfIpv6: 0x10 },
  /** NAT gateways only. */
  public: { extraBits: 5, first: 24, firstOfIpv6: 0x20 },
  /** The WSUS server, which reaches Microsoft Update through NAT. */
  server: { extraBits: 5, first: 30, firstOfIpv6: 0x30 },
} as const;

export type SubnetTier = keyof typeof tiers;

/** The smallest subnet that AWS allows. */
const longestSubnetPrefix = 28;

/** The longest prefix of a VPC that has room for a tier. */
export function longestVpcPrefix(tier: SubnetTier): number {
  return Math.min(vpcPrefixes.longest, longestSubnetPrefix - tiers[tier].extraBits);
}

/** A block of IPv4 addresses. Declared here, so that the declarations of the package do not require the types of netmask. */
export interface CidrBlock {
  /** Its first address. */
  readonly base: string;
  /** Length of the prefix. */
  readonly bitmask: number;
  /** @param block an address or a CIDR block */
  contains(block: string): boolean;
  toString(): string;
}

/** Parses a CIDR block; `undefined` if the text is not a valid CIDR block with its network address. */
export function readCidrBlock(text: string): CidrBlock | undefined {
  if (!/^\d{1,3}(\.\d{1,3}){3}\/\d{1,2}$/.test(text)) return undefined;
  try {
    const block = new Netmask(text);
    return block.toString() === text ? block : undefined;
  } catch {
    return undefined;
  }
}

/**
 * The blocks of the subnets of a tier, one for each zone.
 *
 * @throws Error if the block is too small or too large, or there are too many zones; config.ts reports both first
 */
export function subnetCidrBlocks(vpcCidrBlock: string, tier: SubnetTier, zones: number): string[] {
  const vpc = readCidrBlock(vpcCidrBlock);
  const { extraBits, first } = tiers[tier];
  const room = tier === "server" ? 2 : maxAvailabilityZones;
  if (!vpc || vpc.bitmask < vpcPrefixes.shortest || vpc.bitmask > longestVpcPrefix(tier) || zones > room) {
    throw new Error(`\`${vpcCidrBlock}\` cannot hold ${zones} ${tier} subnets`);
  }
  const block = new Netmask(`${vpc.base}/${vpc.bitmask + extraBits}`);
  return Array.from({ length: zones }, (_, zone) => block.next(first + zone).toString());
}

/**
 * The IPv6 block of the subnet of a tier in a zone: a /64 of the /56 that AWS assigns to the VPC.
 *
 * @throws Error for a block that is not a /56
 */
export function ipv6SubnetCidrBlock(vpcCidrBlock: string, tier: SubnetTier, zone: number): string {
  const [, address = ""] = /^([0-9a-f:]+)\/56$/.exec(vpcCidrBlock) ?? [];
  const [head = "", tail = ""] = address.split("::");
  const [before, after] = [head, tail].map((part) => (part === "" ? [] : part.split(":")));
  const zeros = Array.from({ length: 8 - before!.length - after!.length }, () => "0");
  const [first, second, third, fourth = ""] = [...before!, ...zeros, ...after!];
  const network = parseInt(fourth, 16);
  if (address === "" || (network & 0xff) !== 0) throw new Error(`\`${vpcCidrBlock}\` is not an IPv6 /56 block`);
  return `${first}:${second}:${third}:${(network + tiers[tier].firstOfIpv6 + zone).toString(16)}::/64`;
}

/** Whether two blocks share an address. */
export function overlap(a: CidrBlock, b: CidrBlock): boolean {
  return a.contains(b.base) || b.contains(a.base);
}

/** A block as part of a resource name: named by its block and not by its index, a resource stays when the list changes. */
export function blockInName(cidrBlock: string): string {
  return cidrBlock.replace("/", "-");
}
