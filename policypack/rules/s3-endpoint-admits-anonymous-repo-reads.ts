import { type RepositorySystem, repositorySystems } from "../facts/repositories";
import { judgeEndpoint } from "../path/repository-reads";
import { refusedReads } from "../report/sentences";
import { type Endpoint, attachedPolicies, endpointOf } from "../stack/endpoints";
import type { Reading } from "../stack/reading";
import { isOf } from "../stack/resource";
import { type Rule, pageOf } from "./rule";

const name = "s3-endpoint-admits-anonymous-repo-reads";

/** What the rule takes from the policy-pack config. */
interface Config {
  readonly repositories?: readonly RepositorySystem[];
}

function findings(endpoint: Endpoint, policy: Reading, { repositories = repositorySystems }: Config): string[] {
  return judgeEndpoint(endpoint, policy, repositories).flatMap(({ system, decision }) =>
    decision.verdict === "deny" ? [refusedReads({ system, decision }, endpoint.region ?? "")] : [],
  );
}

export const s3EndpointAdmitsAnonymousRepoReads: Rule = {
  name,
  displayName: "S3 endpoint admits anonymous repository reads",
  description: "dnf and yum read their repositories from S3 unsigned; an S3 endpoint policy must admit that.",
  enforcementLevel: "mandatory",
  severity: "critical",
  tags: ["patching", "vpc-endpoint", "amazon-linux"],
  remediationSteps:
    "Add the statement that the finding prints to the endpoint policy; leave the other statements as they are.",
  url: pageOf(name),
  configSchema: {
    properties: {
      repositories: {
        type: "array",
        description: "The systems whose repositories must be admitted.",
        items: { type: "string", enum: [...repositorySystems] },
        minItems: 1,
        default: [...repositorySystems],
      },
    },
  },
  validateResource: (args, report) => {
    if (!isOf("vpcEndpoint", args)) return;
    const endpoint = endpointOf(args);
    for (const finding of findings(endpoint, endpoint.policy, args.getConfig<Config>())) report(finding);
  },
  validateStack: (args, report) => {
    for (const { resource, policy, endpoint } of attachedPolicies(args.resources)) {
      if (!endpoint) continue;
      for (const finding of findings(endpoint, policy, args.getConfig<Config>())) report(finding, resource.urn);
    }
  },
};
