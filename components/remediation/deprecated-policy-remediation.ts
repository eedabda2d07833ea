import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { type Region, regions } from "patchpath/facts";
import { replaceDocument, rollBackDocument } from "./automation-document";
import { automationPermissions, automationTrust } from "./automation-policy";
import {
  type InstanceNeeds,
  type RemediationException,
  blacklistedCheck,
  replacementsFor,
  ruleParameters,
  wrongRegionForRules,
} from "./blacklisted-policies";
import { ConfigRecorder } from "./config-recorder";
import { instanceBucketsPolicy } from "./instance-buckets-policy";

export interface DeprecatedPolicyRemediationArgs {
  /** Region of the rules. IAM is global: one region of an account is enough. Plain, since ARNs depend on it. */
  readonly region: Region;
  /** `report` only reports, and you start the automation for each role; `automatic` starts it for every role found. */
  readonly mode: "report" | "automatic";
  /**
   * What the instances do that AmazonSSMManagedInstanceCore does not allow.
   *
   * @default - nothing
   */
  readonly needs?: Partial<InstanceNeeds>;
  /**
   * Regions in which instances with these roles run and read SSM buckets.
   *
   * @default - `region`
   */
  readonly instanceRegions?: readonly Region[] | undefined;
  /**
   * Names of the buckets to which commands and sessions write their output.
   *
   * @default - none
   */
  readonly outputBuckets?: readonly string[];
  /**
   * Roles, users and groups that keep a deprecated policy for now.
   *
   * @default - none
   */
  readonly exceptions?: readonly RemediationException[];
  /**
   * Percentage of the roles found to process at the same time, 1 to 100.
   *
   * @default 10
   */
  readonly concurrency?: number;
  /**
   * Percentage of the roles found that may fail before AWS Config stops, 1 to 100.
   *
   * @default 10
   */
  readonly maxErrors?: number;
  /**
   * `existing` uses the recorder of the account, which must record the global IAM types. `new` creates a recorder and a delivery
   * channel.
   *
   * @default existing
   */
  readonly recorder?: "existing" | "new";
  /**
   * Whether the bucket of a new recorder is deleted with its objects. Otherwise, it must be empty to be deleted.
   *
   * @default false
   */
  readonly forceDestroy?: boolean;
  /**
   * Tags of every resource that supports tags.
   *
   * @default - none
   */
  readonly tags?: Readonly<Record<string, string>>;
}

/** Defaults of the arguments, which the stack config shares. */
export const remediationDefaults = {
  concurrency: 10,
  maxErrors: 10,
  recorder: "existing",
  forceDestroy: false,
} as const satisfies Partial<DeprecatedPolicyRemediationArgs>;

/** After this many failures within this time, AWS Config does not retry a role automatically. */
const automaticAttempts = { maximumAutomaticAttempts: 3, retryAttemptSeconds: 3600 };

/**
 * Finds roles, users and groups with deprecated AWS managed policies for instances, and replaces the policies on roles of instances,
 * with a rollback. Users and groups are only reported: their owners decide what they require.
 */
export class DeprecatedPolicyRemediation extends pulumi.ComponentResource {
  readonly ruleName: pulumi.Output<string>;
  readonly replaceDocumentName: pulumi.Output<string>;
  readonly rollBackDocumentName: pulumi.Output<string>;
  readonly automationRoleArn: pulumi.Output<string>;

