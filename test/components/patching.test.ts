import { deepStrictEqual, match, ok, strictEqual } from "node:assert/strict";
import { PatchTopology, type PatchTopologyArgs, type PatchingSettings } from "@patchpath/components";
import { type Recorded, recorded } from "./with-mocks";

const settings: PatchingSettings = {
  operation: "Install",
  schedule: "cron(0 18 ? * TUE#2 *)",
  timezone: "Asia/Tokyo",
  duration: 3,
  cutoff: 1,
};

const args: PatchTopologyArgs = {
  region: "eu-west-1",
  topology: "endpoint-only",
  network: { cidrBlock: "10.20.0.0/16", availabilityZones: 2 },
  patchGroup: "prod-group",
  fleets: [
    {
      name: "web",
      operatingSystem: "amazon-linux-2023",
      repositories: [],
      size: { min: 2, max: 2 },
      instanceType: "t3.micro",
      managedPolicies: [],
      tags: {},
    },
  ],
  patching: settings,
};

/** What a topology with these settings of its patching makes. */
async function made(patching: Partial<PatchingSettings>) {
  const topology = { ...args, patching: { ...settings, ...patching } };
  const resources = await recorded((opts) => new PatchTopology("prod", topology, opts));
  return {
    /** `Role prod-patch-role`, what patching makes alone. */
    names: resources
      .filter(({ type, name }) => type.startsWith("aws:") && name.startsWith("prod-patch"))
      .map(({ type, name }) => `${type.split(":").at(-1) ?? ""} ${name}`),
    inputsOf: (name: string, type = "") => {
      const found = resources.find(
        (one) => one.name === name && one.type.endsWith(type) && one.type.startsWith("aws:"),
      );
      ok(found, `there is no ${type} ${name}`);
      return found.inputs;
    },
    resources,
  };
}

interface Statement {
  readonly Sid: string;
  readonly Action: string | string[];
  readonly Resource: string | string[];
  readonly Principal?: unknown;
  readonly Condition?: unknown;
}

function statements({ inputs }: Pick<Recorded, "inputs">, property = "policy"): Statement[] {
  return (JSON.parse(inputs[property] as string) as { Statement: Statement[] }).Statement;
}

interface TaskInputs {
  readonly taskInvocationParameters: { readonly runCommandParameters: Record<string, unknown> };
}

const runCommand = (inputs: object) => (inputs as TaskInputs).taskInvocationParameters.runCommandParameters;

