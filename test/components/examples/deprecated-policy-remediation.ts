import { DeprecatedPolicyRemediation } from "@patchpath/components";

new DeprecatedPolicyRemediation("deprecated-policies", {
  region: "eu-west-1",
  mode: "report",
  needs: { cloudWatchAgent: true },
  instanceRegions: ["eu-west-1", "eu-central-1"],
  outputBuckets: ["my-command-outputs"],
  exceptions: [{ kind: "role", name: "legacy", reason: "is retired in March" }],
});
