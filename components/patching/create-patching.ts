import type * as pulumi from "@pulumi/pulumi";
import { type BaselineSystemName, type Region, patchPolicyTag } from "patchpath/facts";
import { policyDocument } from "../endpoints/policy-document";
import type { PatchMonitoringArgs } from "../monitoring/patch-monitoring";
import { createAgentUpdates } from "./agent-updates";
import { CommandOutput } from "./command-output";
import { settingsOfWindow } from "./fleet-window";
import { type FleetWindow, type PatchingSettings, patchPolicyBaselines, patchingDefaults } from "./method";
import { OnDemandPatching } from "./on-demand";
import { type BaselineSettings, PatchBaseline } from "./patch-baseline";
import { PatchWindow } from "./patch-window";
import type { PatchTarget } from "./patch-target";
import { nextRuns } from "./schedule";
import { HostManagement, PatchPolicy, defaultScanSchedule } from "./quick-setup";

/** What a method is applied to in its stack. */
export interface PatchingContext {
  readonly region: Region;
  readonly patchGroup: string;
  /** The instances that the stack creates, existing ones, or both. */
  readonly targets: readonly PatchTarget[];
  /** The maintenance windows with their targets, that of the stack first. */
  readonly windows: readonly { readonly window: FleetWindow | undefined; readonly targets: readonly PatchTarget[] }[];
  /** Patch groups of existing instances. */
  readonly attachedGroups: readonly AttachedGroup[];
  readonly baselines: readonly BaselineSettings[];
  readonly tags: Readonly<Record<string, string>>;
}

/** A patch group of existing instances, which they already have or must get. */
export interface AttachedGroup {
  /** Value of the tag `PatchGroup` or `Patch Group`. */
  readonly patchGroup: string;
  /** Operating systems of its instances, by the names of patch baselines. */
  readonly baselineSystems: readonly BaselineSystemName[];
}

/** The component of a method, and what the roles of all instances require for it. */
export interface Patching {
  readonly component: PatchWindow | PatchPolicy | HostManagement | OnDemandPatching;
  /** Maintenance windows for some fleets, by their names. */
  readonly fleetWindows: Readonly<Record<string, PatchWindow>>;
  readonly commandOutput: CommandOutput | undefined;
  /** By the operating system, as patch baselines name it. */
  readonly baselines: Readonly<Record<string, PatchBaseline>>;
  /** Operating systems whose baseline is registered for patch groups, as patch baselines name them. */
  readonly registeredSystems: readonly BaselineSystemName[];
  /** The sources of events that report whether patching succeeded. */
  readonly monitored: Pick<PatchMonitoringArgs, "windowIds" | "documents" | "quickSetup" | "baselineIds">;
  readonly roles: {
    readonly inlinePolicies: Readonly<Record<string, pulumi.Input<string>>>;
    readonly tags: Readonly<Record<string, string>>;
  };
}

