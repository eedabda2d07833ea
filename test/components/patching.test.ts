import { deepStrictEqual, match, ok, strictEqual } from "node:assert/strict";
import { type CommandLines, PatchTopology, type TopologyFleet } from "@patchpath/components";
import { args, made, settings, statements } from "./made-by-patching";
import { recorded } from "./with-mocks";

interface TaskInputs {
  readonly taskInvocationParameters: { readonly runCommandParameters: Record<string, unknown> };
}

const runCommand = (inputs: object) => (inputs as TaskInputs).taskInvocationParameters.runCommandParameters;

describe("patching with maintenance windows", () => {
  it("is a maintenance window with a target, a task and a role", async () => {
    deepStrictEqual((await made({})).names, [
      "Role prod-patch-role",
      "RolePolicy prod-patch-role",
      "MaintenanceWindow prod-patch-window",
      "MaintenanceWindowTarget prod-patch-target",
      "MaintenanceWindowTask prod-patch-task",
    ]);
  });

  it("has a task for each operating system family, and schedules a WSUS server before its clients", async () => {
    const [web] = args.fleets as [TopologyFleet];
    const fleets = [
      web,
      { ...web, name: "files", operatingSystem: "windows-server-2022" as const },
      { ...web, name: "db", operatingSystem: "amazon-linux-2" as const },
    ];
    const resources = await recorded((opts) => new PatchTopology("prod", { ...args, topology: "wsus", fleets }, opts));
    const inputs = (type: string) =>
      resources.filter((one) => one.type.endsWith(`:${type}`) && one.name.startsWith("prod-patch"));
    deepStrictEqual(
      inputs("MaintenanceWindowTarget").map(({ name, inputs: { targets } }) => [name, targets]),
      [
        ["prod-patch-target.linux", [{ key: "tag:patchpath:fleet", values: ["prod-group-web", "prod-group-db"] }]],
        ["prod-patch-target.windows", [{ key: "tag:patchpath:fleet", values: ["prod-group-files"] }]],
        ["prod-patch-target.wsus-server", [{ key: "tag:WsusServer", values: ["prod-group-wsus"] }]],
      ],
    );
    deepStrictEqual(
      inputs("MaintenanceWindowTask").map(({ name, inputs: { priority } }) => [name, priority]),
      [
        ["prod-patch-task.linux", 1],
        ["prod-patch-task.windows", 2],
        ["prod-patch-task.wsus-server", 1],
      ],
    );
    const server = resources.find(({ type }) => type === "aws:ec2/instance:Instance");
    strictEqual((server?.inputs["tags"] as Record<string, string>)["WsusServer"], "prod-group-wsus");
  });

  it("runs days after Patch Tuesday with an offset", async () => {
    const { inputsOf } = await made({ offset: 3 });
    const { schedule, scheduleTimezone, scheduleOffset, duration, cutoff } = inputsOf("prod-patch-window");
    deepStrictEqual(
      { schedule, scheduleTimezone, scheduleOffset, duration, cutoff },
      {
        schedule: "cron(0 18 ? * TUE#2 *)",
        scheduleTimezone: "Asia/Tokyo",
        scheduleOffset: 3,
        duration: 3,
        cutoff: 1,
      },
    );
  });

  it("has a separate maintenance window for scans, without the offset", async () => {
    const { inputsOf } = await made({ offset: 3, scanSchedule: "rate(1 day)" });
    strictEqual(inputsOf("prod-patch-scan-window")["schedule"], "rate(1 day)");
    strictEqual(inputsOf("prod-patch-scan-window")["scheduleOffset"], undefined);
    deepStrictEqual(runCommand(inputsOf("prod-patch-scan-task"))["parameters"], [
      { name: "Operation", values: ["Scan"] },
      { name: "RebootOption", values: ["RebootIfNeeded"] },
    ]);
  });

  it("runs hooks with the AWS document for them, and only for installations", async () => {
    const hooks = { preInstall: "Drain", onExit: "Undrain" };
    const { inputsOf } = await made({ hooks, scanSchedule: "rate(1 day)", rebootOption: "NoReboot" });
    strictEqual(inputsOf("prod-patch-task")["taskArn"], "AWS-RunPatchBaselineWithHooks");
    deepStrictEqual(runCommand(inputsOf("prod-patch-task"))["parameters"], [
      { name: "Operation", values: ["Install"] },
      { name: "RebootOption", values: ["NoReboot"] },
      { name: "PreInstallHookDocName", values: ["Drain"] },
      { name: "OnExitHookDocName", values: ["Undrain"] },
    ]);
    strictEqual(inputsOf("prod-patch-scan-task")["taskArn"], "AWS-RunPatchBaseline");
  });

  it("uses the configured concurrency and error threshold", async () => {
    const { maxConcurrency, maxErrors } = (await made({ maxConcurrency: "2", maxErrors: "10%" })).inputsOf(
      "prod-patch-task",
    );
    deepStrictEqual({ maxConcurrency, maxErrors }, { maxConcurrency: "2", maxErrors: "10%" });
  });

  it("has a role that may only send the patch documents of AWS to its patch group", async () => {
    const { resources, inputsOf } = await made({});
    strictEqual(inputsOf("prod-patch-task")["serviceRoleArn"], "arn:aws:mock:::prod-patch-role");
    const policy = resources.find(({ type, name }) => type.endsWith(":RolePolicy") && name === "prod-patch-role");
    deepStrictEqual(statements(policy!), [
      {
        Sid: "AllowDocuments",
        Effect: "Allow",
        Action: "ssm:SendCommand",
        Resource: [
          "arn:aws:ssm:eu-west-1:*:document/AWS-RunPatchBaseline",
          "arn:aws:ssm:eu-west-1:*:document/AWS-RunPatchBaselineWithHooks",
        ],
      },
      {
        Sid: "AllowPatchGroup",
        Effect: "Allow",
        Action: "ssm:SendCommand",
        Resource: "arn:aws:ec2:eu-west-1:123456789012:instance/*",
        Condition: { StringEquals: { "ssm:resourceTag/PatchGroup": "prod-group" } },
      },
      {
        Sid: "AllowFollowing",
        Effect: "Allow",
        Action: ["ssm:CancelCommand", "ssm:ListCommandInvocations", "ssm:ListCommands", "tag:GetResources"],
        Resource: "*",
      },
    ]);
  });
});

