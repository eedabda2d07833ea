import { InstanceRole } from "@patchpath/components";

new InstanceRole("web", {
  region: "eu-west-1",
  permissions: "minimal",
  path: "/patching/",
  managedPolicies: { metrics: "arn:aws:iam::aws:policy/CloudWatchAgentServerPolicy" },
});
