import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import type { Region } from "patchpath/facts";
import type { CommandOutputLike } from "./command-output";
import { type PatchingSettings, type QuickSetupTargets, patchingDefaults } from "./method";
import { type PatchTarget, describeTarget, ownTarget } from "./patch-target";
import { QuickSetupRoles } from "./quick-setup-roles";

/** Arguments of both configurations. */
export interface QuickSetupArgs {
  /** Plain, since names in the policies of the roles depend on it. */
  readonly region: Region;
  /** Value of the tag `PatchGroup` on the instances that the stack creates, and the name of a patch policy. */
  readonly patchGroup: string;
  /**
   * Instances to manage, by a tag. A Quick Setup configuration accepts one.
   *
   * @default - the instances of the patch group
   */
  readonly target?: PatchTarget | undefined;
  /**
   * Targets beyond that tag in this account and region.
   *
   * @default - none
   */
  readonly targets?: QuickSetupTargets | undefined;
  /**
   * Tags of every resource that supports tags.
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
   * The bucket for the output of commands. A patch policy does not support a log group.
   *
   * @default - only the console
   */
  readonly commandOutput?: CommandOutputLike | undefined;
  /**
   * Custom baselines, by the operating system as patch baselines name it.
   *
   * @default - the predefined baselines of AWS
   */
  readonly baselines?: Readonly<Record<string, SelectedBaseline>>;
}

/** The schedule for scans that Quick Setup proposes for a patch policy, in UTC. */
export const defaultScanSchedule = "cron(0 1 * * ? *)";

/** A baseline in a patch policy. */
export interface SelectedBaseline {
  readonly id: pulumi.Input<string>;
  readonly name: pulumi.Input<string>;
}

/**
 * A Quick Setup patch policy. AWS deploys scans and installations through State Manager, in this account or across an organization.
 * Patch groups do not select baselines under a patch policy.
 *
 * Source of the parameters: https://docs.aws.amazon.com/quick-setup/latest/APIReference/API_ConfigurationDefinitionInput.html.
 * The names of the output parameters are those of existing configurations, which the documentation contradicts; checked 2026-11-22.
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
              // Otherwise AWS also runs it immediately, outside the schedule.
              ConfigurationOptionsScanNextInterval: "true",
              ...(operation === "Install" && {
                ConfigurationOptionsInstallValue: args.schedule,
                ConfigurationOptionsInstallNextInterval: "true",
                RebootOption: args.rebootOption ?? patchingDefaults.rebootOption,
              }),
              // Until the stack tags the roles with the configuration id, AWS must be allowed to.
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

    /** A patch policy names a baseline for every operating system: the predefined one of AWS where no other is set. */
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
 * Quick Setup host management: it keeps the agent up to date, collects inventory, and scans the instances daily against the default
 * baselines of AWS. It installs no patches.
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
              // The roles of the stack already have what the agent requires.
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

/** Either organizational units with all their instances, or the instances of this account with the tag. */
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
