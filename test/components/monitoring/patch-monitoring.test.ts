import { deepStrictEqual, ok, strictEqual } from "node:assert/strict";
import { type MonitoringSettings, PatchTopology, type PatchingSettings } from "@patchpath/components";
import { args, settings, statements } from "../made-by-patching";
import { recorded } from "../with-mocks";

const monitoring: MonitoringSettings = { repositoryCheck: true, staleDays: 35, emails: [], dashboard: false };

async function made(more: Partial<MonitoringSettings> = {}, patching: Partial<PatchingSettings> = {}) {
  const topology = { ...args, monitoring: { ...monitoring, ...more }, patching: { ...settings, ...patching } };
  const resources = await recorded((opts) => new PatchTopology("prod", topology, opts));
  const own = resources.filter(({ type, name }) => type.startsWith("aws:") && name.startsWith("prod-monitoring"));
  return {
    names: own.map(({ type, name }) => `${type.split(":").at(-1) ?? ""} ${name}`),
    inputsOf: (type: string, name: string) => {
      const found = own.find((one) => one.type.endsWith(`:${type}`) && one.name === name);
      ok(found, `there is no ${type} ${name}`);
      return found.inputs;
    },
    patternOf: (name: string) => {
      const rule = own.find((one) => one.type.endsWith(":EventRule") && one.name === name);
      return JSON.parse(rule?.inputs["eventPattern"] as string) as { "detail-type": string[]; detail: object };
    },
  };
}

