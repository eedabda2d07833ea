/** A policy document as the components write it. The order of elements is fixed, so that a diff shows only real changes. */
export interface PolicyDocument {
  readonly Version: "2012-10-17";
  readonly Statement: readonly PolicyStatement[];
}

/** Who may assume a role: an AWS service, or another role by its ARN. */
export type RolePrincipal = { readonly Service: string } | { readonly AWS: string };

export interface PolicyStatement {
  readonly Sid: string;
  readonly Effect: "Allow";
  readonly Principal?: string | RolePrincipal;
  readonly Action: string | readonly string[];
  readonly Resource?: string | readonly string[];
  readonly Condition?: Readonly<Record<string, Readonly<Record<string, string | readonly string[]>>>>;
}

export function policyDocument(...statements: readonly PolicyStatement[]): PolicyDocument {
  return { Version: "2012-10-17", Statement: statements };
}

/** The trust policy of a role. */
export function trustPolicy(Sid: string, Principal: RolePrincipal, Condition?: PolicyStatement["Condition"]) {
  return policyDocument({ Sid, Effect: "Allow", Principal, Action: "sts:AssumeRole", ...(Condition && { Condition }) });
}
