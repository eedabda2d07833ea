import * as pulumi from "@pulumi/pulumi";
import { type EndpointService, controlPlaneServices, endpointServiceName, isWindows } from "patchpath/facts";
import { type CentralEndpointsLike, dividedServices } from "../endpoints/central-endpoints-like";
import type { StatementsByService } from "../endpoints/interface-endpoint-policy";
import { allStatements, managedPolicyStatements } from "../endpoints/managed-policy-statements";
import { PatchEndpoints, endpointDefaults } from "../endpoints/patch-endpoints";
import { AttachedFleet } from "../fleet/attached-fleet";
import { Fleet } from "../fleet/fleet";
import { type MonitoringSettings, PatchMonitoring } from "../monitoring/patch-monitoring";
import { type ExistingNetwork, ownerTag } from "../network/existing-network";
import { PrivateNetwork } from "../network/private-network";
import { SpokeConnection } from "../network/spoke-connection";
import type { SubnetsLike } from "../network/subnets";
import { type Patching, createPatching } from "../patching/create-patching";
import { s3StatementsFor } from "../patching/method";
import { Sessions } from "../sessions/sessions";
import { parameterStatement, reportPlaces } from "../wsus/server-policy";
import { type WsusServer, wsusServerDefaults } from "../wsus/wsus-server";
import { WsusUpdates } from "../wsus/wsus-updates";
import { type AttachedTarget, attachedGroups, attachedTargets, isAttached } from "./attached-fleets";
import { type AttachedNeeds, attachedNeeds } from "./attached-needs";
import { openEndpointsToAttached, otherClientsIn } from "./endpoint-clients";
import { type FleetTier, fleetTag, refusal, tagOfFleet, tierOf } from "./fleet-needs";
import { optionalServicesFor } from "./optional-services";
import type { PatchTopologyArgs, TopologyFleet } from "./patch-topology-args";
import { targetsOfStack, windowsOfStack } from "./stack-targets";
import { type TopologyNetwork, oneOfEachZone, tiersOf, tiersOfExisting } from "./topology-network";
import { attachedClients, fleetClient } from "./wsus-client-fleets";

/**
 * Fleets in private subnets, patched with one of three topologies. A fleet is a group of instances with one operating system.
 *
 * - `endpoint-only`: VPC endpoints only: interface endpoints for the agent, and the S3 gateway endpoint for packages;
 * - `nat`: the same endpoints, and NAT for fleets whose updates come from the internet;
 * - `wsus`: the same endpoints, and a WSUS server behind NAT, whose clients have no route to the internet.
 *
 * A change of topology adds or removes outbound access, and does not replace any fleet.
 */
export class PatchTopology extends pulumi.ComponentResource {
  readonly network: TopologyNetwork;
  readonly endpoints: PatchEndpoints;
  /** By the name of the fleet. */
  readonly fleets: Readonly<Record<string, Fleet>>;
  /** What existing instances require, by the name of the first fleet with their tag. */
  readonly attached: Readonly<Record<string, AttachedNeeds>>;
  readonly patching: Patching;
  /** `undefined` if none is created. */
  readonly wsusServer: WsusServer | undefined;
  /** `undefined` without `sessions` in the arguments. */
  readonly sessions: Sessions | undefined;
  readonly monitoring: PatchMonitoring | undefined;

