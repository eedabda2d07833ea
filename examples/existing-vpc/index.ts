import { PatchTopology, lookUpNetwork } from "@patchpath/components";
import * as pulumi from "@pulumi/pulumi";

const config = new pulumi.Config();
const region = "eu-west-1";
const owner = `${pulumi.getProject()}-${pulumi.getStack()}`;

async function program() {
  const vpc = { vpcId: config.require("vpcId"), subnetIds: config.requireObject<string[]>("subnetIds") };
  const network = await lookUpNetwork(vpc, region, ["ssm", "ssmmessages"], owner);
  const topology = new PatchTopology("shop", {
    region,
    topology: "endpoint-only",
    network,
    endpoints: { sharedWith: [network.cidrBlock] },
    fleets: [
      {
        name: "web",
        operatingSystem: "amazon-linux-2023",
        instanceType: "t4g.small",
        size: { min: 2, max: 4 },
      },
    ],
    patching: { operation: "Install", schedule: "cron(0 3 ? * SUN *)", timezone: "Etc/UTC", duration: 3, cutoff: 1 },
    patchGroup: owner,
  });
  return { endpointIds: topology.endpoints.interfaceEndpointIds };
}

export = program;
