import { PatchTopology } from "@patchpath/components";

const topology = new PatchTopology("files", {
  region: "eu-west-1",
  topology: "wsus",
  network: { cidrBlock: "10.20.0.0/16", availabilityZones: 2 },
  fleets: [
    {
      name: "files",
      operatingSystem: "windows-server-2022",
      instanceType: "t3.medium",
      size: { min: 2, max: 4 },
    },
  ],
  patching: {
    operation: "Install",
    schedule: "cron(0 3 ? * SUN *)",
    timezone: "Etc/UTC",
    duration: 4,
    cutoff: 1,
  },
  patchGroup: "files",
});

export const serverState = topology.wsusServer?.stateParameter;
