import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";

export interface PatchWindowArgs {
  /** Value of the tag `PatchGroup` on the instances. */
  readonly patchGroup: pulumi.Input<string>;
  /** `Scan` reports what is missing, `Install` installs it and restarts where needed. */
  readonly operation: pulumi.Input<"Scan" | "Install">;
  /** AWS's `cron(...)` with six fields, `rate(...)` or `at(...)`. */
  readonly schedule: pulumi.Input<string>;
  /** IANA name of the time zone that the schedule is in. */
  readonly timezone: pulumi.Input<string>;
  /** Hours that the window is open, 1 to 24. */
  readonly duration: pulumi.Input<number>;
  /** Hours before its end in which nothing new is started. */
  readonly cutoff: pulumi.Input<number>;
  /**
   * Tags of the window.
   *
   * @default - none
   */
  readonly tags?: Readonly<Record<string, string>>;
}

/** A maintenance window that runs AWS-RunPatchBaseline on a patch group. */
export class PatchWindow extends pulumi.ComponentResource {
  readonly windowId: pulumi.Output<string>;

  constructor(name: string, args: PatchWindowArgs, opts?: pulumi.ComponentResourceOptions) {
    super("patchpath:patching:PatchWindow", name, {}, opts);

    const inComponent = { parent: this };

    const window = createWindow();
    const target = createTarget();
    createTask();

    this.windowId = window.id;
    this.registerOutputs({ windowId: this.windowId });

    function createWindow(): aws.ssm.MaintenanceWindow {
      const { schedule, timezone, duration, cutoff } = args;
      return new aws.ssm.MaintenanceWindow(
        `${name}-window`,
        { schedule, scheduleTimezone: timezone, duration, cutoff, tags: { ...args.tags } },
        inComponent,
      );
    }

    function createTarget(): aws.ssm.MaintenanceWindowTarget {
      return new aws.ssm.MaintenanceWindowTarget(
        `${name}-target`,
        {
          windowId: window.id,
          resourceType: "INSTANCE",
          targets: [{ key: "tag:PatchGroup", values: [args.patchGroup] }],
        },
        inComponent,
      );
    }

    function createTask(): aws.ssm.MaintenanceWindowTask {
      return new aws.ssm.MaintenanceWindowTask(
        `${name}-task`,
        {
          windowId: window.id,
          taskType: "RUN_COMMAND",
          taskArn: "AWS-RunPatchBaseline",
          targets: [{ key: "WindowTargetIds", values: [target.id] }],
          // Half of the instances at a time, of all fleets together: a fleet of two may still restart as a whole.
          maxConcurrency: "50%",
          maxErrors: "1",
          // A package manager that is stopped half-way leaves a broken package database.
          cutoffBehavior: "CONTINUE_TASK",
          taskInvocationParameters: {
            runCommandParameters: {
              parameters: [
                { name: "Operation", values: [args.operation] },
                { name: "RebootOption", values: ["RebootIfNeeded"] },
              ],
              timeoutSeconds: 600,
            },
          },
        },
        inComponent,
      );
    }
  }
}
