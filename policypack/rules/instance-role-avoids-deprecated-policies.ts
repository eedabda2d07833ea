import { type Deprecated, deprecatedAmong, successorOf } from "../path/deprecated-policies";
import { deprecatedInWords } from "../report/deprecated-words";
import { known } from "../stack/reading";
import { isOf } from "../stack/kinds";
import type { StackResource } from "../stack/resource";
import { managedPoliciesAttachedBy, rolesOf } from "../stack/roles";
import type { Finding } from "./finding";
import { type Rule, rule } from "./rule";

function finding(deprecated: Deprecated): Finding {
  return { resource: deprecated.resource, message: deprecatedInWords(deprecated) };
}

/**
 * Puts the successor in the place of a policy made for instances, where AWS names one. Never in kinds that own
 * attachments elsewhere: there a swap would detach what the program does not speak of.
 */
function swap(resource: StackResource): boolean {
  const deprecated = deprecatedAmong(managedPoliciesAttachedBy(resource), true).flatMap((one) => {
    const successor = successorOf(one);
    return successor === undefined ? [] : [{ policyArn: one.policyArn, successor }];
  });
  const [first] = deprecated;
  if (!first) return false;
  const props = resource.props as Record<string, unknown>;
  if (isOf("rolePolicyAttachment", resource)) {
    props["policyArn"] = first.successor;
    return true;
  }
  if (!isOf("role", resource)) return false;
  const arns = managedPoliciesAttachedBy(resource).map(({ arn }) => known(arn));
  if (arns.includes(undefined)) return false; // a list that is known in part can't be written back
  const swapped = arns.map((arn) => deprecated.find(({ policyArn }) => policyArn === arn)?.successor ?? arn);
  props["managedPolicyArns"] = [...new Set(swapped)];
  return true;
}

export const instanceRoleAvoidsDeprecatedPolicies: Rule = rule({
  name: "instance-role-avoids-deprecated-policies",
  displayName: "Instance role avoids deprecated policies",
  description:
    "Roles of instances must not use managed policies that AWS has deprecated, AmazonEC2RoleforSSM first of all.",
  enforcementLevel: "mandatory",
  severity: "high",
  tags: ["iam", "systems-manager"],
  remediationSteps:
    "Attach the successor, and for what it lacks (AmazonSSMManagedInstanceCore grants no S3) a policy of your own; then detach the deprecated one. `patchpath roles` lists what each role loses.",
  // Policies made for instances are wrong wherever they are attached, so one resource shows it.
  ofResource: (resource) => deprecatedAmong(managedPoliciesAttachedBy(resource), true).map(finding),
  // The others matter on roles of instances, which only the whole stack shows.
  ofStack: (stack) =>
    rolesOf(stack)
      .filter(({ isForInstances }) => isForInstances === true)
      .flatMap(({ managedPolicies }) => deprecatedAmong(managedPolicies, false).map(finding)),
  mend: swap,
});
