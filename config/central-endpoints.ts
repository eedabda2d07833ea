import { overlap, readCidrBlock } from "@patchpath/components";
import { controlPlaneServices, optionalServices } from "patchpath/facts";
import { z } from "zod";
import { networkDefaults } from "./network";
import { elements, keysOf, namespace, record, resourceId, text } from "./values";

const service = z.enum([...controlPlaneServices, ...keysOf(optionalServices)]);

/** `patchpath:endpoints.central`: interface endpoints of a shared-services VPC. */
export const central = z
  .strictObject({
    cidrBlocks: z
      .array(
        z.string().refine((block) => {
          const { bitmask = 0 } = readCidrBlock(block) ?? {};
          return bitmask >= 16;
        }, "the network address of an IPv4 block of /16 or smaller, such as `10.0.0.0/24`"),
      )
      .min(1)
      .max(10),
    services: z.array(service).min(1).optional(),
    hostedZoneIds: z
      .partialRecord(service, text(/^Z[A-Z0-9]{1,31}$/, "the id of a hosted zone, such as `Z0123456789ABCDEFGHIJ`"))
      .optional(),
    transitGatewayId: resourceId("tgw").optional(),
    peerVpcId: resourceId("vpc").optional(),
  })
  .optional();

/** Central endpoints, with the network that is to reach them. */
export function problemsOfCentral(value: unknown, network: unknown): string[] {
  const { central } = record(value);
  if (central === undefined) return [];
  const key = `${namespace}endpoints.central`;
  const { cidrBlocks, services, hostedZoneIds, transitGatewayId, peerVpcId } = record(central);
  const { vpcId, cidrBlock = networkDefaults.cidrBlock } = record(network);
  const ways = Object.entries({ transitGatewayId, peerVpcId }).filter(([, id]) => id !== undefined);
  const unserved = Array.isArray(services)
    ? Object.keys(record(hostedZoneIds)).filter((name) => !elements(services).includes(name))
    : [];
  const own = vpcId === undefined ? readCidrBlock(String(cidrBlock)) : undefined;
  return [
    ...(record(value)["interface"] === false
      ? [`\`${key}\` has no effect with \`interface\` \`false\`; expected one of both left out`]
      : []),
    ...unserved.map((name) => `\`${key}.hostedZoneIds.${name}\` is for a service that \`services\` does not name`),
    ...(vpcId === undefined && ways.length !== 1
      ? [
          `\`${key}\` has ${ways.length === 0 ? "no way there" : "two ways there"}; expected \`transitGatewayId\` or \`peerVpcId\`, by which the VPC that is made reaches them`,
        ]
      : []),
    ...(vpcId === undefined
      ? []
      : ways.map(
          ([name]) =>
            `\`${key}.${name}\` is for a VPC that we make; expected it left out, since a network that is there has its own routes`,
        )),
    ...problemsOfTwins(elements(cidrBlocks), key),
    ...elements(cidrBlocks).flatMap((block, i) => {
      const other = readCidrBlock(String(block));
      return own && other && overlap(own, other)
        ? [
            `\`${key}.cidrBlocks[${i}]\` is \`${String(block)}\`; expected a block apart from \`${namespace}network.cidrBlock\`, which is \`${own.toString()}\``,
          ]
        : [];
    }),
  ];
}

function problemsOfTwins(blocks: readonly unknown[], key: string): string[] {
  const read = blocks.map((block) => readCidrBlock(String(block)));
  return read.flatMap((block, i) => {
    const first = read.findIndex((other) => block && other && overlap(block, other));
    if (!block || first === i) return [];
    return [
      `\`${key}.cidrBlocks[${i}]\` is \`${block.toString()}\`; expected a block apart from \`cidrBlocks[${first}]\`, which is \`${String(read[first])}\``,
    ];
  });
}
