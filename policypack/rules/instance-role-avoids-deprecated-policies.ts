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
 * Replaces a policy created for instances by its successor, where AWS names one. Never in types that own attachments
 * elsewhere: there a swap would detach policies that the program does not mention.
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
  if (arns.includes(undefined)) return false; // a list that is partly unknown cannot be written back
  const swapped = arns.map((arn) => deprecated.find(({ policyArn }) => policyArn === arn)?.successor ?? arn);
  props["managedPolicyArns"] = [...new Set(swapped)];
  return true;
}

export const instanceRoleAvoidsDeprecatedPolicies: Rule = rule({
  name: "instance-role-avoids-deprecated-policies",
  displayName: "Instance role avoids deprecated policies",
  description: "Instance roles must not use managed policies that AWS has deprecated, above all AmazonEC2RoleforSSM.",
  enforcementLevel: "mandatory",
  severity: "high",
  tags: ["iam", "systems-manager"],
  remediationSteps:
    "Attach the successor, and a policy of your own for the permissions that it lacks (AmazonSSMManagedInstanceCore grants no S3 permissions); then detach the deprecated policy. `patchpath roles` lists what each role loses.",
  // Policies created for instances are wrong wherever they are attached, so one resource is enough.
  ofResource: (resource) => deprecatedAmong(managedPoliciesAttachedBy(resource), true).map(finding),
  // The others matter on instance roles, which only the whole stack shows.
  ofStack: (stack) =>
    rolesOf(stack)
      .filter(({ isForInstances }) => isForInstances === true)
      .flatMap(({ managedPolicies }) => deprecatedAmong(managedPolicies, false).map(finding)),
  remediate: swap,
});
