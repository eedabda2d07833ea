import { deepStrictEqual, match, strictEqual } from "node:assert/strict";
import type { OnDemandPatching, PatchTopology } from "@patchpath/components";
import * as pulumi from "@pulumi/pulumi";
import { args, statements } from "./made-by-patching";
import { baseline, files, legacy, made, targetsOf } from "./made-for-attached";

const monitoring = { repositoryCheck: true, staleDays: 35, emails: [], dashboard: false };

describe("fleets of existing instances", () => {
  it("create nothing: no instance, no role, no rule in their security group", async () => {
    const { of, names, inputs } = await made({ fleets: [legacy] });
    const types = ["Instance", "LaunchTemplate", "Group", "InstanceProfile", "SecurityGroupEgressRule"];
    deepStrictEqual(types.flatMap(of), []);
    deepStrictEqual(names("Role"), ["prod-patch-role"]);
    deepStrictEqual(
      of("AttachedFleet").map(({ name, parent }) => [name, parent]),
      [["prod-legacy", "prod"]],
    );
    // Existing endpoints allow what their owners configured: only that for ssmmessages is created by the stack.
    const { description: _, ...rule } = inputs("SecurityGroupIngressRule")["prod-sg-legacy-into-endpoints"]!;
    deepStrictEqual(names("SecurityGroupIngressRule"), ["prod-sg-legacy-into-endpoints"]);
    deepStrictEqual(rule, {
      securityGroupId: "prod-endpoints-interface-id",
      referencedSecurityGroupId: "sg-legacy",
      ipProtocol: "tcp",
      fromPort: 443,
      toPort: 443,
    });
  });

  it("are patched by a maintenance window for their tag, which may send commands to no other instance", async () => {
    const { of, inputs } = await made({ fleets: [legacy] });
    deepStrictEqual(of("MaintenanceWindowTarget").map(targetsOf), [[{ key: "tag:Environment", values: ["prod"] }]]);
    deepStrictEqual(inputs("MaintenanceWindowTask")["prod-patch-task-legacy"]?.["targets"], [
      { key: "WindowTargetIds", values: ["prod-patch-target-legacy-id"] },
    ]);
    const sends = statements(of("RolePolicy")[0]!).filter(({ Condition }) => Condition !== undefined);
    deepStrictEqual(
      sends.map(({ Action, Condition }) => [Action, Condition]),
      [["ssm:SendCommand", { StringEquals: { "ssm:resourceTag/Environment": "prod" } }]],
    );
  });

  it("are patched in addition to the fleets of the stack, with a target and a task for each tag", async () => {
    const batch = { ...legacy, name: "batch", tag: { key: "PatchGroup", value: "batch" } };
    const { of, names } = await made(
      { fleets: [...args.fleets, legacy, files, batch] },
      { scanSchedule: "rate(1 day)" },
    );
    deepStrictEqual(Object.fromEntries(of("MaintenanceWindowTarget").map((one) => [one.name, targetsOf(one)])), {
      "prod-patch-scan-target": [{ key: "tag:PatchGroup", values: ["prod-group"] }],
      "prod-patch-scan-target-batch": [{ key: "tag:PatchGroup", values: ["batch"] }],
      "prod-patch-scan-target-files": [{ key: "tag:Patch Group", values: ["files"] }],
      "prod-patch-scan-target-legacy": [{ key: "tag:Environment", values: ["prod"] }],
      "prod-patch-target": [{ key: "tag:PatchGroup", values: ["prod-group"] }],
      "prod-patch-target-batch": [{ key: "tag:PatchGroup", values: ["batch"] }],
      "prod-patch-target-files": [{ key: "tag:Patch Group", values: ["files"] }],
      "prod-patch-target-legacy": [{ key: "tag:Environment", values: ["prod"] }],
    });
    strictEqual(names("MaintenanceWindowTask").length, 8);
    const policy = of("RolePolicy").find(({ name }) => name === "prod-patch-role")!;
    deepStrictEqual(
      statements(policy).flatMap(({ Sid, Condition }) => (Condition === undefined ? [] : [[Sid, Condition]])),
      [
        ["AllowPatchGroup", { StringEquals: { "ssm:resourceTag/PatchGroup": ["prod-group", "batch"] } }],
        ["AllowTag1", { StringEquals: { "ssm:resourceTag/Environment": "prod" } }],
        ["AllowTag2", { StringEquals: { "ssm:resourceTag/Patch Group": "files" } }],
      ],
    );
  });

  it("are targeted once if they share a tag, or if it is the patch group of the stack", async () => {
    const same = { ...legacy, name: "same", operatingSystem: "amazon-linux-2" as const };
    const own = { ...legacy, name: "own", tag: { key: "PatchGroup", value: "prod-group" } };
    const { names } = await made({ fleets: [...args.fleets, legacy, same, own] });
    deepStrictEqual(names("MaintenanceWindowTarget"), ["prod-patch-target", "prod-patch-target-legacy"]);
    // All three have the same security group, and a rule cannot be created twice.
    deepStrictEqual(
      names("SecurityGroupIngressRule").filter((name) => !name.startsWith("prod-web")),
      ["prod-sg-legacy-into-endpoints"],
    );
  });

  it("get the baseline of the stack through their patch group, or through one that they must join", async () => {
    const { topology, inputs } = await made({
      fleets: [legacy, files, { ...legacy, name: "batch", tag: { key: "PatchGroup", value: "batch" } }],
      baselines: [baseline],
    });
    deepStrictEqual(
      Object.entries(inputs("PatchGroup")).map(([name, { patchGroup }]) => [name, patchGroup]),
      [
        ["prod-patch-amazon-linux-2023-group-batch", "batch"],
        ["prod-patch-amazon-linux-2023-group-prod-group-legacy", "prod-group-legacy"],
      ],
    );
    deepStrictEqual(
      Object.entries(topology.attached).map(([name, { tag, patchGroup }]) => [name, tag, patchGroup]),
      [
        ["legacy", "Environment=prod", "prod-group-legacy"],
        ["files", "Patch Group=files", undefined],
        ["batch", "PatchGroup=batch", undefined],
      ],
    );
  });

  it("need not join a patch group if the method does not use patch groups", async () => {
    const { topology, names } = await made({ fleets: [legacy], baselines: [baseline] }, { method: "patch-policy" });
    deepStrictEqual([topology.attached["legacy"]?.patchGroup, names("PatchGroup")], [undefined, []]);
  });

  it("list what their role requires, which is what the instances of the stack have", async () => {
    const { topology, of } = await made(
      { fleets: [...args.fleets, legacy], sessions: { documentName: "prod-session" } },
      { output: { s3: true, cloudWatch: false } },
    );
    const needs = topology.attached["legacy"]!;
    deepStrictEqual(needs.managedPolicies, ["arn:aws:iam::aws:policy/AmazonSSMManagedInstanceCore"]);
    const inline = await new Promise<Record<string, string>>((resolve) =>
      pulumi.output(needs.inlinePolicies).apply((policies) => {
        resolve(policies);
      }),
    );
    const ofWeb = of("RolePolicy").filter(({ name }) => name.startsWith("prod-web-instance-"));
    deepStrictEqual(
      Object.entries(inline)
        .map(([name, policy]) => [`prod-web-instance-${name}`, policy])
        .sort(),
      ofWeb.map(({ name, inputs }) => [name, inputs["policy"]]).sort(),
    );
    deepStrictEqual(Object.keys(inline), ["ssm-buckets", "session-logs", "command-output"]);
  });

  it("are patched by a patch policy for their tag, which allows AWS to attach policies to their roles", async () => {
    const { inputs } = await made({ fleets: [legacy] }, { method: "patch-policy" });
    const { description, configurationDefinition } = inputs("QuicksetupConfigurationManager")["prod-patch-policy"]!;
    const { parameters } = configurationDefinition as { parameters: Record<string, string> };
    const { TargetType, TargetTagKey, TargetTagValue, IsPolicyAttachAllowed } = parameters;
    deepStrictEqual(
      { description, TargetType, TargetTagKey, TargetTagValue, IsPolicyAttachAllowed },
      {
        description: "Patches instances with the tag Environment=prod",
        TargetType: "Tags",
        TargetTagKey: "Environment",
        TargetTagValue: "prod",
        IsPolicyAttachAllowed: "true",
      },
    );
  });

  it("are scanned by host management for their tag", async () => {
    const { inputs } = await made({ fleets: [legacy] }, { method: "host-management" });
    const { configurationDefinition } = inputs("QuicksetupConfigurationManager")["prod-patch-hosts"]!;
    const { TargetTagKey, TargetTagValue } = (configurationDefinition as { parameters: Record<string, string> })
      .parameters;
    deepStrictEqual({ TargetTagKey, TargetTagValue }, { TargetTagKey: "Environment", TargetTagValue: "prod" });
  });

  it("have their own commands, on demand", async () => {
    const { topology } = await made({ fleets: [legacy, files] }, { method: "on-demand" });
    const { scan, install, attached } = await linesOf(topology);
    deepStrictEqual([scan, install], [undefined, undefined]);
    strictEqual(
      attached?.["legacy"]?.install,
      "aws ssm send-command --region eu-west-1 --document-name prod-patch-document --targets Key=tag:Environment,Values=prod --parameters Operation=Install,SnapshotId=$(uuidgen) --max-concurrency 50% --max-errors 1",
    );
    // With a space in its key, the short form would not be one argument.
    match(attached["files"]?.scan ?? "", / --targets '\[\{"Key":"tag:Patch Group","Values":\["files"\]\}\]' /);
  });

  it("are checked by their own maintenance window, with an alarm if all of them are silent", async () => {
    const { of, inputs } = await made({ fleets: [...args.fleets, legacy], monitoring });
    deepStrictEqual(
      of("MaintenanceWindowTarget")
        .filter(({ name }) => name.includes("check"))
        .map((one) => [one.name, targetsOf(one)]),
      [
        ["prod-monitoring-check-legacy-target", [{ key: "tag:Environment", values: ["prod"] }]],
        ["prod-monitoring-check-target", [{ key: "tag:PatchGroup", values: ["prod-group"] }]],
      ],
    );
    const alarms = Object.entries(inputs("MetricAlarm")).map(([name, alarm]) => [
      name,
      alarm["threshold"],
      alarm["dimensions"],
    ]);
    deepStrictEqual(alarms, [
      ["prod-monitoring-due", 1, { RuleName: "prod-monitoring-due" }],
      ["prod-monitoring-due-legacy", 1, { RuleName: "prod-monitoring-due-legacy" }],
      // Two instances of the stack, one of which is silent; and any of the existing ones.
      ["prod-monitoring-silent", 3, { RuleName: "prod-monitoring-checked" }],
      ["prod-monitoring-silent-legacy", 1, { RuleName: "prod-monitoring-checked-legacy" }],
    ]);
    const pattern = JSON.parse(inputs("EventRule")["prod-monitoring-command-failed"]?.["eventPattern"] as string) as {
      detail: { "document-name": string[] };
    };
    deepStrictEqual(pattern.detail["document-name"], [
      "prod-monitoring-check-document",
      "prod-monitoring-check-legacy-document",
    ]);
    const [policy] = of("RolePolicy").filter(({ name }) => name === "prod-monitoring-check-legacy-role");
    deepStrictEqual(statements(policy!)[1]?.Condition, {
      StringEquals: { "ssm:resourceTag/Environment": "prod" },
    });
  });
});

async function linesOf(topology: PatchTopology) {
  const { commands } = topology.patching.component as OnDemandPatching;
  return new Promise<pulumi.Unwrap<typeof commands>>((resolve) =>
    commands.apply((lines) => {
      resolve(lines);
    }),
  );
}
