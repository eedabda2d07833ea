import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { type EndpointService, isWindows } from "patchpath/facts";
import { type CentralEndpointsLike, dividedServices } from "../endpoints/central-endpoints-like";
import { PatchEndpoints, endpointDefaults } from "../endpoints/patch-endpoints";
import { AttachedFleet } from "../fleet/attached-fleet";
import { Fleet } from "../fleet/fleet";
import { type MonitoringSettings, PatchMonitoring } from "../monitoring/patch-monitoring";
import { ownerTag } from "../network/existing-network";
import { PrivateNetwork, type PrivateNetworkArgs } from "../network/private-network";
import { SpokeConnection } from "../network/spoke-connection";
import type { SubnetsLike } from "../network/subnets";
import { type Patching, createPatching } from "../patching/create-patching";
import { s3StatementsFor } from "../patching/method";
import { type PatchTarget, ownTarget } from "../patching/patch-target";
import { Sessions } from "../sessions/sessions";
import type { WsusServer } from "../wsus/wsus-server";
import { WsusUpdates } from "../wsus/wsus-updates";
import { type AttachedTarget, attachedGroups, attachedTargets, isAttached } from "./attached-fleets";
import { type AttachedNeeds, attachedNeeds } from "./attached-needs";
import { type FleetTier, fleetTag, refusal, tagOfFleet, tierOf } from "./fleet-needs";
import { optionalServices } from "./optional-services";
import type { PatchTopologyArgs, TopologyFleet } from "./patch-topology-args";
import { type TopologyNetwork, oneOfEachZone, tiersOf, tiersOfFound } from "./topology-network";
import { attachedClients, fleetClient } from "./wsus-client-fleets";

/**
 * Fleets in private subnets, patched by one of three ways:
 *
 * - `endpoint-only`: VPC endpoints alone, interface endpoints for the agent and the S3 gateway endpoint for packages;
 * - `nat`: the same, and NAT for the fleets whose updates come from the internet;
 * - `wsus`: the same, and a WSUS server behind NAT, whose clients have no way to the internet.
 *
 * One component for all of them: a change of topology adds or takes away the way out, and touches no fleet.
 */
export class PatchTopology extends pulumi.ComponentResource {
  readonly network: TopologyNetwork;
  readonly endpoints: PatchEndpoints;
  /** By the fleet's name. */
  readonly fleets: Readonly<Record<string, Fleet>>;
  /** What the instances need that exist already, by the name of the first fleet with their tag. */
  readonly attached: Readonly<Record<string, AttachedNeeds>>;
  readonly patching: Patching;
  /** `undefined` where none is made. */
  readonly wsusServer: WsusServer | undefined;
  /** `undefined` where they aren't asked for. */
  readonly sessions: Sessions | undefined;
  readonly monitoring: PatchMonitoring | undefined;

