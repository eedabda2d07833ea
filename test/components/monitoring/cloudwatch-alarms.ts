/**
 * CloudWatch's evaluation of alarms, by its documentation, hour by hour: the Sum of counted events in periods that end with
 * the hour. Sources, checked 2026-11-28: alarm-evaluation.html and alarms-and-missing-data.html in
 * https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/.
 *
 * Not modeled: CloudWatch may evaluate more periods than `evaluationPeriods` if data is missing, which delays a change.
 */
export interface MetricAlarm {
  readonly name: string;
  readonly dimensions: { readonly RuleName: string };
  readonly period: number;
  readonly evaluationPeriods: number;
  readonly datapointsToAlarm: number;
  readonly comparisonOperator: string;
  readonly threshold: number;
  readonly treatMissingData: string;
}

/** Hours since the creation of the alarm, when an event was counted, by the name of its rule. */
export type Events = Readonly<Record<string, readonly number[]>>;

type State = "OK" | "ALARM" | "INSUFFICIENT_DATA";

const comparisons: Readonly<Record<string, (value: number, threshold: number) => boolean>> = {
  LessThanThreshold: (value, threshold) => value < threshold,
  GreaterThanOrEqualToThreshold: (value, threshold) => value >= threshold,
};

export function stateOf(alarm: MetricAlarm, events: Events, hour: number): State {
  const hours = alarm.period / 3600;
  const times = events[alarm.dimensions.RuleName] ?? [];
  const sums = Array.from({ length: alarm.evaluationPeriods }, (_, i) => {
    const end = hour - i * hours;
    // A count of zero is missing data: EventBridge publishes a metric only if an event matched.
    return times.filter((time) => time > end - hours && time <= end).length || undefined;
  });
  const isMissing = sums.every((sum) => sum === undefined);
  if (alarm.treatMissingData === "missing" && isMissing) return "INSUFFICIENT_DATA";
  const compare = comparisons[alarm.comparisonOperator]!;
  const breaching = sums.filter((sum) =>
    sum === undefined ? alarm.treatMissingData === "breaching" : compare(sum, alarm.threshold),
  );
  return breaching.length >= alarm.datapointsToAlarm ? "ALARM" : "OK";
}

/** Whether a rule of alarms in `ALARM`, joined by AND, is true. */
export function isMet(rule: string, alarms: readonly MetricAlarm[], events: Events, hour: number): boolean {
  return rule.split(" AND ").every((term) => {
    const [, name] = /^ALARM\("([^"]+)"\)$/.exec(term) ?? [];
    const alarm = alarms.find((one) => one.name === name);
    if (!alarm) throw new Error(`no alarm is named by ${term}`);
    return stateOf(alarm, events, hour) === "ALARM";
  });
}
