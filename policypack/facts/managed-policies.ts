/** What AWS says of a managed policy that should no longer be attached. */
export interface DeprecatedPolicy {
  /** The name, without the path: within AWS's own namespace a name is unique. */
  readonly name: string;
  /** Made for the instance profile of an EC2 instance: wrong wherever it is attached. */
  readonly forInstances: boolean;
  /** Names of the AWS managed policies that take its place; empty where AWS names none. */
  readonly replacements: readonly string[];
  /** `false`: the replacement is read from the names only, no source says it. */
  readonly replacementConfirmed: boolean;
  /** Names of the AWS managed policies to add where instances use what the replacements lack. */
  readonly additions: readonly string[];
  /** The path before the name in its ARN; `undefined` where no source states it. */
  readonly path: "" | "service-role/" | undefined;
}

const flagged = (name: string, replacement?: string, replacementConfirmed = false): DeprecatedPolicy => ({
  name,
  forInstances: false,
  replacements: replacement ? [replacement] : [],
  replacementConfirmed,
  additions: [],
  path: undefined,
});

const flaggedForInstances = (name: string, path?: "", replacement?: string): DeprecatedPolicy => ({
  ...flagged(name, replacement),
  forInstances: true,
  path,
});

/**
 * AWS managed policies that are deprecated, by documentation or by the `deprecated` flag of the IAM API.
 *
 * Sources, checked 2026-11-21: https://docs.aws.amazon.com/aws-managed-policy/latest/reference/AmazonEC2RoleforSSM.html,
 * https://docs.aws.amazon.com/systems-manager/latest/userguide/security-iam-awsmanpol.html#policies-list ("no longer
 * supported and should not be used"), https://docs.aws.amazon.com/emr/latest/ManagementGuide/emr-iam-role-for-ec2.html
 * ("on the path to deprecation"); all others: field `deprecated` in https://github.com/iann0036/iam-dataset of
 * 2026-08-22. A policy that is not here is not known to be deprecated.
 * Additions: https://docs.aws.amazon.com/systems-manager/latest/userguide/setup-instance-permissions.html. Paths of the
 * OpsWorks policies, which are gone from the data set: ARNs in https://github.com/awsdocs/aws-opsworks-user-guide and in
 * public lists of managed policies, checked 2026-11-22; the others' paths are known where they are intended for instances.
 */
