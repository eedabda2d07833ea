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
import { lookUpExistingNetwork, repriced } from "./config/existing-network";

/** No other stack of the account and region has it: windows find instances by it as a tag. */
const owner = `${pulumi.getProject()}-${pulumi.getStack()}`;

/**
 * Config errors are the user's to read: a RunError is shown without its stack. Pulumi formats the stack all the same, and
 * Node 20 does not come to an end with a path such as `node_modules/@pulumi/resource.ts`, until its memory for text is
 * full: a quarter of a minute. So there is none.
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
  return { ...config, ...repriced(config, network), network };
}

/** The stack: config in, one component, outputs out. */
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
      s3Statements: endpointPolicy.statements,
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
    /** Why it was chosen. */
    ...(stack.choice && {
      choice: explainChoice(
        stack.choice,
        fleets.map(({ name }) => name),
      ),
    }),
    /** The fleets themselves apart, and what a network has already. */
    monthlyCost: { total: costText(cost), items: costLines(cost) },
    vpcId: topology.network.vpcId,
    subnetIds: {
      isolated: topology.network.isolated.subnetIds,
      private: topology.network.private?.subnetIds ?? [],
    },
    natPublicIps: topology.network.natGateways?.publicIps ?? [],
    endpointIds: { ...topology.endpoints.interfaceEndpointIds, s3: topology.endpoints.s3EndpointId },
    /** The parameter says how far its set-up is. */
    ...(topology.wsusServer && {
      wsusServer: { address: topology.wsusServer.address, stateParameter: topology.wsusServer.stateParameter },
    }),
    /** How and when the fleets are patched, and what to paste for doing it now. */
    patching: patchingOutputs(topology.patching, patching, new Date()),
    ...(topology.monitoring && { notificationTopicArn: topology.monitoring.topicArn }),
    /** What an operator runs, with the id of an instance. */
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
    /** What instances must have themselves that exist already. */
    ...(Object.keys(topology.attached).length > 0 && { attachedFleets: topology.attached }),
  };
}

export = () => main().catch(asRunError);