describe("the output of commands", () => {
  it("goes to a private, encrypted bucket whose objects expire, and to a log group, with permissions of the instances", async () => {
    const { names, inputsOf, resources } = await made({ output: { s3: true, cloudWatch: true } });
    deepStrictEqual(
      names.filter((name) => name.includes("output")),
      [
        "LogGroup prod-patch-output-logs",
        "Bucket prod-patch-output-bucket",
        "BucketLifecycleConfiguration prod-patch-output-expiry",
        "BucketPublicAccessBlock prod-patch-output-private",
        "BucketServerSideEncryptionConfiguration prod-patch-output-encryption",
      ],
    );
    const { outputS3KeyPrefix, cloudwatchConfig } = runCommand(inputsOf("prod-patch-task"));
    strictEqual(outputS3KeyPrefix, "install");
    deepStrictEqual(cloudwatchConfig, {
      cloudwatchOutputEnabled: true,
      cloudwatchLogGroupName: "prod-patch-output-logs",
    });
    const policy = resources.find(({ name }) => name === "prod-web-instance-command-output");
    deepStrictEqual(
      statements(policy!).map(({ Sid }) => Sid),
      ["AllowOutputObjects", "AllowOutputBucket", "AllowOutputLogs", "AllowLogGroups"],
    );
    ok(
      resources.some(({ name }) => name === "prod-endpoints-logs"),
      "CloudWatch Logs has an interface endpoint",
    );
  });

  it("goes to a bucket that keeps versions, as long as objects, if configured", async () => {
    const { inputsOf } = await made({ output: { s3: true, cloudWatch: false, versioning: true } });
    deepStrictEqual(inputsOf("prod-patch-output-versions"), {
      bucket: "prod-patch-output-bucket",
      versioningConfiguration: { status: "Enabled" },
    });
    deepStrictEqual(inputsOf("prod-patch-output-expiry")["rules"], [
      {
        id: "expire",
        status: "Enabled",
        filter: {},
        expiration: { days: 90 },
        noncurrentVersionExpiration: { noncurrentDays: 90 },
      },
    ]);
  });

  it("goes to an existing bucket if one is named", async () => {
    const { inputsOf, names } = await made({ output: { s3: "our-logs", cloudWatch: false } });
    strictEqual(runCommand(inputsOf("prod-patch-task"))["outputS3Bucket"], "our-logs");
    ok(!names.some((name) => name.startsWith("Bucket")));
  });
});

describe("updates of the agent", () => {
  for (const method of ["maintenance-window", "patch-policy", "on-demand"] as const) {
    it(`are run by an association with ${method}, if configured`, async () => {
      const { names, inputsOf } = await made({ method, agentUpdates: true });
      ok(names.includes("Association prod-patch-agent"));
      deepStrictEqual(inputsOf("prod-patch-agent"), {
        name: "AWS-UpdateSSMAgent",
        targets: [{ key: "tag:PatchGroup", values: ["prod-group"] }],
        scheduleExpression: "rate(7 days)",
        maxConcurrency: "50%",
        maxErrors: "100%",
      });
      ok(!(await made({ method })).names.includes("Association prod-patch-agent"));
    });
  }
});

describe("patching on demand", () => {
  it("schedules nothing, and has a document that runs AWS-RunPatchBaseline", async () => {
    const { names, inputsOf } = await made({ method: "on-demand", rebootOption: "NoReboot" });
    deepStrictEqual(names, ["Document prod-patch-document"]);
    const content = JSON.parse(inputsOf("prod-patch-document")["content"] as string) as {
      parameters: { RebootOption: { default: string } };
      mainSteps: { action: string; inputs: { documentPath: string } }[];
    };
    strictEqual(content.parameters.RebootOption.default, "NoReboot");
    strictEqual(content.mainSteps[0]?.inputs.documentPath, "AWS-RunPatchBaseline");
  });

  it("lists the commands for the group and for one instance", async () => {
    let lines: Partial<CommandLines> = {};
    await recorded((opts) => {
      const topology = new PatchTopology("prod", { ...args, patching: { ...settings, method: "on-demand" } }, opts);
      const { component } = topology.patching;
      if ("commands" in component) component.commands.apply((commands) => (lines = { ...commands }));
      return topology;
    });
    strictEqual(
      lines.install,
      "aws ssm send-command --region eu-west-1 --document-name prod-patch-document --targets Key=tag:PatchGroup,Values=prod-group --parameters Operation=Install,SnapshotId=$(uuidgen) --max-concurrency 50% --max-errors 1",
    );
    match(lines.installOneInstance ?? "", /--instance-ids INSTANCE_ID --parameters Operation=Install/);
    match(lines.scan ?? "", /Operation=Scan/);
  });
});
