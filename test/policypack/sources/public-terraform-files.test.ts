import { deepStrictEqual, ok } from "node:assert/strict";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { hopsInOrder, pathsOf } from "../../../policypack/path/fleet-path";
import { readStackFile } from "../../../policypack/sources/stack-file";
import { regionOf } from "../../../policypack/stack/resource";
import { Stack } from "../../../policypack/stack/stack";
import type { PublicFile } from "./public-terraform/files";
import * as defaults from "./public-terraform/default-networks";
import { computedEgress, oldUbuntu, twoClouds, withoutEgress } from "./public-terraform/groups";
import { publicWeb } from "./public-terraform/networks";
import * as plans from "./public-terraform/plans";
import * as states from "./public-terraform/states";

/** The verdicts for a fleet by AWS's documentation; all other hops are unknown, as the file does not decide them. */
interface Truth {
  readonly system?: string | undefined;
  readonly open?: readonly string[];
  readonly blocked?: readonly string[];
}

interface Case {
  readonly file: PublicFile;
  readonly region?: string;
  readonly fleets: Readonly<Record<string, Truth>>;
}

const nothing: Truth = {};
const overInternet = ["dns", "control-plane", "network-acls", "s3-route", "payload", "snapshot", "repository"];

const cases: readonly Case[] = [
  {
    file: states.repeatedModules,
    fleets: Object.fromEntries(
      [
        "ec2_openvpn.module.ec2_bastion",
        "ec2_redhat_a",
        "ec2_redhat_b",
        "ec2_ubuntu_a[0]",
        "ec2_ubuntu_a[1]",
        "ec2_ubuntu_b[0]",
        "ec2_ubuntu_b[1]",
      ].map((module) => [
        `module.${module}.aws_instance.this[0]`,
        { system: /redhat|ubuntu/.exec(module)?.[0].replace("redhat", "rhel") },
      ]),
    ),
  },
  {
    // These images include the agent since 2017.09; Patchpath does not know Amazon Linux 1, so it is unknown.
    file: defaults.firstAmazonLinux,
    region: "eu-west-3",
    fleets: { "aws_instance.vm": nothing },
  },
  { file: states.unusedTemplate, region: "us-east-1", fleets: { "aws_launch_template.foo": nothing } },
  {
    // The EKS optimized image of Amazon Linux 2 includes the agent.
    file: states.nodeGroup,
    region: "eu-west-3",
    fleets: { "aws_eks_node_group.node": { system: "amazon-linux-2", open: ["agent"] } },
  },
  {
    file: defaults.adoptedTwice,
    region: "us-east-1",
    fleets: Object.fromEntries(
      ["", "module.instances."].flatMap((module) =>
        ["instance_1", "instance_counted[0]", 'instance_named["test.1"]'].map((name) => [
          `${module}aws_instance.${module === "" ? "" : "module_"}${name}`,
          nothing,
        ]),
      ),
    ),
  },
  {
    file: plans.threeGroups,
    region: "eu-west-1",
    fleets: Object.fromEntries(
      ["lc", "lt", "mixed"].map((name) => [`module.magento.aws_autoscaling_group.${name}`, nothing]),
    ),
  },
  { file: plans.plannedNodeGroup, region: "eu-west-1", fleets: { "module.eks.aws_eks_node_group.example": nothing } },
  { file: plans.loneNodeGroup, fleets: { "aws_eks_node_group.test": nothing } },
  { file: plans.inFoundSubnet, region: "eu-west-1", fleets: { "module.nexus.aws_instance.nexus": nothing } },
  { file: defaults.adoptedSubnet, region: "us-east-1", fleets: { "aws_instance.ec2": nothing } },
  {
    file: plans.forEachModule,
    fleets: Object.fromEntries(
      [1, 2].map((i) => [
        `module.ecr_repository["repository_${i}"].aws_instance.ecr_repository`,
        { system: "ubuntu-20.04", open: ["agent"] },
      ]),
    ),
  },
  {
    // AWS documents the agent on Ubuntu images since 16.04.
    file: oldUbuntu,
    region: "us-west-2",
    fleets: Object.fromEntries(
      ["invalid", "valid_2xlarge", "valid_large", "valid_medium", "valid_micro", "valid_small", "valid_xlarge"].map(
        (name) => [`aws_instance.${name}`, { system: "ubuntu" }],
      ),
    ),
  },
  { file: twoClouds, region: "us-west-2", fleets: { "aws_autoscaling_group.example": nothing } },
  {
    // The user data of one of them is not known: it may remove the agent of the image. It is taken to set no proxy.
    file: publicWeb,
    region: "us-west-2",
    fleets: {
      "aws_instance.db_app": { system: "amazon-linux-2", open: ["security-groups", ...overInternet] },
      "aws_instance.web_host": { open: ["security-groups", ...overInternet] },
    },
  },
  {
    file: withoutEgress,
    region: "us-east-1",
    fleets: { "module.asg.aws_autoscaling_group.asg": { open: ["identity"], blocked: ["security-groups"] } },
  },
  {
    // Terraform removes the outbound rule that AWS adds to a new group, unless the configuration has `egress`.
    file: computedEgress,
    region: "us-east-1",
    fleets: {
      "aws_autoscaling_group.example": { blocked: ["security-groups"] },
      "aws_instance.web[0]": { blocked: ["security-groups"] },
    },
  },
  {
    file: defaults.halfDeployed,
    region: "us-east-1",
    fleets: Object.fromEntries(
      ["aws_instance.", "module.instances.aws_instance.module_"].flatMap((prefix) =>
        ["1", "2", "counted[0]", "counted[1]", 'named["test.1"]', 'named["test.2"]'].map((name) => [
          `${prefix}instance_${name}`,
          nothing,
        ]),
      ),
    ),
  },
];

/** Facts about real files, with other IDs, names and accounts, and without what no hop depends on. */
describe("public Terraform states and plans that show what AWS does", () => {
  const folder = mkdtempSync(join(tmpdir(), "patchpath-"));
  after(() => {
    rmSync(folder, { recursive: true });
  });

  for (const { file, region, fleets } of cases) {
    it(`${file.source} (${file.license}; Terraform ${file.terraform}, provider ${file.provider})`, () => {
      const path = join(folder, "public.json");
      writeFileSync(path, JSON.stringify(file.json));
      const judged = pathsOf(new Stack(readStackFile(path, undefined).resources)).map((one) => {
        const hops = (verdict: string) =>
          hopsInOrder(one)
            .filter((hop) => hop.verdict.verdict === verdict)
            .map(({ hop }) => hop)
            .sort();
        return [
          one.fleet.name,
          {
            region: regionOf(one.fleet.resource),
            system: one.system?.id,
            open: hops("open"),
            blocked: hops("blocked"),
          },
        ] as const;
      });
      deepStrictEqual(
        Object.fromEntries(judged),
        Object.fromEntries(
          Object.entries(fleets).map(([name, { system, open = [], blocked = [] }]) => [
            name,
            { region, system, open: [...open].sort(), blocked: [...blocked].sort() },
          ]),
        ),
      );
      deepStrictEqual(judged.length, Object.keys(fleets).length);
    });
  }

  it("cover versions 2 to 5 of the provider", () => {
    const versions = new Set(cases.map(({ file }) => file.provider));
    ok([2, 3, 4, 5].every((version) => versions.has(version)));
  });
});
