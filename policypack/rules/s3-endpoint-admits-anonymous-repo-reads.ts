import { isRegion } from "../facts/regions";
import {
  type RepositorySystem,
  anonymousReadsStatement,
  defaultRepositorySystems,
  repositorySystems,
} from "../facts/repositories";
import { neededRepositories, vpcOfEndpoint } from "../path/needed-repositories";
import { judgeEndpoint } from "../path/repository-reads";
import { refusedReads } from "../report/sentences";
import { type Endpoint, attachedPolicies, endpointOf, endpointsOf, policyProperty } from "../stack/endpoints";
import type { Reading } from "../stack/reading";
import { isOf } from "../stack/kinds";
import type { StackResource } from "../stack/resource";
import type { Stack } from "../stack/stack";
import type { Finding } from "./finding";
import { type Rule, rule } from "./rule";

interface Config {
  readonly repositories?: readonly RepositorySystem[];
}

/** Of a stack without Amazon Linux nobody needs these reads, which an endpoint alone does not tell. */
const notNeeded = "A stack without Amazon Linux sets `repositories` to `[]`. ";

function findings(
  resource: StackResource,
  endpoint: Endpoint,
  policy: Reading,
  systems: readonly RepositorySystem[],
  seesFleets: boolean,
): Finding[] {
  return judgeEndpoint(endpoint, policy, systems).flatMap((verdict) => {
    const { decision } = verdict;
    if (decision.verdict !== "deny") return [];
    return [
      { resource, message: refusedReads({ ...verdict, decision }, endpoint.region ?? "", seesFleets ? "" : notNeeded) },
    ];
  });
}

/** What the inputs of an endpoint show: which systems are there they don't tell. */
function ofInputs(resource: StackResource, { repositories = defaultRepositorySystems }: Config): Finding[] {
  if (!isOf("vpcEndpoint", resource)) return [];
  const endpoint = endpointOf(resource);
  return findings(resource, endpoint, endpoint.policy, repositories, false);
}

/** Policies that are resources of their own, and systems that only the fleets of the stack tell of. */
function ofWholeStack(stack: Stack, { repositories }: Config): Finding[] {
  const own = endpointsOf(stack).flatMap((endpoint) => {
    const more = repositories
      ? []
      : neededRepositories(stack, endpoint.vpc).filter((one) => !defaultRepositorySystems.includes(one));
    return findings(endpoint.resource, endpoint, endpoint.policy, more, true);
  });
  const attached = attachedPolicies(stack).flatMap(({ resource, policy, endpoint }) => {
    if (!endpoint) return [];
    const needed = repositories ?? neededRepositories(stack, vpcOfEndpoint(stack, endpoint.resource.urn));
    return findings(resource, endpoint, policy, needed, true);
  });
  return [...own, ...attached];
}

/** Adds the statement of the remedy to an endpoint's own policy, where that alone lets the reads pass. */
function addStatement(resource: StackResource, config: Config): boolean {
  if (!isOf("vpcEndpoint", resource)) return false;
  const endpoint = endpointOf(resource);
  const { policy, region } = endpoint;
  if (policy.is !== "known" || region === undefined || !isRegion(region)) return false;
  const statement = anonymousReadsStatement(region);
  const { repositories = defaultRepositorySystems } = config;
  const isRefused = (one: Reading) => findings(resource, endpoint, one, repositories, false).length > 0;
  if (!statement || !isRefused(policy)) return false;
  const isText = typeof policy.value === "string";
  const document = (isText ? JSON.parse(policy.value) : policy.value) as { Statement: unknown };
  const mended = { ...document, Statement: [document.Statement, statement].flat() };
  const value = isText ? JSON.stringify(mended) : mended;
  if (isRefused({ is: "known", value })) return false;
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
      description:
        "The systems whose repositories must be admitted; `[]` where no fleet runs Amazon Linux. Left out: Amazon Linux 2023, and Amazon Linux 2 where a fleet of the stack runs it.",
      items: { type: "string", enum: [...repositorySystems] },
    },
  },
  ofResource: ofInputs,
  ofStack: ofWholeStack,
  mend: addStatement,
});
