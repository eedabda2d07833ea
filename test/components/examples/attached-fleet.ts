import { AttachedFleet } from "@patchpath/components";
import type * as pulumi from "@pulumi/pulumi";

export function example(opts: pulumi.ComponentResourceOptions) {
  return new AttachedFleet(
    "legacy",
    {
      target: { key: "Environment", value: "prod" },
      operatingSystem: "amazon-linux-2023",
      securityGroupId: "sg-0a1b2c3d4e5f67890",
      endpointSecurityGroupIds: ["sg-0b1b2c3d4e5f67890"],
    },
    opts,
  );
}
