import { deepStrictEqual, ok, strictEqual } from "node:assert/strict";
import type { Recorded } from "../with-mocks";
import { inputsIn, made } from "./made-server";

describe("the setup and monitoring of a WsusServer", () => {
  let resources: Recorded[];
  before(async () => {
    resources = await made();
  });

  const find = (type: string, name: string) => inputsIn(resources, type, name);

  it("is run by State Manager, with its own values", () => {
    deepStrictEqual(find("aws:ssm/association:Association", "prod-wsus-setup-server"), {
      name: "prod-wsus-setup-server",
      targets: [{ key: "InstanceIds", values: ["prod-wsus-server-id"] }],
      scheduleExpression: "rate(6 hours)",
      complianceSeverity: "HIGH",
      parameters: {
        Region: "eu-west-1",
        LogGroup: "/patchpath/prod-wsus",
        StateParameter: "/patchpath/prod-wsus/state",
        PatchedBuilds: "20348.4297;26100.6905",
        ContentVolumeId: "prod-wsus-content-id",
        PoolMemoryKB: "0",
        ServerName: "prod-wsus-server.eu-west-1.compute.internal",
        CertificateParameter: "/patchpath/prod-wsus/certificate",
        CertificateSecret: "none",
        Products: "Microsoft Server operating system-21H2",
        Classifications: "Critical Updates;Security Updates;Update Rollups",
        Languages: "en",
        TargetGroups: "none",
        SynchronizationTime: "03:00:00",
        SynchronizationsPerDay: "1",
        Approval: "Automatic",
      },
    });
  });

  it("passes the parameters of the document to each association, within their patterns", () => {
    const associations = resources.filter(({ type }) => type === "aws:ssm/association:Association");
    strictEqual(associations.length, 3);
    for (const { name, inputs } of associations) {
      const { parameters } = JSON.parse(find("aws:ssm/document:Document", name)["content"] as string) as {
        parameters: Record<string, { allowedPattern: string }>;
      };
      const given = inputs["parameters"] as Record<string, string>;
      deepStrictEqual(Object.keys(given).sort(), Object.keys(parameters).sort(), name);
      for (const [key, { allowedPattern }] of Object.entries(parameters)) {
        // The mocks' IDs have another format than those of AWS.
        if (key !== "ContentVolumeId") ok(new RegExp(allowedPattern).test(given[key]!), `${key}: ${given[key]}`);
      }
    }
  });

  it("reports the state in a parameter that the server writes", () => {
    const { name, type, insecureValue } = find("aws:ssm/parameter:Parameter", "prod-wsus-setup-state");
    deepStrictEqual(
      { name, type, insecureValue },
      { name: "/patchpath/prod-wsus/state", type: "String", insecureValue: "pending" },
    );
  });

  it("raises alarms if the server is down, does not synchronize, fills up, or publishes nothing", () => {
    const alarms = resources.filter(({ type }) => type === "aws:cloudwatch/metricAlarm:MetricAlarm");
    deepStrictEqual(
      alarms.map(({ name, inputs: { metricName, statistic, comparisonOperator, threshold, treatMissingData } }) => [
        name,
        metricName,
        statistic,
        comparisonOperator,
        threshold,
        treatMissingData,
      ]),
      [
        ["prod-wsus-alarms-content-full", "ContentFreePercent", "Minimum", "LessThanThreshold", 15, "breaching"],
        ["prod-wsus-alarms-service-down", "ServiceUp", "Maximum", "LessThanThreshold", 1, "breaching"],
        [
          "prod-wsus-alarms-synchronization-failed",
          "SynchronizationSucceeded",
          "Maximum",
          "LessThanThreshold",
          1,
          "breaching",
        ],
        [
          "prod-wsus-alarms-synchronization-old",
          "SynchronizationAgeHours",
          "Minimum",
          "GreaterThanThreshold",
          48,
          "breaching",
        ],
      ],
    );
  });

  it("backs up the content daily, and keeps a week", () => {
    const { policyDetails } = find("aws:dlm/lifecyclePolicy:LifecyclePolicy", "prod-wsus-backup-daily");
    deepStrictEqual(policyDetails, {
      policyType: "EBS_SNAPSHOT_MANAGEMENT",
      resourceTypes: ["VOLUME"],
      targetTags: { WsusServer: "prod-wsus" },
      schedules: [
        {
          name: "daily",
          createRule: { interval: 24, intervalUnit: "HOURS", times: "01:00" },
          retainRule: { count: 7 },
          copyTags: true,
        },
      ],
    });
  });

  it("creates no backup if none is configured", async () => {
    const without = await made({ backups: 0 });
    deepStrictEqual(
      without.filter(({ name }) => name.includes("backup")),
      [],
    );
  });

  it("has no certificate with HTTP", async () => {
    const http = await made({ protocol: "http" });
    const content = http.find(
      ({ type, name }) => type === "aws:ssm/document:Document" && name === "prod-wsus-setup-server",
    );
    const steps = (JSON.parse(content!.inputs["content"] as string) as { mainSteps: { name: string }[] }).mainSteps;
    deepStrictEqual(
      steps.map(({ name }) => name),
      ["installserver", "setconfiguration"],
    );
    ok(!http.some(({ name }) => name === "prod-wsus-setup-certificate"));
  });
});
