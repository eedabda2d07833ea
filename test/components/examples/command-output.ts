import { CommandOutput, PatchWindow } from "@patchpath/components";

const commandOutput = new CommandOutput("output", { region: "eu-west-1", s3: true, cloudWatch: true });
new PatchWindow("sunday", {
  region: "eu-west-1",
  patchGroup: "web",
  operation: "Install",
  schedule: "cron(0 18 ? * SUN *)",
  timezone: "Europe/Dublin",
  duration: 3,
  cutoff: 1,
  commandOutput,
});
