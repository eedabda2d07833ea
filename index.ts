import { EndpointOnlyTopology } from "@patchpath/components";
import * as pulumi from "@pulumi/pulumi";
import { ConfigError, readConfig } from "./config";

function config() {
  try {
    return readConfig(pulumi.runtime.allConfig());
  } catch (error) {
    // A RunError is shown without its stack: it is the user's to read.
    throw error instanceof ConfigError ? new pulumi.RunError(error.message) : error;
  }
}

const { region, network, fleets, patching } = config();
const topology = new EndpointOnlyTopology(pulumi.getProject(), {
  region,
  network,
  fleets,
  patching,
  // With the stack's name in it: windows find instances by this tag in the whole account and region, so two stacks of
  // one project would else patch each other's.
  patchGroup: `${pulumi.getProject()}-${pulumi.getStack()}`,
});

export const vpcId = topology.network.vpcId;
export const subnetIds = topology.network.subnetIds;
export const endpointIds = { ...topology.endpoints.interfaceEndpointIds, s3: topology.endpoints.s3EndpointId };
export const instanceRoleArn = topology.role.roleArn;
export const maintenanceWindowId = topology.window.windowId;
export const fleetsByName = Object.fromEntries(
  Object.entries(topology.fleets).map(([name, fleet]) => [
    name,
    { autoScalingGroupName: fleet.autoScalingGroupName, securityGroupId: fleet.securityGroupId },
  ]),
);
