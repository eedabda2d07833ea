import "./scripts/refuse-stale-build";
import {
  DeprecatedPolicyRemediation,
  PatchTopology,
  costOf,
  explainChoice,
  patchingOutputs,
} from "@patchpath/components";
import * as pulumi from "@pulumi/pulumi";
import { costLines, costText } from "patchpath/facts";
import { readConfig } from "./config";
import { ConfigError } from "./config/config-error";
import { lookUpExistingNetwork, repriced, warningsOfNetwork } from "./config/existing-network";

/** The patch group of the stack, unique in the account and region: maintenance windows target instances by this tag value. */
const owner = `${pulumi.getProject()}-${pulumi.getStack()}`;

/**
 * Config errors are for the user: Pulumi shows a RunError without its stack. It formats the stack all the same, and Node 20
 * takes a quarter of a minute for one with a path such as `node_modules/@pulumi/resource.ts`. So the error has none.
 */
function asRunError(error: unknown): never {
  if (!(error instanceof ConfigError)) throw error;
  const shown = new pulumi.RunError(error.message);
  delete shown.stack;
  throw shown;
}

async function readStack() {
  const config = readConfig(pulumi.runtime.allConfig());
  if (!("vpcId" in config.network)) return { ...config, network: config.network };
  const network = await lookUpExistingNetwork(config.network, config, owner);
  const warnings = [...config.warnings, ...warningsOfNetwork(network, config)];
  return { ...config, ...repriced(config, network), network, warnings };
}

/** The stack: it reads the config, creates the components, and returns the outputs. */
async function main() {
  const stack = await readStack();
  const { region, fleets, endpointPolicy, instanceRole, patching } = stack;
  const cost = costOf(stack.topology, stack.prices);
  for (const warning of stack.warnings) await pulumi.log.warn(warning);
  const topology = new PatchTopology(pulumi.getProject(), {
    region,
    topology: stack.topology,
    network: stack.network,
    fleets,
    endpoints: {
      interfaceEndpoints: stack.endpoints.interface,
      optionalServices: stack.optionalServices,
      trustBoundary: endpointPolicy.trustBoundary,
      organizationId: endpointPolicy.organizationId,
      serviceBuckets: endpointPolicy.serviceBuckets,
      s3Statements: endpointPolicy.statements,
      interfaceStatements: stack.endpoints.statements,
      sharedWith: stack.endpoints.sharedWith,
    },
    central: stack.endpoints.central,
    instanceRole,
    patching,
    baselines: stack.baselines,
    monitoring: stack.monitoring,
    sessions: { ...stack.sessions, documentName: `${owner}-session` },
    wsus: stack.wsus,
    patchGroup: owner,
  });
  const { deprecatedPolicies, ...remediation } = stack.remediation;
  const remediated =
    deprecatedPolicies === "off"
      ? undefined
      : new DeprecatedPolicyRemediation(`${pulumi.getProject()}-remediation`, {
          ...remediation,
          region,
          mode: deprecatedPolicies,
        });
  return {
    topology: stack.topology,
    /** Why the topology was chosen. */
    ...(stack.choice && {
      choice: explainChoice(
        stack.choice,
        fleets.map(({ name }) => name),
      ),
    }),
    /** The cost of the patch path, without the fleets and what an existing network already has. */
    monthlyCost: { total: costText(cost), items: costLines(cost) },
    vpcId: topology.network.vpcId,
    subnetIds: {
      isolated: topology.network.isolated.subnetIds,
      private: topology.network.private?.subnetIds ?? [],
    },
    natPublicIps: topology.network.natGateways?.publicIps ?? [],
    endpointIds: { ...topology.endpoints.interfaceEndpointIds, s3: topology.endpoints.s3EndpointId },
    /** The parameter contains the state of the server's setup. */
    ...(topology.wsusServer && {
      wsusServer: { address: topology.wsusServer.address, stateParameter: topology.wsusServer.stateParameter },
    }),
    /** How and when the fleets are patched, and commands for patching them now. */
    patching: patchingOutputs(topology.patching, patching, new Date()),
    ...(topology.monitoring && { notificationTopicArn: topology.monitoring.topicArn }),
    /** The command for a session; replace INSTANCE with the id of an instance. */
    ...(topology.sessions && {
      startSession: pulumi.interpolate`aws ssm start-session --target INSTANCE --document-name ${topology.sessions.documentName} --region ${region}`,
    }),
    ...(remediated && {
      remediation: {
        rule: remediated.ruleName,
        replace: remediated.replaceDocumentName,
        rollBack: remediated.rollBackDocumentName,
      },
    }),
    fleetsByName: Object.fromEntries(
      Object.entries(topology.fleets).map(([name, fleet]) => [
        name,
        {
          autoScalingGroupName: fleet.autoScalingGroupName,
          securityGroupId: fleet.securityGroupId,
          instanceRoleArn: fleet.role.roleArn,
        },
      ]),
    ),
    /** What existing instances require. */
    ...(Object.keys(topology.attached).length > 0 && { attachedFleets: topology.attached }),
  };
}

export = () => main().catch(asRunError);
