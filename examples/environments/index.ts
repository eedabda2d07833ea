import { PatchTopology, type Topology } from "@patchpath/components";
import * as pulumi from "@pulumi/pulumi";

const config = new pulumi.Config();
const owner = `${pulumi.getProject()}-${pulumi.getStack()}`;

const topology = new PatchTopology("shop", {
  region: "eu-west-1",
  topology: config.require<Topology>("topology"),
  network: {
    cidrBlock: config.require("cidrBlock"),
    availabilityZones: config.requireNumber("availabilityZones"),
    natGateways: "single",
  },
  fleets: [
    {
      name: "web",
      operatingSystem: "amazon-linux-2023",
      instanceType: "t4g.small",
      size: { min: config.requireNumber("minimum"), max: 8 },
    },
  ],
  patching: {
    operation: "Install",
    schedule: config.require("schedule"),
    timezone: "Etc/UTC",
    duration: 3,
    cutoff: 1,
  },
  baselines: [
    {
      operatingSystem: "AMAZON_LINUX_2023",
      rules: [
        {
          filters: { CLASSIFICATION: ["Security"], SEVERITY: ["Critical", "Important"] },
          approveAfterDays: config.requireNumber("approveAfterDays"),
          complianceLevel: "CRITICAL",
          nonSecurity: false,
        },
      ],
      approvedPatches: [],
      approvedPatchesComplianceLevel: "UNSPECIFIED",
      approvedPatchesNonSecurity: false,
      rejectedPatches: [],
      rejectedPatchesAction: "ALLOW_AS_DEPENDENCY",
      sources: [],
      default: false,
    },
  ],
  patchGroup: owner,
});

export const vpcId = topology.network.vpcId;
