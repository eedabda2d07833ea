import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { type Region, regions, ssmBucketReadsStatement } from "patchpath/facts";
import { type PolicyDocument, unconfirmed } from "../endpoints/s3-endpoint-policy";

export interface InstanceRoleArgs {
  /** Plain, since the bucket names in the role's policy follow from it. */
  readonly region: Region;
  /**
   * Tags of every resource.
   *
   * @default - none
   */
  readonly tags?: Readonly<Record<string, string>>;
}

/**
 * The role of instances that Systems Manager manages: AmazonSSMManagedInstanceCore, and the reads of the SSM buckets,
 * since Core grants no S3.
 */
export class InstanceRole extends pulumi.ComponentResource {
  readonly roleArn: pulumi.Output<string>;
  readonly roleName: pulumi.Output<string>;
  readonly instanceProfileArn: pulumi.Output<string>;

  constructor(name: string, args: InstanceRoleArgs, opts?: pulumi.ComponentResourceOptions) {
    super("patchpath:fleet:InstanceRole", name, {}, opts);

    const inComponent = { parent: this };
    const tags = { ...args.tags };
    const { partition } = regions[args.region];

    const role = new aws.iam.Role(
      `${name}-role`,
      {
        description: "Instances managed by Systems Manager",
        assumeRolePolicy: JSON.stringify(trustOfEc2(partition.dnsSuffix)),
        tags,
      },
      inComponent,
    );
    new aws.iam.RolePolicyAttachment(
      `${name}-core`,
      { role: role.name, policyArn: `arn:${partition.id}:iam::aws:policy/AmazonSSMManagedInstanceCore` },
      inComponent,
    );
    new aws.iam.RolePolicy(
      `${name}-ssm-buckets`,
      { role: role.name, policy: JSON.stringify(ssmBucketReads(args.region)) },
      inComponent,
    );
    const profile = new aws.iam.InstanceProfile(`${name}-profile`, { role: role.name, tags }, inComponent);

    this.roleArn = role.arn;
    this.roleName = role.name;
    this.instanceProfileArn = profile.arn;
    this.registerOutputs({
      roleArn: this.roleArn,
      roleName: this.roleName,
      instanceProfileArn: this.instanceProfileArn,
    });
  }
}

function trustOfEc2(dnsSuffix: string): PolicyDocument {
  return {
    Version: "2012-10-17",
    Statement: [
      { Sid: "AllowInstances", Effect: "Allow", Principal: { Service: `ec2.${dnsSuffix}` }, Action: "sts:AssumeRole" },
    ],
  };
}

function ssmBucketReads(region: Region): PolicyDocument {
  const statement = ssmBucketReadsStatement(region);
  if (!statement) throw new Error(unconfirmed(region));
  const { Sid, Effect, Action, Resource } = statement;
  return { Version: "2012-10-17", Statement: [{ Sid, Effect, Action, Resource }] };
}
