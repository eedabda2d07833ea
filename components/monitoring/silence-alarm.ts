import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { type PatchTarget, describeTarget, suffixOf } from "../patching/patch-target";
import { runsOfWindow, succeededCommands } from "./events";
import { checksPerDay } from "./repository-check";

export interface SilenceAlarmSettings {
  /** The instances of a check. */
  readonly target: PatchTarget;
  /** Number of these instances: the least that the fleets have, or 1 for existing instances, whose number is unknown. */
  readonly instances: number;
  /** Name of the document of the check. */
  readonly documentName: pulumi.Input<string>;
  /** Id of the maintenance window of the check. */
  readonly windowId: pulumi.Input<string>;
  /** Value of the tag `PatchGroup` of the stack, after which the alarm is named. */
  readonly patchGroup: string;
  readonly topicArn: pulumi.Input<string>;
  readonly tags: Readonly<Record<string, string>>;
}

const dayInSeconds = 86_400;

/** Days with fewer successes than expected. Two, since a check near the boundary of a day may count for either. */
const silentDays = 2;

/** Days on which the check has run. One more, so that each of the silent days is a whole day of a stack that exists. */
const dueDays = silentDays + 1;

/**
 * Creates the alarm for instances that do not check their repositories, as a child of the component in the options.
 *
 * Silence is missing data, and so is the time before a stack existed: an alarm for which missing data is breaching is in `ALARM` as
 * soon as it is created. So that alarm notifies nobody. A second one tells that the maintenance window has run the check on three
 * consecutive days, whether or not an instance responded, and a composite alarm of both notifies.
 *
 * Sources, checked 2026-11-28: https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/alarms-and-missing-data.html,
 * https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_PutCompositeAlarm.html and, for the events of maintenance
 * windows, monitoring-systems-manager-event-examples.html in https://docs.aws.amazon.com/systems-manager/latest/userguide/.
 *
 * @param name prefix of the names of its resources
 */
export function createSilenceAlarm(
  name: string,
  { target, instances, documentName, windowId, patchGroup, topicArn, tags }: SilenceAlarmSettings,
  opts: pulumi.CustomResourceOptions,
): void {
  const suffix = suffixOf(target);
  const whoHas =
    target.fleet === undefined
      ? `An instance of the patch group ${patchGroup} has not`
      : `None of the ${describeTarget(target)} has`;
  const silence = `${whoHas} checked its repositories for two days, or not with success`;

  const checked = createCounter(
    "checked",
    "Checks that succeeded, only to be counted",
    pulumi.output(documentName).apply((document) => succeededCommands([document])),
  );
  const due = createCounter(
    "due",
    "Runs of the check, only to be counted",
    pulumi.output(windowId).apply((id) => runsOfWindow(id)),
  );
  const silentAlarm = createAlarm("silent", checked, {
    alarmDescription: `${silence}. Notifies nobody by itself`,
    evaluationPeriods: silentDays,
    datapointsToAlarm: silentDays,
    comparisonOperator: "LessThanThreshold",
    // An instance that is silent has no check in a day, where each other one has all of them.
    threshold: instances * checksPerDay - 1,
    treatMissingData: "breaching",
  });
  const dueAlarm = createAlarm("due", due, {
    alarmDescription: "The check of repositories runs. Notifies nobody: in `ALARM` as long as all is well",
    evaluationPeriods: dueDays,
    datapointsToAlarm: dueDays,
    comparisonOperator: "GreaterThanOrEqualToThreshold",
    threshold: 1,
    treatMissingData: "notBreaching",
  });
  new aws.cloudwatch.CompositeAlarm(
    `${name}-silence${suffix}`,
    {
      alarmName: `${patchGroup.replace(/[^\w.-]/g, "-")}-silence${suffix}`,
      alarmDescription: silence,
      alarmRule: pulumi.interpolate`ALARM("${silentAlarm.name}") AND ALARM("${dueAlarm.name}")`,
      alarmActions: [topicArn],
      okActions: [topicArn],
      tags,
    },
    opts,
  );

  function createCounter(what: string, description: string, eventPattern: pulumi.Output<string>) {
    return new aws.cloudwatch.EventRule(`${name}-${what}${suffix}`, { description, eventPattern, tags }, opts);
  }

  function createAlarm(
    what: string,
    rule: aws.cloudwatch.EventRule,
    limits: Omit<aws.cloudwatch.MetricAlarmArgs, "alarmActions" | "okActions">,
  ) {
    return new aws.cloudwatch.MetricAlarm(
      `${name}-${what}${suffix}`,
      {
        ...limits,
        namespace: "AWS/Events",
        metricName: "MatchedEvents",
        dimensions: { RuleName: rule.name },
        statistic: "Sum",
        period: dayInSeconds,
        tags,
      },
      opts,
    );
  }
}
