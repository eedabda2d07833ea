import { repositorySystems } from "../facts/repositories";
import { deprecatedAmong } from "../path/deprecated-policies";
import { judgeEndpoint } from "../path/repository-reads";
import { undecidedReads } from "../report/sentences";
import { attachedPolicies, endpointOf } from "../stack/endpoints";
import { type StackResource, isOf } from "../stack/resource";
import { managedPoliciesAttachedBy, rolesOf } from "../stack/roles";
import { type Finding, type Rule, rule } from "./rule";

export const patchPathIsDecided: Rule = rule({
  name: "patch-path-is-decided",
  displayName: "Patch path is decided",
  description: "Everything about the patch path that could not be decided, and what would have to be known.",
  enforcementLevel: "advisory",
  severity: "medium",
  tags: ["patching"],
  remediationSteps:
    "Build policies from configuration and not from outputs of resources, so that they are known at preview; make this rule mandatory to gate on certainty.",
  // By the inputs: only there is an unknown value one that the program gives, and not one that AWS computes.
  ofResource: (resource) => [...undecidedEndpoint(resource), ...undecidedPolicies(resource)],
  ofStack: (resources) => [...undecidedAttachments(resources), ...undecidedRoles(resources)],
});

function undecidedEndpoint(resource: StackResource): Finding[] {
  if (!isOf("vpcEndpoint", resource)) return [];
  const endpoint = endpointOf(resource);
  const verdicts = judgeEndpoint(endpoint, endpoint.policy, repositorySystems);
  return undecidedReads(verdicts).map((message) => ({ resource, message }));
}

function undecidedPolicies(resource: StackResource): Finding[] {
  return managedPoliciesAttachedBy(resource)
    .filter(({ arn }) => arn.is === "unknown")
    .map(({ property }) => ({
      resource,
      message: `Whether \`${property}\` is a deprecated policy is unknown until its value is.`,
    }));
}

function undecidedAttachments(resources: readonly StackResource[]): Finding[] {
  return attachedPolicies(resources).flatMap(({ resource, policy, endpoint }) => {
    const messages = endpoint
      ? undecidedReads(judgeEndpoint(endpoint, policy, repositorySystems))
      : ["Whose endpoint this policy is can't be told, so it is not judged."];
    return messages.map((message) => ({ resource, message }));
  });
}

/** Deprecated policies that matter on roles of instances only, where the role may be one. */
function undecidedRoles(resources: readonly StackResource[]): Finding[] {
  return rolesOf(resources)
    .filter(({ isForInstances }) => isForInstances === "unknown")
    .flatMap(({ managedPolicies }) => deprecatedAmong(managedPolicies, false))
    .map(({ resource, property, policyArn }) => ({
      resource,
      message: `\`${property}\` has the deprecated \`${policyArn}\`; whether the role is one of instances is unknown until its trust policy and its instance profiles are.`,
    }));
}
