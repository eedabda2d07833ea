import { deepStrictEqual, match, ok, strictEqual } from "node:assert/strict";
import {
  type BaselineSettings,
  type FoundNetwork,
  type OnDemandPatching,
  PatchTopology,
  type PatchTopologyArgs,
  type PatchingSettings,
  type TopologyAttachedFleet,
} from "@patchpath/components";
import * as pulumi from "@pulumi/pulumi";
import { args, settings, statements } from "./made-by-patching";
import { type Recorded, recorded } from "./with-mocks";

const vpcId = "vpc-1";

/** A VPC with an endpoint of somebody else's for ssm, and none for ssmmessages. */
const network: FoundNetwork = {
  vpcId,
  cidrBlock: "10.0.0.0/16",
  dnsSupport: true,
  dnsHostnames: true,
  subnets: [{ id: "subnet-1", vpcId, zone: "eu-west-1a" }],
  routeTables: [{ id: "rtb-1", vpcId, defaultRoute: "nat-1" }],
  serverSubnet: {
    id: "subnet-2",
    vpcId,
    zone: "eu-west-1b",
    routeTable: { id: "rtb-2", vpcId, defaultRoute: "nat-1" },
  },
  endpoints: { s3: undefined, interfaces: { ssm: { id: "vpce-1", privateDns: true, securityGroupIds: ["sg-found"] } } },
};

const legacy: TopologyAttachedFleet = {
  name: "legacy",
  operatingSystem: "amazon-linux-2023",
  repositories: [],
  tag: { key: "Environment", value: "prod" },
  securityGroupId: "sg-legacy",
};
const files: TopologyAttachedFleet = {
  ...legacy,
  name: "files",
  operatingSystem: "windows-server-2022",
  tag: { key: "Patch Group", value: "files" },
  securityGroupId: "sg-files",
};
const baseline: BaselineSettings = {
  operatingSystem: "AMAZON_LINUX_2023",
  rules: [],
  approvedPatches: [],
  approvedPatchesComplianceLevel: "UNSPECIFIED",
  approvedPatchesNonSecurity: false,
  rejectedPatches: [],
  rejectedPatchesAction: "BLOCK",
  sources: [],
  default: false,
};
const monitoring = { repositoryCheck: true, staleDays: 35, emails: [], dashboard: false };

async function made(more: Partial<PatchTopologyArgs>, patching: Partial<PatchingSettings> = {}) {
  const all = { ...args, network, topology: "nat" as const, patching: { ...settings, ...patching }, ...more };
  let topology: PatchTopology | undefined;
  const resources = await recorded((opts) => (topology = new PatchTopology("prod", all, opts)));
  const of = (type: string) => resources.filter((one) => one.type.endsWith(`:${type}`));
  return {
    topology: topology!,
    resources,
    of,
    names: (type: string) => of(type).map(({ name }) => name),
    inputs: (type: string) => Object.fromEntries(of(type).map(({ name, inputs }) => [name, inputs])),
  };
}

const targetsOf = ({ inputs }: Recorded) => inputs["targets"];

