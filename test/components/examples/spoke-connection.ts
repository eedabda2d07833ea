import { SpokeConnection, type SubnetsLike } from "@patchpath/components";

const isolated: SubnetsLike = {
  vpcId: "vpc-0b1b2c3d4e5f67890",
  subnetIds: ["subnet-0b1b2c3d4e5f67890"],
  routeTableIds: ["rtb-0b1b2c3d4e5f67890"],
};
new SpokeConnection("spoke", {
  vpcId: isolated.vpcId,
  services: ["ssm", "ssmmessages"],
  central: {
    cidrBlocks: ["10.99.0.0/24"],
    transitGatewayId: "tgw-0a1b2c3d4e5f67890",
    hostedZoneIds: { ssm: "Z0123456789ABCDEFGHIJ", ssmmessages: "Z0123456789ABCDEFGHIK" },
  },
  tiers: { isolated },
});