  constructor(name: string, args: PatchTopologyArgs, opts?: pulumi.ComponentResourceOptions) {
    super("patchpath:topology:PatchTopology", name, {}, opts);

    requirePatchableFleets();
    const { region, topology, patchGroup, tags = {} } = args;
    const hasInterfaceEndpoints = args.endpoints?.interfaceEndpoints ?? endpointDefaults.interfaceEndpoints;
    const inComponent = { parent: this };
    const attachedArgs = args.fleets.filter((fleet) => isAttached(fleet));
    const own = args.fleets.filter((fleet): fleet is TopologyFleet => !isAttached(fleet));
    const attached = attachedTargets(attachedArgs, patchGroup);
    const serverName = `${patchGroup.replace(/[^\w.-]/g, "-")}-wsus`;
    const groups = attachedGroups(attached, patchGroup);
    const ownInstances = { fleets: own, patchGroup, serverName: createsServer() ? serverName : undefined };
    const targets = targetsOfStack(ownInstances, attached);

    const existing = "subnets" in args.network ? args.network : undefined;
    const created = "subnets" in args.network ? undefined : createNetwork(args.network);
    const dualStack = !("subnets" in args.network) && (args.network.dualStack ?? false);
    const network = existing ? tiersOfExisting(existing) : tiersOf(created!);
    const endpoints = createEndpoints();
    const paths = [...(created ? [created] : []), endpoints, ...(args.central ? [connectTo(args.central)] : [])];
    const sessions = args.sessions && new Sessions(`${name}-sessions`, { ...args.sessions, region, tags }, inComponent);
    const patching = createPatching(
      `${name}-patch`,
      args.patching,
      {
        region,
        patchGroup,
        targets,
        windows: windowsOfStack(ownInstances, attached, args.patching.windows ?? []),
        attachedGroups: groups,
        baselines: args.baselines ?? [],
        tags,
      },
      inComponent,
    );
    const fleets = Object.fromEntries(own.map((fleet) => [fleet.name, createFleet(fleet)]));
    const attachedFleets = attach();
    const monitoring = args.monitoring && createMonitoring(args.monitoring);
    const wsus = createWsus(monitoring);

    this.network = network;
    this.endpoints = endpoints;
    this.fleets = fleets;
    this.attached = Object.fromEntries(attached.map((target) => [target.fleet, needsOfAttached(target)]));
    this.wsusServer = wsus?.server;
    this.sessions = sessions;
    this.patching = patching;
    this.monitoring = monitoring;
    this.registerOutputs({ vpcId: network.vpcId });

    /** config.ts reports this first, with the config key. This is for programs that use the component directly. */
    function requirePatchableFleets(): void {
      for (const fleet of args.fleets) {
        const refused = refusal(args.topology, fleet);
        if (refused) throw new Error(`the fleet \`${fleet.name}\` cannot be patched: ${refused.because}`);
      }
    }

    function createsServer(): boolean {
      const hasClients = args.fleets.some(({ operatingSystem }) => isWindows(operatingSystem));
      return topology === "wsus" && !args.wsus?.existing && hasClients;
    }

    function createNetwork(networkArgs: Exclude<PatchTopologyArgs["network"], ExistingNetwork>): PrivateNetwork {
      const natFor = ({ "endpoint-only": undefined, nat: "private", wsus: "server" } as const)[topology];
      const services = hasInterfaceEndpoints ? dividedServices(additionalServices(), args.central).own : [];
      const endpointServices = services.map((service) => endpointServiceName(service, region));
      const serverType = args.wsus?.instanceType ?? wsusServerDefaults.instanceType;
      const instanceTypes = [
        ...own.map(({ instanceType }) => instanceType),
        ...(createsServer() && typeof serverType === "string" ? [serverType] : []),
      ];
      return new PrivateNetwork(
        `${name}-network`,
        { ...networkArgs, natFor, endpointServices, instanceTypes, tags },
        inComponent,
      );
    }

    function createEndpoints(): PatchEndpoints {
      return new PatchEndpoints(
        `${name}-endpoints`,
        {
          ...args.endpoints,
          existing: existing?.endpoints,
          otherClients: existing && otherClientsIn(existing, args.endpoints?.sharedWith, attachedArgs),
          central: args.central,
          dualStack,
          optionalServices: additionalServices(),
          s3Statements: [...(args.endpoints?.s3Statements ?? []), ...s3StatementsFor(args.patching, region)],
          interfaceStatements: interfaceStatements(),
          region,
          subnets: existing ? oneOfEachZone(existing) : network.isolated,
          routeTableIds: [...new Set(network.routeTableIds)],
          // In a shared VPC, the lookup of the next run must recognize the endpoints of this one.
          tags: existing ? { ...tags, [ownerTag]: patchGroup } : tags,
        },
        inComponent,
      );
    }

    /** The routes of an existing VPC belong to its owner. */
    function connectTo(central: CentralEndpointsLike): SpokeConnection {
      const tiers = created && {
        isolated: created.isolated,
        ...(created.private && { private: created.private }),
        ...(created.server && { server: created.server }),
      };
      return new SpokeConnection(
        `${name}-spoke`,
        {
          vpcId: network.vpcId,
          central,
          services: dividedServices(additionalServices(), central).central,
          ...(tiers && { tiers }),
          tags,
        },
        inComponent,
      );
    }

    function additionalServices(): readonly EndpointService[] {
      return optionalServicesFor({
        requested: args.endpoints?.optionalServices ?? [],
        sessions: args.sessions,
        output: args.patching.output,
      });
    }

    function interfaceStatements(): StatementsByService {
      const services = [...controlPlaneServices, ...additionalServices()];
      const arns = own.flatMap(({ managedPolicies = [] }) => managedPolicies);
      return allStatements(
        managedPolicyStatements(services, arns),
        createsServer() ? { ssm: [parameterStatement(region, reportPlaces(serverName))] } : {},
        args.endpoints?.interfaceStatements ?? {},
      );
    }

    function subnetsOf(tier: FleetTier): SubnetsLike {
      const subnets = network[tier];
      if (!subnets) throw new Error(`the topology \`${topology}\` has no ${tier} subnets`);
      return subnets;
    }

    function createMonitoring(settings: MonitoringSettings): PatchMonitoring {
      const instances = own.reduce((sum, { size }) => sum + size.min, createsServer() ? 1 : 0);
      const { monitored } = patching;
      // Where nothing is installed, nothing is ever new.
      const installs = args.patching.operation === "Install" && args.patching.method !== "host-management";
      const staleDays = installs ? settings.staleDays : 0;
      return new PatchMonitoring(
        `${name}-monitoring`,
        { ...settings, ...monitored, staleDays, region, patchGroup, targets, instances, tags },
        inComponent,
      );
    }

    function createFleet(fleet: TopologyFleet): Fleet {
      const { managedPolicies = [], tags: ownTags, ...rest } = fleet;
      const tier = tierOf(fleet, hasInterfaceEndpoints);
      return new Fleet(
        `${name}-${fleet.name}`,
        {
          operatingSystem: rest.operatingSystem,
          imageId: rest.imageId,
          size: rest.size,
          instanceType: rest.instanceType,
          replaceUnhealthy: rest.replaceUnhealthy,
          instanceRefresh: rest.instanceRefresh,
          userData: rest.userData,
          region,
          subnets: subnetsOf(tier),
          internet: topology === "nat" && tier === "private",
          dualStack,
          patchGroup,
          role: { ...roleOfAll(), managedPolicies: byName(managedPolicies) },
          endpointSecurityGroupIds: endpoints.securityGroupIds,
          endpointCidrBlocks: args.central?.cidrBlocks ?? [],
          nameServers: existing?.nameServers ?? [],
          s3PrefixListId: endpoints.s3PrefixListId,
          tags: { ...tags, ...ownTags, [fleetTag]: tagOfFleet(patchGroup, fleet.name) },
        },
        { ...inComponent, dependsOn: paths },
      );
    }

    /** What the role of every instance has, including that of a WSUS server, which is patched and has sessions like the fleets. */
    function roleOfAll() {
      const inlinePolicies = { ...sessions?.instancePolicies, ...patching.roles.inlinePolicies };
      return { ...args.instanceRole, inlinePolicies, tags: patching.roles.tags };
    }

    function needsOfAttached(target: AttachedTarget): AttachedNeeds {
      const registered = groups.filter(({ baselineSystems }) =>
        baselineSystems.some((system) => patching.registeredSystems.includes(system)),
      );
      return attachedNeeds(target, region, registered, roleOfAll());
    }

    function attach(): Record<string, AttachedFleet> {
      openEndpointsToAttached(name, endpoints, attachedArgs, inComponent);
      return Object.fromEntries(
        attachedArgs.map(({ name: fleetName, operatingSystem, tag }) => {
          const component = new AttachedFleet(`${name}-${fleetName}`, { target: tag, operatingSystem }, inComponent);
          return [fleetName, component];
        }),
      );
    }

    /** With NAT too: fleets that used WSUS before are reset to their previous settings. */
    function createWsus(reports: PatchMonitoring | undefined): WsusUpdates | undefined {
      const windows = own.filter(({ operatingSystem }) => isWindows(operatingSystem));
      const clients = [
        ...windows.map((fleet) => fleetClient(fleet, fleets[fleet.name]!, patchGroup)),
        ...attachedClients(attachedArgs, attachedFleets),
      ];
      if (clients.length === 0) return undefined;
      const alarmActions = [...(args.wsus?.alarmActions ?? []), ...(reports ? [reports.topicArn] : [])];
      return new WsusUpdates(
        `${name}-wsus`,
        {
          region,
          settings: topology === "wsus" ? { ...args.wsus, alarmActions } : undefined,
          serverSubnet: network.server,
          nameServers: existing?.nameServers ?? [],
          clients,
          endpointSecurityGroupIds: endpoints.securityGroupIds,
          uniqueName: serverName,
          patchGroup,
          role: roleOfAll(),
          tags,
        },
        { ...inComponent, dependsOn: paths },
      );
    }
  }
}

/** The name of an attachment contains the name of its policy. */
function byName(arns: readonly string[]): Record<string, string> {
  return Object.fromEntries(arns.map((arn) => [arn.slice(arn.lastIndexOf("/") + 1), arn]));
}
