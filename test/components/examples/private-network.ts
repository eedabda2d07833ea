import { PrivateNetwork } from "@patchpath/components";

new PrivateNetwork("network", {
  cidrBlock: "10.20.0.0/16",
  availabilityZones: 2,
  natFor: "private",
  natGateways: "single",
});
