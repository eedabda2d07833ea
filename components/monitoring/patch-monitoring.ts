import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { type Region, servicePrincipal } from "patchpath/facts";
import { policyDocument } from "../endpoints/policy-document";
import { type PatchTarget, ownTarget, suffixOf, tagTarget } from "../patching/patch-target";
import { failedAssociations, failedCommands, failedWindows, nonCompliance } from "./events";
import { type Finding, messageOf } from "./messages";
import { RepositoryCheck } from "./repository-check";
import { dashboardBody } from "./dashboard";
import { createSilenceAlarm } from "./silence-alarm";

/** A resource data sync, which collects inventory and compliance data of several accounts and regions in one bucket. */
export interface DataSyncSettings {
  /** Name of a bucket whose policy allows Systems Manager to write to it. */
  readonly bucket: string;
  /** Region of the bucket. */
  readonly region: string;
  /**
   * Prefix of the object keys.
   *
   * @default - none
   */
  readonly prefix?: string | undefined;
}

/** All plain: these values determine which resources are created. */
export interface MonitoringSettings {
  /** Whether instances check twice a day that they can read their repositories. */
  readonly repositoryCheck: boolean;
  /** Days without an installation after which the check fails; 0 disables it. */
  readonly staleDays: number;
  /** Email addresses to subscribe to the topic. Each must confirm the subscription first. */
  readonly emails: readonly string[];
  /**
   * Whether to collect inventory twice a day. An instance takes one association for that, so it must not have another one.
   *
   * @default false
   */
  readonly inventory?: boolean;
  /** Whether to create a CloudWatch dashboard. The first three in an account are free. */
  readonly dashboard: boolean;
  /**
   * A bucket for compliance data and, where it is collected, inventory of the instances of the account in this region.
   *
   * @default - none
   */
  readonly dataSync?: DataSyncSettings | undefined;
}

export interface PatchMonitoringArgs extends MonitoringSettings {
  /** Plain, since names in policies depend on it. */
  readonly region: Region;
  /** Value of the tag `PatchGroup` on the instances that the stack creates. */
  readonly patchGroup: string;
  /**
   * Instances to check, by tags.
   *
   * @default - the instances of the patch group
   */
  readonly targets?: readonly PatchTarget[];
  /** Minimum number of instances of all fleets that the stack creates, together. */
  readonly instances: number;
  /** Ids of the maintenance windows that patch. */
  readonly windowIds: readonly pulumi.Input<string>[];
  /** Names of the documents of the stack that patch. */
  readonly documents: readonly pulumi.Input<string>[];
  /**
   * Whether Quick Setup patches or scans, through associations that AWS creates.
   *
   * @default false
   */
  readonly quickSetup?: boolean;
  /** Ids of the baselines of the stack. */
  readonly baselineIds: readonly pulumi.Input<string>[];
  /**
   * Tags of every resource that supports tags.
   *
   * @default - none
   */
  readonly tags?: Readonly<Record<string, string>>;
}

/**
 * Reports when patching fails. EventBridge publishes events to an SNS topic, and an alarm reports instances that send none. The
 * metrics are event counts of EventBridge itself, so the instances require neither a CloudWatch endpoint nor permissions for it.
 *
 * Sources: https://docs.aws.amazon.com/systems-manager/latest/userguide/monitoring-systems-manager-event-examples.html and
 * https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-monitoring.html (`MatchedEvents` by `RuleName`; whether a
 * rule without a target is counted is unconfirmed, and CloudWatch gets the counts on a best effort), checked 2026-11-22.
 */
export class PatchMonitoring extends pulumi.ComponentResource {
  readonly topicArn: pulumi.Output<string>;
  /** Name of the document that checks the instances that the stack creates; `undefined` without such instances or checks. */
  readonly checkDocumentName: pulumi.Output<string> | undefined;

