import { PatchTopology } from "@patchpath/components";

new PatchTopology("prod", {
  region: "eu-west-1",
  topology: "nat",
  network: { cidrBlock: "10.20.0.0/16", availabilityZones: 2 },
  fleets: [
    {
      name: "web",
      operatingSystem: "amazon-linux-2023",
      repositories: ["epel"],
      size: { min: 2, max: 4 },
      instanceType: "t4g.small",
      managedPolicies: [],
      tags: { Team: "web" },
    },
  ],
  sessions: { documentName: "prod-session" },
  patching: {
    operation: "Install",
    schedule: "cron(0 18 ? * SUN *)",
    timezone: "Europe/Dublin",
    duration: 3,
    cutoff: 1,
  },
  patchGroup: "prod",
});
