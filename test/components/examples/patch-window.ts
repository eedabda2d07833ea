import { PatchWindow } from "@patchpath/components";

new PatchWindow("sunday", {
  region: "eu-west-1",
  patchGroup: "web",
  operation: "Install",
  schedule: "cron(0 18 ? * SUN *)",
  timezone: "Asia/Tokyo",
  duration: 3,
  cutoff: 1,
});
