import { deepStrictEqual } from "node:assert/strict";
import { fleetsOf } from "../../../policypack/stack/fleets";
import { patchersOf } from "../../../policypack/stack/patchers";
import { aws, native } from "../path/traps/bases";
import { asState } from "../path/traps/trap";
import { type ExampleResource, unknown } from "../rules/analyze";

const web = aws("ec2/instance:Instance", "web", { id: "i-1", tags: { Team: "web" } });
const targets = [{ key: "tag:Team", values: ["web"] }];

/** The patchers of the fleet, one per line. */
function patchers(...resources: readonly ExampleResource[]): string[] {
  const stack = asState([web, ...resources]);
  return patchersOf(stack, fleetsOf(stack)[0]!).map(
    ({ resource, kind, operation = "?", schedule = "?", covers }) =>
      `${resource.name}: ${kind}, ${operation}, ${schedule}${covers === true ? "" : ", may cover"}`,
  );
}

const association = (props: object) => aws("ssm/association:Association", "daily", { targets, ...props });
const baseline = { name: "AWS-RunPatchBaseline", parameters: { Operation: "Install" } };

function task(props: object, window: object = { schedule: "rate(1 day)" }): ExampleResource[] {
  return [
    aws("ssm/maintenanceWindow:MaintenanceWindow", "window", { id: "mw-1", ...window }),
    aws("ssm/maintenanceWindowTarget:MaintenanceWindowTarget", "targets", { id: "t-1", windowId: "mw-1", targets }),
    aws("ssm/maintenanceWindowTask:MaintenanceWindowTask", "task", {
      windowId: "mw-1",
      taskArn: "AWS-RunPatchBaseline",
      targets: [{ key: "WindowTargetIds", values: ["t-1"] }],
      taskInvocationParameters: {
        runCommandParameters: { parameters: [{ name: "Operation", values: ["Install"] }] },
      },
      ...props,
    }),
  ];
}

const quickSetup = (type: unknown, parameters: object) =>
  aws("ssm/quicksetupConfigurationManager:QuicksetupConfigurationManager", "setup", {
    configurationDefinition: { type, parameters: { TargetType: "*", ...parameters } },
  });
const patchPolicy = "AWSQuickSetupType-PatchPolicy";
const hostManagement = "AWSQuickSetupType-SSMHostMgmt";

describe("what patches a fleet", () => {
  const cases: readonly (readonly [
    what: string,
    resources: readonly ExampleResource[],
    expected: readonly string[],
  ])[] = [
    ["nothing", [], []],
    [
      "a task, but not an association that may cover the fleet",
      [...task({}), association({ ...baseline, targets: [{ key: "resource-groups:Name", values: ["all"] }] })],
      ["task: maintenance window task, Install, rate(1 day)"],
    ],
    ["a task of a maintenance window", task({}), ["task: maintenance window task, Install, rate(1 day)"]],
    [
      "a task of a maintenance window with a time zone",
      task({}, { schedule: "cron(0 18 ? * SUN *)", scheduleTimezone: "Asia/Tokyo" }),
      ["task: maintenance window task, Install, cron(0 18 ? * SUN *) Asia/Tokyo"],
    ],
    ["not a task of a disabled maintenance window", task({}, { schedule: "rate(1 day)", enabled: false }), []],
    [
      "a task with its own targets",
      task({ targets: [{ key: "InstanceIds", values: ["i-1"] }] }),
      ["task: maintenance window task, Install, rate(1 day)"],
    ],
    ["not a task for other instances", task({ targets: [{ key: "InstanceIds", values: ["i-2"] }] }), []],
    [
      "a task whose targets are unknown",
      task({ targets: unknown }),
      ["task: maintenance window task, Install, rate(1 day), may cover"],
    ],
    [
      "a task of a maintenance window that is not in the stack",
      task({ windowId: "mw-other" }),
      ["task: maintenance window task, Install, ?"],
    ],
    ["not a task that runs another document", task({ taskArn: "AWS-UpdateSSMAgent" }), []],
    [
      "a task that runs an unknown document",
      task({ taskArn: unknown, taskInvocationParameters: unknown }),
      ["task: maintenance window task, ?, rate(1 day), may cover"],
    ],
    [
      "a runbook by its ARN",
      task({
        taskArn: "arn:aws:ssm:eu-west-1::automation-definition/AWS-PatchInstanceWithRollback",
        taskInvocationParameters: undefined,
      }),
      ["task: maintenance window task, ?, rate(1 day)"],
    ],
    [
      "an association",
      [association({ ...baseline, scheduleExpression: "rate(7 days)" })],
      ["daily: State Manager association, Install, rate(7 days)"],
    ],
    [
      "an association of aws-native that scans",
      [
        native("ssm:Association", "daily", {
          targets,
          name: "AWS-RunPatchBaseline",
          parameters: { Operation: ["Scan"] },
        }),
      ],
      ["daily: State Manager association, Scan, ?"],
    ],
    ["not an association of another document", [association({ name: "AWS-RunShellScript" })], []],
    [
      "an association of a document of another stack, which may patch",
      [association({ name: "patch-all" })],
      ["daily: State Manager association, ?, ?, may cover"],
    ],
    [
      "an association of a document that runs AWS-RunPatchBaseline",
      [
        association({ name: "own", parameters: { Operation: "Install" } }),
        aws("ssm/document:Document", "own", { name: "own", content: '{"documentPath":"AWS-RunPatchBaseline"}' }),
      ],
      ["daily: State Manager association, Install, ?"],
    ],
    [
      "not an association of a document that runs something else",
      [association({ name: "own" }), aws("ssm/document:Document", "own", { name: "own", content: "{}" })],
      [],
    ],
    [
      "a patch policy that installs",
      [
        quickSetup(patchPolicy, {
          ConfigurationOptionsPatchOperation: "ScanAndInstall",
          ConfigurationOptionsScanValue: "cron(0 1 * * ? *)",
          ConfigurationOptionsInstallValue: "cron(0 2 ? * SUN *)",
        }),
      ],
      ["setup: patch policy, Install, cron(0 2 ? * SUN *)"],
    ],
    [
      "a patch policy that scans",
      [
        quickSetup(patchPolicy, {
          ConfigurationOptionsPatchOperation: "Scan",
          ConfigurationOptionsScanValue: "cron(0 1 * * ? *)",
        }),
      ],
      ["setup: patch policy, Scan, cron(0 1 * * ? *)"],
    ],
    ["not a patch policy for other instances", [quickSetup(patchPolicy, { TargetRegions: "us-east-1" })], []],
    [
      "host management, which scans",
      [quickSetup(hostManagement, { ScanInstances: "true" })],
      ["setup: host management, Scan, daily"],
    ],
    ["not host management that does not scan", [quickSetup(hostManagement, { ScanInstances: "false" })], []],
    ["not a configuration of another type", [quickSetup("AWSQuickSetupType-Scheduler", {})], []],
  ];
  for (const [what, resources, expected] of cases) {
    it(`is ${what}`, () => {
      deepStrictEqual(patchers(...resources), expected);
    });
  }
});
