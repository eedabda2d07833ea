import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import type { Region } from "patchpath/facts";
import { type PatchTarget, ownTarget, tagTarget } from "../patching/patch-target";
import { createWindowRole } from "../patching/window-role";
import { checkDocument } from "./check-document";

export interface RepositoryCheckArgs {
  /** Plain, since the addresses in the document follow from it. */
  readonly region: Region;
  /** Value of the tag `PatchGroup` on the stack's own instances. */
  readonly patchGroup: string;
  /**
   * Instances that are checked, by their tag.
   *
   * @default - those of the patch group
   */
  readonly target?: PatchTarget;
  /** Days without any installation that are too many, 0 for any number. */
  readonly staleDays: number;
  /**
   * Tags of every resource that takes tags.
   *
   * @default - none
   */
  readonly tags?: Readonly<Record<string, string>>;
}

/** How often an instance is checked in a day: the alarm for silent instances counts on it. */
export const checksPerDay = 2;

/**
 * A document that checks from inside the instances whether their patches can reach them, and a window that runs it. By a
 * window and not by an association, since Run Command tells of every invocation by an event.
 */
export class RepositoryCheck extends pulumi.ComponentResource {
  readonly documentName: pulumi.Output<string>;

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
    createWindow();

    this.documentName = document.name;
    this.registerOutputs({ documentName: this.documentName });

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

    function createWindow(): void {
      const { id: windowId } = new aws.ssm.MaintenanceWindow(
        `${name}-window`,
        { schedule: `rate(${24 / checksPerDay} hours)`, duration: 1, cutoff: 0, tags },
        inComponent,
      );
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
          // It reads a few kilobytes: all at once, and one that fails must not keep the others from being checked.
          maxConcurrency: "100%",
          maxErrors: "100%",
          taskInvocationParameters: { runCommandParameters: { timeoutSeconds: 600 } },
        },
        inComponent,
      );
    }
  }
}