  /** @throws Error for a region without the rule, or if a policy or the parameters of a rule exceed the limits of AWS */
  constructor(name: string, args: DeprecatedPolicyRemediationArgs, opts?: pulumi.ComponentResourceOptions) {
    super("patchpath:remediation:DeprecatedPolicyRemediation", name, {}, opts);

    const { region, mode, exceptions = [] } = args;
    const { recorder, concurrency, maxErrors, forceDestroy } = { ...remediationDefaults, ...args };
    const wrongRegion = wrongRegionForRules(region);
    if (wrongRegion !== undefined) throw new Error(wrongRegion);

    const inComponent = { parent: this };
    const tags = { ...args.tags };
    const { accountId } = aws.getCallerIdentityOutput({}, inComponent);
    const { partition } = regions[region];

    const bucketsPolicyArn = createBucketsPolicy();
    const replacements = bucketsPolicyArn.apply(withReplacements);
    const role = createRole();
    const replace = createDocument("replace", pulumi.jsonStringify(replacements.apply(documentOf)));
    const rollBack = createDocument("roll-back", JSON.stringify(rollBackDocument()));
    const inAccount = { ...inComponent, dependsOn: recorder === "new" ? [createRecorder()] : [] };
    const rule = createRule("roles", ["AWS::IAM::Role"], "role");
    createRule("users-and-groups", ["AWS::IAM::User", "AWS::IAM::Group"], "user", "group");
    createRemediation();

    this.ruleName = rule.name;
    this.replaceDocumentName = replace.name;
    this.rollBackDocumentName = rollBack.name;
    this.automationRoleArn = role.arn;
    this.registerOutputs({
      ruleName: this.ruleName,
      replaceDocumentName: this.replaceDocumentName,
      rollBackDocumentName: this.rollBackDocumentName,
      automationRoleArn: this.automationRoleArn,
    });

    /** Builds the ARN from the name, which is known at preview, so that the documents are known too. */
    function createBucketsPolicy(): pulumi.Output<string> {
      const policy = new aws.iam.Policy(
        `${name}-buckets`,
        {
          description: "S3 of instances: buckets of Systems Manager, and outputs",
          policy: instanceBucketsPolicy(partition, args.instanceRegions ?? [region], args.outputBuckets ?? []),
          tags,
        },
        inComponent,
      );
      return pulumi.interpolate`arn:${partition.id}:iam::${accountId}:policy/${policy.name}`;
    }

    function withReplacements(bucketsArn: string): Record<string, readonly string[]> {
      const needs = { cloudWatchAgent: false, directory: false, ...args.needs };
      const byArn = Object.entries(replacementsFor(region, needs));
      return Object.fromEntries(byArn.map(([deprecated, successors]) => [deprecated, [...successors, bucketsArn]]));
    }

    function documentOf(byArn: Record<string, readonly string[]>) {
      return replaceDocument(byArn, Object.fromEntries(exceptRoles().map((role) => [role.name, role.reason])));
    }

    function exceptRoles(): RemediationException[] {
      return exceptions.filter(({ kind }) => kind === "role");
    }

    function createRole(): aws.iam.Role {
      const place = accountId.apply((id) => ({ partition: partition.id, accountId: id }));
      const permissions = pulumi.all([place, replacements]).apply(([of, byArn]) =>
        automationPermissions(
          of,
          Object.entries(byArn).flatMap(([deprecated, successors]) => [deprecated, ...successors]),
          exceptRoles().map((role) => role.name),
        ),
      );
      const created = new aws.iam.Role(
        `${name}-automation`,
        {
          description: "Automation that replaces deprecated policies of roles",
          assumeRolePolicy: pulumi.jsonStringify(place.apply(automationTrust)),
          tags,
        },
        inComponent,
      );
      new aws.iam.RolePolicy(
        `${name}-swaps-policies`,
        { role: created.name, policy: pulumi.jsonStringify(permissions) },
        inComponent,
      );
      return created;
    }

    function createDocument(purpose: string, content: pulumi.Input<string>): aws.ssm.Document {
      return new aws.ssm.Document(
        `${name}-${purpose}`,
        { documentType: "Automation", documentFormat: "JSON", content, tags },
        inComponent,
      );
    }

    function createRecorder(): ConfigRecorder {
      return new ConfigRecorder(`${name}-config`, { region, accountId, forceDestroy, tags }, inComponent);
    }

    function createRule(
      purpose: string,
      complianceResourceTypes: string[],
      ...kinds: RemediationException["kind"][]
    ): aws.cfg.Rule {
      return new aws.cfg.Rule(
        `${name}-${purpose}`,
        {
          description: `${kinds.map((kind) => `${kind}s`).join(" and ")} with deprecated policies of instances`,
          source: { owner: "AWS", sourceIdentifier: blacklistedCheck },
          scope: { complianceResourceTypes },
          inputParameters: ruleParameters(region, exceptions, ...kinds),
          tags,
        },
        inAccount,
      );
    }

    function createRemediation(): void {
      new aws.cfg.RemediationConfiguration(
        `${name}-remediation`,
        {
          configRuleName: rule.name,
          resourceType: "AWS::IAM::Role",
          targetType: "SSM_DOCUMENT",
          targetId: replace.name,
          parameters: [
            { name: "AutomationAssumeRole", staticValue: role.arn },
            { name: "ResourceId", resourceValue: "RESOURCE_ID" },
          ],
          automatic: mode === "automatic",
          ...(mode === "automatic" && automaticAttempts),
          executionControls: {
            ssmControls: {
              concurrentExecutionRatePercentage: concurrency,
              errorPercentage: maxErrors,
            },
          },
        },
        inComponent,
      );
    }
  }
}
