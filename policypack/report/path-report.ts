import { replacementArns } from "../facts/managed-policies";
import type { RepositorySystem } from "../facts/repositories";
import { deprecatedOn } from "../path/deprecated-policies";
import { type FleetPath, hopsInOrder, pathsOf } from "../path/fleet-path";
import type { Hop, HopVerdict } from "../path/hop";
import { policyInForce } from "../path/endpoint-policy";
import { doubtAbout } from "../path/patching";
import { neededRepositories } from "../path/needed-repositories";
import { allowingReads, repositoryVerdicts } from "../path/repository-reads";
import { type PlacedEndpoint, endpointsOf } from "../stack/endpoints";
import type { Patcher } from "../stack/patchers";
import { known } from "../stack/reading";
import { type Role, roleOfFleet, rolesOf } from "../stack/roles";
import type { Stack } from "../stack/stack";
import { type CostReport, costReports } from "./cost-report";
import { type NetworkReport, networkReport } from "./network-report";
import { type Verdict, verdictOf } from "./policy-report";
import type { AccountReport, Seen } from "./seen";

/** What `patchpath explain --format json` prints: `npm run docs` writes `schemas/explain.json` from it. */
export interface ExplainOutput {
  readonly version: 2;
  readonly fleets: readonly FleetOutput[];
  /** Of the endpoints that carry the reads of dnf and yum. */
  readonly endpointPolicies: readonly EndpointPolicyReport[];
  readonly deprecatedPolicies: readonly DeprecatedPolicyReport[];
  /** Of `patchpath audit` only: what a live account shows in addition. */
  readonly account?: AccountReport;
}

/** Instances that are patched alike, what patches them, and the hops of their path. */
export interface FleetOutput {
  /** Logical name of the instance, Auto Scaling group or launch template, or of the resource that represents existing instances. */
  readonly name: string;
  readonly urn: string;
  /** A system or a family of systems, or `unknown`. */
  readonly operatingSystem: string;
  /** `patchable`: every hop is open or not needed; `blocked`: one is blocked; otherwise `unknown`. */
  readonly verdict: FleetPath["verdict"];
  /** What runs Patch Manager on them in this stack; empty if nothing does. */
  readonly patchedBy: readonly PatchedBy[];
  /** In the order of the flow. */
  readonly hops: readonly HopOutput[];
  /** Of `patchpath audit` only: what Systems Manager reports. */
  readonly seen?: Seen;
}

/** A maintenance window task, a State Manager association, or a configuration of Quick Setup. */
export interface PatchedBy {
  readonly name: string;
  readonly urn: string;
  /** What it is, and whether it installs patches or scans for them, such as `maintenance window task, Install`. */
  readonly what: string;
  /** When it runs: a cron, rate or at expression with its time zone, or `daily`. Absent if it is not known. */
  readonly schedule?: string;
  /** What cannot be determined about it, as a clause. Absent if it is certain that it patches or scans the fleet. */
  readonly unknown?: string;
}

/** A step on the path of a fleet. */
export interface HopOutput {
  readonly hop: Hop;
  readonly verdict: HopVerdict["verdict"];
  /** Why, as a clause; of `unknown` what cannot be determined. */
  readonly because: string;
  /** What an operator should know in addition. */
  readonly note?: string;
  /** URN of what was found there. */
  readonly resource?: string;
  /** One remedy, as a sentence. */
  readonly fix?: string;
}

/** The same with what only other formats show. */
export interface PathReport extends ExplainOutput {
  /** How many resources were read, without stacks and providers. */
  readonly resources: number;
  readonly fleets: readonly FleetReport[];
  readonly endpointPolicies: readonly EndpointReport[];
  readonly monthlyCosts: readonly CostReport[];
  /** Where the fleets are and what they reach: determined only for diagrams, which ask for it. */
  readonly networks: () => readonly NetworkReport[];
}

export interface FleetReport extends FleetOutput {
  readonly hops: readonly HopReport[];
}

export interface HopReport extends HopOutput {
  /** Of the resource that was found there. */
  readonly property?: string;
}

/** Whether an S3 endpoint allows the reads of the repositories of each system. */
export interface EndpointPolicyReport {
  readonly urn: string;
  /** Logical name of the endpoint. */
  readonly name: string;
  /** Or `unknown`. */
  readonly region: string;
  readonly repositories: Readonly<Partial<Record<RepositorySystem, Verdict>>>;
}

export interface EndpointReport extends EndpointPolicyReport {
  /** URN of the resource that has the policy: the endpoint, or its VpcEndpointPolicy. */
  readonly policyUrn: string;
  /** Of each system whose reads are denied. */
  readonly denials: Readonly<Partial<Record<RepositorySystem, Denial>>>;
}

/** What follows when the reads of a repository are denied. */
interface Denial {
  /** How it shows, as a clause. */
  readonly note: string | undefined;
  /** What fixes it, as a sentence. */
  readonly fix: string;
}

/** A managed policy of a role that AWS has deprecated. */
export interface DeprecatedPolicyReport {
  /** Logical name of the role, or the name of one that is not in this stack. */
  readonly role: string;
  /** URN of the role, or of what attaches the policy to one that is not in this stack. */
  readonly urn: string;
  readonly policyArn: string;
  /** ARNs of the policies that AWS recommends instead; empty if AWS names none. */
  readonly replacements: readonly string[];
}

