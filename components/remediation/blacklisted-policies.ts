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

/** The managed rule of AWS Config that finds attachments of listed policies. */
export const blacklistedCheck = "IAM_POLICY_BLACKLISTED_CHECK";

/** A role, user or group that keeps a deprecated policy for now. */
export interface RemediationException {
  readonly kind: "role" | "user" | "group";
  /** The name, without the path. */
  readonly name: string;
  /** Shown in the message of an automation that is started on it nevertheless. */
  readonly reason: string;
}

/** What instances do that AmazonSSMManagedInstanceCore alone does not allow. */
export interface InstanceNeeds {
  /** They run the CloudWatch agent. */
  readonly cloudWatchAgent: boolean;
  /** They join a directory. */
  readonly directory: boolean;
}

/** Why the rules cannot be created in a region; `undefined` if they can. */
export function wrongRegionForRules(region: Region): string | undefined {
  if (hasIamPolicyBlacklistedCheck[region] !== false) return undefined;
  const others = Object.entries(hasIamPolicyBlacklistedCheck).flatMap(([name, has]) => (has ? [name] : []));
  return `AWS Config has no rule \`iam-policy-blacklisted-check\` in ${region}; IAM is global, so use another region of the account: ${others.join(", ")}`;
}

/**
 * The ARNs that the rules look for: deprecated policies for instances. Policies with an unconfirmed ARN are left out, and so are the
 * many for other purposes, which exceed the maximum length of a rule's parameters.
 */
export function blacklistedArns(region: Region): string[] {
  const { id } = regions[region].partition;
  return deprecatedPolicies
    .filter(({ forInstances }) => forInstances)
    .flatMap((policy) => deprecatedPolicyArn(id, policy) ?? []);
}

/** The policies that can be replaced automatically, with the replacements that AWS documents. */
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
 * The parameters of a rule, in the form of AWS Config: every value is text, and exceptions are names in brackets.
 * Source: https://docs.aws.amazon.com/config/latest/developerguide/iam-policy-blacklisted-check.html.
 *
 * @throws Error if they are longer than AWS Config allows
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
    `with these exceptions, the parameters of the rule have ${parameters.length} characters; expected at most ${longestConfigRuleParameters}: shorten the list`,
  );
}
