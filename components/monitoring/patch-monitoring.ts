import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { type Region, servicePrincipal } from "patchpath/facts";
import { policyDocument } from "../endpoints/policy-document";
import { type PatchTarget, describeTarget, ownTarget, suffixOf } from "../patching/patch-target";
import { failedAssociations, failedCommands, failedWindows, nonCompliance, succeededCommands } from "./events";
import { RepositoryCheck, checksPerDay } from "./repository-check";
import { dashboardBody } from "./dashboard";

/** Where the inventory and compliance data of this account and region are collected with those of others. */
export interface DataSyncSettings {
  /** Name of a bucket whose policy lets Systems Manager write to it. */
  readonly bucket: string;
  /** Of that bucket. */
  readonly region: string;
  /**
   * Of the keys in it.
   *
   * @default - none
   */
  readonly prefix?: string | undefined;
}

/** All plain: these values decide which resources there are. */
export interface MonitoringSettings {
  /** Whether instances check twice a day that their repositories are readable. */
  readonly repositoryCheck: boolean;
  /** Days without any installation that are too many, 0 for any number. */
  readonly staleDays: number;
  /** Addresses that are told; each must confirm the mail that SNS sends first. */
  readonly emails: readonly string[];
  /** A dashboard in CloudWatch, of which three cost nothing. */
  readonly dashboard: boolean;
  /**
   * A bucket that gets inventory and compliance of the account's instances in this region.
   *
   * @default - none
   */
  readonly dataSync?: DataSyncSettings | undefined;
}

export interface PatchMonitoringArgs extends MonitoringSettings {
  /** Plain, since names in policies follow from it. */
  readonly region: Region;
  /** Value of the tag `PatchGroup` on the stack's own instances. */
  readonly patchGroup: string;
  /**
   * Instances that are checked, by their tags.
   *
   * @default - those of the patch group
   */
  readonly targets?: readonly PatchTarget[];
  /** Number of instances that are there at least, all fleets of the stack's own together. */
  readonly instances: number;
  /** Ids of the windows that patch. */
  readonly windowIds: readonly pulumi.Input<string>[];
  /** Names of the stack's own documents that patch. */
  readonly documents: readonly pulumi.Input<string>[];
  /**
   * Whether Quick Setup patches or scans, by associations that AWS makes.
   *
   * @default false
   */
  readonly quickSetup?: boolean;
  /** Ids of the stack's own baselines. */
  readonly baselineIds: readonly pulumi.Input<string>[];
  /**
   * Tags of every resource that takes tags.
   *
   * @default - none
   */
  readonly tags?: Readonly<Record<string, string>>;
}

const dayInSeconds = 86_400;

/**
 * Tells when patching did not work: events that EventBridge passes to a topic, and the alarm for what sends no events, an
 * instance that fell silent. The metrics are EventBridge's own counts of events, so the instances need neither an endpoint
 * of CloudWatch nor rights there.
 *
 * Sources: https://docs.aws.amazon.com/systems-manager/latest/userguide/monitoring-systems-manager-event-examples.html and
 * https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-monitoring.html (`MatchedEvents` by `RuleName`; whether a
 * rule without a target is counted is unconfirmed, and CloudWatch gets the counts on a best effort), checked 2026-11-22.
 */
export class PatchMonitoring extends pulumi.ComponentResource {
  readonly topicArn: pulumi.Output<string>;
  /** Of the document that checks the stack's own instances; `undefined` without any, or without a check. */
  readonly checkDocumentName: pulumi.Output<string> | undefined;

  constructor(name: string, args: PatchMonitoringArgs, opts?: pulumi.ComponentResourceOptions) {
    super("patchpath:monitoring:PatchMonitoring", name, {}, opts);

    const { region, patchGroup, staleDays, targets = [ownTarget(patchGroup)] } = args;
    const inComponent = { parent: this };
    const tags = { ...args.tags };

    const topic = createTopic();
    const checks = args.repositoryCheck ? targets.map(createCheck) : [];
    const rules = createRules();
    for (const check of checks) createSilenceAlarm(check);
    if (args.dashboard) createDashboard();
    if (args.dataSync) createDataSync(args.dataSync);

    this.topicArn = topic.arn;
    this.checkDocumentName = checks.find(({ target }) => target.fleet === undefined)?.documentName;
    this.registerOutputs({ topicArn: this.topicArn, checkDocumentName: this.checkDocumentName });

    /** Not encrypted by AWS's key for SNS, since EventBridge can't use that one; what it tells is no secret. */
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

    /** One for each target: an event names the document, and no tag of the instance. */
    function createCheck(target: PatchTarget) {
      const checkName = `${name}-check${suffixOf(target)}`;
      const { documentName } = new RepositoryCheck(
        checkName,
        { region, patchGroup, target, staleDays, tags },
        inComponent,
      );
      return { target, documentName };
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

    function createRule(what: string, description: string, eventPattern: pulumi.Output<string>) {
      const rule = new aws.cloudwatch.EventRule(`${name}-${what}`, { description, eventPattern, tags }, inComponent);
      new aws.cloudwatch.EventTarget(`${name}-${what}`, { rule: rule.name, arn: topic.arn }, inComponent);
      return rule;
    }

    /**
     * Each instance has as many successes in a day as there are checks; one that is silent lacks all of them. Two days, since
     * checks around midnight count now for one day, now for the next. How many instances exist already is unknown: of them the
     * alarm tells when all are silent.
     */
    function createSilenceAlarm({ target, documentName }: (typeof checks)[number]): void {
      const isOwn = target.fleet === undefined;
      const instances = isOwn ? args.instances : 1;
      if (instances === 0) return;
      const suffix = suffixOf(target);
      const rule = new aws.cloudwatch.EventRule(
        `${name}-checked${suffix}`,
        {
          description: "Checks that succeeded, only to be counted",
          eventPattern: documentName.apply((document) => succeededCommands([document])),
          tags,
        },
        inComponent,
      );
      new aws.cloudwatch.MetricAlarm(
        `${name}-silent${suffix}`,
        {
          alarmDescription: isOwn
            ? `An instance of the patch group ${patchGroup} has not checked its repositories for two days, or not with success`
            : `None of the ${describeTarget(target)} has checked its repositories for two days, or not with success`,
          namespace: "AWS/Events",
          metricName: "MatchedEvents",
          dimensions: { RuleName: rule.name },
          statistic: "Sum",
          period: dayInSeconds,
          evaluationPeriods: 2,
          datapointsToAlarm: 2,
          comparisonOperator: "LessThanThreshold",
          threshold: instances * checksPerDay - 1,
          treatMissingData: "breaching",
          alarmActions: [topic.arn],
          okActions: [topic.arn],
          tags,
        },
        inComponent,
      );
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
