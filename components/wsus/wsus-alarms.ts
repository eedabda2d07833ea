import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { metricsNamespace } from "./server-policy";

export interface WsusAlarmsArgs {
  /** Value of the metric dimension `Server`. */
  readonly server: string;
  /** ARNs to notify when an alarm changes to `ALARM` or `OK`. */
  readonly actions: readonly pulumi.Input<string>[];
  /**
   * Tags of every alarm.
   *
   * @default - none
   */
  readonly tags?: Readonly<Record<string, string>>;
}

interface Alarm {
  readonly name: string;
  readonly metric: string;
  readonly description: string;
  readonly statistic: "Maximum" | "Minimum";
  readonly comparison: "LessThanThreshold" | "GreaterThanThreshold";
  readonly threshold: number;
}

/** Health is published every half hour, so every hour has a value. Two hours in a row are more than a restart. */
const alarms: readonly Alarm[] = [
  {
    name: "service-down",
    metric: "ServiceUp",
    description: "The WSUS service does not run, or does not answer",
    statistic: "Maximum",
    comparison: "LessThanThreshold",
    threshold: 1,
  },
  {
    name: "synchronization-failed",
    metric: "SynchronizationSucceeded",
    description: "The last synchronisation with Microsoft Update failed",
    statistic: "Maximum",
    comparison: "LessThanThreshold",
    threshold: 1,
  },
  {
    name: "synchronization-old",
    metric: "SynchronizationAgeHours",
    description: "No synchronisation with Microsoft Update for two days",
    statistic: "Minimum",
    comparison: "GreaterThanThreshold",
    threshold: 48,
  },
  {
    name: "content-full",
    metric: "ContentFreePercent",
    description: "The volume of the update files is nearly full: enlarge it, or synchronise less",
    statistic: "Minimum",
    comparison: "LessThanThreshold",
    threshold: 15,
  },
];

/**
 * Alarms on the health metrics of a WSUS server. Missing data counts as breaching, so they are in `ALARM` until the first
 * synchronization is complete, a few hours after the server is created.
 */
export class WsusAlarms extends pulumi.ComponentResource {
  constructor(name: string, args: WsusAlarmsArgs, opts?: pulumi.ComponentResourceOptions) {
    super("patchpath:wsus:WsusAlarms", name, {}, opts);

    for (const alarm of alarms) {
      new aws.cloudwatch.MetricAlarm(
        `${name}-${alarm.name}`,
        {
          alarmDescription: `${alarm.description} (${args.server})`,
          namespace: metricsNamespace,
          metricName: alarm.metric,
          dimensions: { Server: args.server },
          statistic: alarm.statistic,
          comparisonOperator: alarm.comparison,
          threshold: alarm.threshold,
          period: 3600,
          evaluationPeriods: 2,
          treatMissingData: "breaching",
          alarmActions: [...args.actions],
          okActions: [...args.actions],
          tags: { ...args.tags },
        },
        { parent: this },
      );
    }
    this.registerOutputs({});
  }
}
