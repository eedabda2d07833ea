import { AttachedFleet } from "@patchpath/components";
import type * as pulumi from "@pulumi/pulumi";

export function example(opts: pulumi.ComponentResourceOptions) {
  return new AttachedFleet(
    "legacy",
    {
      target: { key: "Environment", value: "prod" },
      operatingSystem: "amazon-linux-2023",
    },
    opts,
  );
}