describe("fleets whose instances exist already", () => {
  it("are made nothing of: no instance, no role, no rule in their security group", async () => {
    const { of, names, inputs } = await made({ fleets: [legacy] });
    const types = ["Instance", "LaunchTemplate", "Group", "InstanceProfile", "SecurityGroupEgressRule"];
    deepStrictEqual(types.flatMap(of), []);
    deepStrictEqual(names("Role"), ["prod-patch-role"]);
    deepStrictEqual(
      of("AttachedFleet").map(({ name, parent }) => [name, parent]),
      [["prod-legacy", "prod"]],
    );
    // Others' endpoints admit whom their owners want: only that for ssmmessages is ours to open.
    const { description: _, ...rule } = inputs("SecurityGroupIngressRule")["prod-legacy-into-endpoints"]!;
    deepStrictEqual(names("SecurityGroupIngressRule"), ["prod-legacy-into-endpoints"]);
    deepStrictEqual(rule, {
      securityGroupId: "prod-endpoints-interface-id",
      referencedSecurityGroupId: "sg-legacy",
      ipProtocol: "tcp",
      fromPort: 443,
      toPort: 443,
    });
  });

  it("are patched by a window for their tag alone, which may send commands to nobody else", async () => {
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

  it("are patched beside the stack's own, by a target and a task for each tag", async () => {
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

  it("are targeted once where they share a tag, or where it is the stack's own patch group", async () => {
    const same = { ...legacy, name: "same", operatingSystem: "amazon-linux-2" as const };
    const own = { ...legacy, name: "own", tag: { key: "PatchGroup", value: "prod-group" } };
    const { names } = await made({ fleets: [...args.fleets, legacy, same, own] });
    deepStrictEqual(names("MaintenanceWindowTarget"), ["prod-patch-target", "prod-patch-target-legacy"]);
    // All three have one security group, and a rule can't be made twice.
    deepStrictEqual(
      names("SecurityGroupIngressRule").filter((name) => !name.startsWith("prod-web")),
      ["prod-legacy-into-endpoints"],
    );
  });

  it("get the stack's baseline by their patch group, or by one that they are told to join", async () => {
    const { topology, inputs } = await made({
      fleets: [legacy, files, { ...legacy, name: "batch", tag: { key: "PatchGroup", value: "batch" } }],
      baselines: [baseline],
    });
    deepStrictEqual(
      Object.entries(inputs("PatchGroup")).map(([name, { patchGroup }]) => [name, patchGroup]),
      [
        ["prod-patch-amazon-linux-2023-group-batch", "batch"],
        ["prod-patch-amazon-linux-2023-group-legacy", "prod-group-legacy"],
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

  it("are told to join no group where groups decide nothing", async () => {
    const { topology, names } = await made({ fleets: [legacy], baselines: [baseline] }, { method: "patch-policy" });
    deepStrictEqual([topology.attached["legacy"]?.patchGroup, names("PatchGroup")], [undefined, []]);
  });

  it("are told what their role needs, which is what the stack's own instances have", async () => {
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

  it("are patched by a patch policy for their tag, which AWS may attach what it needs to their roles", async () => {
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

  it("have command lines of their own, on demand", async () => {
    const { topology } = await made({ fleets: [legacy, files] }, { method: "on-demand" });
    const { scan, install, attached } = await linesOf(topology);
    deepStrictEqual([scan, install], [undefined, undefined]);
    strictEqual(
      attached?.["legacy"]?.install,
      "aws ssm send-command --region eu-west-1 --document-name prod-patch-document --targets Key=tag:Environment,Values=prod --parameters Operation=Install,SnapshotId=$(uuidgen) --max-concurrency 50% --max-errors 1",
    );
    // With a blank in its key the short form would not be one argument.
    match(attached["files"]?.scan ?? "", / --targets '\[\{"Key":"tag:Patch Group","Values":\["files"\]\}\]' /);
  });

  it("are checked from inside by a window of their own, with an alarm for when all of them are silent", async () => {
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
      // Two instances of the stack's own, of which one is silent; and of the others any at all.
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

  it("get their updates from a WSUS server, which is opened to their group and asks nothing of it", async () => {
    const older = { ...files, name: "older", operatingSystem: "windows-server-2019" as const };
    const other = { ...files, name: "other", tag: { key: "Team", value: "other" } };
    const { of, names, inputs } = await made({ topology: "wsus", fleets: [files, older, other] });
    const clients = of("Association").filter(({ name }) => name.endsWith("-client"));
    deepStrictEqual(
      clients.map((one) => [one.name, targetsOf(one)]),
      [
        ["prod-wsus-files-client", [{ key: "tag:Patch Group", values: ["files"] }]],
        ["prod-wsus-other-client", [{ key: "tag:Team", values: ["other"] }]],
      ],
    );
    deepStrictEqual(
      of("SecurityGroupIngressRule").map(({ name, inputs: rule }) => [name, rule["referencedSecurityGroupId"]]),
      [
        ["prod-files-into-endpoints", "sg-files"],
        ["prod-wsus-files-into-wsus-8530", "sg-files"],
        ["prod-wsus-files-into-wsus-8531", "sg-files"],
        ["prod-wsus-server-into-endpoints", "prod-wsus-server-server-id"],
        ["prod-wsus-server-into-endpoints-1", "prod-wsus-server-server-id"],
      ],
    );
    ok(names("SecurityGroupEgressRule").every((name) => name.startsWith("prod-wsus-server-to-")));
    // What it synchronises is what all of them run.
    const setUp = of("Association").find(({ name }) => name === "prod-wsus-server-setup-server")!;
    const { Products } = setUp.inputs["parameters"] as { Products: string };
    match(Products, /2019/);
    match(Products, /2022|21H2/);
    strictEqual(inputs("Instance")["prod-wsus-server-server"]?.["subnetId"], "subnet-2");
  });

  it("are patched beside the WSUS server, which is in the stack's own patch group", async () => {
    const { names } = await made({ topology: "wsus", fleets: [files] });
    deepStrictEqual(names("MaintenanceWindowTarget"), ["prod-patch-target", "prod-patch-target-files"]);
    const existing = { address: "wsus.example.com", protocol: "https" as const, securityGroupId: "sg-wsus" };
    const { names: withoutServer } = await made({ topology: "wsus", fleets: [files], wsus: { existing } });
    deepStrictEqual(withoutServer("MaintenanceWindowTarget"), ["prod-patch-target-files"]);
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

describe("a WSUS server in a network that is there", () => {
  it("stands in the subnet that it is given, with its content in that zone, and adds no route", async () => {
    const { of, inputs } = await made({
      topology: "wsus",
      fleets: [{ ...args.fleets[0]!, name: "files", operatingSystem: "windows-server-2022" }],
    });
    strictEqual(inputs("Instance")["prod-wsus-server-server"]?.["subnetId"], "subnet-2");
    strictEqual(inputs("Volume")["prod-wsus-server-content"]?.["availabilityZone"], "eu-west-1b");
    deepStrictEqual(["Vpc", "Subnet", "Route", "RouteTable", "NatGateway"].flatMap(of), []);
    const [s3] = of("VpcEndpoint").filter(({ name }) => name === "prod-endpoints-s3");
    deepStrictEqual(s3?.inputs["routeTableIds"], ["rtb-1"]);
  });
});
