import type { PolicyStatement } from "./policy-document";

/** Whose signed requests an endpoint allows: one account, one organization, anyone in the VPC, or anyone. */
export const trustBoundaries = ["account", "organization", "vpc", "none"] as const;

/** A boundary, with the id that its condition requires. */
export type TrustBoundary =
  | { readonly boundary: "account"; readonly accountId: string }
  | { readonly boundary: "organization"; readonly organizationId: string }
  | { readonly boundary: "vpc"; readonly vpcId: string }
  | { readonly boundary: "none" };

/**
 * The condition of a statement with the principal `*`. `vpc` restricts nothing, since an endpoint is only reachable from its VPC,
 * and unsigned requests meet it too: it is for scanners that require a condition.
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

/** The Sid of the statement for a boundary. */
export function sidOf({ boundary }: TrustBoundary): string {
  return {
    account: "AllowAccountPrincipals",
    organization: "AllowOrganizationPrincipals",
    vpc: "AllowFromVpc",
    none: "AllowAll",
  }[boundary];
}
