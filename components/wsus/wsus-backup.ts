import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { type Region, regions, servicePrincipal } from "patchpath/facts";
import { trustPolicy } from "../endpoints/policy-document";

export interface WsusBackupArgs {
  /** Plain, since the partition of the managed policy depends on it. */
  readonly region: Region;
  /** Value of the tag `WsusServer` on the volume. */
  readonly server: string;
  /** Number of snapshots to keep, 1 to 1000. */
  readonly retain: number;
  /**
   * Tags of every resource.
   *
   * @default - none
   */
  readonly tags?: Readonly<Record<string, string>>;
}

/** Daily snapshots of the content volume of a WSUS server, by Data Lifecycle Manager. */
export class WsusBackup extends pulumi.ComponentResource {
  constructor(name: string, args: WsusBackupArgs, opts?: pulumi.ComponentResourceOptions) {
    super("patchpath:wsus:WsusBackup", name, {}, opts);

    const { partition } = regions[args.region];
    const inComponent = { parent: this };
    const tags = { ...args.tags };

    const role = createRole();
    const attachment = new aws.iam.RolePolicyAttachment(
      `${name}-policy`,
      {
        role: role.name,
        policyArn: `arn:${partition.id}:iam::aws:policy/service-role/AWSDataLifecycleManagerServiceRole`,
      },
      inComponent,
    );
    createPolicy();
    this.registerOutputs({});

    function createRole(): aws.iam.Role {
      return new aws.iam.Role(
        `${name}-role`,
        {
          description: "Snapshots by Data Lifecycle Manager",
          assumeRolePolicy: JSON.stringify(
            trustPolicy("AllowDataLifecycleManager", { Service: servicePrincipal("dlm") }),
          ),
          tags,
        },
        inComponent,
      );
    }

    function createPolicy(): void {
      new aws.dlm.LifecyclePolicy(
        `${name}-daily`,
        {
          description: "Content volume of a WSUS server",
          executionRoleArn: role.arn,
          state: "ENABLED",
          policyDetails: {
            policyType: "EBS_SNAPSHOT_MANAGEMENT",
            resourceTypes: ["VOLUME"],
            targetTags: { WsusServer: args.server },
            schedules: [
              {
                name: "daily",
                // Before the synchronization at 03:00.
                createRule: { interval: 24, intervalUnit: "HOURS", times: "01:00" },
                retainRule: { count: args.retain },
                copyTags: true,
              },
            ],
          },
          tags,
        },
        { ...inComponent, dependsOn: [attachment] },
      );
    }
  }
}