export const deprecatedPolicies: readonly DeprecatedPolicy[] = [
  {
    name: "AmazonEC2RoleforSSM",
    forInstances: true,
    replacements: ["AmazonSSMManagedInstanceCore"],
    replacementConfirmed: true,
    additions: ["AmazonSSMDirectoryServiceAccess", "CloudWatchAgentServerPolicy"],
    path: "service-role/",
  },
  {
    name: "AmazonElasticMapReduceforEC2Role",
    forInstances: true,
    replacements: [],
    replacementConfirmed: true,
    additions: [],
    path: "service-role/",
  },
  flagged("AWSB9InternalServicePolicy"),
  flagged("AWSBackupAdminPolicy"),
  flagged("AWSBackupOperatorPolicy"),
  flagged("AWSBudgetsActionsRolePolicyForResourceAdministrationWithSSM"),
  flagged("AWSCloudTrailFullAccess", "AWSCloudTrail_FullAccess"),
  flagged("AWSCloudTrailReadOnlyAccess", "AWSCloudTrail_ReadOnlyAccess"),
  flagged("AWSCodeArtifactReadOnlyAccess.json"),
  flagged("AWSCodePipelineReadOnlyAccess", "AWSCodePipeline_ReadOnlyAccess"),
  flagged("AWSDataPipelineRole"),
  flagged("AWSElasticBeanstalkFullAccess", "AdministratorAccess-AWSElasticBeanstalk"),
  flagged("AWSElasticBeanstalkReadOnlyAccess", "AWSElasticBeanstalkReadOnly"),
  flagged("AWSIoT1ClickFullAccess"),
  flagged("AWSIoT1ClickReadOnlyAccess"),
  flagged("AWSIotRoboRunnerFullAccess"),
  flagged("AWSIotRoboRunnerReadOnly"),
  flagged("AWSIotRoboRunnerServiceRolePolicy"),
  flagged("AWSLambdaFullAccess", "AWSLambda_FullAccess"),
  flagged("AWSLambdaReadOnlyAccess", "AWSLambda_ReadOnlyAccess"),
  flagged("AWSLambdaReplicatorInternal"),
  flagged("AWSMarketplaceImageBuildFullAccess"),
  flagged("AWSMobileHub_FullAccess"),
  flagged("AWSMobileHub_ReadOnly"),
  flaggedForInstances("AWSOpsWorksCMInstanceProfileRole", ""),
  flagged("AWSOpsWorksCMServiceRole"),
  flaggedForInstances("AWSOpsWorksCloudWatchLogs", ""),
  flagged("AWSOpsWorksFullAccess"),
  flaggedForInstances("AWSOpsWorksInstanceRegistration", ""),
  flagged("AWSOpsWorksRegisterCLI"),
  flaggedForInstances("AWSOpsWorksRegisterCLI_EC2", ""),
  flagged("AWSOpsWorksRegisterCLI_OnPremises"),
  flagged("AWSOpsWorksRole"),
  flagged("AWSOpsWorks_FullAccess"),
  flagged("AWSProtonServiceSyncServiceRolePolicy"),
  flagged("AWSRoboMakerFullAccess"),
  flagged("AWSSchemasServiceRolePolicy"),
  flagged("AWSServiceRoleForCodeGuruProfiler"),
  flagged("AWSServiceRoleForGammaInternalAmazonEKSNodegroup"),
  flagged("AWSServiceRoleForThorInternalDevPolicy"),
  flagged("AWS_Config_Role", "service-role/AWS_ConfigRole"),
  flagged("AmazonApplicationWizardFullaccess"),
  flagged("AmazonConnectFullAccess"),
  flagged("AmazonDataZonePortalFullAccessPolicy"),
  flagged("AmazonDataZonePreviewConsoleFullAccess"),
  flagged("AmazonDataZoneProjectDeploymentPermissionsBoundary"),
  flagged("AmazonDataZoneProjectRolePermissionsBoundary"),
  flagged("AmazonEC2ContainerServiceFullAccess", "AmazonECS_FullAccess"),
  flagged("AmazonEC2ReportsAccess"),
  flaggedForInstances("AmazonEC2RolePolicyForApplicationWizard", undefined, "AmazonEC2RolePolicyForLaunchWizard"),
  flagged("AmazonEC2SpotFleetRole", "service-role/AmazonEC2SpotFleetTaggingRole"),
  flagged("AmazonEverestServicePolicy"),
  flagged("AmazonGuardDutyFullAccess", "AmazonGuardDutyFullAccess_v2"),
  flagged("AmazonLambdaRolePolicyForLaunchWizardSAP"),
  flagged("AmazonLaunchWizardFullaccess"),
  flagged("AmazonLaunchWizard_Fullaccess"),
  flagged("AmazonMachineLearningRoleforRedshiftDataSource"),
  flagged("AmazonMachineLearningRoleforRedshiftDataSourceV2"),
  flagged("AmazonMacieSetupRole"),
  flagged("AmazonMechanicalTurkCrowdFullAccess"),
  flagged("AmazonMechanicalTurkCrowdReadOnlyAccess"),
  flagged("AmazonSumerianFullAccess"),
  flagged("AmazonWorkLinkFullAccess"),
  flagged("AmazonWorkLinkReadOnly"),
  flagged("AmazonWorkLinkServiceRolePolicy"),
  flagged("AnthropicInferenceAccess"),
  flagged("CheesepuffsServiceRolePolicy"),
  flagged("GroundTruthSyntheticConsoleFullAccess"),
  flagged("GroundTruthSyntheticConsoleReadOnlyAccess"),
  flagged("NAPSPropagatorIntegTestManagedPolicy07"),
  flagged("ServerMigrationServiceRole"),
  flagged("ServerMigration_ServiceRole"),
  flagged("ServiceCatalogAdminReadOnlyAccess"),
  flagged("ServiceCatalogEndUserAccess"),
  flagged("TagGovernancePolicy"),
  flagged("TagPoliciesServiceRolePolicy"),
];

const byName = new Map(deprecatedPolicies.map((policy) => [policy.name, policy]));

/**
 * AWS's own policies have the account `aws` in their ARN: a customer's policy of the same name is another policy. Nothing
 * else matches, so that such an ARN may be shown as it is.
 */
const awsManagedPolicyArn = /^arn:(aws[a-z-]*):iam::aws:policy\/(?:[\w-]+\/)*([\w+=,.@-]+)$/;

/** The name of the AWS managed policy that an ARN names, without its path; `undefined` for a customer's policy. */
export function awsManagedPolicyName(arn: string): string | undefined {
  return awsManagedPolicyArn.exec(arn)?.[2];
}

/** The deprecated AWS managed policy that an ARN names, in any partition; `undefined` for every other policy. */
export function deprecatedPolicyOf(arn: string): DeprecatedPolicy | undefined {
  const name = awsManagedPolicyName(arn);
  return name === undefined ? undefined : byName.get(name);
}

/** The ARNs of the replacements, in the partition of the ARN that they replace. */
export function replacementArns(deprecatedArn: string, policy: DeprecatedPolicy): string[] {
  return inPartitionOf(deprecatedArn, policy.replacements);
}

/** The ARNs of what to add where it is used, in the partition of the ARN that is replaced. */
export function additionArns(deprecatedArn: string, policy: DeprecatedPolicy): string[] {
  return inPartitionOf(deprecatedArn, policy.additions);
}

function inPartitionOf(arn: string, names: readonly string[]): string[] {
  const partition = awsManagedPolicyArn.exec(arn)?.[1] ?? "aws";
  return names.map((name) => `arn:${partition}:iam::aws:policy/${name}`);
}

/** The ARN of a deprecated policy; `undefined` where its path is not known. */
export function deprecatedPolicyArn(partition: string, { name, path }: DeprecatedPolicy): string | undefined {
  return path === undefined ? undefined : `arn:${partition}:iam::aws:policy/${path}${name}`;
}
