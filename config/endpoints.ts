import {
  type Topology,
  endpointDefaults,
  interfaceEndpointPolicy,
  overlap,
  readCidrBlock,
} from "@patchpath/components";
import { type EndpointService, controlPlaneServices, optionalServices } from "patchpath/facts";
import { parsePolicy } from "patchpath/iam";
import { z } from "zod";
import { statement } from "./endpoint-policy";
import { type Network, isExistingNetwork } from "./network";
import { expect, say, whenRight } from "./section";
import { cidrBlock, namesIn, namespace, resourceId, text } from "./values";

const service = z.enum([...controlPlaneServices, ...namesIn(optionalServices)]);

const hubCidrBlock = cidrBlock.refine(
  (block) => (readCidrBlock(block)?.bitmask ?? 16) >= 16,
  "the network address of an IPv4 block of /16 or smaller, such as `10.0.0.0/24`",
);

const central = z.strictObject({
  cidrBlocks: z
    .array(hubCidrBlock)
    .min(1)
    .max(10)
    .describe(
      "the CIDR blocks of the endpoints' subnets, each /16 or smaller, to which the security groups of the fleets allow 443",
    ),
  services: z
    .array(service)
    .min(1)
    .optional()
    .describe("the services that have an endpoint in the hub, all unless given; the stack creates the others"),
  hostedZoneIds: z
    .partialRecord(service, text(/^Z[A-Z0-9]{1,31}$/, "the id of a hosted zone, such as `Z0123456789ABCDEFGHIJ`"))
    .optional()
    .describe(
      "hosted zones by service, to associate with the VPC; none if the hub associates them itself or shares a Route 53 Profile",
    ),
  transitGatewayId: resourceId("tgw")
    .optional()
    .describe(
      "a transit gateway, attached to a VPC that the stack creates, with a route to `cidrBlocks` in every route table of fleets",
    ),
  peerVpcId: resourceId("vpc")
    .optional()
    .describe("alternatively, the hub's VPC in the same account and region, for a peering connection and its routes"),
});

/** `patchpath:endpoints`. */
export const endpoints = z
  .strictObject({
    interface: z
      .boolean()
      .default(endpointDefaults.interfaceEndpoints)
      .describe("interface endpoints; `false` only with `nat`, which then carries the agent's calls"),
    ec2messages: z.boolean().default(false).describe("the `ec2messages` endpoint, for agents before 3.3.40.0"),
    vss: z.boolean().default(false).describe("the `ec2` endpoint, for VSS snapshots of Windows"),
    central: central.optional().describe("interface endpoints of another VPC"),
    sharedWith: z
      .union([z.literal("vpc"), z.array(resourceId("sg")).max(50)], "`vpc`, or a list of ids of security groups")
      .optional()
      .describe(
        "who may use the endpoints in addition to the fleets: `vpc` for all addresses of the VPC, or a list of security groups, which may be empty; required if endpoints are created in an existing VPC, since their private DNS names apply to everything there",
      ),
    statements: z
      .partialRecord(service, z.array(statement))
      .default({})
      .describe(
        "additional statements for the policies of interface endpoints, by service; the policies already allow the calls of the agent, and those that AWS managed policies of the fleets allow",
      ),
  })
  .superRefine(checkCentral, whenRight)
  .prefault({});
export type Endpoints = z.output<typeof endpoints>;
type Central = z.output<typeof central>;

function checkCentral(
  value: { readonly interface: boolean; readonly central?: Central | undefined },
  context: z.RefinementCtx,
): void {
  if (!value.central) return;
  const { cidrBlocks, services, hostedZoneIds = {} } = value.central;
  if (!value.interface) {
    say(context, ["central"], "has no effect with `interface` `false`; expected one of the two left out");
  }
  for (const name of Object.keys(hostedZoneIds)) {
    if (services && !services.some((one) => one === name)) {
      say(
        context,
        ["central", "hostedZoneIds", name],
        "is for a service that `services` does not name; expected the service there too",
      );
    }
  }
  const blocks = cidrBlocks.map((block) => readCidrBlock(block)!);
  blocks.forEach((block, i) => {
    const first = blocks.findIndex((other) => overlap(block, other));
    if (first === i) return;
    expect(
      context,
      ["central", "cidrBlocks", i],
      `a block apart from \`cidrBlocks[${first}]\`, which is \`${cidrBlocks[first]!}\``,
    );
  });
}

/** The services whose endpoints are asked for by name. */
export function askedServices({ ec2messages, vss }: Endpoints): EndpointService[] {
  return [...(ec2messages ? ["ec2messages" as const] : []), ...(vss ? ["ec2" as const] : [])];
}

interface Config {
  readonly endpoints?: Endpoints | undefined;
  readonly topology?: Topology | undefined;
  readonly network?: Network | undefined;
}

/** Interface endpoints, with the topology and the network. */
export function checkEndpoints({ endpoints, topology, network }: Config): string[] {
  if (!endpoints) return [];
  const isCut = !endpoints.interface && topology !== undefined && topology !== "nat";
  return [
    ...(isCut
      ? [
          `\`${namespace}endpoints.interface\` is \`false\`; expected \`true\` with the topology \`${topology}\`, where the agent has no other route to Systems Manager`,
        ]
      : []),
    ...(endpoints.central && network ? checkRoute(endpoints.central, network) : []),
    ...(endpoints.sharedWith !== undefined && network && !isExistingNetwork(network)
      ? [
          `\`${namespace}endpoints.sharedWith\` is for an existing VPC; expected it left out, since a VPC that the stack creates has no other clients`,
        ]
      : []),
    ...checkStatements(endpoints),
  ];
}

/** Whether AWS would accept the policies with the user's own statements. */
function checkStatements({ statements }: Endpoints): string[] {
  return Object.entries(statements).flatMap(([name, own]) => {
    const policy = interfaceEndpointPolicy(name as EndpointService, own);
    const generated = policy.Statement.length - own.length;
    const { problems } = parsePolicy(JSON.stringify(policy), "endpoint");
    return problems.map(({ where, message }) => {
      const place = where.replace(/^Statement\[(\d+)\]/, (_, index: string) => `[${Number(index) - generated}]`);
      return `\`${namespace}endpoints.statements.${name}${place}\` ${message}`;
    });
  });
}

/** An existing network has its own routes to the hub, a created one gets them. */
function checkRoute({ cidrBlocks, transitGatewayId, peerVpcId }: Central, network: Network): string[] {
  const key = `${namespace}endpoints.central`;
  const routes = Object.entries({ transitGatewayId, peerVpcId }).filter(([, id]) => id !== undefined);
  if (isExistingNetwork(network)) {
    return routes.map(
      ([name]) =>
        `\`${key}.${name}\` is for a VPC that the stack creates; expected it left out, since an existing network has its own routes`,
    );
  }
  const own = readCidrBlock(network.cidrBlock)!;
  return [
    ...(routes.length === 1
      ? []
      : [
          `\`${key}\` has ${routes.length === 0 ? "neither `transitGatewayId` nor" : "both `transitGatewayId` and"} \`peerVpcId\`; expected exactly one of them, by which the VPC that the stack creates reaches the hub`,
        ]),
    ...cidrBlocks.flatMap((block, i) =>
      overlap(own, readCidrBlock(block)!)
        ? [
            `\`${key}.cidrBlocks[${i}]\` is \`${block}\`; expected a block apart from \`${namespace}network.cidrBlock\`, which is \`${network.cidrBlock}\``,
          ]
        : [],
    ),
  ];
}
