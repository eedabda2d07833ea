import { repositorySystems } from "../facts/repositories";
import { systems } from "../facts/systems";
import { type RepositoryVerdict, judgeEndpoint } from "../path/repository-reads";
import { nameOfStatement } from "../report/sentences";
import { attachedPolicies, endpointOf } from "../stack/endpoints";
import { isOf } from "../stack/resource";
import { managedPoliciesAttachedBy } from "../stack/roles";
import { type Rule, pageOf } from "./rule";

const name = "patch-path-is-decided";

/** What would have to be known, once for all systems that wait for the same. */
function openQuestions(verdicts: readonly RepositoryVerdict[]): string[] {
  const bySentence = new Map<string, string[]>();
  for (const { system, decision } of verdicts) {
    if (decision.verdict !== "unknown") continue;
    const where = decision.statement ? ` (${nameOfStatement(decision.statement)})` : "";
    const sentence = `it would have to be known: ${decision.openQuestion}${where}`;
    bySentence.set(sentence, [...(bySentence.get(sentence) ?? []), systems[system].name]);
  }
  return [...bySentence].map(
    ([sentence, names]) => `Whether the unsigned reads of ${names.join(" and ")} pass is unknown; ${sentence}.`,
  );
}

export const patchPathIsDecided: Rule = {
  name,
  displayName: "Patch path is decided",
  description: "Everything about the patch path that could not be decided, and what would have to be known.",
  enforcementLevel: "advisory",
  severity: "medium",
  tags: ["patching"],
  remediationSteps:
    "Build policies from configuration and not from outputs of resources, so that they are known at preview; make this rule mandatory to gate on certainty.",
  url: pageOf(name),
  validateStack: (args, report) => {
    for (const resource of args.resources) {
      if (isOf("vpcEndpoint", resource)) {
        const endpoint = endpointOf(resource);
        for (const sentence of openQuestions(judgeEndpoint(endpoint, endpoint.policy, repositorySystems))) {
          report(sentence, resource.urn);
        }
      }
      for (const { property, arn } of managedPoliciesAttachedBy(resource)) {
        if (arn.is === "unknown")
          report(`Whether \`${property}\` is a deprecated policy is unknown until its value is.`, resource.urn);
      }
    }
    for (const { resource, policy, endpoint } of attachedPolicies(args.resources)) {
      if (!endpoint) report("Whose endpoint this policy is can't be told, so it is not judged.", resource.urn);
      else
        for (const sentence of openQuestions(judgeEndpoint(endpoint, policy, repositorySystems)))
          report(sentence, resource.urn);
    }
  },
};
