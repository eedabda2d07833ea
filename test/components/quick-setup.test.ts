import { deepStrictEqual, ok, strictEqual } from "node:assert/strict";
import type { PatchingSettings } from "@patchpath/components";
import { made, statements } from "./made-by-patching";

describe("patching with a patch policy", () => {
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

  it("scans and patches the patch group of the stack, in this account and region", async () => {
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

  it("only scans if configured", async () => {
    const { parameters } = await definitionOf({ operation: "Scan" });
    strictEqual(parameters["ConfigurationOptionsPatchOperation"], "Scan");
    ok(!("ConfigurationOptionsInstallValue" in parameters) && !("RebootOption" in parameters));
  });

  it("targets organizational units and regions, with every instance in them", async () => {
    const { parameters } = await definitionOf({
      targets: { organizationalUnits: ["ou-ab12-cdefgh34", "r-ab12"], regions: ["eu-west-1", "us-east-1"] },
    });
    strictEqual(parameters["TargetOrganizationalUnits"], "ou-ab12-cdefgh34,r-ab12");
    strictEqual(parameters["TargetRegions"], "eu-west-1,us-east-1");
    for (const name of ["TargetType", "TargetAccounts", "TargetTagKey"]) ok(!(name in parameters), name);
  });

  it("has its bucket of baselines allowed by the S3 endpoint and by the instance roles", async () => {
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

  it("tags the instance roles with the configuration id once it is known, and AWS then attaches nothing", async () => {
    const known = await made({ method: "patch-policy", configurationId: "yug6d" });
    deepStrictEqual(known.inputsOf("prod-web-instance-role")["tags"], {
      "QSConfigId-yug6d": "yug6d",
      "patchpath:fleet": "prod-group-web",
    });
    strictEqual((await definitionOf({ configurationId: "yug6d" })).parameters["IsPolicyAttachAllowed"], "false");
  });

  it("deploys with CloudFormation, whose role may only assume the other one", async () => {
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

describe("patching with host management", () => {
  it("scans, and installs nothing", async () => {
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
