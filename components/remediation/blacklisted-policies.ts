import {
  type Region,
  additionArns,
  deprecatedPolicies,
  deprecatedPolicyArn,
  hasIamPolicyBlacklistedCheck,
  longestConfigRuleParameters,
  regions,
  replacementArns,
} from "patchpath/facts";

/** The rule of AWS Config that finds policies on a list. */
export const blacklistedCheck = "IAM_POLICY_BLACKLISTED_CHECK";

/** A role, user or group that keeps a deprecated policy for now. */
export interface RemediationException {
  readonly kind: "role" | "user" | "group";
  /** Without the path. */
  readonly name: string;
  /** Stands in the message of an automation that is started on it all the same. */
  readonly reason: string;
}

/** What instances do beyond Systems Manager's own needs, which the successor alone does not allow. */
export interface InstanceNeeds {
  /** They run the CloudWatch agent. */
  readonly cloudWatchAgent: boolean;
  /** They join a directory. */
  readonly directory: boolean;
}

/** Why the rules can't be made in a region; `undefined` where they can. */
export function wrongRegionForRules(region: Region): string | undefined {
  if (hasIamPolicyBlacklistedCheck[region] !== false) return undefined;
  const others = Object.entries(hasIamPolicyBlacklistedCheck).flatMap(([name, has]) => (has ? [name] : []));
  return `AWS Config has no rule \`iam-policy-blacklisted-check\` in ${region}; IAM is global, so expected another region of the account: ${others.join(", ")}`;
}

/**
 * The ARNs that the rules look for: deprecated policies that are made for instances. Those whose ARN no source tells are
 * left out, and so are the many that are about other things, for which a rule's parameters have no room.
 */
export function blacklistedArns(region: Region): string[] {
  const { id } = regions[region].partition;
  return deprecatedPolicies
    .filter(({ forInstances }) => forInstances)
    .flatMap((policy) => deprecatedPolicyArn(id, policy) ?? []);
}

/** Which of these can be replaced without asking anybody, and by what: the successors that AWS's documentation names. */
export function replacementsFor(region: Region, needs: InstanceNeeds): Record<string, readonly string[]> {
  const { id } = regions[region].partition;
  const isNeeded = (arn: string) =>
    (needs.cloudWatchAgent && arn.endsWith("/CloudWatchAgentServerPolicy")) ||
    (needs.directory && arn.endsWith("/AmazonSSMDirectoryServiceAccess"));
  return Object.fromEntries(
    deprecatedPolicies.flatMap((policy) => {
      const arn = deprecatedPolicyArn(id, policy);
      const isClear = policy.forInstances && policy.replacementConfirmed && policy.replacements.length > 0;
      if (arn === undefined || !isClear) return [];
      return [[arn, [...replacementArns(arn, policy), ...additionArns(arn, policy).filter(isNeeded)]]];
    }),
  );
}

/**
 * The parameters of a rule, as AWS Config takes them: every value is text, and exceptions are names in brackets.
 * Source: https://docs.aws.amazon.com/config/latest/developerguide/iam-policy-blacklisted-check.html.
 *
 * @throws Error when AWS Config would refuse their length
 */
export function ruleParameters(
  region: Region,
  exceptions: readonly RemediationException[],
  ...kinds: readonly RemediationException["kind"][]
): string {
  const lists = kinds.flatMap((kind) => {
    const names = exceptions.filter((exception) => exception.kind === kind).map(({ name }) => name);
    return names.length > 0 ? [`${kind}s:[${names.join(";")}]`] : [];
  });
  const parameters = JSON.stringify({
    policyArns: blacklistedArns(region).join(","),
    ...(lists.length > 0 && { exceptionList: lists.join(", ") }),
  });
  if (parameters.length <= longestConfigRuleParameters) return parameters;
  throw new Error(
    `the exceptions make the parameters of the rule ${parameters.length} characters long; expected at most ${longestConfigRuleParameters}: shorten the list`,
  );
}