/** Creates the component of the method, and what it requires. */
export function createPatching(
  name: string,
  settings: PatchingSettings,
  context: PatchingContext,
  opts: pulumi.ComponentResourceOptions,
): Patching {
  const { method = patchingDefaults.method, output, configurationId } = settings;
  const { region, patchGroup, targets, tags } = context;
  const isWritten = output !== undefined && (output.s3 !== false || output.cloudWatch);
  const commandOutput = isWritten ? new CommandOutput(`${name}-output`, { ...output, region, tags }, opts) : undefined;
  const baselines = Object.fromEntries(
    context.baselines.map((baseline) => [baseline.operatingSystem, createBaseline(baseline)]),
  );
  if (settings.agentUpdates) createAgentUpdates(`${name}-agent`, targets, opts);
  const component = createMethod();
  const fleetWindows = method === "maintenance-window" ? createFleetWindows() : {};
  const windows = [...(component instanceof PatchWindow ? [component] : []), ...Object.values(fleetWindows)];
  return {
    component,
    fleetWindows,
    commandOutput,
    baselines,
    registeredSystems: usesPatchGroups() ? context.baselines.map(({ operatingSystem }) => operatingSystem) : [],
    monitored: {
      windowIds: windows.flatMap(({ windowIds }) => windowIds),
      documents: component instanceof OnDemandPatching ? [component.documentName] : [],
      quickSetup: component instanceof PatchPolicy || component instanceof HostManagement,
      baselineIds: Object.values(baselines).map(({ baselineId }) => baselineId),
    },
    roles: {
      inlinePolicies: {
        ...(commandOutput && { "command-output": commandOutput.instancePolicy }),
        ...(method === "patch-policy" && {
          "patch-policy": JSON.stringify(policyDocument(patchPolicyBaselines(region))),
        }),
      },
      tags: configurationId === undefined ? {} : { [patchPolicyTag(configurationId)]: configurationId },
    },
  };

  /** Configurations of Quick Setup name their baselines, or use those of AWS: patch groups have no effect. */
  function usesPatchGroups(): boolean {
    return method === "maintenance-window" || method === "on-demand";
  }

  function createBaseline(baseline: BaselineSettings): PatchBaseline {
    const system = baseline.operatingSystem.toLowerCase().replaceAll("_", "-");
    const groups = usesPatchGroups() ? context.attachedGroups : [];
    return new PatchBaseline(
      `${name}-${system}`,
      {
        ...baseline,
        patchGroup,
        byPatchGroup: usesPatchGroups() && targets.some(({ fleet }) => fleet === undefined),
        attachedGroups: groups
          .filter(({ baselineSystems }) => baselineSystems.includes(baseline.operatingSystem))
          .map(({ patchGroup: group }) => group),
        tags,
      },
      opts,
    );
  }

  function selected() {
    return Object.fromEntries(
      Object.entries(baselines).map(([system, { baselineId, baselineName }]) => [
        system,
        { id: baselineId, name: baselineName },
      ]),
    );
  }

  /** config.ts reports this first, with the config key. Organizational units are targeted as a whole, without a tag. */
  function onlyTarget(): PatchTarget | undefined {
    const units = settings.targets?.organizationalUnits ?? [];
    if (units.length === 0 && targets.length > 1) {
      throw new Error(`the method \`${method}\` has ${targets.length} target tags; expected exactly one`);
    }
    return targets[0];
  }

  /** The name of a resource of another window has no dot. */
  function createFleetWindows(): Record<string, PatchWindow> {
    return Object.fromEntries(
      context.windows.flatMap(({ window, targets: own }) => {
        if (!window) return [];
        const args = { ...settingsOfWindow(settings, window), region, patchGroup, tags, commandOutput, targets: own };
        return [[window.name, new PatchWindow(`${name}.${window.name}`, args, opts)]];
      }),
    );
  }

  function createMethod(): Patching["component"] {
    const args = { ...settings, region, patchGroup, tags, commandOutput };
    switch (method) {
      case "maintenance-window":
        return new PatchWindow(name, { ...args, targets: context.windows[0]?.targets ?? targets }, opts);
      case "patch-policy":
        return new PatchPolicy(name, { ...args, target: onlyTarget(), baselines: selected() }, opts);
      case "host-management":
        return new HostManagement(name, { ...args, target: onlyTarget() }, opts);
      case "on-demand":
        return new OnDemandPatching(name, { ...args, targets }, opts);
    }
  }
}

/**
 * The outputs of a stack about patching: the ids of the method, and its next runs.
 *
 * @param now the time after which to list runs
 */
export function patchingOutputs(
  { component, fleetWindows, commandOutput }: Patching,
  settings: PatchingSettings,
  now: Date,
) {
  const { method = patchingDefaults.method, operation, schedule, scanSchedule } = settings;
  const runs = (expression: string, zone: string, days?: number) =>
    nextRuns({ expression, timezone: zone, offset: days }, now);
  const output = { bucket: commandOutput?.bucketName, logGroup: commandOutput?.logGroupName };
  const ofWindow = ({ windowId, scanWindowId }: PatchWindow, own: PatchingSettings) => ({
    operation: own.operation,
    windowId,
    scanWindowId,
    nextRuns: runs(own.schedule, own.timezone, own.offset),
    nextScans: own.scanSchedule === undefined ? undefined : runs(own.scanSchedule, own.timezone),
  });
  if (component instanceof PatchWindow) {
    const windows = (settings.windows ?? []).map((window) => {
      const ofFleets = ofWindow(fleetWindows[window.name]!, settingsOfWindow(settings, window));
      return [window.name, { fleets: window.fleets, ...ofFleets }] as const;
    });
    return {
      method,
      ...ofWindow(component, settings),
      ...(windows.length > 0 && { windows: Object.fromEntries(windows) }),
      output,
    };
  }
  if (component instanceof PatchPolicy) {
    const { managerArn } = component;
    const next = operation === "Install" ? runs(schedule, patchingDefaults.timezone) : undefined;
    const nextScans = runs(scanSchedule ?? defaultScanSchedule, patchingDefaults.timezone);
    return { method, operation, managerArn, nextRuns: next, nextScans, output };
  }
  if (component instanceof HostManagement) return { method, operation: "Scan", managerArn: component.managerArn };
  return { method, documentName: component.documentName, commands: component.commands, output };
}
