import { AttachedFleet, PatchWindow } from "@patchpath/components";

const target = { key: "Environment", value: "prod", fleet: "legacy" };

new AttachedFleet("legacy", { target, operatingSystem: "amazon-linux-2023" });
new PatchWindow("sunday", {
  region: "eu-west-1",
  patchGroup: "legacy",
  targets: [target],
  operation: "Install",
  schedule: "cron(0 3 ? * SUN *)",
  timezone: "Etc/UTC",
  duration: 3,
  cutoff: 1,
});
