import { repositorySystems } from "../facts/repositories";
import { judgeEndpoint } from "../path/repository-reads";
import { undecidedReads } from "../report/sentences";
import { attachedPolicies, endpointOf } from "../stack/endpoints";
import { isOf } from "../stack/resource";
import { managedPoliciesAttachedBy } from "../stack/roles";
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
  ofStack: (resources) => {
    const findings: Finding[] = [];
    for (const resource of resources) {
      const say = (message: string) => findings.push({ resource, message });
      if (isOf("vpcEndpoint", resource)) {
        const endpoint = endpointOf(resource);
        undecidedReads(judgeEndpoint(endpoint, endpoint.policy, repositorySystems)).forEach(say);
      }
      for (const { property, arn } of managedPoliciesAttachedBy(resource)) {
        if (arn.is === "unknown") say(`Whether \`${property}\` is a deprecated policy is unknown until its value is.`);
      }
    }
    for (const { resource, policy, endpoint } of attachedPolicies(resources)) {
      const messages = endpoint
        ? undecidedReads(judgeEndpoint(endpoint, policy, repositorySystems))
        : ["Whose endpoint this policy is can't be told, so it is not judged."];
      findings.push(...messages.map((message) => ({ resource, message })));
    }
    return findings;
  },
});
