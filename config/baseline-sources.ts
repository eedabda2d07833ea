import { type Topology, tierOf } from "@patchpath/components";
import { type BaselineSystemName, type Region, baselineSystemOf, regions } from "patchpath/facts";
import {
  type Decision,
  ObjectSet,
  type PolicyDocument,
  type RequestPath,
  decide,
  parsePolicy,
  unsignedReadContext,
} from "patchpath/iam";
import { verdictOf } from "patchpath/policy-report";
import type { Baseline } from "./baselines";
import { type EndpointPolicy, s3PolicyOf } from "./endpoint-policy";
import type { Endpoints } from "./endpoints";
import { type Fleet, isExistingFleet } from "./fleets";
import { type Network, isExistingNetwork } from "./network";
import { type BucketRead, type SourceAddress, isOnInternet, sourceAddresses } from "./source-addresses";
import { namespace } from "./values";

interface Config {
  /** At their places; `undefined` where one is wrong by itself. */
  readonly eachBaseline: readonly (Baseline | undefined)[];
  readonly eachFleet: readonly (Fleet | undefined)[];
  readonly region?: Region | undefined;
  readonly topology?: Topology | undefined;
  readonly endpoints?: Endpoints | undefined;
  readonly endpointPolicy?: EndpointPolicy | undefined;
  readonly network?: Network | undefined;
}

/** Whether fleets reach the sources of their baselines. An existing network's S3 endpoint is judged when it is looked up. */
export function checkSources(config: Config): string[] {
  const { eachBaseline, eachFleet, region, topology, endpoints, endpointPolicy, network } = config;
  if (!region || !eachBaseline.some((one) => one && one.sources.length > 0)) return [];
  const policy =
    network && !isExistingNetwork(network) && endpointPolicy ? policyOfStack(endpointPolicy, region) : undefined;
  return [
    ...(topology && endpoints
      ? eachBaseline.flatMap((one, i) => (one ? checkReach(one, i, eachFleet, topology, endpoints, region) : []))
      : []),
    ...(policy ? checkBucketReads(eachBaseline, eachFleet, region, policy) : []),
  ];
}

/** Every fleet of the system reads every source: one that it does not reach would fail there, run after run. */
function checkReach(
  { operatingSystem, sources }: Baseline,
  i: number,
  eachFleet: readonly (Fleet | undefined)[],
  topology: Topology,
  endpoints: Endpoints,
  region: Region,
): string[] {
  const cut = fleetsOf(eachFleet, operatingSystem).find((fleet) => !reachesInternet(fleet, topology, endpoints));
  if (!cut) return [];
  return sources.flatMap(({ configuration }, j) => {
    const remote = sourceAddresses(configuration, region).filter((address) => isOnInternet(address, region));
    return [...new Map(remote.map((address) => [address.host, address])).values()].map(
      ({ host, inS3 }) =>
        `\`${namespace}baselines[${i}].sources[${j}].configuration\` names \`${host}\`${inS3 ? ", S3 in another region" : ""}, which the fleet \`${cut.name}\` does not reach; expected the topology \`nat\` and that fleet with \`subnets: private\`, or a source in S3 in \`${region}\``,
    );
  });
}

function fleetsOf(eachFleet: readonly (Fleet | undefined)[], system: BaselineSystemName): Fleet[] {
  return eachFleet.flatMap((fleet) => (fleet && baselineSystemOf(fleet.operatingSystem) === system ? fleet : []));
}

/** Existing instances have whatever route their owner gave them. */
function reachesInternet(fleet: Fleet, topology: Topology, endpoints: Endpoints): boolean {
  return topology === "nat" && (isExistingFleet(fleet) || tierOf(fleet, endpoints.interface) === "private");
}

/** The policy of the S3 endpoint that sources are read through. */
export interface SourcePolicy {
  readonly document: PolicyDocument;
  /** As the subject of a sentence. */
  readonly name: string;
  readonly path: Omit<RequestPath, "region">;
  /** Index of the first statement that the reader knows; those before it are generated. */
  readonly firstKnown: number;
  /** Words about its statements, as the reader knows these. */
  readonly inWords: (words: string) => string;
  /** Where a statement is added. */
  readonly place: string;
}

/** The policy of the endpoint that the stack creates; `undefined` where it is malformed. */
export function policyOfStack(endpointPolicy: EndpointPolicy, region: Region): SourcePolicy | undefined {
  const { source, generated, placed } = s3PolicyOf(endpointPolicy, region);
  const { document } = parsePolicy(source, "endpoint");
  return (
    document && {
      document,
      name: "the S3 endpoint's policy",
      path: {},
      firstKnown: generated,
      inWords: placed,
      place: `\`${namespace}endpointPolicy.statements\``,
    }
  );
}

/**
 * What the S3 endpoint's policy denies of the sources in S3. Package managers sign nothing, whatever is in the
 * configuration, so a statement for the account's own principals is not enough. A source that cannot be decided is
 * accepted.
 */
export function checkBucketReads(
  eachBaseline: readonly (Baseline | undefined)[],
  eachFleet: readonly (Fleet | undefined)[],
  region: Region,
  policy: SourcePolicy,
): string[] {
  return eachBaseline.flatMap((baseline, i) => {
    if (!baseline || fleetsOf(eachFleet, baseline.operatingSystem).length === 0) return [];
    return baseline.sources.flatMap(({ configuration }, j) =>
      sourceAddresses(configuration, region).flatMap((address) =>
        checkRead(address, `${namespace}baselines[${i}].sources[${j}].configuration`, region, policy),
      ),
    );
  });
}

function checkRead({ address, isHttps, inS3 }: SourceAddress, key: string, region: Region, policy: SourcePolicy) {
  if (inS3?.region !== region) return [];
  const { partition } = regions[region];
  const decision = decide(policy.document, {
    action: "s3:GetObject",
    caller: "anonymous",
    objects: new ObjectSet(partition.id, inS3.bucket, [inS3.key], true),
    context: unsignedReadContext({ ...policy.path, region }, isHttps),
  });
  if (decision.verdict !== "deny") return [];
  const remedy = decision.deniedBy
    ? "expected no Deny of unsigned reads there"
    : `expected ${policy.place} to have ${JSON.stringify(unsignedReadsStatement(partition.id, inS3))}`;
  return [
    `\`${key}\` names \`${address}\`, which package managers read unsigned, and ${policy.name} denies that: ${reasonOf(decision, policy)}; ${remedy}`,
  ];
}

/** Statements for other buckets explain nothing, nor do the generated ones, of which none is for this one. */
function reasonOf(decision: Decision & { verdict: "deny" }, { firstKnown, inWords }: SourcePolicy): string {
  const missed = decision.missed.filter(({ index, because }) => index >= firstKnown && because.is !== "resource");
  if (!decision.deniedBy && missed.length === 0) {
    return `no statement allows an unsigned read of \`${decision.counterexample}\``;
  }
  return inWords(verdictOf({ ...decision, missed }).because);
}

function unsignedReadsStatement(partition: string, { bucket, key }: BucketRead): object {
  return {
    Sid: "AllowUnsignedReadsOfSource",
    Effect: "Allow",
    Principal: "*",
    Action: "s3:GetObject",
    Resource: `arn:${partition}:s3:::${bucket}/${key}`,
  };
}
