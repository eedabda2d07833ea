import { deepStrictEqual, ok, strictEqual } from "node:assert/strict";
import { PatchTopology } from "@patchpath/components";
import { args } from "../made-by-patching";
import { recorded } from "../with-mocks";
import { type Events, type MetricAlarm, isMet } from "./cloudwatch-alarms";

const monitoring = { repositoryCheck: true, staleDays: 35, emails: [], dashboard: false };
const days = 10;

/** Checks every twelve hours, the first a few hours after the creation, for the given number of instances. */
const checks = (instances: number, from = 0, to = days * 24) =>
  Array.from({ length: days * 2 }, (_, i) => 5 + i * 12)
    .filter((hour) => hour >= from && hour < to)
    // Instances report one minute apart.
    .flatMap((hour) => Array.from({ length: instances }, (__, i) => hour + i / 60));

describe("the alarm for silent instances", () => {
  let rule: string;
  let alarms: MetricAlarm[];
  let notifying: string[];

  before(async () => {
    const resources = await recorded((opts) => new PatchTopology("prod", { ...args, monitoring }, opts));
    const ofType = (type: string) => resources.filter((one) => one.type.endsWith(`:${type}`));
    alarms = ofType("MetricAlarm").map(({ state }) => state as unknown as MetricAlarm);
    rule = ofType("CompositeAlarm")[0]?.inputs["alarmRule"] as string;
    notifying = [...ofType("MetricAlarm"), ...ofType("CompositeAlarm")]
      .filter(({ inputs }) => (inputs["alarmActions"] as unknown[] | undefined)?.length)
      .map(({ name }) => name);
  });

  /** The hours after the creation at which the alarm goes off and comes back; two instances and their maintenance window. */
  function changes(checked: readonly number[], due = checks(1)): number[] {
    const events: Events = { "prod-monitoring-checked": checked, "prod-monitoring-due": due };
    const states = Array.from({ length: days * 24 }, (_, hour) => isMet(rule, alarms, events, hour));
    return states.flatMap((state, hour) => (state === (states[hour - 1] ?? false) ? [] : [hour]));
  }

  it("alone notifies", () => {
    deepStrictEqual(notifying, ["prod-monitoring-silence"]);
  });

  it("does not go off after the creation while instances check", () => {
    deepStrictEqual(changes(checks(2)), []);
  });

  it("does not go off after the creation while there are no instances at the first check", () => {
    deepStrictEqual(changes(checks(2, 12)), []);
  });

  it("goes off within three days if no instance ever checks", () => {
    const [first, ...others] = changes([]);
    ok(first !== undefined && first > 48 && first <= 72, String(first));
    deepStrictEqual(others, []);
  });

  it("goes off within three days if one of two never checks", () => {
    const [first] = changes(checks(1));
    ok(first !== undefined && first > 48 && first <= 72, String(first));
  });

  it("goes off two days after the last check of an instance, and comes back with it", () => {
    const [silent, back, ...others] = changes([...checks(1), ...checks(1, 0, 96), ...checks(1, 168)]);
    ok(silent !== undefined && silent > 96 && silent <= 96 + 48, String(silent));
    ok(back !== undefined && back > 168 && back <= 168 + 24, String(back));
    deepStrictEqual(others, []);
  });

  it("would have gone off at once with missing data alone", () => {
    const silent = alarms.find(({ name }) => name === "prod-monitoring-silent")!;
    strictEqual(isMet('ALARM("prod-monitoring-silent")', [silent], {}, 0), true);
  });
});
