import { type Topology, tierOf, topologies } from "@patchpath/components";
import { type BaselineSystemName, type Region, baselineSystemOf, isRegion, isSystem, regions } from "patchpath/facts";
import {
  type Decision,
  ObjectSet,
  type PolicyDocument,
  type RequestPath,
  decide,
  unsignedReadContext,
} from "patchpath/iam";
import { verdictOf } from "patchpath/policy-report";
import { hasInterfaceEndpoints } from "./endpoints";
import { needsOf } from "./fleet-needs";
import { type BucketRead, type SourceAddress, isOnInternet, sourceAddresses } from "./source-addresses";
import { elements, namespace, record } from "./values";

/** What else in the config decides about sources. */
export interface AroundSources {
  readonly topology: string;
  readonly fleets: unknown;
  readonly endpoints: unknown;
  readonly region: string | undefined;
}

/** Every fleet of the system reads every source: one that it does not reach would fail there, run after run. */
export function problemsOfReach(
  value: unknown,
  system: BaselineSystemName,
  key: string,
  { topology: asked, fleets, endpoints, region }: AroundSources,
): string[] {
  const topology = topologies.find((one) => one === asked);
  if (system === "WINDOWS" || !topology || region === undefined || !isRegion(region)) return [];
  const hasEndpoints = hasInterfaceEndpoints(endpoints);
  const cut = fleetsOf(fleets, system).find((fleet) => !reachesInternet(fleet, topology, hasEndpoints));
  if (!cut) return [];
  return elements(value).flatMap((source, i) => {
    const astray = addressesIn(source, region).filter((address) => isOnInternet(address, region));
    return [...new Map(astray.map((address) => [address.host, address])).values()].map(
      ({ host, inS3 }) =>
        `\`${key}.sources[${i}].configuration\` names \`${host}\`${inS3 ? ", S3 in another region" : ""}, which the fleet \`${String(cut["name"])}\` does not reach; expected the topology \`nat\` and that fleet with \`subnets: private\`, or a source in S3 in \`${region}\``,
    );
  });
}

function addressesIn(source: unknown, region: Region): SourceAddress[] {
  const { configuration } = record(source);
  return typeof configuration === "string" ? sourceAddresses(configuration, region) : [];
}

function fleetsOf(fleets: unknown, system: BaselineSystemName): Readonly<Record<string, unknown>>[] {
  return elements(fleets)
    .map(record)
    .filter(({ operatingSystem: name }) => {
      return typeof name === "string" && isSystem(name) && baselineSystemOf(name) === system;
    });
}

/** Instances that exist already have what way their owner gave them. */
function reachesInternet(fleet: unknown, topology: Topology, hasEndpoints: boolean): boolean {
  if (topology === "nat" && record(fleet)["tag"] !== undefined) return true;
  const needs = needsOf(fleet);
  return topology === "nat" && needs !== undefined && tierOf(needs, hasEndpoints) === "private";
}

/** The policy of the S3 endpoint that sources are read through. */
export interface SourcePolicy {
  readonly document: PolicyDocument;
  /** As the subject of a sentence. */
  readonly name: string;
  readonly path: Omit<RequestPath, "region">;
  /** Index of the first statement that the reader knows; those before it are the stack's own. */
  readonly firstKnown: number;
  /** Words about its statements, as the reader knows these. */
  readonly inWords: (words: string) => string;
  /** Where a statement is added. */
  readonly place: string;
}

/**
 * What the S3 endpoint's policy refuses of the sources that lie in S3. Package managers sign nothing, whatever is in the
 * configuration, so a statement for the account's own principals is not enough. A source that nobody can decide about is
 * taken.
 */
export function problemsOfBucketReads(
  baselines: unknown,
  fleets: unknown,
  region: Region,
  policy: SourcePolicy,
): string[] {
  return elements(baselines)
    .map(record)
    .flatMap(({ operatingSystem: system, sources }, i) => {
      if (fleetsOf(fleets, system as BaselineSystemName).length === 0) return [];
      return elements(sources).flatMap((source, j) =>
        addressesIn(source, region).flatMap((address) =>
          problemOfRead(address, `${namespace}baselines[${i}].sources[${j}].configuration`, region, policy),
        ),
      );
    });
}

function problemOfRead(
  { address, isHttps, inS3 }: SourceAddress,
  key: string,
  region: Region,
  policy: SourcePolicy,
): string[] {
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
    `\`${key}\` names \`${address}\`, which package managers read unsigned, and ${policy.name} refuses that: ${reasonOf(decision, policy)}; ${remedy}`,
  ];
}

/** Statements for other buckets explain nothing, nor do the stack's own, of which none is for this one. */
function reasonOf(decision: Decision & { verdict: "deny" }, { firstKnown, inWords }: SourcePolicy): string {
  const missed = decision.missed.filter(({ index, because }) => index >= firstKnown && because.is !== "resource");
  if (!decision.deniedBy && missed.length === 0)
    return `no statement admits an unsigned read of \`${decision.counterexample}\``;
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
