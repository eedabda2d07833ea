import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { type Region, ec2Principal, instanceCoreActions, regions, ssmBucketReadsByName } from "patchpath/facts";
import { type PolicyDocument, policyDocument, trustPolicy } from "../endpoints/policy-document";

/** Permissions of the agent: the AWS managed policy, or an inline policy with fewer actions. */
export type CorePermissions = "AmazonSSMManagedInstanceCore" | "minimal";

/** Settings that the roles of all fleets share. */
export interface InstanceRoleSettings {
  /**
   * `minimal` omits actions that only agents before 3.3.40.0 call, and `ssm:GetParameters`.
   *
   * @default AmazonSSMManagedInstanceCore
   */
  readonly permissions?: CorePermissions | undefined;
  /**
   * ARN of the permissions boundary of the role.
   *
   * @default - none
   */
  readonly permissionsBoundary?: pulumi.Input<string> | undefined;
  /**
   * IAM path of the role and the instance profile.
   *
   * @default /
   */
  readonly path?: string | undefined;
}

/** Defaults of the settings, which the stack config shares. */
export const instanceRoleDefaults = {
  permissions: "AmazonSSMManagedInstanceCore",
} as const satisfies InstanceRoleSettings;

export interface InstanceRoleArgs extends InstanceRoleSettings {
  /** Plain, since the bucket names in the policy of the role depend on it. */
  readonly region: Region;
  /**
   * ARNs of additional managed policies. Each key is the name of the attachment.
   *
   * @default - none
   */
  readonly managedPolicies?: Readonly<Record<string, pulumi.Input<string>>>;
  /**
   * Additional inline policies. Each key is the name of the policy.
   *
   * @default - none
   */
  readonly inlinePolicies?: Readonly<Record<string, pulumi.Input<string>>>;
  /**
   * Tags of every resource.
   *
   * @default - none
   */
  readonly tags?: Readonly<Record<string, string>>;
}

/**
 * The role of instances that Systems Manager manages. It allows what the agent calls and read access to the SSM buckets, since
 * AmazonSSMManagedInstanceCore allows nothing in S3.
 */
export class InstanceRole extends pulumi.ComponentResource {
  readonly roleArn: pulumi.Output<string>;
  readonly roleName: pulumi.Output<string>;
  readonly instanceProfileArn: pulumi.Output<string>;

  constructor(name: string, args: InstanceRoleArgs, opts?: pulumi.ComponentResourceOptions) {
    super("patchpath:fleet:InstanceRole", name, {}, opts);

    const inComponent = { parent: this };
    const tags = { ...args.tags };
    const { path, permissions = instanceRoleDefaults.permissions, permissionsBoundary } = args;
    const { partition } = regions[args.region];

    const role = createRole();
    grantCore();
    grantInline("ssm-buckets", JSON.stringify(ssmBucketReads(args.region)));
    for (const [what, policy] of Object.entries(args.inlinePolicies ?? {})) grantInline(what, policy);
    for (const [what, policyArn] of Object.entries(args.managedPolicies ?? {})) attach(what, policyArn);
    const profile = createProfile();

    this.roleArn = role.arn;
    this.roleName = role.name;
    this.instanceProfileArn = profile.arn;
    this.registerOutputs({
      roleArn: this.roleArn,
      roleName: this.roleName,
      instanceProfileArn: this.instanceProfileArn,
    });

    function createRole(): aws.iam.Role {
      return new aws.iam.Role(
        `${name}-role`,
        {
          description: "Instances managed by Systems Manager",
          assumeRolePolicy: JSON.stringify(trustPolicy("AllowInstances", { Service: ec2Principal(args.region) })),
          ...(path !== undefined && { path }),
          ...(permissionsBoundary !== undefined && { permissionsBoundary }),
          // Quick Setup attaches policies that no stack knows, and with them IAM does not delete a role.
          forceDetachPolicies: true,
          tags,
        },
        inComponent,
      );
    }

    function grantCore(): void {
      if (permissions === "minimal") grantInline("core", JSON.stringify(minimalCore()));
      else attach("core", `arn:${partition.id}:iam::aws:policy/${permissions}`);
    }

    function attach(what: string, policyArn: pulumi.Input<string>): void {
      new aws.iam.RolePolicyAttachment(`${name}-${what}`, { role: role.name, policyArn }, inComponent);
    }

    function grantInline(what: string, policy: pulumi.Input<string>): void {
      new aws.iam.RolePolicy(`${name}-${what}`, { role: role.name, policy }, inComponent);
    }

    function createProfile(): aws.iam.InstanceProfile {
      return new aws.iam.InstanceProfile(
        `${name}-profile`,
        { role: role.name, ...(path !== undefined && { path }), tags },
        inComponent,
      );
    }
  }
}

/** `ssm:GetParameter` stays: clients of a WSUS server read its certificate from a parameter. */
function minimalCore(): PolicyDocument {
  const actions = instanceCoreActions.filter((action) => !/^(ec2messages:|ssm:GetParameters$)/.test(action));
  return policyDocument({ Sid: "AllowAgent", Effect: "Allow", Action: actions, Resource: "*" });
}

/** AmazonSSMManagedInstanceCore allows nothing in S3. */
export function ssmBucketReads(region: Region): PolicyDocument {
  const { Principal: _, ...reads } = ssmBucketReadsByName(region);
  return policyDocument(reads);
}
