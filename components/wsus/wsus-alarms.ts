import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { metricsNamespace } from "./server-policy";

export interface WsusAlarmsArgs {
  /** Value of the metrics' dimension `Server`. */
  readonly server: string;
  /** ARNs that are notified when an alarm goes on or off. */
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

/** The health is published every half hour, so an hour has a value; two in a row are no restart. */
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
 * Alarms on what a WSUS server publishes of itself. A server that publishes nothing alarms too, so until the first
 * synchronisation is through, some hours after its creation, they are on.
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
