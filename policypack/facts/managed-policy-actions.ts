/** A statement of a managed policy, as AWS wrote it. */
export interface ManagedPolicyStatement {
  readonly Effect: "Allow";
  readonly Action?: readonly string[];
  readonly NotAction?: readonly string[];
  readonly Resource: string | readonly string[];
}

/** One version of a managed policy. */
export interface ManagedPolicyVersion {
  /** The version that was the default on the day of the check. */
  readonly versionId: string;
  readonly document: { readonly Version: "2012-10-17"; readonly Statement: readonly ManagedPolicyStatement[] };
}

const on = (resource: string | readonly string[], ...actions: string[]) => ({
  Effect: "Allow" as const,
  Action: actions,
  Resource: resource,
});

const version = (versionId: string, ...statements: ManagedPolicyStatement[]): ManagedPolicyVersion => ({
  versionId,
  document: { Version: "2012-10-17", Statement: statements },
});

/** What AmazonEC2RoleforSSM and its successor have in common: what the SSM agent calls. */
const agentStatement = on(
  "*",
  "ssm:DescribeAssociation",
  "ssm:GetDeployablePatchSnapshotForInstance",
  "ssm:GetDocument",
  "ssm:DescribeDocument",
  "ssm:GetManifest",
  "ssm:GetParameters",
  "ssm:ListAssociations",
  "ssm:ListInstanceAssociations",
  "ssm:PutInventory",
  "ssm:PutComplianceItems",
  "ssm:PutConfigurePackageResult",
  "ssm:UpdateAssociationStatus",
  "ssm:UpdateInstanceAssociationStatus",
  "ssm:UpdateInstanceInformation",
  "ssmmessages:CreateControlChannel",
  "ssmmessages:CreateDataChannel",
  "ssmmessages:OpenControlChannel",
  "ssmmessages:OpenDataChannel",
  "ec2messages:AcknowledgeMessage",
  "ec2messages:DeleteMessage",
  "ec2messages:FailMessage",
  "ec2messages:GetEndpoint",
  "ec2messages:GetMessages",
  "ec2messages:SendReply",
);

/**
 * What AWS managed policies allow, by name, of the version that was the default.
 *
 * Source: https://docs.aws.amazon.com/aws-managed-policy/latest/reference/policy-list.html, as
 * https://github.com/iann0036/iam-dataset (aws/managedpolicies/NAME.json) has it; checked 2026-11-22 (AmazonS3FullAccess: 2026-11-28). Only `aws`: ARNs
 * in `Resource` name another partition elsewhere. What a policy allows that is not here is not known.
 */
export const managedPolicyVersions: Readonly<Partial<Record<string, ManagedPolicyVersion>>> = {
  AdministratorAccess: version("v1", on("*", "*")),
  AmazonEC2RoleforSSM: version(
    "v8",
    agentStatement,
    on("*", "cloudwatch:PutMetricData"),
    on("*", "ec2:DescribeInstanceStatus"),
    on("*", "ds:CreateComputer", "ds:DescribeDirectories"),
    on(
      "*",
      "logs:CreateLogGroup",
      "logs:CreateLogStream",
      "logs:DescribeLogGroups",
      "logs:DescribeLogStreams",
      "logs:PutLogEvents",
    ),
    on(
      "*",
      "s3:GetBucketLocation",
      "s3:PutObject",
      "s3:GetObject",
      "s3:GetEncryptionConfiguration",
      "s3:AbortMultipartUpload",
      "s3:ListMultipartUploadParts",
      "s3:ListBucket",
      "s3:ListBucketMultipartUploads",
    ),
  ),
  AmazonS3FullAccess: version("v2", on("*", "s3:*", "s3-object-lambda:*")),
  AmazonSSMDirectoryServiceAccess: version("v1", on("*", "ds:CreateComputer", "ds:DescribeDirectories")),
  AmazonSSMManagedEC2InstanceDefaultPolicy: version(
    "v2",
    on("*", ...agentStatement.Action.filter((action) => action !== "ssm:GetParameters")),
  ),
  AmazonSSMManagedInstanceCore: version("v2", agentStatement, on("*", "ssm:GetParameter")),
  AmazonSSMPatchAssociation: version(
    "v1",
    on("arn:aws:ssm:*:*:patchbaseline/*", "ssm:DescribeEffectivePatchesForPatchBaseline", "ssm:GetPatchBaseline"),
    on("*", "ssm:DescribePatchBaselines", "tag:GetResources"),
  ),
  CloudWatchAgentServerPolicy: version(
    "v3",
    on(
      "*",
      "cloudwatch:PutMetricData",
      "ec2:DescribeVolumes",
      "ec2:DescribeTags",
      "logs:PutLogEvents",
      "logs:PutRetentionPolicy",
      "logs:DescribeLogStreams",
      "logs:DescribeLogGroups",
      "logs:CreateLogStream",
      "logs:CreateLogGroup",
      "xray:PutTraceSegments",
      "xray:PutTelemetryRecords",
      "xray:GetSamplingRules",
      "xray:GetSamplingTargets",
      "xray:GetSamplingStatisticSummaries",
    ),
    on("arn:aws:ssm:*:*:parameter/AmazonCloudWatch-*", "ssm:GetParameter"),
  ),
  // Without what it grants of IAM, organizations and accounts, which no instance calls.
  PowerUserAccess: version("v12", {
    Effect: "Allow",
    NotAction: ["iam:*", "organizations:*", "account:*"],
    Resource: "*",
  }),
};

/** Every action of AmazonSSMManagedInstanceCore: what a managed instance calls. */
export const instanceCoreActions: readonly string[] = [...agentStatement.Action, "ssm:GetParameter"];