  constructor(name: string, args: PatchMonitoringArgs, opts?: pulumi.ComponentResourceOptions) {
    super("patchpath:monitoring:PatchMonitoring", name, {}, opts);

    const { region, patchGroup, staleDays, targets = [ownTarget(patchGroup)] } = args;
    const inComponent = { parent: this };
    const tags = { ...args.tags };

    const topic = createTopic();
    const checks = args.repositoryCheck ? targets.map(createCheck) : [];
    const rules = createRules();
    checks.forEach(reportSilence);
    if (args.inventory) targets.forEach(createInventory);
    if (args.dashboard) createDashboard();
    if (args.dataSync) createDataSync(args.dataSync);

    this.topicArn = topic.arn;
    this.checkDocumentName = checks.find(({ target }) => target.fleet === undefined)?.documentName;
    this.registerOutputs({ topicArn: this.topicArn, checkDocumentName: this.checkDocumentName });

    /** Not encrypted with the AWS managed key of SNS, which EventBridge cannot use. The messages contain no secrets. */
    function createTopic(): aws.sns.Topic {
      const topic = new aws.sns.Topic(`${name}-topic`, { tags }, inComponent);
      const { accountId } = aws.getCallerIdentityOutput({}, inComponent);
      const policy = pulumi.all([topic.arn, accountId]).apply(([arn, account]) =>
        policyDocument(
          {
            Sid: "AllowRules",
            Effect: "Allow",
            Principal: { Service: servicePrincipal("events") },
            Action: "sns:Publish",
            Resource: arn,
          },
          {
            Sid: "AllowAlarms",
            Effect: "Allow",
            Principal: { Service: servicePrincipal("cloudwatch") },
            Action: "sns:Publish",
            Resource: arn,
            Condition: { StringEquals: { "aws:SourceAccount": account } },
          },
        ),
      );
      new aws.sns.TopicPolicy(`${name}-topic`, { arn: topic.arn, policy: pulumi.jsonStringify(policy) }, inComponent);
      args.emails.forEach((endpoint, i) => {
        const subscription = { topic: topic.arn, protocol: "email", endpoint };
        new aws.sns.TopicSubscription(`${name}-email-${i}`, subscription, inComponent);
      });
      return topic;
    }

    /** One for each target: an event contains the name of the document, but not the tags of the instance. */
    function createCheck(target: PatchTarget) {
      const checkName = `${name}-check${suffixOf(target)}`;
      const { documentName, windowId } = new RepositoryCheck(
        checkName,
        { region, patchGroup, target, staleDays, tags },
        inComponent,
      );
      return { target, documentName, windowId };
    }

    function createRules(): aws.cloudwatch.EventRule[] {
      const documents = [...args.documents, ...checks.map(({ documentName }) => documentName)];
      const baselineIds = pulumi.all([...args.baselineIds]);
      const rules = [createRule("non-compliant", "Instances that miss patches", baselineIds.apply(nonCompliance))];
      if (documents.length > 0) {
        const pattern = pulumi.all(documents).apply(failedCommands);
        rules.push(createRule("command-failed", "Commands that failed on an instance", pattern));
      }
      if (args.windowIds.length > 0) {
        const pattern = pulumi.all([...args.windowIds]).apply(failedWindows);
        rules.push(createRule("window-failed", "Windows that failed to patch", pattern));
      }
      if (args.quickSetup) {
        const pattern = pulumi.output(failedAssociations());
        rules.push(createRule("association-failed", "Associations of Quick Setup that failed", pattern));
      }
      return rules;
    }

    function createRule(what: Finding, description: string, eventPattern: pulumi.Output<string>) {
      const rule = new aws.cloudwatch.EventRule(`${name}-${what}`, { description, eventPattern, tags }, inComponent);
      new aws.cloudwatch.EventTarget(
        `${name}-${what}`,
        { rule: rule.name, arn: topic.arn, inputTransformer: messageOf(what, region) },
        inComponent,
      );
      return rule;
    }

    /** Existing instances, whose number is unknown, are silent when all of them are. */
    function reportSilence({ target, documentName, windowId }: (typeof checks)[number]): void {
      const instances = target.fleet === undefined ? args.instances : 1;
      if (instances === 0) return;
      const settings = { target, instances, documentName, windowId, patchGroup, topicArn: topic.arn, tags };
      createSilenceAlarm(name, settings, inComponent);
    }

    function createDashboard(): void {
      const body = pulumi
        .all(rules.map((rule) => rule.name))
        .apply((names) => dashboardBody(region, patchGroup, names));
      new aws.cloudwatch.Dashboard(
        `${name}-dashboard`,
        { dashboardName: `${patchGroup.replace(/[^\w-]/g, "-")}-patching`, dashboardBody: body },
        inComponent,
      );
    }

    /** Source: https://docs.aws.amazon.com/systems-manager/latest/userguide/inventory-collection.html, checked 2026-11-28. */
    function createInventory(target: PatchTarget): void {
      new aws.ssm.Association(
        `${name}-inventory${suffixOf(target)}`,
        { name: "AWS-GatherSoftwareInventory", targets: [tagTarget(target)], scheduleExpression: "rate(12 hours)" },
        inComponent,
      );
    }

    function createDataSync({ bucket, region: bucketRegion, prefix }: DataSyncSettings): void {
      new aws.ssm.ResourceDataSync(
        `${name}-sync`,
        {
          s3Destination: {
            bucketName: bucket,
            region: bucketRegion,
            syncFormat: "JsonSerDe",
            ...(prefix && { prefix }),
          },
        },
        inComponent,
      );
    }
  }
}
