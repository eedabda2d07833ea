/** A small policy, and its decision on the unsigned reads of Amazon Linux 2023's repository in eu-west-1. */
export interface Case {
  /** Unique. A clause, as "a condition on the account of the caller". */
  readonly name: string;
  /** The reason for the decision. */
  readonly why: string;
  readonly policy: { readonly Version?: string; readonly Statement: unknown };
  readonly verdict: "allow" | "deny" | "unknown";
  /** The key that is denied, if it matters. */
  readonly refusedKey?: string;
}

export const bucket = "arn:aws:s3:::al2023-repos-eu-west-1-de612dc2";
export const vpcId = "vpc-0a1b2c3d4e5f67890";
export const endpointId = "vpce-0a1b2c3d4e5f67890";
export const accountId = "123456789012";

type Part = Readonly<Record<string, unknown>>;

export const allow = (part: Part = {}): Part => ({
  Effect: "Allow",
  Principal: "*",
  Action: "s3:GetObject",
  Resource: `${bucket}/*`,
  ...part,
});
export const deny = (part: Part = {}): Part => ({
  Effect: "Deny",
  Principal: "*",
  Action: "*",
  Resource: "*",
  ...part,
});
export const policy = (...statements: readonly Part[]) => ({ Version: "2012-10-17", Statement: statements });
export const without = (part: Part, ...elements: readonly string[]): Part =>
  Object.fromEntries(Object.entries(part).filter(([element]) => !elements.includes(element)));
