import { PatchEndpoints, type SubnetsLike } from "@patchpath/components";

const subnets: SubnetsLike = {
  vpcId: "vpc-0a1b2c3d4e5f67890",
  subnetIds: ["subnet-0a1b2c3d4e5f67890"],
  routeTableIds: ["rtb-0a1b2c3d4e5f67890"],
};
new PatchEndpoints("endpoints", {
  region: "eu-west-1",
  subnets,
  routeTableIds: subnets.routeTableIds,
  optionalServices: ["logs"],
  trustBoundary: "organization",
});
