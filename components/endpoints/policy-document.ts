/** A policy document as the components write it: one order of elements, so that a diff shows changes only. */
export interface PolicyDocument {
  readonly Version: "2012-10-17";
  readonly Statement: readonly PolicyStatement[];
}

/** Who may assume a role: a service of AWS's, or another role by its ARN. */
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

/** A role's trust policy. */
export function trustPolicy(Sid: string, Principal: RolePrincipal, Condition?: PolicyStatement["Condition"]) {
  return policyDocument({ Sid, Effect: "Allow", Principal, Action: "sts:AssumeRole", ...(Condition && { Condition }) });
}
