import type { Instance } from "@aws-sdk/client-ec2";
import {
  type InstanceInformation,
  type InstancePatchState,
  type ResourceComplianceSummaryItem,
  paginateDescribeInstanceInformation,
  paginateDescribeInstancePatchStates,
  paginateListResourceComplianceSummaries,
} from "@aws-sdk/client-ssm";
import { type Seen, type StackResource, systemOfPlatform } from "patchpath/account";
import { isRunning } from "./instances";
import { type Reading, inParts } from "./reading";
import type { Maker } from "./resources";

/** What Systems Manager reports, by instance id. A list that could not be read is `undefined`. */
export interface Reports {
  readonly information: ReadonlyMap<string, InstanceInformation> | undefined;
  readonly patchStates: ReadonlyMap<string, InstancePatchState> | undefined;
  /** Whether each is compliant in patching. */
  readonly compliance: ReadonlyMap<string, boolean> | undefined;
}

/** How many instances one call takes for their patch states. */
const idsPerCall = 50;

export async function readReports({ clients, reader }: Reading, instances: readonly Instance[]): Promise<Reports> {
  const ssm = { client: clients.ssm, pageSize: 50 };
  const ids = instances.flatMap(({ InstanceId }) => InstanceId ?? []);
  const ofPatching = [{ Key: "ComplianceType", Values: ["Patch"] }];
  const [information, compliance, ...states] = await Promise.all([
    reader.list(
      "ssm:DescribeInstanceInformation",
      paginateDescribeInstanceInformation(ssm, {}),
      (page) => page.InstanceInformationList,
    ),
    reader.list(
      "ssm:ListResourceComplianceSummaries",
      paginateListResourceComplianceSummaries(ssm, { Filters: ofPatching }),
      (page) => page.ResourceComplianceSummaryItems,
    ),
    ...inParts(ids, idsPerCall).map((InstanceIds) =>
      reader.list(
        "ssm:DescribeInstancePatchStates",
        paginateDescribeInstancePatchStates({ client: clients.ssm, pageSize: 100 }, { InstanceIds }),
        (page) => page.InstancePatchStates,
      ),
    ),
  ]);
  return {
    information: information && byId(information, ({ InstanceId }) => InstanceId),
    patchStates: states.includes(undefined)
      ? undefined
      : byId(
          states.flatMap((part) => part ?? []),
          ({ InstanceId }) => InstanceId,
        ),
    compliance: compliance && complianceIn(compliance),
  };
}

function byId<T>(items: readonly T[], idOf: (item: T) => string | undefined): ReadonlyMap<string, T> {
  return new Map(items.flatMap((item) => (idOf(item) === undefined ? [] : [[idOf(item)!, item] as const])));
}

function complianceIn(items: readonly ResourceComplianceSummaryItem[]): ReadonlyMap<string, boolean> {
  const ofPatching = items.filter(({ ComplianceType }) => ComplianceType === "Patch");
  return new Map(
    ofPatching.flatMap(({ ResourceId, Status }) => (ResourceId ? [[ResourceId, Status === "COMPLIANT"]] : [])),
  );
}

/** What is reported of a fleet; `undefined` where Systems Manager could not be asked. */
export function seenOf(members: readonly Instance[], reports: Reports): Seen | undefined {
  const { information, patchStates, compliance } = reports;
  if (!information || !patchStates || !compliance) return undefined;
  const running = members.filter(isRunning);
  const infoOf = ({ InstanceId = "" }: Instance) => information.get(InstanceId);
  const offline = running.filter((one) => infoOf(one)?.PingStatus !== "Online");
  const lastSeen = latest(offline.map((one) => infoOf(one)?.LastPingDateTime));
  const states = members.flatMap(({ InstanceId = "" }) => patchStates.get(InstanceId) ?? []);
  const total = (count: (state: InstancePatchState) => number | undefined) =>
    states.reduce((sum, state) => sum + (count(state) ?? 0), 0);
  const assessed = members.flatMap(({ InstanceId = "" }) => compliance.get(InstanceId) ?? []);
  const last = [...states].sort((a, b) => timeOf(b.OperationEndTime) - timeOf(a.OperationEndTime))[0];
  return {
    instances: members.length,
    running: running.length,
    online: running.length - offline.length,
    ...(lastSeen && { lastSeen: lastSeen.toISOString() }),
    ...(last?.OperationEndTime && {
      lastOperation: { operation: last.Operation ?? "Scan", at: last.OperationEndTime.toISOString() },
    }),
    installed: total(({ InstalledCount }) => InstalledCount),
    missing: total(({ MissingCount }) => MissingCount),
    failed: total(({ FailedCount }) => FailedCount),
    compliant: assessed.filter(Boolean).length,
    assessed: assessed.length,
  };
}

function timeOf(date: Date | undefined): number {
  return date?.getTime() ?? 0;
}

function latest(dates: readonly (Date | undefined)[]): Date | undefined {
  return dates.reduce((last, date) => (timeOf(date) > timeOf(last) ? date : last), undefined);
}

/**
 * The system that the agents of a fleet report, where they are connected and agree: that they are connected shows that there is
 * an agent.
 */
export function reportedAgents(
  make: Maker,
  fleetId: string,
  members: readonly Instance[],
  { information }: Reports,
): StackResource[] {
  const reports = members.flatMap(({ InstanceId = "" }) => information?.get(InstanceId) ?? []);
  const online = reports.filter(({ PingStatus }) => PingStatus === "Online");
  const [system, ...others] = new Set(
    online.map(({ PlatformName = "", PlatformVersion = "" }) => systemOfPlatform(PlatformName, PlatformVersion)),
  );
  if (system === undefined || others.length > 0) return [];
  return [make("patchpath:audit:ReportedAgent", `agent of ${fleetId}`, { fleetId, system })];
}
