import { CentralEndpoints } from "@patchpath/components";

new CentralEndpoints("shared", {
  region: "eu-west-1",
  subnets: {
    vpcId: "vpc-0a1b2c3d4e5f67890",
    subnetIds: ["subnet-0a1b2c3d4e5f67890"],
    routeTableIds: ["rtb-0a1b2c3d4e5f67890"],
  },
  spokeCidrBlocks: ["10.20.0.0/16", "10.21.0.0/16"],
  optionalServices: ["logs"],
  spokeVpcIds: { shop: "vpc-0b1b2c3d4e5f67890" },
  authorizedVpcIds: { partner: "vpc-0c1b2c3d4e5f67890" },
});
