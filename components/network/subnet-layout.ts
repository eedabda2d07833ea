import { Netmask } from "netmask";

/** As many zones as a region has at most; also what the layout keeps room for. */
export const maxAvailabilityZones = 6;

/** Prefix lengths of a VPC that leave AWS's smallest subnet, /28, for each sixteenth. */
export const vpcPrefixes = { shortest: 16, longest: 24 } as const;

/** Reads a CIDR block; `undefined` when the text isn't the network address of one. */
export function readCidrBlock(text: string): Netmask | undefined {
  if (!/^\d{1,3}(\.\d{1,3}){3}\/\d{1,2}$/.test(text)) return undefined;
  try {
    const block = new Netmask(text);
    return block.toString() === text ? block : undefined;
  } catch {
    return undefined;
  }
}

/**
 * The private subnets of a VPC, one for each zone: the first sixteenths of its block. The layout doesn't depend on the
 * number of zones, and the upper half stays free for public subnets, so neither a new zone nor another topology moves
 * a subnet that exists.
 *
 * @throws Error when the block is too small or too large, or there are too many zones; config.ts says so in its own words
 */
export function privateSubnetCidrBlocks(vpcCidrBlock: string, zones: number): string[] {
  const vpc = readCidrBlock(vpcCidrBlock);
  if (!vpc || vpc.bitmask < vpcPrefixes.shortest || vpc.bitmask > vpcPrefixes.longest || zones > maxAvailabilityZones) {
    throw new Error(`no layout for ${zones} zones in \`${vpcCidrBlock}\``);
  }
  const first = new Netmask(`${vpc.base}/${vpc.bitmask + 4}`);
  return Array.from({ length: zones }, (_, zone) => first.next(zone).toString());
}

/** Whether two blocks share an address. */
export function overlap(a: Netmask, b: Netmask): boolean {
  return a.contains(b.base) || b.contains(a.base);
}
