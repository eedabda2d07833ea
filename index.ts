import { PatchTopology, costOf, costText, explainChoice, patchingOutputs } from "@patchpath/components";
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

const stack = config();
const { region, network, fleets, endpoints, endpointPolicy, instanceRole } = stack;
const cost = costOf(stack.topology, stack.prices);
const topology = new PatchTopology(pulumi.getProject(), {
  region,
  topology: stack.topology,
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
  patching: stack.patching,
  baselines: stack.baselines,
  monitoring: stack.monitoring,
  // With the stack's name in it: windows find instances by this tag in the whole account and region, so two stacks of
  // one project would else patch each other's.
  patchGroup: `${pulumi.getProject()}-${pulumi.getStack()}`,
});

export const topologyName = stack.topology;
/** Why the topology was chosen, with `auto`. */
export const choice =
  stack.choice &&
  explainChoice(
    stack.choice,
    fleets.map(({ name }) => name),
  );
/** US dollars, the fleets themselves apart. */
export const monthlyCost = { total: costText(cost), items: cost.known ? cost.items : [] };
export const vpcId = topology.network.vpcId;
export const subnetIds = {
  isolated: topology.network.isolated.subnetIds,
  private: topology.network.private?.subnetIds ?? [],
};
export const natPublicIps = topology.network.natGateways?.publicIps ?? [];
export const endpointIds = { ...topology.endpoints.interfaceEndpointIds, s3: topology.endpoints.s3EndpointId };
/** How and when the fleets are patched, and what to paste for doing it now. */
export const patching = patchingOutputs(topology.patching, stack.patching, new Date());
/** Who is told when patching did not work. */
export const notificationTopicArn = topology.monitoring?.topicArn;
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
