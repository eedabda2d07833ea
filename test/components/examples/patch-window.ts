import { PatchWindow } from "@patchpath/components";
import type { ComponentResourceOptions } from "@pulumi/pulumi";

export function example(opts: ComponentResourceOptions) {
  return new PatchWindow(
    "sunday",
    {
      patchGroup: "web",
      operation: "Install",
      schedule: "cron(0 18 ? * SUN *)",
      timezone: "Asia/Tokyo",
      duration: 3,
      cutoff: 1,
    },
    opts,
  );
}
