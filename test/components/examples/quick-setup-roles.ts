import { QuickSetupRoles } from "@patchpath/components";
import type { ComponentResourceOptions } from "@pulumi/pulumi";

export function example(opts: ComponentResourceOptions) {
  return new QuickSetupRoles("roles", { region: "eu-west-1", configuration: "patch-policy" }, opts);
}
