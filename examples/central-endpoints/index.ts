import { CentralEndpoints, PatchTopology, PrivateNetwork } from "@patchpath/components";
import * as aws from "@pulumi/aws";

const region = "eu-west-1";
const [hubBlock, spokeBlock] = ["10.99.0.0/24", "10.20.0.0/16"];

const gateway = new aws.ec2transitgateway.TransitGateway("organization");
const hub = new PrivateNetwork("hub", { cidrBlock: hubBlock, availabilityZones: 2 });
const shared = new CentralEndpoints("shared", {
  region,
  subnets: hub.isolated,
  spokeCidrBlocks: [spokeBlock],
});
new aws.ec2transitgateway.VpcAttachment("hub", {
  transitGatewayId: gateway.id,
  vpcId: hub.vpcId,
  subnetIds: [...hub.isolated.subnetIds],
});
hub.isolated.routeTableIds.forEach((routeTableId, i) => {
  new aws.ec2.Route(`back-to-spoke-${i}`, {
    routeTableId,
    destinationCidrBlock: spokeBlock,
    transitGatewayId: gateway.id,
  });
});

new PatchTopology("spoke", {
  region,
  topology: "endpoint-only",
  network: { cidrBlock: spokeBlock, availabilityZones: 2 },
  central: {
    cidrBlocks: [hubBlock],
    transitGatewayId: gateway.id,
    services: ["ssm", "ssmmessages"],
    hostedZoneIds: shared.hostedZoneIds,
  },
  fleets: [
    {
      name: "web",
      operatingSystem: "amazon-linux-2023",
      instanceType: "t4g.small",
      size: { min: 2, max: 4 },
    },
  ],
  patching: { operation: "Install", schedule: "cron(0 3 ? * SUN *)", timezone: "Etc/UTC", duration: 3, cutoff: 1 },
  patchGroup: "spoke",
});
