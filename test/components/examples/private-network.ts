import { PrivateNetwork } from "@patchpath/components";
import type { ComponentResourceOptions } from "@pulumi/pulumi";

export function example(opts: ComponentResourceOptions) {
  return new PrivateNetwork(
    "network",
    { cidrBlock: "10.20.0.0/16", availabilityZones: 2, natFor: "private", natGateways: "single" },
    opts,
  );
}
