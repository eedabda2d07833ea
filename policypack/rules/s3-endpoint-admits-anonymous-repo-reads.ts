import { isRegion } from "../facts/regions";
import {
  type RepositorySystem,
  anonymousReadsStatement,
  defaultRepositorySystems,
  repositorySystems,
} from "../facts/repositories";
import { neededRepositories } from "../path/needed-repositories";
import { judgeEndpoint } from "../path/repository-reads";
import { deniedReads } from "../report/path-findings";
import { type Endpoint, endpointOf, endpointsOf } from "../stack/endpoints";
import { isOf } from "../stack/kinds";
import type { StackResource } from "../stack/resource";
import type { Stack } from "../stack/stack";
import type { Finding } from "./finding";
import { type Rule, rule } from "./rule";

interface Config {
  readonly repositories?: readonly RepositorySystem[];
}

/** Without Amazon Linux in the stack these reads are not needed, which an endpoint by itself does not show. */
const notNeeded = "In a stack without Amazon Linux, set `repositories` to `[]`. ";

function findings(endpoint: Endpoint, systems: readonly RepositorySystem[], beforeRemedy = ""): Finding[] {
  const { policy, region = "" } = endpoint;
  return judgeEndpoint(endpoint, systems).flatMap((verdict) => {
    const { decision } = verdict;
    if (decision.verdict !== "deny") return [];
    return [{ resource: policy.resource, message: deniedReads({ ...verdict, decision }, region, beforeRemedy) }];
  });
}

/** What the inputs of an endpoint show: they do not tell which systems the fleets run. */
function ofInputs(resource: StackResource, { repositories = defaultRepositorySystems }: Config): Finding[] {
  return isOf("vpcEndpoint", resource) ? findings(endpointOf(resource), repositories, notNeeded) : [];
}

/** Policies that are resources of their own, and systems that only the fleets of the stack show. */
function ofWholeStack(stack: Stack, { repositories }: Config): Finding[] {
  return endpointsOf(stack).flatMap((endpoint) => {
    const needed = repositories ?? neededRepositories(stack, endpoint.vpc);
    if (endpoint.policy.resource !== endpoint.resource) return findings(endpoint, needed);
    const judgedByInputs = repositories ?? defaultRepositorySystems;
    return findings(
      endpoint,
      needed.filter((one) => !judgedByInputs.includes(one)),
    );
  });
}

/** Adds the statement of the remedy to an endpoint's own policy, where that alone allows the reads. */
function addStatement(resource: StackResource, { repositories = defaultRepositorySystems }: Config): boolean {
  if (!isOf("vpcEndpoint", resource)) return false;
  const endpoint = endpointOf(resource);
  const { policy, region } = endpoint;
  const { document: reading, property } = policy;
  if (reading.is !== "known" || region === undefined || !isRegion(region)) return false;
  const statement = anonymousReadsStatement(region);
  if (!statement || findings(endpoint, repositories).length === 0) return false;
  const isText = typeof reading.value === "string";
  const document = (isText ? JSON.parse(reading.value) : reading.value) as { Statement: unknown };
  const fixed = { ...document, Statement: [document.Statement, statement].flat() };
  const value = isText ? JSON.stringify(fixed) : fixed;
  const fixedEndpoint: Endpoint = { ...endpoint, policy: { ...policy, document: { is: "known", value } } };
  if (findings(fixedEndpoint, repositories).length > 0) return false;
  (resource.props as Record<string, unknown>)[property] = value;
  return true;
}

export const s3EndpointAdmitsAnonymousRepoReads: Rule = rule<Config>({
  name: "s3-endpoint-admits-anonymous-repo-reads",
  displayName: "S3 endpoint allows anonymous repository reads",
  description:
    "An S3 endpoint policy must allow the unsigned requests by which dnf and yum read their repositories from S3.",
  enforcementLevel: "mandatory",
  severity: "critical",
  tags: ["patching", "vpc-endpoint", "amazon-linux"],
  remediationSteps: "Add the statement that the finding prints to the endpoint policy, and keep the other statements.",
  options: {
    repositories: {
      type: "array",
      description:
        "The operating systems whose repositories must be allowed; `[]` if no fleet runs Amazon Linux. By default, Amazon Linux 2023, and Amazon Linux 2 if a fleet of the stack runs it.",
      items: { type: "string", enum: [...repositorySystems] },
    },
  },
  ofResource: ofInputs,
  ofStack: ofWholeStack,
  remediate: addStatement,
});
