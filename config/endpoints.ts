import { type PolicyStatement, s3EndpointPolicy, trustBoundaries } from "@patchpath/components";
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
import { elements, namespace, record, text } from "./values";

/** `patchpath:endpoints`. */
export const endpoints = z
  .strictObject({
    /** Interface endpoints; without them NAT must carry what the agent says. */
    interface: z.boolean().default(true),
    ec2messages: z.boolean().default(false),
    vss: z.boolean().default(false),
  })
  .prefault({});

/** The services whose endpoints are asked for by name; whatever else the values may be. */
export function askedServices(endpoints: unknown): EndpointService[] {
  const { ec2messages, vss } = record(endpoints);
  return [...(ec2messages === true ? ["ec2messages" as const] : []), ...(vss === true ? ["ec2" as const] : [])];
}

/** Whether there are interface endpoints; whatever else the values may be. */
export function hasInterfaceEndpoints(endpoints: unknown): boolean {
  return record(endpoints)["interface"] !== false;
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
  if (hasInterfaceEndpoints(value) || topology === "nat") return [];
  return [
    `\`${namespace}endpoints.interface\` is \`false\`; expected \`true\` with the topology \`${topology}\`, where the agent has no other way to Systems Manager`,
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
