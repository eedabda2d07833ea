import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import type { Region } from "patchpath/facts";
import { type CommandOutputLike, runCommandOutput } from "./command-output";
import { type PatchingSettings, patchingDefaults } from "./method";
import { type PatchTarget, ownTarget, suffixOf, tagTarget } from "./patch-target";
import { createWindowRole } from "./window-role";

export interface PatchWindowArgs extends Omit<PatchingSettings, "method" | "output" | "targets" | "configurationId"> {
  /** Plain, since the names in the service role's policy follow from it. */
  readonly region: Region;
  /** Value of the tag `PatchGroup` on the stack's own instances. */
  readonly patchGroup: string;
  /**
   * Instances that it is for, by their tags.
   *
   * @default - those of the patch group
   */
  readonly targets?: readonly PatchTarget[];
  /**
   * Where the commands' output goes.
   *
   * @default - nowhere but the console
   */
  readonly commandOutput?: CommandOutputLike | undefined;
  /**
   * Tags of every resource that takes tags.
   *
   * @default - none
   */
  readonly tags?: Readonly<Record<string, string>>;
}

/** AWS's documents that patch; both take the same operation and reboot option. */
const documents = { plain: "AWS-RunPatchBaseline", withHooks: "AWS-RunPatchBaselineWithHooks" } as const;

/** A maintenance window that patches a patch group or what other tags name, and one that scans it more often if asked. */
export class PatchWindow extends pulumi.ComponentResource {
  readonly windowId: pulumi.Output<string>;
  /** `undefined` without a schedule for scans. */
  readonly scanWindowId: pulumi.Output<string> | undefined;

  /** Both. */
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
     * For each tag a target and a task of its own: the tags of one target would all have to hold, and of one task the targets
     * are served one after the other, so that the last may miss the window. Source:
     * https://docs.aws.amazon.com/systems-manager/latest/APIReference/API_RegisterTargetWithMaintenanceWindow.html, checked
     * 2026-11-22.
     */
    function createTasks(prefix: string, window: aws.ssm.MaintenanceWindow, operation: "Scan" | "Install"): void {
      for (const target of targets) createTask(prefix, window, operation, target);
    }

    function createTask(
      prefix: string,
      { id: windowId }: aws.ssm.MaintenanceWindow,
      operation: "Scan" | "Install",
      target: PatchTarget,
    ): void {
      const windowTarget = new aws.ssm.MaintenanceWindowTarget(
        `${prefix}-target${suffixOf(target)}`,
        { windowId, resourceType: "INSTANCE", targets: [tagTarget(target)] },
        inComponent,
      );
      new aws.ssm.MaintenanceWindowTask(
        `${prefix}-task${suffixOf(target)}`,
        {
          windowId,
          taskType: "RUN_COMMAND",
          taskArn: args.hooks && operation === "Install" ? documents.withHooks : documents.plain,
          serviceRoleArn: role.arn,
          targets: [{ key: "WindowTargetIds", values: [windowTarget.id] }],
          maxConcurrency: args.maxConcurrency ?? patchingDefaults.maxConcurrency,
          maxErrors: args.maxErrors ?? patchingDefaults.maxErrors,
          // A package manager that is stopped half-way leaves a broken package database.
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

    /** No snapshot id: a window gives all its commands the same one. */
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
