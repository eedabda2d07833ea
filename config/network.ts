import {
  type SubnetTier,
  longestVpcPrefix,
  maxAvailabilityZones,
  overlap,
  readCidrBlock,
  subnetCidrBlocks,
  vpcPrefixes,
} from "@patchpath/components";
import { z } from "zod";
import { elements, namespace, record, resourceId } from "./values";

const cidrBlock = z
  .string()
  .refine((block) => readCidrBlock(block), "the network address of an IPv4 block, such as `10.20.0.0/16`");

const vpcCidrBlock = cidrBlock.refine((block) => {
  const bits = readCidrBlock(block)?.bitmask ?? vpcPrefixes.shortest;
  return bits >= vpcPrefixes.shortest && bits <= vpcPrefixes.longest;
}, `a block of /${vpcPrefixes.shortest} to /${vpcPrefixes.longest}, so that there is room for the subnets of every zone`);

const defaults = { cidrBlock: "10.20.0.0/16", availabilityZones: 2 } as const;

/** `patchpath:network`, of a VPC that is there already. */
const existing = z.strictObject({
  vpcId: resourceId("vpc"),
  subnetIds: z.array(resourceId("subnet")).min(1),
  routeTableIds: z.array(resourceId("rtb")).min(1).optional(),
});

/** `patchpath:network`, of the VPC that we make. */
const made = z
  .strictObject({
    cidrBlock: vpcCidrBlock.default(defaults.cidrBlock),
    availabilityZones: z.int().min(1).max(maxAvailabilityZones).default(defaults.availabilityZones),
    natGateways: z.enum(["per-zone", "single"]).default("per-zone"),
    subnetCidrBlocks: z
      .strictObject({
        isolated: z.array(cidrBlock),
        private: z.array(cidrBlock),
        public: z.array(cidrBlock),
        server: z.array(cidrBlock),
      })
      .partial()
      .optional(),
  })
  .prefault({});

/** `patchpath:network`: with a `vpcId` that one, else one that we make. */
export function networkSchema(value: unknown): typeof existing | typeof made {
  return record(value)["vpcId"] === undefined ? made : existing;
}

/** The tiers that each topology has. */
const tiersOf: Readonly<Record<string, readonly SubnetTier[]>> = {
  "endpoint-only": ["isolated"],
  nat: ["isolated", "private", "public"],
  wsus: ["isolated", "private", "public", "server"],
};

/** Of a topology that is none, which the schema says: what every one has. */
const unknownTopology: readonly SubnetTier[] = ["isolated"];

interface Block {
  readonly key: string;
  readonly block: ReturnType<typeof readCidrBlock>;
  readonly given: boolean;
}

/** What is wrong between the blocks of a network. What is wrong with a block by itself, the schema says. */
export function problemsOfNetwork(value: unknown, topology: string): string[] {
  const { cidrBlock: vpcText = defaults.cidrBlock, availabilityZones: zones = defaults.availabilityZones } =
    record(value);
  if (record(value)["vpcId"] !== undefined) return [];
  const vpc = readCidrBlock(String(vpcText));
  const tiers = tiersOf[topology] ?? unknownTopology;
  if (!vpc || typeof zones !== "number" || !(zones <= maxAvailabilityZones)) return [];
  const given = record(record(value)["subnetCidrBlocks"]);
  const roomless = tiers.find((tier) => given[tier] === undefined && vpc.bitmask > longestVpcPrefix(tier));
  if (roomless && vpc.bitmask <= vpcPrefixes.longest) {
    return [
      `\`${namespace}network.cidrBlock\` is \`${vpc.toString()}\`; expected /${longestVpcPrefix(roomless)} or larger, since \`${topology}\` has ${roomless} subnets too`,
    ];
  }
  if (vpc.bitmask > vpcPrefixes.longest || vpc.bitmask < vpcPrefixes.shortest) return [];
  const counts = tiers.flatMap((tier) => wrongCount(tier, given[tier], tier === "server" ? 1 : zones));
  const blocks = tiers.flatMap((tier) => blocksOf(tier, given[tier], vpc.toString(), tier === "server" ? 1 : zones));
  return [...counts, ...blocks.flatMap((block, i) => problemsOfBlock(block, blocks.slice(0, i), vpc))];
}

function wrongCount(tier: SubnetTier, blocks: unknown, expected: number): string[] {
  if (!Array.isArray(blocks) || blocks.length === expected) return [];
  const each = tier === "server" ? "one" : `one for each of the ${expected} availability zones`;
  return [`\`${namespace}network.subnetCidrBlocks.${tier}\` has ${blocks.length} blocks; expected ${each}`];
}

function blocksOf(tier: SubnetTier, given: unknown, vpc: string, count: number): Block[] {
  if (given === undefined) {
    const layout = subnetCidrBlocks(vpc, tier, count);
    return layout.map((block, i) => ({ key: `the ${tier} subnet ${i}`, block: readCidrBlock(block), given: false }));
  }
  return elements(given).map((block, i) => ({
    key: `subnetCidrBlocks.${tier}[${i}]`,
    block: readCidrBlock(String(block)),
    given: true,
  }));
}

function problemsOfBlock(
  { key, block, given }: Block,
  before: readonly Block[],
  vpc: NonNullable<Block["block"]>,
): string[] {
  if (!block) return []; // the schema says so
  const other = before.find((earlier) => (given || earlier.given) && earlier.block && overlap(earlier.block, block));
  const found = given
    ? `\`${namespace}network.${key}\` is \`${block.toString()}\``
    : `${key} is \`${block.toString()}\``;
  const apart =
    other &&
    `${found}; expected a block apart from ${other.given ? `\`${other.key}\`` : other.key}, which is \`${String(other.block)}\``;
  const outside = given && (!vpc.contains(block.base) || block.bitmask < vpc.bitmask);
  return [
    ...(outside ? [`${found}; expected a block inside \`cidrBlock\`, which is \`${vpc.toString()}\``] : []),
    ...(given && block.bitmask > 28 ? [`${found}; expected /28 or larger`] : []),
    ...(apart ? [apart] : []),
  ];
}
