/** What Session Manager preferences require of an instance. */
export interface SessionNeed {
  readonly purpose: string;
  /** The service that the instance must reach, by the short name of its endpoint. */
  readonly service: "logs" | "s3" | "kms";
  /** The actions that its role must allow. */
  readonly actions: readonly string[];
}

/** The actions for writing to a log group, all of them on the group. */
export const logStreamActions = ["logs:CreateLogStream", "logs:DescribeLogStreams", "logs:PutLogEvents"] as const;

/**
 * By the input of the preferences that requires it; an empty one requires nothing. Sources, checked 2026-11-22:
 * https://docs.aws.amazon.com/systems-manager/latest/userguide/getting-started-create-iam-instance-profile.html
 * (actions), getting-started-configure-preferences-cli.html there (inputs), setup-create-vpc.html there (endpoints).
 */
export const sessionNeeds: Readonly<Record<string, SessionNeed>> = {
  cloudWatchLogGroupName: {
    purpose: "logs sessions to CloudWatch Logs",
    service: "logs",
    actions: [...logStreamActions, "logs:DescribeLogGroups"],
  },
  s3BucketName: {
    purpose: "logs sessions to S3",
    service: "s3",
    actions: ["s3:GetEncryptionConfiguration", "s3:PutObject"],
  },
  kmsKeyId: { purpose: "encrypts sessions with KMS", service: "kms", actions: ["kms:Decrypt"] },
};
