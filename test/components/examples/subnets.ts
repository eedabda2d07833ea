import { Subnets } from "@patchpath/components";
import * as pulumi from "@pulumi/pulumi";

new Subnets("batch", {
  vpcId: "vpc-0a1b2c3d4e5f67890",
  cidrBlocks: ["10.20.96.0/20", "10.20.112.0/20"],
  zones: pulumi.output(["eu-west-1a", "eu-west-1b"]),
  tags: { Team: "batch" },
});