/**
 * Reports on all stacks as one.
 *
 * @param systems those whose repositories the endpoints must allow; by default those that the fleets need
 * @param isWanted tells the fleets to report on, with the policies of their endpoints and roles alone; by default all, and
 * the whole stacks
 */
export function reportOn(
  stacks: readonly Stack[],
  systems?: readonly RepositorySystem[],
  isWanted?: (path: FleetPath) => boolean,
): PathReport {
  const all = stacks.map((stack) => {
    const own = pathsOf(stack).filter(({ fleet }) => !fleet.resource.isContext);
    const paths = isWanted ? own.filter(isWanted) : own;
    return { stack, paths, concerns: isWanted && whatConcerns(stack, paths) };
  });
  return {
    version: 2,
    resources: resourcesOf(stacks),
    fleets: all.flatMap(({ paths }) => paths.map(fleetReport)),
    endpointPolicies: all.flatMap(({ stack, concerns }) =>
      endpointsOf(stack).flatMap((endpoint) =>
        concerns?.urns.has(policyInForce(endpoint).evidence.resource.urn) === false
          ? []
          : endpointReport(endpoint, systems ?? neededRepositories(stack, endpoint.vpc)),
      ),
    ),
    deprecatedPolicies: all.flatMap(({ stack, concerns }) => deprecatedReports(stack, concerns?.roles)),
    monthlyCosts: isWanted ? [] : stacks.flatMap(costReports),
    networks: () => stacks.map(networkReport),
  };
}

/** Without Pulumi's own, and each once. */
function resourcesOf(stacks: readonly Stack[]): number {
  return stacks
    .flatMap(({ resources }) => resources)
    .filter(({ type, isContext }) => !isContext && !type.startsWith("pulumi:")).length;
}

/** What was found on the paths of some fleets, and their roles. */
function whatConcerns(stack: Stack, paths: readonly FleetPath[]) {
  const found = paths.flatMap((path) =>
    hopsInOrder(path).flatMap(({ verdict }) => verdict.evidence?.resource.urn ?? []),
  );
  return { urns: new Set(found), roles: new Set(paths.map(({ fleet }) => roleOfFleet(stack, fleet))) };
}

function fleetReport(path: FleetPath): FleetReport {
  return {
    name: path.fleet.name,
    urn: path.fleet.resource.urn,
    operatingSystem: path.system?.id ?? "unknown",
    verdict: path.verdict,
    patchedBy: path.patchers.map(patchedBy),
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

function patchedBy(patcher: Patcher): PatchedBy {
  const { resource, kind, operation, lacks, schedule } = patcher;
  const doubt = doubtAbout(patcher);
  return {
    name: resource.name,
    urn: resource.urn,
    what: `${kind}${operation === undefined ? "" : `, ${operation}`}${lacks ? `, which cannot run: ${lacks.document} requires the parameter \`Operation\`` : ""}`,
    ...(schedule !== undefined && { schedule }),
    ...(doubt !== undefined && { unknown: doubt }),
  };
}

/** Of each endpoint that serves the reads of dnf and yum. */
function endpointReport(endpoint: PlacedEndpoint, systems: readonly RepositorySystem[]): EndpointReport[] {
  if (endpoint.resource.isContext || known(endpoint.service) !== "s3") return [];
  if (endpoint.answersRepositoryNames === false) return [];
  const policy = policyInForce(endpoint);
  const verdicts = repositoryVerdicts(endpoint).filter(({ system }) => systems.includes(system));
  const byDefault: Verdict = { verdict: "allow", because: "allowed by AWS's default policy" };
  return [
    {
      urn: endpoint.resource.urn,
      name: endpoint.resource.name,
      policyUrn: policy.evidence.resource.urn,
      region: endpoint.region ?? "unknown",
      denials: Object.fromEntries(
        verdicts.flatMap(({ system, decision, refused }) =>
          decision.verdict === "deny"
            ? [[system, { note: refused?.whenRefused, fix: allowingReads(decision, endpoint.region ?? "") }]]
            : [],
        ),
      ),
      repositories: Object.fromEntries(
        policy.is === "default"
          ? systems.map((system) => [system, byDefault])
          : verdicts.map(({ system, decision }) => [system, verdictOf(decision)]),
      ),
    },
  ];
}

function deprecatedReports(stack: Stack, wanted?: ReadonlySet<Role | undefined>): DeprecatedPolicyReport[] {
  const roles = rolesOf(stack).filter((role) => wanted?.has(role) !== false);
  return roles.flatMap((role) =>
    deprecatedOn(role)
      .filter(({ resource }) => !resource.isContext)
      .map(({ resource, policyArn, policy }) => ({
        role: role.resource?.name ?? role.name ?? "unknown",
        urn: role.resource?.urn ?? resource.urn,
        policyArn,
        replacements: replacementArns(policyArn, policy),
      })),
  );
}

/** The report as the command's contract has it. */
export function contractOf(report: PathReport): ExplainOutput {
  const { version, fleets, endpointPolicies, deprecatedPolicies, account } = report;
  const withoutProperty = ({ property: _property, ...hop }: HopReport) => hop;
  return {
    version,
    fleets: fleets.map((fleet) => ({ ...fleet, hops: fleet.hops.map(withoutProperty) })),
    endpointPolicies: endpointPolicies.map(({ policyUrn: _policyUrn, denials: _denials, ...policy }) => policy),
    deprecatedPolicies,
    ...(account && { account }),
  };
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
