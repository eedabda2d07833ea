import { NatGateways } from "@patchpath/components";
import * as pulumi from "@pulumi/pulumi";

new NatGateways("out", {
  vpcId: "vpc-0a1b2c3d4e5f67890",
  publicCidrBlocks: ["10.20.255.0/28"],
  zones: pulumi.output(["eu-west-1a"]),
  routed: { private: ["rtb-0a1b2c3d4e5f67890", "rtb-0a1b2c3d4e5f67891"] },
  tags: {},
});
