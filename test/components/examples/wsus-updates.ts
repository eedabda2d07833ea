import { Fleet, WsusUpdates } from "@patchpath/components";

const region = "eu-west-1";
const vpcId = "vpc-0a1b2c3d4e5f67890";
const endpointSecurityGroupIds = ["sg-0a1b2c3d4e5f67890"];
const operatingSystem = "windows-server-2022";
const serverSubnet = { vpcId, subnetId: "subnet-0b1b2c3d4e5f67890", availabilityZone: "eu-west-1a" };
const fleet = new Fleet("files", {
  region,
  subnets: { vpcId, subnetIds: ["subnet-0a1b2c3d4e5f67890"], routeTableIds: ["rtb-0a1b2c3d4e5f67890"] },
  operatingSystem,
  instanceType: "t3.medium",
  size: { min: 2, max: 4 },
  patchGroup: "files",
  endpointSecurityGroupIds,
  s3PrefixListId: "pl-6da54004",
  tags: { Team: "files" },
});
new WsusUpdates("wsus", {
  region,
  settings: { approval: "Manual", backups: 14 },
  serverSubnet,
  clients: [
    {
      name: "files",
      operatingSystems: [operatingSystem],
      target: { key: "Team", value: "files" },
      securityGroupId: fleet.securityGroupId,
      fleet,
    },
  ],
  endpointSecurityGroupIds,
  patchGroup: "files",
});
