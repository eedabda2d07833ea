import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { type Region, quickSetupDeploymentPolicies, regions, servicePrincipal } from "patchpath/facts";
import { policyDocument, trustPolicy } from "../endpoints/policy-document";

export interface QuickSetupRolesArgs {
  /** Plain, since the names in policies follow from its partition. */
  readonly region: Region;
  /** Plain, since AWS has a policy for each. */
  readonly configuration: keyof typeof quickSetupDeploymentPolicies;
  /**
   * Tags of both roles.
   *
   * @default - none
   */
  readonly tags?: Readonly<Record<string, string>>;
}

/**
 * The two roles by which CloudFormation deploys a Quick Setup configuration inside one account: the first, CloudFormation's,
 * may only assume the second, and that has what AWS's policy for the configuration grants. The console makes such roles on
 * first use, the API does not, so these are the stack's own.
 *
 * Source: https://docs.aws.amazon.com/systems-manager/latest/userguide/quick-setup-getting-started.html and, for the trust,
 * https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/stacksets-prereqs-self-managed.html, checked 2026-11-22.
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

    // Not before both can do their work: Quick Setup deploys as soon as it is told of them.
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
        // IAM refuses to trust a role that isn't there yet.
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

    /** From the name, which is known at preview. */
    function roleArn({ name: roleName }: aws.iam.Role): pulumi.Output<string> {
      return pulumi.interpolate`arn:${partition.id}:iam::${accountId}:role/${roleName}`;
    }
  }
}
