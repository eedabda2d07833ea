import { type PolicyStatement, endpointDefaults, s3EndpointPolicy, trustBoundaries } from "@patchpath/components";
import {
  type Region,
  bucketServices,
  endpointPolicyMaxCharacters,
  knowsServiceBuckets,
  repositorySystems,
  ssmBuckets,
} from "patchpath/facts";
import { parsePolicy } from "patchpath/iam";
import { type Verdict, explainPolicy } from "patchpath/policy-report";
import { z } from "zod";
import { say, whenRight } from "./section";
import { namespace, text } from "./values";

/** What else a statement has, and whether that is right, the parser of policies says. */
export const statement = z
  .looseObject({
    Effect: z
      .enum(["Allow", "Deny"])
      .describe("`Allow` or `Deny`; the statement has the other elements of an IAM policy statement"),
  })
  .transform((given) => given as unknown as PolicyStatement);

/** `patchpath:endpointPolicy`. */
export const endpointPolicy = z
  .strictObject({
    trustBoundary: z
      .enum(trustBoundaries)
      .default(endpointDefaults.trustBoundary)
      .describe("whose signed requests the S3 endpoint allows"),
    organizationId: text(/^o-[a-z0-9]{10,32}$/, "an organization's id, such as `o-a1b2c3d4e5`")
      .optional()
      .describe("the id of the organization for the trust boundary `organization`, looked up unless given"),
    unconfirmedBuckets: z
      .enum(["refuse", "admit-by-pattern"])
      .default("refuse")
      .describe(
        "for China and GovCloud: `admit-by-pattern` allows reads of any bucket whose name matches the pattern of AWS's names",
      ),
    serviceBuckets: z
      .array(z.enum(bucketServices))
      .default([])
      .describe("AWS services whose buckets everyone may read, since these reads are not signed by the account"),
    statements: z
      .array(statement)
      .default([])
      .describe(
        "additional statements, such as for a source of a baseline in S3; rejected if they block a read that patching requires",
      ),
  })
  .superRefine(({ organizationId, trustBoundary }, context) => {
    if (organizationId === undefined || trustBoundary === "organization") return;
    say(context, ["organizationId"], "has no effect; expected with `trustBoundary` `organization` only");
  }, whenRight)
  .prefault({});
export type EndpointPolicy = z.output<typeof endpointPolicy>;

/** Stands for the ids that only the account tells; which they are makes no difference to what is read unsigned. */
const standIns = {
  account: { boundary: "account", accountId: "111122223333" },
  organization: { boundary: "organization", organizationId: "o-a1b2c3d4e5" },
  vpc: { boundary: "vpc", vpcId: "vpc-0123456789abcdef0" },
  none: { boundary: "none" },
} as const;

/** The S3 endpoint's policy with the user's own statements, as the stack will create it. */
export function s3PolicyOf({ trustBoundary, serviceBuckets, statements }: EndpointPolicy, region: Region) {
  const policy = s3EndpointPolicy(region, standIns[trustBoundary], statements, serviceBuckets);
  const generated = policy.Statement.length - statements.length;
  return {
    source: JSON.stringify(policy),
    /** The number of statements that are not the user's; they come first. */
    generated,
    /** The user knows a statement by its place in the config. */
    placed: (words: string) =>
      words.replace(/Statement\[(\d+)\]/g, (whole, index: string) =>
        Number(index) < generated ? whole : `statements[${Number(index) - generated}]`,
      ),
  };
}

interface Config {
  readonly endpointPolicy?: EndpointPolicy | undefined;
  readonly region?: Region | undefined;
}

/** What the endpoint policy would be with the user's own statements, as the decision core sees it. */
export function checkEndpointPolicy({ endpointPolicy: value, region }: Config): string[] {
  if (value && value.serviceBuckets.length > 0 && region && !knowsServiceBuckets(region)) {
    return [
      `\`${namespace}endpointPolicy.serviceBuckets\` has names that are unconfirmed in \`${region}\`; expected it left out, or the buckets in \`statements\``,
    ];
  }
  if (!value || value.statements.length === 0 || !region || !ssmBuckets(region)) return [];
  const key = `${namespace}endpointPolicy`;
  const { source, placed } = s3PolicyOf(value, region);
  const { document, problems } = parsePolicy(source, "endpoint");
  if (source.length > endpointPolicyMaxCharacters) {
    return [
      `\`${key}.statements\` make a policy of ${source.length} characters; expected at most ${endpointPolicyMaxCharacters}`,
    ];
  }
  const malformed = problems.map(({ where, message }) => `\`${key}.${placed(where)}\` ${message}`);
  if (!document) return malformed;
  const { repositories, signed } = explainPolicy(key, document, problems, region, repositorySystems);
  const blocked = (what: string, { verdict, because }: Verdict) =>
    verdict === "allow"
      ? []
      : [`\`${key}.statements\` block ${what}: ${placed(because)}; expected statements that leave them allowed`];
  return [
    ...malformed,
    ...Object.entries(repositories).flatMap(([system, verdict]) => blocked(`the unsigned reads of ${system}`, verdict)),
    ...Object.entries(signed).flatMap(([read, verdict]) => blocked(`the ${read} of Patch Manager`, verdict)),
  ];
}
