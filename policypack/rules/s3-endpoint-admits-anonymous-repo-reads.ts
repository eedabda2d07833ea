import { isRegion } from "../facts/regions";
import { type RepositorySystem, anonymousReadsStatement, repositorySystems } from "../facts/repositories";
import { judgeEndpoint } from "../path/repository-reads";
import { refusedReads } from "../report/sentences";
import { type Endpoint, attachedPolicies, endpointOf, policyProperty } from "../stack/endpoints";
import type { Reading } from "../stack/reading";
import { isOf } from "../stack/kinds";
import type { StackResource } from "../stack/resource";
import type { Finding } from "./finding";
import { type Rule, rule } from "./rule";

interface Config {
  readonly repositories?: readonly RepositorySystem[];
}

function findings(resource: StackResource, endpoint: Endpoint, policy: Reading, { repositories }: Config): Finding[] {
  return judgeEndpoint(endpoint, policy, repositories ?? repositorySystems).flatMap(({ system, decision }) =>
    decision.verdict === "deny"
      ? [{ resource, message: refusedReads({ system, decision }, endpoint.region ?? "") }]
      : [],
  );
}

/** Adds the statement of the remedy to an endpoint's own policy, where that alone lets the reads pass. */
function addStatement(resource: StackResource, config: Config): boolean {
  if (!isOf("vpcEndpoint", resource)) return false;
  const endpoint = endpointOf(resource);
  const { policy, region } = endpoint;
  if (policy.is !== "known" || region === undefined || !isRegion(region)) return false;
  const statement = anonymousReadsStatement(region);
  if (!statement || findings(resource, endpoint, policy, config).length === 0) return false;
  const isText = typeof policy.value === "string";
  const document = (isText ? JSON.parse(policy.value) : policy.value) as { Statement: unknown };
  const mended = { ...document, Statement: [document.Statement, statement].flat() };
  const value = isText ? JSON.stringify(mended) : mended;
  if (findings(resource, endpoint, { is: "known", value }, config).length > 0) return false;
  (resource.props as Record<string, unknown>)[policyProperty(resource)] = value;
  return true;
}

export const s3EndpointAdmitsAnonymousRepoReads: Rule = rule<Config>({
  name: "s3-endpoint-admits-anonymous-repo-reads",
  displayName: "S3 endpoint admits anonymous repository reads",
  description: "dnf and yum read their repositories from S3 unsigned; an S3 endpoint policy must admit that.",
  enforcementLevel: "mandatory",
  severity: "critical",
  tags: ["patching", "vpc-endpoint", "amazon-linux"],
  remediationSteps:
    "Add the statement that the finding prints to the endpoint policy; leave the other statements as they are.",
  options: {
    repositories: {
      type: "array",
      description: "The systems whose repositories must be admitted.",
      items: { type: "string", enum: [...repositorySystems] },
      minItems: 1,
      default: [...repositorySystems],
    },
  },
  ofResource: (resource, config) => {
    if (!isOf("vpcEndpoint", resource)) return [];
    const endpoint = endpointOf(resource);
    return findings(resource, endpoint, endpoint.policy, config);
  },
  ofStack: (stack, config) =>
    attachedPolicies(stack).flatMap(({ resource, policy, endpoint }) =>
      endpoint ? findings(resource, endpoint, policy, config) : [],
    ),
  mend: addStatement,
});
