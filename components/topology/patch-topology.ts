import * as pulumi from "@pulumi/pulumi";
import { type EndpointService, type Region, isWindows } from "patchpath/facts";
import { type CentralEndpointsLike, dividedServices } from "../endpoints/central-endpoints-like";
import { PatchEndpoints, type PatchEndpointsArgs } from "../endpoints/patch-endpoints";
import { Fleet, type FleetArgs } from "../fleet/fleet";
import type { InstanceRoleSettings } from "../fleet/instance-role";
import { type FoundNetwork, ownerTag } from "../network/existing-network";
import type { NatGateways } from "../network/nat-gateways";
import { type MonitoringSettings, PatchMonitoring } from "../monitoring/patch-monitoring";
import { PrivateNetwork, type PrivateNetworkArgs } from "../network/private-network";
import { SpokeConnection } from "../network/spoke-connection";
import type { Subnets, SubnetsLike } from "../network/subnets";
import { type Patching, createPatching } from "../patching/create-patching";
import type { BaselineSettings } from "../patching/patch-baseline";
import { type PatchingSettings, s3StatementsFor } from "../patching/method";
import { Sessions, type SessionsArgs } from "../sessions/sessions";
import type { WsusServer } from "../wsus/wsus-server";
import { type WsusSettings, WsusUpdates } from "../wsus/wsus-updates";
import { type FleetNeeds, type FleetTier, type Topology, refusal, tierOf } from "./fleet-needs";
import { optionalServices } from "./optional-services";

/** A fleet with what its topology must know of it. */
export interface TopologyFleet extends FleetNeeds, Pick<FleetArgs, "imageId" | "instanceType" | "size" | "userData"> {
  /** Unique in the topology; stands in the names of the fleet's resources. */
  readonly name: string;
  /** ARNs of managed policies that its role gets beside the agent's. */
  readonly managedPolicies: readonly string[];
  /** Tags of its instances, beside the topology's. */
  readonly tags: Readonly<Record<string, string>>;
}

/** All plain: these values decide which resources there are, and documents that must be known at preview. */
export interface PatchTopologyArgs {
  /** Decides names of buckets, endpoints and packages. */
  readonly region: Region;
  /** How the fleets get their updates; a fleet that it can't patch is refused. */
  readonly topology: Topology;
  /** A network to make, or one that was found and judged. */
  readonly network: Omit<PrivateNetworkArgs, "natFor" | "tags"> | FoundNetwork;
  /** Each in the subnets that its updates ask for. */
  readonly fleets: readonly TopologyFleet[];
  /** When and how the fleets are patched. */
  readonly patching: PatchingSettings;
  /**
   * Patch baselines, one for an operating system at most.
   *
   * @default - AWS's predefined ones
   */
  readonly baselines?: readonly BaselineSettings[];
  /**
   * How one learns that patching did not work.
   *
   * @default - not at all
   */
  readonly monitoring?: MonitoringSettings;
  /**
   * The endpoints' settings.
   *
   * @default - interface endpoints for `ssm` and `ssmmessages`, trust boundary `account`
   */
  readonly endpoints?: Pick<
    PatchEndpointsArgs,
    "interfaceEndpoints" | "optionalServices" | "organizationId" | "s3Statements" | "trustBoundary"
  >;
  /**
   * Interface endpoints of a shared-services VPC, used in place of endpoints of our own.
   *
   * @default - none
   */
  readonly central?: CentralEndpointsLike | undefined;
  /**
   * Settings of every fleet's role.
   *
   * @default - AmazonSSMManagedInstanceCore, no boundary, path `/`
   */
  readonly instanceRole?: InstanceRoleSettings;
  /**
   * Session Manager's preferences for the fleets, and where sessions are logged.
   *
   * @default - the account's own preferences, and nothing in the roles for their logs
   */
  readonly sessions?: Omit<SessionsArgs, "region" | "tags">;
  /**
   * The server of the topology `wsus`: how it is made, or where it is.
   *
   * @default - a server of our own with its own defaults
   */
  readonly wsus?: WsusSettings;
  /** Value of the tag `PatchGroup`; no other stack of the account and region may have the same. */
  readonly patchGroup: string;
  /**
   * Tags of every resource.
   *
   * @default - none but `Name` and `PatchGroup`
   */
  readonly tags?: Readonly<Record<string, string>>;
}

