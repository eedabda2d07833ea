import { PatchTopology, type Region } from "@patchpath/components";
import * as pulumi from "@pulumi/pulumi";

const config = new pulumi.Config();

/** Unique in the account and region: maintenance windows find their instances by it. */
const owner = `${pulumi.getProject()}-${pulumi.getStack()}`;

const topology = new PatchTopology(pulumi.getProject(), {
  region: new pulumi.Config("aws").require<Region>("region"),
  topology: "wsus",
  network: { cidrBlock: config.require("cidrBlock"), availabilityZones: 2, natGateways: "single" },
  fleets: [
    {
      name: "files",
      operatingSystem: "windows-server-2022",
      instanceType: "t3.large",
      size: { min: 2, max: 4 },
    },
  ],
  wsus: { operatingSystem: "windows-server-2022", contentGiB: config.requireNumber("contentGiB") },
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
/** Name of the SSM parameter with the state of the setup of the server. */
export const wsusStateParameter = topology.wsusServer?.stateParameter;
