import { isObject } from "../iam/problems";
import { type PathReport, contractOf, reportOn } from "../report/path-report";
import type { AccountReport } from "../report/seen";
import { InputError } from "../sources/input-error";
import { Stack } from "../stack/stack";
import type { ReadPlace } from "../report/read-accounts";
import { type AuditPackage, loadAuditPackage } from "./audit-package";
import { driftFrom, readStates, withNamesOf } from "./audit-states";
import type { Terminal } from "./format-option";
import { joinedPlaces } from "../sources/joined-places";
import type { StackResource } from "../stack/resource";
import { nameOfFile, readText } from "../sources/input-file";
import { type OutputOptions, pathOutput, writeOutput } from "./path-output";
import { regionOf } from "./region-option";
import { UsageError } from "./usage-error";

export interface AuditOptions extends OutputOptions {
  readonly region?: readonly string[];
  readonly profile?: string;
  readonly roleArn?: readonly string[];
  readonly vpc?: readonly string[];
  readonly endpointUrl?: string;
  readonly configAggregator?: string;
  readonly state?: readonly string[];
  readonly save?: string;
  readonly since?: string;
  readonly printPolicy?: boolean;
}

/**
 * `patchpath audit`: the fleets of live accounts, judged as those of states are, and what Systems Manager reports of them.
 *
 * @returns what to print, and the exit code
 * @throws UsageError
 */
export async function auditCommand(
  options: AuditOptions,
  terminal: Terminal,
): Promise<{ output: string; code: number }> {
  const audit = await loadAuditPackage();
  if (options.printPolicy) return { output: JSON.stringify(audit.readOnlyPolicy(), undefined, 2), code: 0 };
  if (options.region === undefined) throw new UsageError("expected --region REGION, or --print-policy");
  const regions = options.region.map(regionOf);
  if (options.configAggregator !== undefined && (regions.length > 1 || (options.roleArn ?? []).length > 1)) {
    throw new UsageError(
      "--config-aggregator is read in one region and account; expected one --region, and at most one --role-arn",
    );
  }
  const before = options.since === undefined ? undefined : earlierReport(audit, options.since);
  const states = readStates(options.state ?? []);
  const places = await read(audit, { ...options, region: regions }, terminal);
  const named = places.map((place) => withNamesOf(states, place));
  const report = withSeen(reportOn(joined(named).map((resources) => new Stack(resources))), named);
  const at = new Date().toISOString();
  const account: AccountReport = {
    at,
    contradictions: audit.contradictionsOf(report.fleets),
    ...(before && { changes: audit.changesSince(before.fleets, report.fleets) }),
    ...(states.length > 0 && { drift: driftFrom(states, report) }),
  };
  const whole: PathReport = { ...report, account };
  if (options.save !== undefined) {
    writeOutput("--save", options.save, `${JSON.stringify(audit.snapshotOf(named, contractOf(whole), at))}\n`);
  }
  const remarks = places.flatMap(({ failures }) => failures);
  return pathOutput(whole, { remarks, isPartial: remarks.length > 0 }, options, terminal);
}

async function read(
  audit: AuditPackage,
  { region: regions = [], profile, roleArn: roleArns, vpc: vpcIds, endpointUrl, configAggregator }: AuditOptions,
  { progress }: Terminal,
): Promise<readonly ReadPlace[]> {
  try {
    return await audit.readAccounts({ regions, profile, roleArns, vpcIds, endpointUrl, configAggregator }, (calls) => {
      progress(calls === 1 ? "1 call" : `${calls} calls`);
    });
  } catch (error) {
    if (error instanceof audit.AuditError) throw new UsageError(error.message);
    throw error;
  }
}

/** Each account and region with the networks of others that it refers to by ids. */
export function joined(read: readonly ReadPlace[]): readonly (readonly StackResource[])[] {
  return joinedPlaces(
    read.map(({ place, resources }) => ({ ...place, stack: `${place.account}/${place.region}`, resources })),
  ).places;
}

function withSeen(report: PathReport, places: readonly ReadPlace[]): PathReport {
  const seen = new Map(places.flatMap((place) => [...place.seen]));
  return {
    ...report,
    fleets: report.fleets.map((fleet) => {
      const ofFleet = seen.get(fleet.urn);
      return ofFleet ? { ...fleet, seen: ofFleet } : fleet;
    }),
  };
}

function earlierReport(audit: AuditPackage, file: string) {
  let json: unknown;
  try {
    json = JSON.parse(readText(file));
  } catch (error) {
    if (error instanceof InputError) throw error;
  }
  const report = isObject(json) ? audit.reportIn(json) : undefined;
  if (report) return report;
  throw new UsageError(
    `--since ${nameOfFile(file)} is not a snapshot; pass a file that \`patchpath audit --save\` wrote`,
  );
}
