import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import type { Region } from "patchpath/facts";
import { type PatchTarget, ownTarget, tagTarget } from "../patching/patch-target";
import { createWindowRole } from "../patching/window-role";
import { checkDocument } from "./check-document";

export interface RepositoryCheckArgs {
  /** Plain, since the URLs in the document depend on it. */
  readonly region: Region;
  /** Value of the tag `PatchGroup` on the instances that the stack creates. */
  readonly patchGroup: string;
  /**
   * Instances to check, by a tag.
   *
   * @default - the instances of the patch group
   */
  readonly target?: PatchTarget;
  /** Days without an installation after which the check fails; 0 disables it. */
  readonly staleDays: number;
  /**
   * Tags of every resource that supports tags.
   *
   * @default - none
   */
  readonly tags?: Readonly<Record<string, string>>;
}

/** Number of checks of an instance in a day. The alarm for silent instances depends on it. */
export const checksPerDay = 2;

/**
 * A document that checks from inside the instances whether they can reach their patches, and a maintenance window that runs it. It is
 * a maintenance window and not an association, since Run Command sends an event for every invocation.
 */
export class RepositoryCheck extends pulumi.ComponentResource {
  readonly documentName: pulumi.Output<string>;
  /** Id of the maintenance window that runs the check. */
  readonly windowId: pulumi.Output<string>;

  constructor(name: string, args: RepositoryCheckArgs, opts?: pulumi.ComponentResourceOptions) {
    super("patchpath:monitoring:RepositoryCheck", name, {}, opts);

    const { region, target: checked = ownTarget(args.patchGroup), staleDays } = args;
    const inComponent = { parent: this };
    const tags = { ...args.tags };

    const document = createDocument();
    const role = createWindowRole(
      `${name}-role`,
      { region, targets: [checked], documents: [document.name], tags },
      inComponent,
    );
    const window = createWindow();

    this.documentName = document.name;
    this.windowId = window.id;
    this.registerOutputs({ documentName: this.documentName, windowId: this.windowId });

    function createDocument(): aws.ssm.Document {
      return new aws.ssm.Document(
        `${name}-document`,
        {
          documentType: "Command",
          documentFormat: "JSON",
          targetType: "/AWS::EC2::Instance",
          content: JSON.stringify(checkDocument(region, staleDays)),
          tags,
        },
        inComponent,
      );
    }

    function createWindow(): aws.ssm.MaintenanceWindow {
      const window = new aws.ssm.MaintenanceWindow(
        `${name}-window`,
        { schedule: `rate(${24 / checksPerDay} hours)`, duration: 1, cutoff: 0, tags },
        inComponent,
      );
      const windowId = window.id;
      const target = new aws.ssm.MaintenanceWindowTarget(
        `${name}-target`,
        { windowId, resourceType: "INSTANCE", targets: [tagTarget(checked)] },
        inComponent,
      );
      new aws.ssm.MaintenanceWindowTask(
        `${name}-task`,
        {
          windowId,
          taskType: "RUN_COMMAND",
          taskArn: document.name,
          serviceRoleArn: role.arn,
          targets: [{ key: "WindowTargetIds", values: [target.id] }],
          // The check reads a few kilobytes: it runs on all instances at once, and a failure must not prevent other checks.
          maxConcurrency: "100%",
          maxErrors: "100%",
          taskInvocationParameters: { runCommandParameters: { timeoutSeconds: 600 } },
        },
        inComponent,
      );
      return window;
    }
  }
}
