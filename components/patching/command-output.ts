import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { type Region, logStreamActions, regions } from "patchpath/facts";
import { type PolicyStatement, policyDocument } from "../endpoints/policy-document";
import type { PatchOutput } from "./method";

export interface CommandOutputArgs extends PatchOutput {
  /** Plain, since the names in policies depend on it. */
  readonly region: Region;
  /**
   * Tags of every resource.
   *
   * @default - none
   */
  readonly tags?: Readonly<Record<string, string>>;
}

/** Where commands write their output: a `CommandOutput`, or an existing bucket and log group. Whether each is set must be plain. */
export interface CommandOutputLike {
  /**
   * Name of the bucket.
   *
   * @default - none
   */
  readonly bucketName?: pulumi.Input<string> | undefined;
  /**
   * Name of the log group.
   *
   * @default - none
   */
  readonly logGroupName?: pulumi.Input<string> | undefined;
}

/** Retention of output in days: longer than the interval of a monthly maintenance window. */
const retentionInDays = 90;

/** The bucket and log group for the output of commands, and the policy that allows instances to write it. */
export class CommandOutput extends pulumi.ComponentResource implements CommandOutputLike {
  readonly bucketName: pulumi.Output<string> | undefined;
  readonly logGroupName: pulumi.Output<string> | undefined;
  /** The policy that every instance role requires. */
  readonly instancePolicy: pulumi.Output<string>;

  constructor(name: string, args: CommandOutputArgs, opts?: pulumi.ComponentResourceOptions) {
    super("patchpath:patching:CommandOutput", name, {}, opts);

    const { region, s3, cloudWatch, forceDestroy = false, versioning = false } = args;
    const inComponent = { parent: this };
    const tags = { ...args.tags };
    const { partition } = regions[region];

    const bucketName = s3 === true ? createBucket() : s3 === false ? undefined : pulumi.output(s3);
    const logGroup = cloudWatch ? createLogGroup() : undefined;

    this.bucketName = bucketName;
    this.logGroupName = logGroup?.name;
    this.instancePolicy = createInstancePolicy();
    this.registerOutputs({ bucketName: this.bucketName, logGroupName: this.logGroupName });

    function createBucket(): pulumi.Output<string> {
      const { bucket } = new aws.s3.Bucket(`${name}-bucket`, { forceDestroy, tags }, inComponent);
      new aws.s3.BucketPublicAccessBlock(
        `${name}-private`,
        { bucket, blockPublicAcls: true, blockPublicPolicy: true, ignorePublicAcls: true, restrictPublicBuckets: true },
        inComponent,
      );
      new aws.s3.BucketServerSideEncryptionConfiguration(
        `${name}-encryption`,
        { bucket, rules: [{ applyServerSideEncryptionByDefault: { sseAlgorithm: "AES256" } }] },
        inComponent,
      );
      const versions = versioning
        ? [
            new aws.s3.BucketVersioning(
              `${name}-versions`,
              { bucket, versioningConfiguration: { status: "Enabled" } },
              inComponent,
            ),
          ]
        : [];
      new aws.s3.BucketLifecycleConfiguration(
        `${name}-expiry`,
        {
          bucket,
          rules: [
            {
              id: "expire",
              status: "Enabled",
              filter: {},
              expiration: { days: retentionInDays },
              ...(versioning && { noncurrentVersionExpiration: { noncurrentDays: retentionInDays } }),
            },
          ],
        },
        { ...inComponent, dependsOn: versions },
      );
      return bucket;
    }

    function createLogGroup(): aws.cloudwatch.LogGroup {
      return new aws.cloudwatch.LogGroup(`${name}-logs`, { retentionInDays, tags }, inComponent);
    }

    /**
     * Source: https://docs.aws.amazon.com/systems-manager/latest/userguide/setup-instance-permissions.html (S3) and
     * https://docs.aws.amazon.com/systems-manager/latest/userguide/sysman-rc-setting-up-cwlogs.html, checked 2026-11-22.
     */
    function createInstancePolicy(): pulumi.Output<string> {
      return pulumi
        .all([bucketName, logGroup?.name, aws.getCallerIdentityOutput({}, inComponent).accountId])
        .apply(([bucket, group, accountId]) => {
          const statements: PolicyStatement[] = [];
          if (bucket !== undefined) {
            statements.push(
              {
                Sid: "AllowOutputObjects",
                Effect: "Allow",
                Action: ["s3:PutObject", "s3:PutObjectAcl"],
                Resource: `arn:${partition.id}:s3:::${bucket}/*`,
              },
              {
                Sid: "AllowOutputBucket",
                Effect: "Allow",
                Action: "s3:GetEncryptionConfiguration",
                Resource: `arn:${partition.id}:s3:::${bucket}`,
              },
            );
          }
          if (group !== undefined) {
            const logs = `arn:${partition.id}:logs:${region}:${accountId}:log-group`;
            statements.push(
              {
                Sid: "AllowOutputLogs",
                Effect: "Allow",
                Action: logStreamActions,
                Resource: [`${logs}:${group}`, `${logs}:${group}:*`],
              },
              // This action supports only the resource `*`.
              { Sid: "AllowLogGroups", Effect: "Allow", Action: "logs:DescribeLogGroups", Resource: "*" },
            );
          }
          return JSON.stringify(policyDocument(...statements));
        });
    }
  }
}

/** The settings of a command for its output. */
export function runCommandOutput(output: CommandOutputLike | undefined, prefix: string) {
  return {
    ...(output?.bucketName && { outputS3Bucket: output.bucketName, outputS3KeyPrefix: prefix }),
    ...(output?.logGroupName && {
      cloudwatchConfig: { cloudwatchOutputEnabled: true, cloudwatchLogGroupName: output.logGroupName },
    }),
  };
}
