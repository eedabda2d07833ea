import { defaultRepositorySystems } from "../facts/repositories";
import { deprecatedAmong } from "../path/deprecated-policies";
import { judgeEndpoint } from "../path/repository-reads";
import { isMeantToBePatched, undecidedManagement, undecidedPath } from "../report/path-findings";
import { pathsOf } from "../report/path-words";
import { undecidedReads } from "../report/sentences";
import { attachedPolicies, endpointOf } from "../stack/endpoints";
import { isOf } from "../stack/kinds";
import type { StackResource } from "../stack/resource";
import type { Stack } from "../stack/stack";
import { rolesOf } from "../stack/roles";
import type { Finding } from "./finding";
import { type Rule, rule } from "./rule";

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
  ofResource: undecidedEndpoint,
  ofStack: (stack) => [
    ...undecidedAttachments(stack),
    ...undecidedRoles(stack),
    ...undecidedPolicies(stack),
    ...undecidedPaths(stack),
  ],
});

function undecidedEndpoint(resource: StackResource): Finding[] {
  if (!isOf("vpcEndpoint", resource)) return [];
  const endpoint = endpointOf(resource);
  const verdicts = judgeEndpoint(endpoint, endpoint.policy, defaultRepositorySystems);
  return undecidedReads(verdicts).map((message) => ({ resource, message }));
}

/** A policy that the stack makes itself is none of AWS's, so of that nothing is open. */
function undecidedPolicies(stack: Stack): Finding[] {
  return rolesOf(stack)
    .flatMap(({ managedPolicies }) => managedPolicies)
    .filter(({ arn, madeHere }) => arn.is === "unknown" && madeHere?.is !== "resource")
    .map(({ resource, property }) => ({
      resource,
      message: `Whether \`${property}\` is a deprecated policy is unknown until its value is.`,
    }));
}

function undecidedAttachments(stack: Stack): Finding[] {
  return attachedPolicies(stack).flatMap(({ resource, policy, endpoint }) => {
    const messages = endpoint
      ? undecidedReads(judgeEndpoint(endpoint, policy, defaultRepositorySystems))
      : ["Whose endpoint this policy is can't be told, so it is not judged."];
    return messages.map((message) => ({ resource, message }));
  });
}

/** Deprecated policies that matter on roles of instances only, where the role may be one. */
function undecidedRoles(stack: Stack): Finding[] {
  return rolesOf(stack)
    .filter(({ isForInstances }) => isForInstances === "unknown")
    .flatMap(({ managedPolicies }) => deprecatedAmong(managedPolicies, false))
    .map(({ resource, property, policyArn }) => ({
      resource,
      message: `\`${property}\` has the deprecated \`${policyArn}\`; whether the role is one of instances is unknown until its trust policy and its instance profiles are.`,
    }));
}

function undecidedPaths(stack: Stack): Finding[] {
  return pathsOf(stack).flatMap((path) => {
    const message = isMeantToBePatched(stack, path) ? undecidedPath(path) : undecidedManagement(stack, path);
    return message === undefined ? [] : [{ resource: path.fleet.resource, message }];
  });
}
