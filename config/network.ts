import {
  type SubnetTier,
  type Topology,
  longestVpcPrefix,
  maxAvailabilityZones,
  networkDefaults,
  overlap,
  readCidrBlock,
  subnetCidrBlocks,
  vpcPrefixes,
} from "@patchpath/components";
import { type Region, gatewayEndpointCarriesIpv6 } from "patchpath/facts";
import { z } from "zod";
import { existingOrCreated } from "./section";
import { cidrBlock, namespace, resourceId } from "./values";

const existing = z.strictObject({
  vpcId: resourceId("vpc").describe(
    "the id of the VPC; DNS support and DNS hostnames must be enabled, since interface endpoints require them",
  ),
  subnetIds: z.array(resourceId("subnet")).min(1).describe("the subnets of fleets and endpoints"),
  routeTableIds: z
    .array(resourceId("rtb"))
    .min(1)
    .optional()
    .describe(
      "the route tables of the subnets, looked up unless given; with `nat`, each requires a default route to a target other than an internet gateway",
    ),
});

const { shortest, longest } = vpcPrefixes;

const vpcCidrBlock = cidrBlock.refine((block) => {
  const bits = readCidrBlock(block)?.bitmask ?? shortest;
  return bits >= shortest && bits <= longest;
}, `a block of /${shortest} to /${longest}, so that there is room for the subnets of every zone`);

const subnets = (tier: string) => z.array(cidrBlock).optional().describe(`the CIDR blocks of the ${tier} subnets`);

const created = z
  .strictObject({
    cidrBlock: vpcCidrBlock
      .default("10.20.0.0/16")
      .describe(
        `the CIDR block of the VPC, /${shortest} to /${longest}, or to /${longestVpcPrefix("public")} with \`nat\` and \`wsus\``,
      ),
    availabilityZones: z
      .int()
      .min(1)
      .max(maxAvailabilityZones)
      .default(2)
      .describe(`the number of availability zones, 1 to ${maxAvailabilityZones}, each with one subnet of each tier`),
    natGateways: z
      .enum(["per-zone", "single"])
      .default(networkDefaults.natGateways)
      .describe("the number of NAT gateways with `nat`"),
    dualStack: z.boolean().default(false).describe("whether the subnets of fleets have IPv6 in addition to IPv4"),
    subnetCidrBlocks: z
      .strictObject({
        isolated: subnets("isolated"),
        private: subnets("private"),
        public: subnets("public"),
        server: subnets("WSUS server's"),
      })
      .optional()
      .describe(
        "the CIDR blocks of the subnets by tier, one for each availability zone; unless given, the block of the VPC is divided",
      ),
  })
  .prefault({});

/** `patchpath:network`. */
export const network = existingOrCreated("vpcId", existing, created, {
  existing: "an existing VPC",
  created: "a VPC that the stack creates",
});
export type Network = z.output<typeof network>;
export type CreatedNetwork = z.output<typeof created>;

export function isExistingNetwork(value: Network): value is z.output<typeof existing> {
  return "vpcId" in value;
}

interface Config {
  readonly network?: Network | undefined;
  readonly topology?: Topology | undefined;
  readonly region?: Region | undefined;
}

/** What the region and the topology allow of a VPC that the stack creates. */
export function checkNetwork({ network, topology, region }: Config): string[] {
  if (!network || isExistingNetwork(network)) return [];
  return [...(topology ? checkBlocks(network, topology) : []), ...(region ? checkDualStack(network, region) : [])];
}

/** What AWS is not known to have in a region is refused. */
function checkDualStack({ dualStack }: CreatedNetwork, region: Region): string[] {
  if (!dualStack || gatewayEndpointCarriesIpv6(region)) return [];
  return [
    `\`${namespace}network.dualStack\` is \`true\`; whether an S3 gateway endpoint in ${region} carries IPv6 is unconfirmed; expected \`false\` there`,
  ];
}

/** The tiers that each topology has. */
const tiersOf: Readonly<Record<Topology, readonly SubnetTier[]>> = {
  "endpoint-only": ["isolated"],
  nat: ["isolated", "private", "public"],
  wsus: ["isolated", "private", "public", "server"],
};

type CidrBlock = NonNullable<ReturnType<typeof readCidrBlock>>;

interface Block {
  readonly name: string;
  readonly block: CidrBlock;
  readonly given: boolean;
}

function checkBlocks(network: CreatedNetwork, topology: Topology): string[] {
  const vpc = readCidrBlock(network.cidrBlock)!;
  const given = network.subnetCidrBlocks ?? {};
  const tiers = tiersOf[topology].map((tier) => ({ tier, count: tier === "server" ? 1 : network.availabilityZones }));
  const roomless = tiers.find(({ tier }) => given[tier] === undefined && vpc.bitmask > longestVpcPrefix(tier))?.tier;
  if (roomless) {
    return [
      `\`${namespace}network.cidrBlock\` is \`${network.cidrBlock}\`; expected /${longestVpcPrefix(roomless)} or larger, since \`${topology}\` has ${roomless} subnets too`,
    ];
  }
  const blocks = tiers.flatMap(({ tier, count }) => blocksOf(tier, given[tier], network.cidrBlock, count));
  return [
    ...tiers.flatMap(({ tier, count }) => checkCount(tier, given[tier], count)),
    ...blocks.flatMap((block, i) => checkBlock(block, blocks.slice(0, i), vpc)),
  ];
}

function checkCount(tier: SubnetTier, given: readonly string[] | undefined, count: number): string[] {
  if (!given || given.length === count) return [];
  const each = tier === "server" ? "one" : `one for each of the ${count} availability zones`;
  return [`\`${namespace}network.subnetCidrBlocks.${tier}\` has ${given.length} blocks; expected ${each}`];
}

function blocksOf(tier: SubnetTier, given: readonly string[] | undefined, vpc: string, count: number): Block[] {
  return (given ?? subnetCidrBlocks(vpc, tier, count)).map((block, i) => ({
    name: given ? `\`subnetCidrBlocks.${tier}[${i}]\`` : `the ${tier} subnet ${i}`,
    block: readCidrBlock(block)!,
    given: given !== undefined,
  }));
}

function checkBlock({ name, block, given }: Block, before: readonly Block[], vpc: CidrBlock): string[] {
  const other = before.find((earlier) => (given || earlier.given) && overlap(earlier.block, block));
  const found = `${given ? name.replace("`", `\`${namespace}network.`) : name} is \`${block.toString()}\``;
  const isOutside = given && (!vpc.contains(block.base) || block.bitmask < vpc.bitmask);
  return [
    ...(isOutside ? [`${found}; expected a block inside \`cidrBlock\`, which is \`${vpc.toString()}\``] : []),
    ...(given && block.bitmask > 28 ? [`${found}; expected /28 or larger`] : []),
    ...(other ? [`${found}; expected a block apart from ${other.name}, which is \`${other.block.toString()}\``] : []),
  ];
}
