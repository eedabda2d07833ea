import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import type { Region } from "patchpath/facts";
import type { CommandOutputLike } from "./command-output";
import { type PatchingSettings, type QuickSetupTargets, patchingDefaults } from "./method";
import { type PatchTarget, describeTarget, ownTarget } from "./patch-target";
import { QuickSetupRoles } from "./quick-setup-roles";

/** What both configurations have in common. */
export interface QuickSetupArgs {
  /** Plain, since names in the roles' policies follow from it. */
  readonly region: Region;
  /** Value of the tag `PatchGroup` on the stack's own instances; a patch policy's name. */
  readonly patchGroup: string;
  /**
   * Instances that it is for, by their tag: a configuration of Quick Setup takes one.
   *
   * @default - those of the patch group
   */
  readonly target?: PatchTarget | undefined;
  /**
   * Whom it is for beyond that tag in this account and region.
   *
   * @default - none
   */
  readonly targets?: QuickSetupTargets | undefined;
  /**
   * Tags of every resource that takes tags.
   *
   * @default - none
   */
  readonly tags?: Readonly<Record<string, string>>;
}

export interface PatchPolicyArgs
  extends
    QuickSetupArgs,
    Pick<
      PatchingSettings,
      "operation" | "schedule" | "scanSchedule" | "maxConcurrency" | "maxErrors" | "rebootOption" | "configurationId"
    > {
  /**
   * The bucket for the commands' output; a patch policy has no log group.
   *
   * @default - nowhere but the console
   */
  readonly commandOutput?: CommandOutputLike | undefined;
  /**
   * Baselines of one's own, by AWS's name of the operating system.
   *
   * @default - AWS's predefined ones
   */
  readonly baselines?: Readonly<Record<string, SelectedBaseline>>;
}

/** When a patch policy scans, in UTC, as Quick Setup proposes it. */
export const defaultScanSchedule = "cron(0 1 * * ? *)";

/** A baseline as a patch policy names it. */
export interface SelectedBaseline {
  readonly id: pulumi.Input<string>;
  readonly name: pulumi.Input<string>;
}

/**
 * A patch policy of Quick Setup, AWS's own way: AWS deploys scans and installations by State Manager, in this account or
 * across an organization, and patch groups don't decide about baselines any more.
 *
 * Source of the parameters: https://docs.aws.amazon.com/quick-setup/latest/APIReference/API_ConfigurationDefinitionInput.html,
 * those for the output as users' configurations have them, since the documentation names others; checked 2026-11-22.
 */
export class PatchPolicy extends pulumi.ComponentResource {
  readonly managerArn: pulumi.Output<string>;

