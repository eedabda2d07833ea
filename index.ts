import { PatchTopology } from "@patchpath/components";
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

const { region, topology: kind, network, fleets, endpoints, endpointPolicy, instanceRole, patching } = config();
const topology = new PatchTopology(pulumi.getProject(), {
  region,
  topology: kind,
  network,
  fleets,
  endpoints: {
    interfaceEndpoints: endpoints.interface,
    optionalServices: [
      ...(endpoints.ec2messages ? ["ec2messages" as const] : []),
      ...(endpoints.vss ? ["ec2" as const] : []),
    ],
    trustBoundary: endpointPolicy.trustBoundary,
    organizationId: endpointPolicy.organizationId,
    s3Statements: endpointPolicy.statements,
  },
  instanceRole,
  patching,
  // With the stack's name in it: windows find instances by this tag in the whole account and region, so two stacks of
  // one project would else patch each other's.
  patchGroup: `${pulumi.getProject()}-${pulumi.getStack()}`,
});

export const vpcId = topology.network.vpcId;
export const subnetIds = {
  isolated: topology.network.isolated.subnetIds,
  private: topology.network.private?.subnetIds ?? [],
};
export const natPublicIps = topology.network.natGateways?.publicIps ?? [];
export const endpointIds = { ...topology.endpoints.interfaceEndpointIds, s3: topology.endpoints.s3EndpointId };
export const maintenanceWindowId = topology.window.windowId;
export const fleetsByName = Object.fromEntries(
  Object.entries(topology.fleets).map(([name, fleet]) => [
    name,
    {
      autoScalingGroupName: fleet.autoScalingGroupName,
      securityGroupId: fleet.securityGroupId,
      instanceRoleArn: fleet.role.roleArn,
    },
  ]),
);
