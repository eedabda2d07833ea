import { Fleet } from "@patchpath/components";

new Fleet("web", {
  region: "eu-west-1",
  subnets: {
    vpcId: "vpc-0a1b2c3d4e5f67890",
    subnetIds: ["subnet-0a1b2c3d4e5f67890"],
    routeTableIds: ["rtb-0a1b2c3d4e5f67890"],
  },
  operatingSystem: "amazon-linux-2023",
  instanceType: "t4g.small",
  size: { min: 2, max: 4 },
  patchGroup: "web",
  endpointSecurityGroupIds: ["sg-0a1b2c3d4e5f67890"],
  s3PrefixListId: "pl-6da54004",
});
