import { type NatGatewayCount, PatchTopology, type Region } from "@patchpath/components";
import * as pulumi from "@pulumi/pulumi";

const config = new pulumi.Config();

/** Unique in the account and region: maintenance windows find their instances by it. */
const owner = `${pulumi.getProject()}-${pulumi.getStack()}`;

const topology = new PatchTopology(pulumi.getProject(), {
  region: new pulumi.Config("aws").require<Region>("region"),
  topology: "nat",
  network: {
    cidrBlock: config.require("cidrBlock"),
    availabilityZones: 2,
    natGateways: config.require<NatGatewayCount>("natGateways"),
  },
  fleets: [
    {
      name: "web",
      operatingSystem: "amazon-linux-2023",
      instanceType: "t4g.small",
      size: { min: 2, max: 4 },
    },
    {
      name: "api",
      operatingSystem: "ubuntu-24.04",
      instanceType: "t4g.small",
      size: { min: 2, max: 4 },
    },
  ],
  patching: {
    operation: "Install",
    schedule: config.require("schedule"),
    timezone: config.require("timezone"),
    duration: 3,
    cutoff: 1,
  },
  monitoring: {
    repositoryCheck: true,
    staleDays: 14,
    emails: config.requireObject<string[]>("alarmEmails"),
    dashboard: true,
  },
  patchGroup: owner,
});

export const vpcId = topology.network.vpcId;
export const autoScalingGroups = Object.values(topology.fleets).map((fleet) => fleet.autoScalingGroupName);
/** What the sources of third-party packages may have to allow. */
export const natPublicIps = topology.network.natGateways?.publicIps;
