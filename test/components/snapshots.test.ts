import { deepStrictEqual } from "node:assert/strict";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import {
  type BaselineSettings,
  CentralEndpoints,
  DeprecatedPolicyRemediation,
  PatchTopology,
  type PatchTopologyArgs,
  type PatchingSettings,
  type TopologyFleet,
} from "@patchpath/components";
import * as aws from "@pulumi/aws";
import type * as pulumi from "@pulumi/pulumi";
import { topologies } from "../../components/topology/fleet-needs";
import { type Recorded, recorded } from "./with-mocks";

/*
 * Types and names are public: deployed stacks identify their resources by them, and a rename replaces a resource. They
 * are committed, one file for each topology and patching method, and only grow:
 *
 *     PATCHPATH_UPDATE_SNAPSHOTS=1 npx mocha test/components/snapshots.test.ts
 *
 * adds new lines, and removes those that an alias replaces. Any other line is deleted manually, and requires a line in
 * the changelog.
 */
const fleet: Omit<TopologyFleet, "name" | "operatingSystem"> = {
  repositories: [],
  size: { min: 1, max: 2 },
  instanceType: "t3.medium",
  managedPolicies: ["arn:aws:iam::aws:policy/CloudWatchAgentServerPolicy"],
  tags: {},
};
const linux: TopologyFleet = { ...fleet, name: "web", operatingSystem: "amazon-linux-2023" };
const windows: TopologyFleet = { ...fleet, name: "files", operatingSystem: "windows-server-2022" };

const baseline: BaselineSettings = {
  operatingSystem: "AMAZON_LINUX_2023",
  rules: [],
  approvedPatches: ["*"],
  approvedPatchesComplianceLevel: "UNSPECIFIED",
  approvedPatchesNonSecurity: false,
  rejectedPatches: [],
  rejectedPatchesAction: "ALLOW_AS_DEPENDENCY",
  sources: [],
  default: true,
};

const patching: PatchingSettings = {
  operation: "Install",
  schedule: "rate(7 days)",
  scanSchedule: "rate(1 day)",
  timezone: "Etc/UTC",
  duration: 3,
  cutoff: 1,
  output: { s3: true, cloudWatch: true },
};

/** With every feature enabled, so that the name of every resource is included. */
const everything: PatchTopologyArgs = {
  region: "eu-west-1",
  topology: "endpoint-only",
  network: { cidrBlock: "10.20.0.0/16", availabilityZones: 2 },
  fleets: [linux],
  endpoints: { optionalServices: ["ec2messages", "ec2"] },
  sessions: { documentName: "prod-session", encrypted: true, s3Bucket: "my-session-logs" },
  patchGroup: "prod",
  patching,
  baselines: [baseline],
};

const topology = (args: Partial<PatchTopologyArgs>) => (opts: pulumi.ComponentResourceOptions) =>
  new PatchTopology("prod", { ...everything, ...args }, opts);

const snapshots: Readonly<Record<string, (opts: pulumi.ComponentResourceOptions) => pulumi.Resource>> = {
  "endpoint-only": topology({}),
  nat: topology({ topology: "nat", fleets: [linux, windows] }),
  wsus: topology({ topology: "wsus", fleets: [linux, windows] }),
  "dual-stack": topology({
    topology: "nat",
    network: { cidrBlock: "10.20.0.0/16", availabilityZones: 2, dualStack: true },
    fleets: [linux, windows],
  }),
  central: topology({
    topology: "wsus",
    fleets: [linux, windows],
    endpoints: {},
    sessions: { documentName: "prod-session" },
    central: {
      cidrBlocks: ["10.99.0.0/24", "10.98.0.0/24"],
      services: ["ssm", "ssmmessages"],
      hostedZoneIds: { ssm: "Z0123456789ABCDEFGHIJ", ssmmessages: "Z0123456789ABCDEFGHIK" },
      transitGatewayId: "tgw-0a1b2c3d4e5f67890",
    },
  }),
  "central-endpoints": (opts) =>
    new CentralEndpoints(
      "shared",
      {
        region: "eu-west-1",
        subnets: { vpcId: "vpc-0a1b2c3d4e5f67890", subnetIds: ["subnet-0a1b2c3d4e5f67890"], routeTableIds: [] },
        spokeCidrBlocks: ["10.20.0.0/16"],
        spokeVpcIds: { shop: "vpc-0b1b2c3d4e5f67890" },
        authorizedVpcIds: { partner: "vpc-0c1b2c3d4e5f67890" },
      },
      opts,
    ),
  "patch-policy": topology({ patching: { ...patching, method: "patch-policy" } }),
  "host-management": topology({ patching: { ...patching, method: "host-management" } }),
  "on-demand": topology({ patching: { ...patching, method: "on-demand" } }),
  "deprecated-policy-remediation": (opts) =>
    new DeprecatedPolicyRemediation("prod", { region: "eu-west-1", mode: "automatic", recorder: "new" }, opts),
};

interface Change {
  /** In the snapshot, but neither created nor the target of an alias. */
  readonly lost: readonly string[];
  /** Created, but not in the snapshot. */
  readonly added: readonly string[];
}

function changeOf(snapshot: readonly string[], resources: readonly Recorded[]): Change {
  const made = resources.map(({ type, name }) => `${type} ${name}`);
  const formerly = resources.flatMap((resource) => resource.formerly);
  return {
    lost: snapshot.filter((line) => !made.includes(line) && !formerly.includes(line)),
    added: made.filter((line) => !snapshot.includes(line)),
  };
}

describe("types and names", () => {
  for (const [what, program] of Object.entries(snapshots)) {
    it(`of ${what} are those of its snapshot`, async () => {
      const file = join(__dirname, "snapshots", `${what}.txt`);
      const snapshot = existsSync(file) ? readFileSync(file, "utf8").trimEnd().split("\n") : [];
      const resources = await recorded(program);
      const change = changeOf(snapshot, resources);
      if (process.env["PATCHPATH_UPDATE_SNAPSHOTS"]) {
        const lines = [...resources.map(({ type, name }) => `${type} ${name}`), ...change.lost];
        writeFileSync(file, `${lines.sort().join("\n")}\n`);
        deepStrictEqual(change.lost, [], "removed without an alias; delete the line manually if that is intended");
        return;
      }
      deepStrictEqual(change, { lost: [], added: [] });
    });
  }

  it("are recorded for every topology", () => {
    deepStrictEqual(
      topologies.filter((one) => !(one in snapshots)),
      [],
    );
  });

  it("change with a new name, but not with an alias", async () => {
    const type = "aws:ec2/vpc:Vpc";
    const snapshot = [`${type} old`];
    const vpc = { cidrBlock: "10.0.0.0/16" };
    deepStrictEqual(changeOf(snapshot, await recorded((opts) => new aws.ec2.Vpc("new", vpc, opts))), {
      lost: [`${type} old`],
      added: [`${type} new`],
    });
    const renamed = await recorded((opts) => new aws.ec2.Vpc("new", vpc, { ...opts, aliases: [{ name: "old" }] }));
    deepStrictEqual(changeOf(snapshot, renamed), { lost: [], added: [`${type} new`] });
  });
});
