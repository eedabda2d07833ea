import { replacementArns } from "../facts/managed-policies";
import type { RepositorySystem } from "../facts/repositories";
import { deprecatedOn } from "../path/deprecated-policies";
import { type FleetPath, hopsInOrder } from "../path/fleet-path";
import type { Hop, HopVerdict } from "../path/hop";
import { neededRepositories } from "../path/needed-repositories";
import { repositoryVerdicts } from "../path/repository-reads";
import { type PlacedEndpoint, endpointsOf } from "../stack/endpoints";
import { known } from "../stack/reading";
import { rolesOf } from "../stack/roles";
import type { Stack } from "../stack/stack";
import { type CostReport, costReports } from "./cost-report";
import { type NetworkReport, networkReport } from "./network-report";
import { type Verdict, verdictOf } from "./policy-report";
import { pathsOf } from "./path-words";

/** What `patchpath explain --format json` prints: `npm run docs` writes `schemas/explain.json` from it. */
export interface ExplainOutput {
  readonly version: 1;
  readonly fleets: readonly FleetOutput[];
  /** Of the endpoints that carry the reads of dnf and yum. */
  readonly endpointPolicies: readonly EndpointPolicyReport[];
  readonly deprecatedPolicies: readonly DeprecatedPolicyReport[];
}

/** Instances that are patched alike, and the hops of their path. */
export interface FleetOutput {
  /** Logical name of the instance, Auto Scaling group or launch template, or of what stands for existing instances. */
  readonly name: string;
  readonly urn: string;
  /** A system or a family of systems, or `unknown`. */
  readonly operatingSystem: string;
  /** `patched`: every hop is open or not needed; `blocked`: one is blocked; else `unknown`. */
  readonly verdict: FleetPath["verdict"];
  /** In the order of the flow. */
  readonly hops: readonly HopOutput[];
}

/** A step on the path of a fleet. */
export interface HopOutput {
  readonly hop: Hop;
  readonly verdict: HopVerdict["verdict"];
  /** Why, as a clause; of `unknown` what would have to be known. */
  readonly because: string;
  /** What an operator should know in addition. */
  readonly note?: string;
  /** URN of what was found there. */
  readonly resource?: string;
  /** One remedy, as a sentence. */
  readonly fix?: string;
}

/** The same with what only other forms show. */
export interface PathReport extends ExplainOutput {
  readonly fleets: readonly FleetReport[];
  readonly monthlyCosts: readonly CostReport[];
  /** Where the fleets are and what they reach: found for pictures only, which ask for it. */
  readonly networks: () => readonly NetworkReport[];
}

export interface FleetReport extends FleetOutput {
  readonly hops: readonly HopReport[];
}

export interface HopReport extends HopOutput {
  /** Of the resource that was found there. */
  readonly property?: string;
}

/** What an S3 endpoint says to the repositories of each system. */
export interface EndpointPolicyReport {
  readonly urn: string;
  /** Logical name of the endpoint. */
  readonly name: string;
  /** Or `unknown`. */
  readonly region: string;
  readonly repositories: Readonly<Partial<Record<RepositorySystem, Verdict>>>;
}

/** A managed policy of a role that AWS has deprecated. */
export interface DeprecatedPolicyReport {
  /** Logical name of the role, or the name of one that is made elsewhere. */
  readonly role: string;
  /** URN of the role, or of what attaches the policy to one that is made elsewhere. */
  readonly urn: string;
  readonly policyArn: string;
  /** ARNs of what AWS recommends instead; empty where AWS names nothing. */
  readonly replacements: readonly string[];
}

/**
 * Reports on all stacks as one.
 *
 * @param systems those whose repositories the endpoints must admit; by default those that the fleets need
 */
export function reportOn(stacks: readonly Stack[], systems?: readonly RepositorySystem[]): PathReport {
  return {
    version: 1,
    fleets: stacks.flatMap((stack) => pathsOf(stack).map(fleetReport)),
    endpointPolicies: stacks.flatMap((stack) =>
      endpointsOf(stack).flatMap((endpoint) =>
        endpointReport(endpoint, systems ?? neededRepositories(stack, endpoint.vpc)),
      ),
    ),
    deprecatedPolicies: stacks.flatMap(deprecatedReports),
    monthlyCosts: stacks.flatMap(costReports),
    networks: () => stacks.map(networkReport),
  };
}

function fleetReport(path: FleetPath): FleetReport {
  return {
    name: path.fleet.name,
    urn: path.fleet.resource.urn,
    operatingSystem: path.system?.id ?? "unknown",
    verdict: path.verdict,
    hops: hopsInOrder(path).map(({ hop, verdict: { verdict, because, note, evidence, fix } }) => ({
      hop,
      verdict,
      because,
      ...(note !== undefined && { note }),
      ...(evidence && { resource: evidence.resource.urn }),
      ...(evidence?.property !== undefined && { property: evidence.property }),
      ...(fix !== undefined && { fix }),
    })),
  };
}

/** Of each endpoint that carries what dnf and yum read; without a policy of its own it admits everything. */
function endpointReport(endpoint: PlacedEndpoint, systems: readonly RepositorySystem[]): EndpointPolicyReport[] {
  if (known(endpoint.service) !== "s3" || endpoint.answersRepositoryNames === false) return [];
  const judged = repositoryVerdicts(endpoint);
  const verdicts = judged.filter(({ system }) => systems.includes(system));
  const byDefault: Verdict = { verdict: "allow", because: "admitted by AWS's default policy" };
  return [
    {
      urn: endpoint.resource.urn,
      name: endpoint.resource.name,
      region: endpoint.region ?? "unknown",
      repositories: Object.fromEntries(
        judged.length > 0
          ? verdicts.map(({ system, decision }) => [system, verdictOf(decision)])
          : systems.map((system) => [system, byDefault]),
      ),
    },
  ];
}

function deprecatedReports(stack: Stack): DeprecatedPolicyReport[] {
  return rolesOf(stack).flatMap((role) =>
    deprecatedOn(role).map(({ resource, policyArn, policy }) => ({
      role: role.resource?.name ?? role.name ?? "unknown",
      urn: role.resource?.urn ?? resource.urn,
      policyArn,
      replacements: replacementArns(policyArn, policy),
    })),
  );
}

/** The report as the command's contract has it. */
export function contractOf({
  fleets,
  monthlyCosts: _costs,
  networks: _networks,
  ...others
}: PathReport): ExplainOutput {
  const withoutProperty = ({ property: _property, ...hop }: HopReport) => hop;
  return { ...others, fleets: fleets.map((fleet) => ({ ...fleet, hops: fleet.hops.map(withoutProperty) })) };
}

/** The command's exit code: 0 all open, 1 something is blocked, 3 nothing blocked but something unknown. */
export function exitCodeOfPaths({ fleets, endpointPolicies }: PathReport): 0 | 1 | 3 {
  const verdicts: readonly string[] = [
    ...fleets.map(({ verdict }) => verdict),
    ...endpointPolicies.flatMap(({ repositories }) => Object.values(repositories).map(({ verdict }) => verdict)),
  ];
  if (verdicts.some((verdict) => verdict === "blocked" || verdict === "deny")) return 1;
  return verdicts.includes("unknown") ? 3 : 0;
}

/** Which stack a resource is of: `project/stack`. */
export function stackOfUrn(urn: string): string {
  const [stack = "", project = ""] = urn.replace(/^urn:pulumi:/, "").split("::");
  return `${project}/${stack}`;
}
