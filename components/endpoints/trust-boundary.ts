import type { PolicyStatement } from "./policy-document";

/** Whose signed requests an endpoint admits: of one account, of an organization, of whoever is in the VPC, of anybody. */
export const trustBoundaries = ["account", "organization", "vpc", "none"] as const;

/** A boundary with the id that its condition names. */
export type TrustBoundary =
  | { readonly boundary: "account"; readonly accountId: string }
  | { readonly boundary: "organization"; readonly organizationId: string }
  | { readonly boundary: "vpc"; readonly vpcId: string }
  | { readonly boundary: "none" };

/**
 * The condition of a statement with the principal `*`. `vpc` says what an endpoint is anyway, since no one else reaches
 * it: it keeps scanners content that look for a condition, and unsigned requests pass it.
 */
export function conditionOf(trust: TrustBoundary): Pick<PolicyStatement, "Condition"> {
  switch (trust.boundary) {
    case "account":
      return { Condition: { StringEquals: { "aws:PrincipalAccount": trust.accountId } } };
    case "organization":
      return { Condition: { StringEquals: { "aws:PrincipalOrgID": trust.organizationId } } };
    case "vpc":
      return { Condition: { StringEquals: { "aws:SourceVpc": trust.vpcId } } };
    case "none":
      return {};
  }
}

/** The statement id for what a boundary admits. */
export function sidOf({ boundary }: TrustBoundary): string {
  return {
    account: "AllowAccountPrincipals",
    organization: "AllowOrganizationPrincipals",
    vpc: "AllowFromVpc",
    none: "AllowAll",
  }[boundary];
}
