import { WsusServer } from "@patchpath/components";

new WsusServer("wsus", {
  region: "eu-west-1",
  vpcId: "vpc-0a1b2c3d4e5f67890",
  subnetId: "subnet-0a1b2c3d4e5f67890",
  availabilityZone: "eu-west-1a",
  synchronization: { systems: ["windows-server-2022", "windows-server-2025"], languages: ["en", "de"] },
  patchGroup: "wsus",
  endpointSecurityGroupIds: ["sg-0a1b2c3d4e5f67890"],
  alarmActions: ["arn:aws:sns:eu-west-1:123456789012:operators"],
});
