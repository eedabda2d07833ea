import { defaultRepositorySystems } from "../facts/repositories";
import { deprecatedAmong } from "../path/deprecated-policies";
import { pathsOf } from "../path/fleet-path";
import { isManaged } from "../path/patching";
import { judgeEndpoint } from "../path/repository-reads";
import { undecidedPatching, undecidedPath, undecidedReads } from "../report/path-findings";
import { attachedPolicies, endpointOf, endpointsOf } from "../stack/endpoints";
import { isOf } from "../stack/kinds";
import type { StackResource } from "../stack/resource";
import type { Stack } from "../stack/stack";
import { rolesOf } from "../stack/roles";
import type { Finding } from "./finding";
import { type Rule, rule } from "./rule";

export const patchPathIsDecided: Rule = rule({
  name: "patch-path-is-decided",
  displayName: "Patch path is decided",
  description: "Everything about the patch path that is unknown, with what cannot be determined.",
  enforcementLevel: "advisory",
  severity: "medium",
  tags: ["patching"],
  remediationSteps:
    "Build policies from configuration rather than from resource outputs, so that they are known at preview. To gate on certainty, make this rule mandatory.",
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
  const verdicts = judgeEndpoint(endpoint, defaultRepositorySystems);
  return undecidedReads(verdicts).map((message) => ({ resource, message }));
}

/** A policy that the stack creates itself is not a policy of AWS's, so it is known not to be deprecated. */
function undecidedPolicies(stack: Stack): Finding[] {
  return rolesOf(stack)
    .flatMap(({ managedPolicies }) => managedPolicies)
    .filter(({ arn, customerManaged }) => arn.is === "unknown" && customerManaged?.is !== "resource")
    .map(({ resource, property }) => ({
      resource,
      message: `Whether \`${property}\` is a deprecated policy is unknown: its value is not known until the update.`,
    }));
}

function undecidedAttachments(stack: Stack): Finding[] {
  const ofEndpoints = endpointsOf(stack)
    .filter(({ resource, policy }) => policy.resource !== resource)
    .flatMap((endpoint) =>
      undecidedReads(judgeEndpoint(endpoint, defaultRepositorySystems)).map((message) => ({
        resource: endpoint.policy.resource,
        message,
      })),
    );
  const ofNone = attachedPolicies(stack)
    .filter(({ endpoint }) => endpoint.is !== "resource")
    .map(({ policy: { resource } }) => ({
      resource,
      message: "The policy is not judged: cannot determine which endpoint it belongs to.",
    }));
  return [...ofEndpoints, ...ofNone];
}

/** Deprecated policies that matter on roles of instances only, where the role may be one. */
function undecidedRoles(stack: Stack): Finding[] {
  return rolesOf(stack)
    .filter(({ isForInstances }) => isForInstances === "unknown")
    .flatMap(({ managedPolicies }) => deprecatedAmong(managedPolicies, false))
    .map(({ resource, property, policyArn }) => ({
      resource,
      message: `\`${property}\` has the deprecated \`${policyArn}\`; whether EC2 instances use the role is unknown: its trust policy and instance profiles are not known until the update.`,
    }));
}

function undecidedPaths(stack: Stack): Finding[] {
  return pathsOf(stack).flatMap((path) => {
    const message = isManaged(stack, path) ? undecidedPath(path) : undecidedPatching(path);
    return message === undefined ? [] : [{ resource: path.fleet.resource, message }];
  });
}