  constructor(name: string, args: PatchTopologyArgs, opts?: pulumi.ComponentResourceOptions) {
    super("patchpath:topology:PatchTopology", name, {}, opts);

    refuseWhatCannotBePatched();
    const { region, topology, patchGroup, tags = {} } = args;
    const hasInterfaceEndpoints = args.endpoints?.interfaceEndpoints ?? endpointDefaults.interfaceEndpoints;
    const inComponent = { parent: this };
    const existing = args.fleets.filter((fleet) => isAttached(fleet));
    const own = args.fleets.filter((fleet): fleet is TopologyFleet => !isAttached(fleet));
    const attached = attachedTargets(existing, patchGroup);
    const groups = attachedGroups(attached, patchGroup);
    const targets = targetsOf();

    const found = "subnets" in args.network ? args.network : undefined;
    const made = "subnets" in args.network ? undefined : createNetwork(args.network);
    const dualStack = !("subnets" in args.network) && (args.network.dualStack ?? false);
    const network = found ? tiersOfFound(found) : tiersOf(made!);
    const endpoints = createEndpoints();
    const ways = [...(made ? [made] : []), endpoints, ...(args.central ? [connectTo(args.central)] : [])];
    const sessions = args.sessions && new Sessions(`${name}-sessions`, { ...args.sessions, region, tags }, inComponent);
    const patching = createPatching(
      `${name}-patch`,
      args.patching,
      {
        region,
        patchGroup,
        targets,
        attachedGroups: groups,
        baselines: args.baselines ?? [],
        tags,
      },
      inComponent,
    );
    const fleets = Object.fromEntries(own.map((fleet) => [fleet.name, createFleet(fleet)]));
    const attachedFleets = attach();
    const wsus = createWsus();

    this.network = network;
    this.endpoints = endpoints;
    this.fleets = fleets;
    this.attached = Object.fromEntries(attached.map((target) => [target.fleet, needsOfAttached(target)]));
    this.wsusServer = wsus?.server;
    this.sessions = sessions;
    this.patching = patching;
    this.monitoring = args.monitoring && createMonitoring(args.monitoring);
    this.registerOutputs({ vpcId: network.vpcId });

    /** config.ts says it first, with the key; whoever uses the component by itself reads it here. */
    function refuseWhatCannotBePatched(): void {
      for (const fleet of args.fleets) {
        const refused = refusal(args.topology, fleet);
        if (refused) throw new Error(`the fleet \`${fleet.name}\` can't be patched: ${refused.because}`);
      }
    }

    function makesServer(): boolean {
      const hasClients = args.fleets.some(({ operatingSystem }) => isWindows(operatingSystem));
      return topology === "wsus" && !args.wsus?.existing && hasClients;
    }

    /** The stack's own patch group has the instances of its fleets in it, and the WSUS server that it makes. */
    function targetsOf(): PatchTarget[] {
      const ofOwn = own.length > 0 || makesServer() ? [ownTarget(patchGroup)] : [];
      const isOwn = ({ key, value }: PatchTarget) => ofOwn.some((one) => one.key === key && one.value === value);
      return [...ofOwn, ...attached.filter((target) => !isOwn(target))];
    }

    function createNetwork(networkArgs: Omit<PrivateNetworkArgs, "natFor" | "tags">): PrivateNetwork {
      const natFor = ({ "endpoint-only": undefined, nat: "private", wsus: "server" } as const)[topology];
      return new PrivateNetwork(`${name}-network`, { ...networkArgs, natFor, tags }, inComponent);
    }

    function createEndpoints(): PatchEndpoints {
      return new PatchEndpoints(
        `${name}-endpoints`,
        {
          ...args.endpoints,
          found: found?.endpoints,
          central: args.central,
          dualStack,
          optionalServices: servicesBeside(),
          s3Statements: [...(args.endpoints?.s3Statements ?? []), ...s3StatementsFor(args.patching, region)],
          region,
          subnets: found ? oneOfEachZone(found) : network.isolated,
          routeTableIds: [...new Set(network.routeTableIds)],
          // In a VPC that others share, the next run's lookup must know what this one made.
          tags: found ? { ...tags, [ownerTag]: patchGroup } : tags,
        },
        inComponent,
      );
    }

    /** The routes of a VPC that was found are its owner's. */
    function connectTo(central: CentralEndpointsLike): SpokeConnection {
      const tiers = made && {
        isolated: made.isolated,
        ...(made.private && { private: made.private }),
        ...(made.server && { server: made.server }),
      };
      return new SpokeConnection(
        `${name}-spoke`,
        {
          vpcId: network.vpcId,
          central,
          services: dividedServices(servicesBeside(), central).central,
          ...(tiers && { tiers }),
          tags,
        },
        inComponent,
      );
    }

    function servicesBeside(): readonly EndpointService[] {
      return optionalServices({
        asked: args.endpoints?.optionalServices ?? [],
        sessions: args.sessions,
        output: args.patching.output,
      });
    }

    function subnetsOf(tier: FleetTier): SubnetsLike {
      const subnets = network[tier];
      if (!subnets) throw new Error(`the topology \`${topology}\` has no ${tier} subnets`);
      return subnets;
    }

    function createMonitoring(settings: MonitoringSettings): PatchMonitoring {
      const instances = own.reduce((sum, { size }) => sum + size.min, makesServer() ? 1 : 0);
      const { monitored } = patching;
      return new PatchMonitoring(
        `${name}-monitoring`,
        { ...settings, ...monitored, region, patchGroup, targets, instances, tags },
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
          userData: rest.userData,
          region,
          subnets: subnetsOf(tier),
          internet: topology === "nat" && tier === "private",
          dualStack,
          patchGroup,
          role: { ...roleOfAll(), managedPolicies: byName(managedPolicies) },
          endpointSecurityGroupIds: endpoints.securityGroupIds,
          endpointCidrBlocks: args.central?.cidrBlocks ?? [],
          s3PrefixListId: endpoints.s3PrefixListId,
          tags: { ...tags, ...ownTags, [fleetTag]: tagOfFleet(patchGroup, fleet.name) },
        },
        { ...inComponent, dependsOn: ways },
      );
    }

    /** What every instance's role has, that of a WSUS server too: it is patched and has sessions like the fleets. */
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
      new Set(existing.flatMap(({ securityGroupId }) => securityGroupId ?? [])).forEach(openEndpoints);
      return Object.fromEntries(
        existing.map(({ name: fleetName, operatingSystem, tag }) => {
          const component = new AttachedFleet(`${name}-${fleetName}`, { target: tag, operatingSystem }, inComponent);
          return [fleetName, component];
        }),
      );
    }

    /** Once to each security group, whichever fleets have it. */
    function openEndpoints(referencedSecurityGroupId: string): void {
      endpoints.ownSecurityGroupIds.forEach((securityGroupId, i) => {
        new aws.vpc.SecurityGroupIngressRule(
          `${name}-${referencedSecurityGroupId}-into-endpoints${i === 0 ? "" : `-${i}`}`,
          {
            securityGroupId,
            referencedSecurityGroupId,
            ipProtocol: "tcp",
            fromPort: 443,
            toPort: 443,
            description: "From instances that exist already",
          },
          inComponent,
        );
      });
    }

    /** With NAT too: fleets that got their updates from WSUS are put back to what they were. */
    function createWsus(): WsusUpdates | undefined {
      const windows = own.filter(({ operatingSystem }) => isWindows(operatingSystem));
      const clients = [
        ...windows.map((fleet) => fleetClient(fleet, fleets[fleet.name]!, patchGroup)),
        ...attachedClients(existing, attachedFleets),
      ];
      if (clients.length === 0) return undefined;
      return new WsusUpdates(
        `${name}-wsus`,
        {
          region,
          settings: topology === "wsus" ? (args.wsus ?? {}) : undefined,
          serverSubnet: network.server,
          clients,
          endpointSecurityGroupIds: endpoints.securityGroupIds,
          patchGroup,
          role: roleOfAll(),
          tags,
        },
        { ...inComponent, dependsOn: ways },
      );
    }
  }
}

/** Attachments are told apart by the policy's name. */
function byName(arns: readonly string[]): Record<string, string> {
  return Object.fromEntries(arns.map((arn) => [arn.slice(arn.lastIndexOf("/") + 1), arn]));
}
