import { type DeprecatedPolicy, deprecatedPolicyOf, replacementArns } from "../facts/managed-policies";
import { known } from "../stack/reading";
import type { AttachedManagedPolicy, Role } from "../stack/roles";

/** A deprecated policy where a resource attaches it. */
export interface Deprecated extends AttachedManagedPolicy {
  readonly policyArn: string;
  readonly policy: DeprecatedPolicy;
}

/** The deprecated policies among those attached: those meant for instances, or the others. */
export function deprecatedAmong(attached: readonly AttachedManagedPolicy[], forInstances: boolean): Deprecated[] {
  return attached.flatMap((attachment) => {
    const policyArn = known(attachment.arn);
    const policy = policyArn === undefined ? undefined : deprecatedPolicyOf(policyArn);
    return policyArn !== undefined && policy?.forInstances === forInstances
      ? [{ ...attachment, policyArn, policy }]
      : [];
  });
}

/**
 * Those that a role should not have: policies meant for instances wherever they are attached, the others on roles of
 * instances.
 */
export function deprecatedOn({ managedPolicies, isForInstances }: Role): Deprecated[] {
  return [
    ...deprecatedAmong(managedPolicies, true),
    ...(isForInstances === true ? deprecatedAmong(managedPolicies, false) : []),
  ];
}

/** The policy that can replace it without a decision by anybody: the only successor that AWS's documentation names. */
export function successorOf({ policyArn, policy }: Pick<Deprecated, "policyArn" | "policy">): string | undefined {
  const [successor, ...others] = replacementArns(policyArn, policy);
  return policy.replacementConfirmed && others.length === 0 ? successor : undefined;
}
