import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { type Region, regions, servicePrincipal } from "patchpath/facts";
import { trustPolicy } from "../endpoints/policy-document";

export interface ConfigRecorderArgs {
  /** Plain, since ARNs in policies depend on it. */
  readonly region: Region;
  /** Id of the account, which is part of the keys of the recorder's objects in the bucket. */
  readonly accountId: pulumi.Input<string>;
  /**
   * Whether the bucket is deleted with its objects. Otherwise, it must be empty to be deleted.
   *
   * @default false
   */
  readonly forceDestroy?: boolean;
  /**
   * Tags of every resource.
   *
   * @default - none
   */
  readonly tags?: Readonly<Record<string, string>>;
}

/** The types that the rules evaluate. AWS Config calls them global, and records them only where this is enabled. */
const recordedTypes = ["AWS::IAM::Role", "AWS::IAM::User", "AWS::IAM::Group", "AWS::IAM::Policy"];

/**
 * An AWS Config recorder for IAM, with its delivery channel and bucket. An account has at most one recorder and one channel in a
 * region, so use it only if there are none.
 */
export class ConfigRecorder extends pulumi.ComponentResource {
  readonly bucketName: pulumi.Output<string>;

  constructor(name: string, args: ConfigRecorderArgs, opts?: pulumi.ComponentResourceOptions) {
    super("patchpath:remediation:ConfigRecorder", name, {}, opts);

    const inComponent = { parent: this };
    const tags = { ...args.tags };
    const { partition } = regions[args.region];

    const bucket = createBucket();
    const role = createRole();
    const recorder = createRecorder();
    const channel = createChannel();
    new aws.cfg.RecorderStatus(
      `${name}-recording`,
      { name: recorder.name, isEnabled: true },
      { ...inComponent, dependsOn: channel }, // recording cannot start without a delivery channel
    );

    this.bucketName = bucket.bucket;
    this.registerOutputs({ bucketName: this.bucketName });

    function createBucket(): aws.s3.Bucket {
      const created = new aws.s3.Bucket(
        `${name}-deliveries`,
        { forceDestroy: args.forceDestroy ?? false, tags },
        inComponent,
      );
      new aws.s3.BucketPublicAccessBlock(
        `${name}-deliveries`,
        {
          bucket: created.bucket,
          blockPublicAcls: true,
          blockPublicPolicy: true,
          ignorePublicAcls: true,
          restrictPublicBuckets: true,
        },
        inComponent,
      );
      return created;
    }

    function createRole(): aws.iam.Role {
      const trust = trustPolicy("AllowConfig", { Service: servicePrincipal("config") });
      const created = new aws.iam.Role(
        `${name}-role`,
        { description: "AWS Config records IAM", assumeRolePolicy: JSON.stringify(trust), tags },
        inComponent,
      );
      new aws.iam.RolePolicyAttachment(
        `${name}-reads`,
        { role: created.name, policyArn: `arn:${partition.id}:iam::aws:policy/service-role/AWS_ConfigRole` },
        inComponent,
      );
      new aws.iam.RolePolicy(
        `${name}-delivers`,
        { role: created.name, policy: pulumi.jsonStringify(deliveries()) },
        inComponent,
      );
      return created;
    }

    function deliveries() {
      return {
        Version: "2012-10-17",
        Statement: [
          {
            Sid: "Deliver",
            Effect: "Allow",
            Action: "s3:PutObject",
            Resource: pulumi.interpolate`arn:${partition.id}:s3:::${bucket.bucket}/AWSLogs/${args.accountId}/*`,
            Condition: { StringLike: { "s3:x-amz-acl": "bucket-owner-full-control" } },
          },
          {
            Sid: "SeeBucket",
            Effect: "Allow",
            Action: "s3:GetBucketAcl",
            Resource: pulumi.interpolate`arn:${partition.id}:s3:::${bucket.bucket}`,
          },
        ],
      };
    }

    function createRecorder(): aws.cfg.Recorder {
      return new aws.cfg.Recorder(
        `${name}-recorder`,
        {
          roleArn: role.arn,
          recordingGroup: {
            allSupported: false,
            includeGlobalResourceTypes: false, // the types are listed instead
            resourceTypes: recordedTypes,
            recordingStrategies: [{ useOnly: "INCLUSION_BY_RESOURCE_TYPES" }],
          },
        },
        inComponent,
      );
    }

    function createChannel(): aws.cfg.DeliveryChannel {
      return new aws.cfg.DeliveryChannel(
        `${name}-channel`,
        { s3BucketName: bucket.bucket },
        { ...inComponent, dependsOn: recorder },
      );
    }
  }
}