  constructor(name: string, args: PatchPolicyArgs, opts?: pulumi.ComponentResourceOptions) {
    super("patchpath:patching:PatchPolicy", name, {}, opts);

    const { region, operation, patchGroup, tags = {} } = args;
    const inComponent = { parent: this };
    const { baselines = {} } = args;

    const roles = new QuickSetupRoles(`${name}-roles`, { region, configuration: "patch-policy", tags }, inComponent);
    const manager = createManager();

    this.managerArn = manager.managerArn;
    this.registerOutputs({ managerArn: this.managerArn });

    function createManager(): aws.ssm.QuicksetupConfigurationManager {
      return new aws.ssm.QuicksetupConfigurationManager(
        `${name}-policy`,
        {
          description: `Patches ${describeTarget(args.target ?? ownTarget(patchGroup))}`,
          configurationDefinition: {
            type: "AWSQuickSetupType-PatchPolicy",
            localDeploymentAdministrationRoleArn: roles.administrationRoleArn,
            localDeploymentExecutionRoleName: roles.executionRoleName,
            parameters: {
              PatchPolicyName: patchGroup,
              SelectedPatchBaselines: selectedBaselines(),
              PatchBaselineUseDefault: Object.keys(baselines).length > 0 ? "custom" : "default",
              PatchBaselineRegion: region,
              ConfigurationOptionsPatchOperation: operation === "Install" ? "ScanAndInstall" : "Scan",
              ConfigurationOptionsScanValue: args.scanSchedule ?? defaultScanSchedule,
              // Else AWS also runs it at once, outside of any schedule.
              ConfigurationOptionsScanNextInterval: "true",
              ...(operation === "Install" && {
                ConfigurationOptionsInstallValue: args.schedule,
                ConfigurationOptionsInstallNextInterval: "true",
                RebootOption: args.rebootOption ?? patchingDefaults.rebootOption,
              }),
              // Until the roles have the configuration's tag from us, AWS must be allowed to put it there.
              IsPolicyAttachAllowed: args.configurationId === undefined ? "true" : "false",
              RateControlConcurrency: args.maxConcurrency ?? patchingDefaults.maxConcurrency,
              RateControlErrorThreshold: args.maxErrors ?? patchingDefaults.maxErrors,
              ...outputParameters(),
              ...targetParameters(args, aws.getCallerIdentityOutput({}, inComponent).accountId),
            },
          },
          tags,
        },
        inComponent,
      );
    }

    function outputParameters(): Record<string, pulumi.Input<string>> {
      const bucket = args.commandOutput?.bucketName;
      if (!bucket) return { OutputLogEnableS3: "false" };
      return {
        OutputLogEnableS3: "true",
        OutputBucketRegion: region,
        OutputS3BucketName: bucket,
        OutputS3KeyPrefix: "patch-policy",
      };
    }

    /** A policy names a baseline for every operating system, so AWS's own stand where none is given. */
    function selectedBaselines(): pulumi.Output<string> {
      const predefined = aws.ssm.getPatchBaselinesOutput({ defaultBaselines: true }, inComponent);
      const own = Object.fromEntries(
        Object.entries(baselines).map(([system, { id, name }]) => [
          system,
          { value: id, label: name, description: `Of the patch group ${patchGroup}`, disabled: false },
        ]),
      );
      return pulumi.all([predefined.baselineIdentities, own]).apply(([identities, chosen]) =>
        JSON.stringify({
          ...Object.fromEntries(
            identities.map(({ operatingSystem, baselineId, baselineName, baselineDescription }) => [
              operatingSystem,
              { value: baselineId, label: baselineName, description: baselineDescription, disabled: false },
            ]),
          ),
          ...chosen,
        }),
      );
    }
  }
}

/**
 * Host management of Quick Setup: the agent is kept up to date, the inventory collected, and the instances are scanned every
 * day against AWS's default baselines. It installs nothing.
 */
export class HostManagement extends pulumi.ComponentResource {
  readonly managerArn: pulumi.Output<string>;

  constructor(name: string, args: QuickSetupArgs, opts?: pulumi.ComponentResourceOptions) {
    super("patchpath:patching:HostManagement", name, {}, opts);

    const { region, tags = {} } = args;
    const inComponent = { parent: this };

    const roles = new QuickSetupRoles(`${name}-roles`, { region, configuration: "host-management", tags }, inComponent);
    const manager = createManager();

    this.managerArn = manager.managerArn;
    this.registerOutputs({ managerArn: this.managerArn });

    function createManager(): aws.ssm.QuicksetupConfigurationManager {
      return new aws.ssm.QuicksetupConfigurationManager(
        `${name}-hosts`,
        {
          description: `Scans ${describeTarget(args.target ?? ownTarget(args.patchGroup))}`,
          configurationDefinition: {
            type: "AWSQuickSetupType-SSMHostMgmt",
            localDeploymentAdministrationRoleArn: roles.administrationRoleArn,
            localDeploymentExecutionRoleName: roles.executionRoleName,
            parameters: {
              UpdateSSMAgent: "true",
              CollectInventory: "true",
              ScanInstances: "true",
              InstallCloudWatchAgent: "false",
              UpdateCloudWatchAgent: "false",
              UpdateEc2LaunchAgent: "false",
              // The stack's roles have what the agent needs.
              IsPolicyAttachAllowed: "false",
              ...targetParameters(args, aws.getCallerIdentityOutput({}, inComponent).accountId),
            },
          },
          tags,
        },
        inComponent,
      );
    }
  }
}

/** Either organizational units, whose instances are then all meant, or this account's instances with the tag. */
function targetParameters(
  { targets, region, patchGroup, target = ownTarget(patchGroup) }: QuickSetupArgs,
  accountId: pulumi.Output<string>,
): Record<string, pulumi.Input<string>> {
  const { organizationalUnits = [], regions: names = [] } = targets ?? {};
  const TargetRegions = (names.length > 0 ? names : [region]).join(",");
  if (organizationalUnits.length > 0) {
    return { TargetOrganizationalUnits: organizationalUnits.join(","), TargetRegions };
  }
  return {
    TargetType: "Tags",
    TargetTagKey: target.key,
    TargetTagValue: target.value,
    TargetAccounts: accountId,
    TargetRegions,
  };
}
