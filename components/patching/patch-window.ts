import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import type { Region } from "patchpath/facts";
import { type CommandOutputLike, runCommandOutput } from "./command-output";
import { type PatchingSettings, patchingDefaults } from "./method";
import { type PatchTarget, type WindowTarget, ownTarget, windowTargetsOf } from "./patch-target";
import { createWindowRole } from "./window-role";

export interface PatchWindowArgs extends Omit<
  PatchingSettings,
  "method" | "agentUpdates" | "output" | "targets" | "configurationId" | "windows"
> {
  /** Plain, since the names in the policy of the service role depend on it. */
  readonly region: Region;
  /** Value of the tag `PatchGroup` on the instances that the stack creates. */
  readonly patchGroup: string;
  /**
   * Instances to patch, by tags.
   *
   * @default - the instances of the patch group
   */
  readonly targets?: readonly PatchTarget[];
  /**
   * Where the output of the commands goes.
   *
   * @default - only the console
   */
  readonly commandOutput?: CommandOutputLike | undefined;
  /**
   * Tags of every resource that supports tags.
   *
   * @default - none
   */
  readonly tags?: Readonly<Record<string, string>>;
}

/** The AWS documents that patch. Both have the same parameters for the operation and the reboot option. */
const documents = { plain: "AWS-RunPatchBaseline", withHooks: "AWS-RunPatchBaselineWithHooks" } as const;

/** A maintenance window that patches a patch group or other tagged instances, and optionally a second one for scans. */
export class PatchWindow extends pulumi.ComponentResource {
  readonly windowId: pulumi.Output<string>;
  /** `undefined` without `scanSchedule`. */
  readonly scanWindowId: pulumi.Output<string> | undefined;

  /** The ids of both maintenance windows. */
  get windowIds(): pulumi.Output<string>[] {
    return this.scanWindowId ? [this.windowId, this.scanWindowId] : [this.windowId];
  }

  constructor(name: string, args: PatchWindowArgs, opts?: pulumi.ComponentResourceOptions) {
    super("patchpath:patching:PatchWindow", name, {}, opts);

    const { region, targets = [ownTarget(args.patchGroup)], rebootOption = patchingDefaults.rebootOption } = args;
    const inComponent = { parent: this };
    const tags = { ...args.tags };

    const role = createWindowRole(
      `${name}-role`,
      { region, targets, documents: Object.values(documents), tags },
      inComponent,
    );
    const window = createWindow(name, args.schedule, args.offset);
    createTasks(name, window, args.operation);
    const scanWindow = args.scanSchedule === undefined ? undefined : createWindow(`${name}-scan`, args.scanSchedule);
    if (scanWindow) createTasks(`${name}-scan`, scanWindow, "Scan");

    this.windowId = window.id;
    this.scanWindowId = scanWindow?.id;
    this.registerOutputs({ windowId: this.windowId, scanWindowId: this.scanWindowId });

    function createWindow(prefix: string, schedule: string, offset?: number): aws.ssm.MaintenanceWindow {
      const { timezone, duration, cutoff } = args;
      return new aws.ssm.MaintenanceWindow(
        `${prefix}-window`,
        {
          schedule,
          scheduleTimezone: timezone,
          ...(offset !== undefined && { scheduleOffset: offset }),
          duration,
          cutoff,
          tags,
        },
        inComponent,
      );
    }

    /**
     * One target and one task for each tag: an instance must match all tags of a target, and the targets of one task run one after
     * the other, so that the last one may miss the window. Tasks are scheduled in the order of their priority, in parallel if it is
     * the same, and each counts its own errors. Sources:
     * https://docs.aws.amazon.com/systems-manager/latest/APIReference/API_RegisterTargetWithMaintenanceWindow.html, checked
     * 2026-11-22, and API_MaintenanceWindowTask.html there (`Priority`), checked 2026-11-28.
     */
    function createTasks(prefix: string, window: aws.ssm.MaintenanceWindow, operation: "Scan" | "Install"): void {
      for (const target of targets.flatMap(windowTargetsOf)) createTask(prefix, window, operation, target);
    }

    function createTask(
      prefix: string,
      { id: windowId }: aws.ssm.MaintenanceWindow,
      operation: "Scan" | "Install",
      { suffix, selects, priority }: WindowTarget,
    ): void {
      const windowTarget = new aws.ssm.MaintenanceWindowTarget(
        `${prefix}-target${suffix}`,
        { windowId, resourceType: "INSTANCE", targets: [selects] },
        inComponent,
      );
      new aws.ssm.MaintenanceWindowTask(
        `${prefix}-task${suffix}`,
        {
          windowId,
          taskType: "RUN_COMMAND",
          taskArn: args.hooks && operation === "Install" ? documents.withHooks : documents.plain,
          serviceRoleArn: role.arn,
          priority,
          targets: [{ key: "WindowTargetIds", values: [windowTarget.id] }],
          maxConcurrency: args.maxConcurrency ?? patchingDefaults.maxConcurrency,
          maxErrors: args.maxErrors ?? patchingDefaults.maxErrors,
          // Stopping a package manager while it runs leaves a broken package database.
          cutoffBehavior: "CONTINUE_TASK",
          taskInvocationParameters: {
            runCommandParameters: {
              parameters: parametersOf(operation),
              timeoutSeconds: 600,
              ...runCommandOutput(args.commandOutput, operation.toLowerCase()),
            },
          },
        },
        inComponent,
      );
    }

    /** No snapshot id: a maintenance window passes the same one to all its commands. */
    function parametersOf(operation: "Scan" | "Install") {
      const hooks = operation === "Install" ? args.hooks : undefined;
      const parameters = {
        Operation: operation,
        RebootOption: rebootOption,
        PreInstallHookDocName: hooks?.preInstall,
        PostInstallHookDocName: hooks?.postInstall,
        OnExitHookDocName: hooks?.onExit,
      };
      return Object.entries(parameters).flatMap(([name, value]) =>
        value === undefined ? [] : { name, values: [value] },
      );
    }
  }
}
