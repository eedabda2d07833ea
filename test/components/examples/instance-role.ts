import { InstanceRole } from "@patchpath/components";
import type { ComponentResourceOptions } from "@pulumi/pulumi";

export function example(opts: ComponentResourceOptions) {
  return new InstanceRole(
    "web",
    {
      region: "eu-west-1",
      permissions: "minimal",
      path: "/patching/",
      managedPolicies: { metrics: "arn:aws:iam::aws:policy/CloudWatchAgentServerPolicy" },
    },
    opts,
  );
}
