import {
  type PolicyStatement,
  type SessionSettings,
  overlap,
  readCidrBlock,
  s3EndpointPolicy,
  sessionServices,
  trustBoundaries,
} from "@patchpath/components";
import {
  type EndpointService,
  type Region,
  endpointPolicyMaxCharacters,
  isRegion,
  repositorySystems,
  ssmBuckets,
} from "patchpath/facts";
import { parsePolicy } from "patchpath/iam";
import { type Verdict, explainPolicy } from "patchpath/policy-report";
import { z } from "zod";
import { networkDefaults } from "./network";
import { elements, namespace, record, text } from "./values";

const service = z.enum(["ssm", "ssmmessages", "ec2messages", "ec2", "kms", "logs", "monitoring"]);

/** Interface endpoints of a shared-services VPC. */
const central = z
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
    transitGatewayId: text(/^tgw-[0-9a-f]{17}$/, "an id, such as `tgw-0123456789abcdef0`").optional(),
    peerVpcId: text(/^vpc-[0-9a-f]{8}([0-9a-f]{9})?$/, "an id, such as `vpc-0123456789abcdef0`").optional(),
  })
  .optional();

/** `patchpath:endpoints`. */
export const endpoints = z
  .strictObject({
    /** Interface endpoints; without them NAT must carry what the agent says. */
    interface: z.boolean().default(true),
    ec2messages: z.boolean().default(false),
    vss: z.boolean().default(false),
    central,
  })
  .prefault({});

/** The services whose endpoints a config asks for, beside those that the agent needs. */
export function optionalServices(config: {
  readonly endpoints: z.infer<typeof endpoints>;
  readonly sessions: SessionSettings;
}): EndpointService[] {
  const { ec2messages, vss } = config.endpoints;
  return [
    ...(ec2messages ? ["ec2messages" as const] : []),
    ...(vss ? ["ec2" as const] : []),
    ...sessionServices(config.sessions),
  ];
}

/** `patchpath:endpointPolicy`. */
export const endpointPolicy = z
  .strictObject({
    trustBoundary: z.enum(trustBoundaries).default("account"),
    organizationId: text(/^o-[a-z0-9]{10,32}$/, "an organization's id, such as `o-a1b2c3d4e5`").optional(),
    unconfirmedBuckets: z.enum(["refuse", "admit-by-pattern"]).default("refuse"),
    statements: z.array(z.custom<PolicyStatement>(isStatement, "a policy statement with `Effect`")).default([]),
  })
  .prefault({});

function isStatement(value: unknown): boolean {
  return typeof record(value)["Effect"] === "string" && !Array.isArray(value);
}

/** Interface endpoints are what the topologies without a way out live by. */
export function problemsOfEndpoints(value: unknown, topology: string): string[] {
  if (record(value)["interface"] !== false || topology === "nat") return [];
  return [
    `\`${namespace}endpoints.interface\` is \`false\`; expected \`true\` with the topology \`${topology}\`, where the agent has no other way to Systems Manager`,
  ];
}

/** Central endpoints, with the network that is to reach them. */
export function problemsOfCentral(value: unknown, network: unknown): string[] {
  const { interface: hasOwn, central } = record(value);
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
    ...(hasOwn === false
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

/** What the endpoint policy would be with the user's own statements, asked of the decision core. */
export function problemsOfEndpointPolicy(value: unknown, region: string | undefined): string[] {
  const { trustBoundary, organizationId, statements } = record(value);
  const key = `${namespace}endpointPolicy`;
  const idless =
    organizationId !== undefined && trustBoundary !== "organization"
      ? [`\`${key}.organizationId\` has no effect; expected with \`trustBoundary\` \`organization\` only`]
      : [];
  const own = elements(statements).filter(isStatement) as PolicyStatement[];
  const isKnown = region !== undefined && isRegion(region) && ssmBuckets(region);
  return [...idless, ...(isKnown && own.length > 0 ? problemsOfStatements(own, region, key) : [])];
}

/** Stands for the account that the program runs in: which it is makes no difference to what patching reads. */
const someAccount = { boundary: "account", accountId: "111122223333" } as const;

function problemsOfStatements(own: readonly PolicyStatement[], region: Region, key: string): string[] {
  const policy = s3EndpointPolicy(region, someAccount, own);
  const source = JSON.stringify(policy);
  const { document, problems } = parsePolicy(source, "endpoint");
  const ours = policy.Statement.length - own.length;
  /** The user knows the statement by its place in the config. */
  const placed = (words: string) =>
    words.replace(/Statement\[(\d+)\]/g, (_, index: string) => `statements[${Number(index) - ours}]`);
  if (source.length > endpointPolicyMaxCharacters) {
    return [
      `\`${key}.statements\` make a policy of ${source.length} characters; expected at most ${endpointPolicyMaxCharacters}`,
    ];
  }
  const malformed = problems.map(({ where, message }) => `\`${key}.${placed(where)}\` ${message}`);
  if (!document) return malformed;
  const { repositories, signed } = explainPolicy(key, document, problems, region, repositorySystems);
  const refused = (what: string, { verdict, because }: Verdict) =>
    verdict === "allow"
      ? []
      : [`\`${key}.statements\` shut out ${what}: ${placed(because)}; expected statements that leave it admitted`];
  return [
    ...malformed,
    ...Object.entries(repositories).flatMap(([system, verdict]) => refused(`the unsigned reads of ${system}`, verdict)),
    ...Object.entries(signed).flatMap(([read, verdict]) => refused(`the ${read} of Patch Manager`, verdict)),
  ];
}