describe("patching by maintenance windows", () => {
  it("is a window, its target and task, and a role", async () => {
    deepStrictEqual((await made({})).names, [
      "Role prod-patch-role",
      "RolePolicy prod-patch-role",
      "MaintenanceWindow prod-patch-window",
      "MaintenanceWindowTarget prod-patch-target",
      "MaintenanceWindowTask prod-patch-task",
    ]);
  });

  it("comes days after Patch Tuesday with an offset", async () => {
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

  it("has a window of its own for scans in between, without the offset", async () => {
    const { inputsOf } = await made({ offset: 3, scanSchedule: "rate(1 day)" });
    strictEqual(inputsOf("prod-patch-scan-window")["schedule"], "rate(1 day)");
    strictEqual(inputsOf("prod-patch-scan-window")["scheduleOffset"], undefined);
    deepStrictEqual(runCommand(inputsOf("prod-patch-scan-task"))["parameters"], [
      { name: "Operation", values: ["Scan"] },
      { name: "RebootOption", values: ["RebootIfNeeded"] },
    ]);
  });

  it("runs hooks by AWS's document for them, and only when it installs", async () => {
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

  it("takes as many instances at a time, and as many failures, as it is told", async () => {
    const { maxConcurrency, maxErrors } = (await made({ maxConcurrency: "2", maxErrors: "10%" })).inputsOf(
      "prod-patch-task",
    );
    deepStrictEqual({ maxConcurrency, maxErrors }, { maxConcurrency: "2", maxErrors: "10%" });
  });

  it("has a role that may send AWS's patch documents to its patch group, and no more", async () => {
    const { resources, inputsOf } = await made({});
    strictEqual(inputsOf("prod-patch-task")["serviceRoleArn"], "arn:aws:mock:::prod-patch-role");
    const policy = resources.find(({ type, name }) => type.endsWith(":RolePolicy") && name === "prod-patch-role");
    deepStrictEqual(statements(policy!), [
      {
        Sid: "AllowDocuments",
        Effect: "Allow",
        Action: "ssm:SendCommand",
        Resource: [
          "arn:aws:ssm:eu-west-1::document/AWS-RunPatchBaseline",
          "arn:aws:ssm:eu-west-1::document/AWS-RunPatchBaselineWithHooks",
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
  it("goes to a private, encrypted bucket whose objects expire, and to a log group, by rights of the instances", async () => {
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

  it("goes to a bucket of the user's that is named", async () => {
    const { inputsOf, names } = await made({ output: { s3: "our-logs", cloudWatch: false } });
    strictEqual(runCommand(inputsOf("prod-patch-task"))["outputS3Bucket"], "our-logs");
    ok(!names.some((name) => name.startsWith("Bucket")));
  });
});

describe("patching by a patch policy", () => {
  const definitionOf = async (patching: Partial<PatchingSettings>) => {
    const { inputsOf } = await made({ method: "patch-policy", schedule: "cron(0 2 ? * SUN *)", ...patching });
    return inputsOf("prod-patch-policy")["configurationDefinition"] as {
      readonly type: string;
      readonly parameters: Readonly<Record<string, string>>;
    };
  };

  it("is the policy and its two local roles", async () => {
    deepStrictEqual((await made({ method: "patch-policy" })).names, [
      "Role prod-patch-roles-administration",
      "Role prod-patch-roles-execution",
      "RolePolicy prod-patch-roles-administration",
      "RolePolicyAttachment prod-patch-roles-execution",
      "QuicksetupConfigurationManager prod-patch-policy",
    ]);
  });

  it("scans and installs the stack's patch group, in this account and region", async () => {
    const { type, parameters } = await definitionOf({});
    strictEqual(type, "AWSQuickSetupType-PatchPolicy");
    const { SelectedPatchBaselines: baselines, ...others } = parameters;
    deepStrictEqual(JSON.parse(baselines ?? ""), {
      WINDOWS: { value: "pb-0", label: "AWS-DefaultPatchBaseline", description: "Default", disabled: false },
    });
    deepStrictEqual(others, {
      PatchPolicyName: "prod-group",
      PatchBaselineUseDefault: "default",
      PatchBaselineRegion: "eu-west-1",
      ConfigurationOptionsPatchOperation: "ScanAndInstall",
      ConfigurationOptionsScanValue: "cron(0 1 * * ? *)",
      ConfigurationOptionsScanNextInterval: "true",
      ConfigurationOptionsInstallValue: "cron(0 2 ? * SUN *)",
      ConfigurationOptionsInstallNextInterval: "true",
      RebootOption: "RebootIfNeeded",
      IsPolicyAttachAllowed: "true",
      RateControlConcurrency: "50%",
      RateControlErrorThreshold: "1",
      OutputLogEnableS3: "false",
      TargetType: "Tags",
      TargetTagKey: "PatchGroup",
      TargetTagValue: "prod-group",
      TargetAccounts: "123456789012",
      TargetRegions: "eu-west-1",
    });
  });

  it("only scans when told so", async () => {
    const { parameters } = await definitionOf({ operation: "Scan" });
    strictEqual(parameters["ConfigurationOptionsPatchOperation"], "Scan");
    ok(!("ConfigurationOptionsInstallValue" in parameters) && !("RebootOption" in parameters));
  });

  it("is for organizational units and regions, then with every instance there", async () => {
    const { parameters } = await definitionOf({
      targets: { organizationalUnits: ["ou-ab12-cdefgh34", "r-ab12"], regions: ["eu-west-1", "us-east-1"] },
    });
    strictEqual(parameters["TargetOrganizationalUnits"], "ou-ab12-cdefgh34,r-ab12");
    strictEqual(parameters["TargetRegions"], "eu-west-1,us-east-1");
    for (const name of ["TargetType", "TargetAccounts", "TargetTagKey"]) ok(!(name in parameters), name);
  });

  it("has its baselines' bucket admitted by the S3 endpoint, and read by the instances", async () => {
    const { resources } = await made({ method: "patch-policy" });
    const resource = "arn:aws:s3:::aws-quicksetup-patchpolicy-*/*";
    const endpoint = resources.find(({ name }) => name === "prod-endpoints-s3");
    deepStrictEqual(statements(endpoint!).at(-1), {
      Sid: "AllowPatchPolicyBaselines",
      Effect: "Allow",
      Principal: "*",
      Action: "s3:GetObject",
      Resource: resource,
    });
    const role = resources.find(({ name }) => name === "prod-web-instance-patch-policy");
    deepStrictEqual(statements(role!), [
      { Sid: "AllowPatchPolicyBaselines", Effect: "Allow", Action: "s3:GetObject", Resource: resource },
    ]);
  });

  it("tags the instance roles with the configuration's id once that is known, and then AWS attaches nothing", async () => {
    const known = await made({ method: "patch-policy", configurationId: "yug6d" });
    deepStrictEqual(known.inputsOf("prod-web-instance-role")["tags"], { "QSConfigId-yug6d": "yug6d" });
    strictEqual((await definitionOf({ configurationId: "yug6d" })).parameters["IsPolicyAttachAllowed"], "false");
  });

  it("deploys by CloudFormation, whose role may assume the other one only", async () => {
    const { inputsOf, resources } = await made({ method: "patch-policy" });
    const [trust] = statements({ inputs: inputsOf("prod-patch-roles-administration", ":Role") }, "assumeRolePolicy");
    deepStrictEqual(trust?.Principal, { Service: "cloudformation.amazonaws.com" });
    const execution = "arn:aws:iam::123456789012:role/prod-patch-roles-execution";
    const policy = resources.find(({ type, name }) => type.endsWith(":RolePolicy") && name.endsWith("-administration"));
    deepStrictEqual(
      statements(policy!).map(({ Action, Resource }) => ({ Action, Resource })),
      [{ Action: "sts:AssumeRole", Resource: execution }],
    );
    const [executionTrust] = statements(
      { inputs: inputsOf("prod-patch-roles-execution", ":Role") },
      "assumeRolePolicy",
    );
    deepStrictEqual(executionTrust?.Principal, {
      AWS: "arn:aws:iam::123456789012:role/prod-patch-roles-administration",
    });
  });
});

describe("patching by host management", () => {
  it("scans and installs nothing", async () => {
    const { inputsOf } = await made({ method: "host-management" });
    const { type, parameters } = inputsOf("prod-patch-hosts")["configurationDefinition"] as {
      type: string;
      parameters: Record<string, string>;
    };
    strictEqual(type, "AWSQuickSetupType-SSMHostMgmt");
    strictEqual(parameters["ScanInstances"], "true");
    ok(!Object.keys(parameters).some((name) => name.includes("PatchOperation")));
  });
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

  it("names the commands for the group and for one instance", async () => {
    let lines: Readonly<Record<string, string>> = {};
    await recorded((opts) => {
      const topology = new PatchTopology("prod", { ...args, patching: { ...settings, method: "on-demand" } }, opts);
      const { component } = topology.patching;
      if ("commands" in component) component.commands.apply((commands) => (lines = { ...commands }));
      return topology;
    });
    strictEqual(
      lines["install"],
      "aws ssm send-command --region eu-west-1 --document-name prod-patch-document --targets Key=tag:PatchGroup,Values=prod-group --parameters Operation=Install,SnapshotId=$(uuidgen) --max-concurrency 50% --max-errors 1",
    );
    match(lines["installOneInstance"] ?? "", /--instance-ids INSTANCE_ID --parameters Operation=Install/);
    match(lines["scan"] ?? "", /Operation=Scan/);
  });
});
