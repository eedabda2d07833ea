import { InstanceRole, Sessions } from "@patchpath/components";
import type { ComponentResourceOptions } from "@pulumi/pulumi";

export function example(opts: ComponentResourceOptions) {
  const sessions = new Sessions(
    "sessions",
    { region: "eu-west-1", documentName: "web-session", encrypted: true },
    opts,
  );
  return new InstanceRole("web", { region: "eu-west-1", inlinePolicies: { ...sessions.instancePolicies } }, opts);
}