/** A network by its tiers, ours or one that is there already, whose subnets are of both tiers. */
export interface TopologyNetwork {
  readonly vpcId: pulumi.Input<string>;
  readonly isolated: SubnetsLike;
  readonly private?: SubnetsLike | undefined;
  readonly server?: Subnets | undefined;
  readonly natGateways?: NatGateways | undefined;
}

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
    const hasInterfaceEndpoints = args.endpoints?.interfaceEndpoints ?? true;
    const inComponent = { parent: this };

    const found = "subnets" in args.network ? args.network : undefined;
    const made = "subnets" in args.network ? undefined : createNetwork(args.network);
    const dualStack = !("subnets" in args.network) && (args.network.dualStack ?? false);
    const network: TopologyNetwork = made ?? tiersOf(found!);
    const endpoints = createEndpoints();
    const ways = [...(made ? [made] : []), endpoints, ...(args.central ? [connectTo(args.central)] : [])];
    const sessions = args.sessions && new Sessions(`${name}-sessions`, { ...args.sessions, region, tags }, inComponent);
    const patching = createPatching(
      `${name}-patch`,
      args.patching,
      { region, patchGroup, baselines: args.baselines ?? [], tags },
      inComponent,
    );
    const fleets = Object.fromEntries(args.fleets.map((fleet) => [fleet.name, createFleet(fleet)]));
    const wsus = createWsus();

    this.network = network;
    this.endpoints = endpoints;
    this.fleets = fleets;
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

    function createNetwork(networkArgs: Omit<PrivateNetworkArgs, "natFor" | "tags">): PrivateNetwork {
      const natFor = ({ "endpoint-only": undefined, nat: "private", wsus: "server" } as const)[topology];
      return new PrivateNetwork(`${name}-network`, { ...networkArgs, natFor, tags }, inComponent);
    }

    function createEndpoints(): PatchEndpoints {
      const tiers = [network.isolated, network.private, network.server].filter((tier) => tier !== undefined);
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
          routeTableIds: [...new Set(tiers.flatMap(({ routeTableIds }) => routeTableIds))],
          // In a VPC that others share, the next run's lookup must know what this one made.
          tags: found ? { ...tags, [ownerTag]: patchGroup } : tags,
        },
        inComponent,
      );
    }

    /** The routes of a VPC that was found are its owner's. */
    function connectTo(central: CentralEndpointsLike): SpokeConnection {
      const { isolated, private: privateSubnets, server } = network;
      const tiers = { isolated, ...(privateSubnets && { private: privateSubnets }), ...(server && { server }) };
      return new SpokeConnection(
        `${name}-spoke`,
        {
          vpcId: network.vpcId,
          central,
          services: dividedServices(servicesBeside(), central).central,
          ...(made && { tiers }),
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
      const instances = args.fleets.reduce((sum, { size }) => sum + size.min, 0);
      const { monitored } = patching;
      return new PatchMonitoring(
        `${name}-monitoring`,
        { ...settings, ...monitored, region, patchGroup, instances, tags },
        inComponent,
      );
    }

    function createFleet(fleet: TopologyFleet): Fleet {
      const { managedPolicies, tags: ownTags, ...rest } = fleet;
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
          role: {
            ...args.instanceRole,
            managedPolicies: byName(managedPolicies),
            inlinePolicies: { ...sessions?.instancePolicies, ...patching.roles.inlinePolicies },
            tags: patching.roles.tags,
          },
          endpointSecurityGroupIds: endpoints.securityGroupIds,
          endpointCidrBlocks: args.central?.cidrBlocks ?? [],
          s3PrefixListId: endpoints.s3PrefixListId,
          tags: { ...tags, ...ownTags, [fleetTag]: tagOf(fleet) },
        },
        { ...inComponent, dependsOn: ways },
      );
    }

    /** No other fleet of the account and region has it. */
    function tagOf(fleet: TopologyFleet): string {
      return `${patchGroup}-${fleet.name}`;
    }

    /** With NAT too: fleets that got their updates from WSUS are put back to what they were. */
    function createWsus(): WsusUpdates | undefined {
      const windows = args.fleets.filter(({ operatingSystem }) => isWindows(operatingSystem));
      if (windows.length === 0) return undefined;
      return new WsusUpdates(
        `${name}-wsus`,
        {
          region,
          settings: topology === "wsus" ? (args.wsus ?? {}) : undefined,
          serverSubnet: network.server,
          clients: windows.map((fleet) => ({
            name: fleet.name,
            operatingSystem: fleet.operatingSystem,
            tag: tagOf(fleet),
            fleet: fleets[fleet.name]!,
          })),
          fleetTag,
          endpointSecurityGroupIds: endpoints.securityGroupIds,
          patchGroup,
          tags,
        },
        { ...inComponent, dependsOn: ways },
      );
    }
  }
}

/** Tag of a fleet's instances. */
export const fleetTag = "patchpath:fleet";

function tiersOf({ vpcId, subnets, routeTables }: FoundNetwork): TopologyNetwork {
  const all = { vpcId, subnetIds: subnets.map(({ id }) => id), routeTableIds: routeTables.map(({ id }) => id) };
  return { vpcId, isolated: all, private: all };
}

/** An interface endpoint takes one subnet of a zone, a fleet any number. */
function oneOfEachZone({ vpcId, subnets, routeTables }: FoundNetwork): SubnetsLike {
  const firsts = new Map([...subnets].reverse().map(({ id, zone }) => [zone, id]));
  const subnetIds = subnets.map(({ id }) => id).filter((id) => [...firsts.values()].includes(id));
  return { vpcId, subnetIds, routeTableIds: routeTables.map(({ id }) => id) };
}

/** Attachments are told apart by the policy's name. */
function byName(arns: readonly string[]): Record<string, string> {
  return Object.fromEntries(arns.map((arn) => [arn.slice(arn.lastIndexOf("/") + 1), arn]));
}
