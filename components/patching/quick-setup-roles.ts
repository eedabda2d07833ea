import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { type Region, quickSetupDeploymentPolicies, regions, servicePrincipal } from "patchpath/facts";
import { policyDocument, trustPolicy } from "../endpoints/policy-document";

export interface QuickSetupRolesArgs {
  /** Plain, since the names in policies depend on its partition. */
  readonly region: Region;
  /** Plain, since AWS has a managed policy for each configuration. */
  readonly configuration: keyof typeof quickSetupDeploymentPolicies;
  /**
   * Tags of both roles.
   *
   * @default - none
   */
  readonly tags?: Readonly<Record<string, string>>;
}

/**
 * The two roles with which CloudFormation deploys a Quick Setup configuration in one account. CloudFormation assumes the first,
 * which may only assume the second; the second has the AWS managed policy for the configuration. The console creates such roles on
 * first use, but the API does not, so the stack creates them.
 *
 * Source: https://docs.aws.amazon.com/systems-manager/latest/userguide/quick-setup-getting-started.html and, for the trust,
 * https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/stacksets-prereqs-self-managed.html, checked 2026-11-22.
 * That page requires an additional service principal in the trust policy for regions that are disabled by default. The facts do not
 * say which regions these are, so host management there is unconfirmed.
 */
export class QuickSetupRoles extends pulumi.ComponentResource {
  readonly administrationRoleArn: pulumi.Output<string>;
  readonly executionRoleName: pulumi.Output<string>;

  constructor(name: string, args: QuickSetupRolesArgs, opts?: pulumi.ComponentResourceOptions) {
    super("patchpath:patching:QuickSetupRoles", name, {}, opts);

    const inComponent = { parent: this };
    const tags = { ...args.tags };
    const { partition } = regions[args.region];
    const { accountId } = aws.getCallerIdentityOutput({}, inComponent);

    const administration = createAdministration();
    const execution = createExecution();
    const granted = [allowAssuming(), attachDeploymentPolicy()];

    // Not before both roles have their permissions: Quick Setup deploys as soon as it gets them.
    const ready = pulumi.all(granted.map(({ id }) => id));
    this.administrationRoleArn = pulumi.all([administration.arn, ready]).apply(([arn]) => arn);
    this.executionRoleName = execution.name;
    this.registerOutputs({
      administrationRoleArn: this.administrationRoleArn,
      executionRoleName: this.executionRoleName,
    });

    function createAdministration(): aws.iam.Role {
      const trust = trustPolicy("AllowCloudFormation", { Service: servicePrincipal("cloudformation") });
      return new aws.iam.Role(
        `${name}-administration`,
        {
          description: "Quick Setup: CloudFormation, to assume the execution role",
          assumeRolePolicy: JSON.stringify(trust),
          tags,
        },
        inComponent,
      );
    }

    function createExecution(): aws.iam.Role {
      const trust = roleArn(administration).apply((arn) => trustPolicy("AllowAdministrationRole", { AWS: arn }));
      return new aws.iam.Role(
        `${name}-execution`,
        {
          description: "Quick Setup: deploys its configuration in this account",
          assumeRolePolicy: pulumi.jsonStringify(trust),
          tags,
        },
        // IAM rejects a trust policy that names a role that does not exist yet.
        { ...inComponent, dependsOn: administration },
      );
    }

    function allowAssuming(): pulumi.CustomResource {
      const policy = roleArn(execution).apply((arn) =>
        policyDocument({ Sid: "AllowExecutionRole", Effect: "Allow", Action: "sts:AssumeRole", Resource: arn }),
      );
      return new aws.iam.RolePolicy(
        `${name}-administration`,
        { role: administration.name, policy: pulumi.jsonStringify(policy) },
        inComponent,
      );
    }

    function attachDeploymentPolicy(): pulumi.CustomResource {
      const policyArn = `arn:${partition.id}:iam::aws:policy/${quickSetupDeploymentPolicies[args.configuration]}`;
      return new aws.iam.RolePolicyAttachment(`${name}-execution`, { role: execution.name, policyArn }, inComponent);
    }

    /** Built from the name, which is known at preview. */
    function roleArn({ name: roleName }: aws.iam.Role): pulumi.Output<string> {
      return pulumi.interpolate`arn:${partition.id}:iam::${accountId}:role/${roleName}`;
    }
  }
}
