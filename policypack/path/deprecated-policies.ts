import { type DeprecatedPolicy, deprecatedPolicyOf } from "../facts/managed-policies";
import { known } from "../stack/reading";
import type { AttachedManagedPolicy } from "../stack/roles";

/** A deprecated policy where a resource attaches it. */
export interface Deprecated extends AttachedManagedPolicy {
  readonly policyArn: string;
  readonly policy: DeprecatedPolicy;
}

/** The deprecated policies among those attached: those made for instances, or the others. */
export function deprecatedAmong(attached: readonly AttachedManagedPolicy[], forInstances: boolean): Deprecated[] {
  return attached.flatMap((attachment) => {
    const policyArn = known(attachment.arn);
    const policy = policyArn === undefined ? undefined : deprecatedPolicyOf(policyArn);
    return policyArn !== undefined && policy?.forInstances === forInstances
      ? [{ ...attachment, policyArn, policy }]
      : [];
  });
}