describe("the monitoring of patching", () => {
  it("is a topic, rules that publish to it, a check on the instances twice a day, and an alarm for silence", async () => {
    deepStrictEqual((await made()).names, [
      "CompositeAlarm prod-monitoring-silence",
      "EventRule prod-monitoring-checked",
      "EventRule prod-monitoring-command-failed",
      "EventRule prod-monitoring-due",
      "EventRule prod-monitoring-non-compliant",
      "EventRule prod-monitoring-window-failed",
      "EventTarget prod-monitoring-command-failed",
      "EventTarget prod-monitoring-non-compliant",
      "EventTarget prod-monitoring-window-failed",
      "MetricAlarm prod-monitoring-due",
      "MetricAlarm prod-monitoring-silent",
      "Role prod-monitoring-check-role",
      "RolePolicy prod-monitoring-check-role",
      "Topic prod-monitoring-topic",
      "TopicPolicy prod-monitoring-topic",
      "Document prod-monitoring-check-document",
      "MaintenanceWindow prod-monitoring-check-window",
      "MaintenanceWindowTarget prod-monitoring-check-target",
      "MaintenanceWindowTask prod-monitoring-check-task",
    ]);
  });

  it("reports on its own maintenance window, document and baselines only", async () => {
    const { patternOf } = await made();
    deepStrictEqual(patternOf("prod-monitoring-window-failed").detail, {
      "window-id": ["prod-patch-window-id"],
      status: ["FAILED", "TIMED_OUT"],
    });
    deepStrictEqual(patternOf("prod-monitoring-command-failed").detail, {
      "document-name": ["prod-monitoring-check-document"],
      status: ["Failed", "TimedOut", "Cancelled"],
    });
    deepStrictEqual(patternOf("prod-monitoring-non-compliant").detail, {
      "compliance-type": ["Patch"],
      "compliance-status": ["non_compliant"],
    });
  });

  it("counts an instance as silent if both checks of a day are missing on two consecutive days", async () => {
    const { inputsOf } = await made();
    const { threshold, evaluationPeriods, treatMissingData, dimensions } = inputsOf(
      "MetricAlarm",
      "prod-monitoring-silent",
    );
    // Two instances run four checks in a day; one alone runs two, which is below three.
    deepStrictEqual(
      { threshold, evaluationPeriods, treatMissingData, dimensions },
      {
        threshold: 3,
        evaluationPeriods: 2,
        treatMissingData: "breaching",
        dimensions: { RuleName: "prod-monitoring-checked" },
      },
    );
  });

  it("counts the runs of the check, and names the alarm after the patch group", async () => {
    const { inputsOf, patternOf } = await made();
    deepStrictEqual(patternOf("prod-monitoring-due"), {
      source: ["aws.ssm"],
      "detail-type": ["Maintenance Window Execution State-change Notification"],
      detail: { "window-id": ["prod-monitoring-check-window-id"] },
    });
    const { alarmName, alarmRule, alarmActions } = inputsOf("CompositeAlarm", "prod-monitoring-silence");
    deepStrictEqual(
      { alarmName, alarmRule, alarmActions },
      {
        alarmName: "prod-group-silence",
        alarmRule: 'ALARM("prod-monitoring-silent") AND ALARM("prod-monitoring-due")',
        alarmActions: [inputsOf("TopicPolicy", "prod-monitoring-topic")["arn"]],
      },
    );
  });

  it("also covers the maintenance window for scans and the document for patching on demand", async () => {
    const scanned = await made({}, { scanSchedule: "rate(1 day)" });
    deepStrictEqual(scanned.patternOf("prod-monitoring-window-failed").detail, {
      "window-id": ["prod-patch-window-id", "prod-patch-scan-window-id"],
      status: ["FAILED", "TIMED_OUT"],
    });
    const onDemand = await made({ repositoryCheck: false }, { method: "on-demand" });
    deepStrictEqual(onDemand.names, [
      "EventRule prod-monitoring-command-failed",
      "EventRule prod-monitoring-non-compliant",
      "EventTarget prod-monitoring-command-failed",
      "EventTarget prod-monitoring-non-compliant",
      "Topic prod-monitoring-topic",
      "TopicPolicy prod-monitoring-topic",
    ]);
  });

  for (const method of ["patch-policy", "host-management"] as const) {
    it(`reports failed associations, which AWS creates, with ${method}`, async () => {
      const { names, patternOf, inputsOf } = await made({ repositoryCheck: false, dashboard: true }, { method });
      deepStrictEqual(names, [
        "Dashboard prod-monitoring-dashboard",
        "EventRule prod-monitoring-association-failed",
        "EventRule prod-monitoring-non-compliant",
        "EventTarget prod-monitoring-association-failed",
        "EventTarget prod-monitoring-non-compliant",
        "Topic prod-monitoring-topic",
        "TopicPolicy prod-monitoring-topic",
      ]);
      deepStrictEqual(patternOf("prod-monitoring-association-failed"), {
        source: ["aws.ssm"],
        "detail-type": [
          "EC2 State Manager Association State Change",
          "EC2 State Manager Instance Association State Change",
        ],
        detail: {
          "document-name": [
            { prefix: "AWS-RunPatchBaseline" },
            { prefix: "AWSQuickSetup-" },
            { prefix: "QuickSetup-" },
          ],
          status: ["Failed"],
        },
      });
      const { rule, arn } = inputsOf("EventTarget", "prod-monitoring-association-failed");
      deepStrictEqual(
        { rule, arn },
        { rule: "prod-monitoring-association-failed", arn: inputsOf("TopicPolicy", "prod-monitoring-topic")["arn"] },
      );
      const body = inputsOf("Dashboard", "prod-monitoring-dashboard")["dashboardBody"] as string;
      ok(body.includes('"prod-monitoring-association-failed"'));
    });
  }

  it("notifies in a line for people, with a link", async () => {
    const { inputsOf } = await made();
    deepStrictEqual(inputsOf("EventTarget", "prod-monitoring-command-failed")["inputTransformer"], {
      inputPaths: {
        instance: "$.detail.instance-id",
        document: "$.detail.document-name",
        status: "$.detail.status",
        command: "$.detail.command-id",
        account: "$.account",
        time: "$.time",
      },
      inputTemplate:
        '"Patching in eu-west-1, account <account>, <time>: <document> on <instance>: <status> (command <command>). https://console.aws.amazon.com/systems-manager/home?region=eu-west-1"',
    });
  });

  it("counts days without an installation only where something is installed", async () => {
    const days = async (patching: Partial<PatchingSettings>) => {
      const { inputsOf } = await made({}, patching);
      return /PATCHPATH_STALE_DAYS='(\d+)'/.exec(
        inputsOf("Document", "prod-monitoring-check-document")["content"] as string,
      )?.[1];
    };
    strictEqual(await days({}), "35");
    strictEqual(await days({ operation: "Scan" }), "0");
    strictEqual(await days({ method: "host-management" }), "0");
  });

  it("collects inventory if asked to", async () => {
    const { inputsOf } = await made({ inventory: true });
    deepStrictEqual(inputsOf("Association", "prod-monitoring-inventory"), {
      name: "AWS-GatherSoftwareInventory",
      targets: [{ key: "tag:PatchGroup", values: ["prod-group"] }],
      scheduleExpression: "rate(12 hours)",
    });
  });

  it("allows only rules and alarms of the account to publish to the topic", async () => {
    const { inputsOf } = await made();
    deepStrictEqual(
      statements({ inputs: inputsOf("TopicPolicy", "prod-monitoring-topic") }).map(
        ({ Principal, Action, Condition }) => ({
          Principal,
          Action,
          Condition,
        }),
      ),
      [
        { Principal: { Service: "events.amazonaws.com" }, Action: "sns:Publish", Condition: undefined },
        {
          Principal: { Service: "cloudwatch.amazonaws.com" },
          Action: "sns:Publish",
          Condition: { StringEquals: { "aws:SourceAccount": "123456789012" } },
        },
      ],
    );
  });

  it("subscribes emails, creates a dashboard and syncs data if configured", async () => {
    const dataSync = { bucket: "all-accounts", region: "us-east-1", prefix: "patching" };
    const { inputsOf } = await made({ emails: ["ops@example.com"], dashboard: true, dataSync });
    strictEqual(inputsOf("TopicSubscription", "prod-monitoring-email-0")["endpoint"], "ops@example.com");
    const body = JSON.parse(inputsOf("Dashboard", "prod-monitoring-dashboard")["dashboardBody"] as string) as {
      widgets: { properties: { metrics: unknown[] } }[];
    };
    strictEqual(body.widgets[0]?.properties.metrics.length, 3);
    deepStrictEqual(inputsOf("ResourceDataSync", "prod-monitoring-sync")["s3Destination"], {
      bucketName: "all-accounts",
      region: "us-east-1",
      prefix: "patching",
      syncFormat: "JsonSerDe",
    });
  });
});
