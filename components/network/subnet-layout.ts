import { Netmask } from "netmask";

/** As many zones as a region has at most; also what the layout keeps room for. */
export const maxAvailabilityZones = 6;

/** Prefix lengths of a VPC that leave AWS's smallest subnet, /28, for each sixteenth. */
export const vpcPrefixes = { shortest: 16, longest: 24 } as const;

/**
 * The tiers of subnets, with the part of the VPC's block that each gets: `extraBits` longer than the VPC's prefix, from
 * the block with the number `first` on, one for each zone, and of its /56 of IPv6 the /64 from `firstOfIpv6` on. No tier moves when another is added, nor with a new zone.
 */
const tiers = {
  /** Never a way to the internet: VPC endpoints alone. */
  isolated: { extraBits: 4, first: 0, firstOfIpv6: 0x00 },
  /** Whose way out is the topology's: NAT, a WSUS server, or none. */
  private: { extraBits: 4, first: 6, firstOfIpv6: 0x10 },
  /** NAT gateways, and nothing else. */
  public: { extraBits: 5, first: 24, firstOfIpv6: 0x20 },
  /** The WSUS server, which reaches Microsoft Update through NAT. */
  server: { extraBits: 5, first: 30, firstOfIpv6: 0x30 },
} as const;

export type SubnetTier = keyof typeof tiers;

/** AWS's smallest subnet. */
const longestSubnetPrefix = 28;

/** The longest prefix of a VPC that has room for a tier. */
export function longestVpcPrefix(tier: SubnetTier): number {
  return Math.min(vpcPrefixes.longest, longestSubnetPrefix - tiers[tier].extraBits);
}

/** A block of IPv4 addresses. Named here, so that the package's declarations need no types but its own. */
export interface CidrBlock {
  /** Its first address. */
  readonly base: string;
  /** Length of its prefix. */
  readonly bitmask: number;
  /** @param block an address or a CIDR block */
  contains(block: string): boolean;
  toString(): string;
}

/** Reads a CIDR block; `undefined` when the text isn't the network address of one. */
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
 * The subnets of a tier, one for each zone.
 *
 * @throws Error when the block is too small or too large, or there are too many zones; config.ts says so in its own words
 */
export function subnetCidrBlocks(vpcCidrBlock: string, tier: SubnetTier, zones: number): string[] {
  const vpc = readCidrBlock(vpcCidrBlock);
  const { extraBits, first } = tiers[tier];
  const room = tier === "server" ? 2 : maxAvailabilityZones;
  if (!vpc || vpc.bitmask < vpcPrefixes.shortest || vpc.bitmask > longestVpcPrefix(tier) || zones > room) {
    throw new Error(`no layout for ${zones} ${tier} subnets in \`${vpcCidrBlock}\``);
  }
  const block = new Netmask(`${vpc.base}/${vpc.bitmask + extraBits}`);
  return Array.from({ length: zones }, (_, zone) => block.next(first + zone).toString());
}

/**
 * The IPv6 block of the subnet of a tier in a zone: of the /56 that AWS gives a VPC, a /64.
 *
 * @throws Error for a block that is no /56
 */
export function ipv6SubnetCidrBlock(vpcCidrBlock: string, tier: SubnetTier, zone: number): string {
  const [, address = ""] = /^([0-9a-f:]+)\/56$/.exec(vpcCidrBlock) ?? [];
  const [head = "", tail = ""] = address.split("::");
  const [before, after] = [head, tail].map((part) => (part === "" ? [] : part.split(":")));
  const zeros = Array.from({ length: 8 - before!.length - after!.length }, () => "0");
  const [first, second, third, fourth = ""] = [...before!, ...zeros, ...after!];
  const network = parseInt(fourth, 16);
  if (address === "" || (network & 0xff) !== 0) throw new Error(`\`${vpcCidrBlock}\` is no /56 of IPv6`);
  return `${first}:${second}:${third}:${(network + tiers[tier].firstOfIpv6 + zone).toString(16)}::/64`;
}

/** Whether two blocks share an address. */
export function overlap(a: CidrBlock, b: CidrBlock): boolean {
  return a.contains(b.base) || b.contains(a.base);
}

/** A block as it stands in the name of a resource: by it, and not by its place in a list, a resource stays what it is. */
export function blockInName(cidrBlock: string): string {
  return cidrBlock.replace("/", "-");
}
