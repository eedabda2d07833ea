import { type DeprecatedPolicy, deprecatedPolicyOf, replacementArns } from "../facts/managed-policies";
import { known } from "../stack/reading";
import { type AttachedManagedPolicy, managedPoliciesAttachedBy, rolesOf } from "../stack/roles";
import { type Rule, pageOf } from "./rule";

const name = "instance-role-avoids-deprecated-policies";

/** The deprecated policies among those attached, those made for instances or the others. */
function deprecatedAmong(attached: readonly AttachedManagedPolicy[], forInstances: boolean) {
  return attached.flatMap((attachment) => {
    const arn = known(attachment.arn);
    const policy = arn === undefined ? undefined : deprecatedPolicyOf(arn);
    return arn !== undefined && policy?.forInstances === forInstances
      ? [{ urn: attachment.resource.urn, finding: finding(attachment.property, arn, policy) }]
      : [];
  });
}

function finding(property: string, arn: string, policy: DeprecatedPolicy): string {
  const replacements = replacementArns(arn, policy).map((replacement) => `\`${replacement}\``);
  if (replacements.length === 0) {
    return `\`${property}\` has the deprecated \`${arn}\`, for which AWS names no successor. Detach it and write a policy of the actions in use.`;
  }
  const doubt = policy.replacementConfirmed ? "" : " (its successor by name; AWS's documentation does not say so)";
  return `\`${property}\` has the deprecated \`${arn}\`; expected ${replacements.join(", ")}${doubt}. Attach that first, then detach the old one.`;
}

export const instanceRoleAvoidsDeprecatedPolicies: Rule = {
  name,
  displayName: "Instance role avoids deprecated policies",
  description:
    "Roles of instances must not use managed policies that AWS has deprecated, AmazonEC2RoleforSSM first of all.",
  enforcementLevel: "mandatory",
  severity: "high",
  tags: ["iam", "systems-manager"],
  remediationSteps:
    "Attach the successor, and for what it lacks (AmazonSSMManagedInstanceCore grants no S3) a policy of your own; then detach the deprecated one.",
  url: pageOf(name),
  // Policies made for instances are wrong wherever they are attached, so one resource shows it.
  validateResource: (args, report) => {
    for (const { finding } of deprecatedAmong(managedPoliciesAttachedBy(args), true)) report(finding);
  },
  // The others matter on roles of instances, which only the whole stack shows.
  validateStack: (args, report) => {
    for (const role of rolesOf(args.resources)) {
      if (role.isForInstances !== true) continue;
      for (const { urn, finding } of deprecatedAmong(role.managedPolicies, false)) report(finding, urn);
    }
  },
};
