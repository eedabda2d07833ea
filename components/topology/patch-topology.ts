import * as pulumi from "@pulumi/pulumi";
import type { Region } from "patchpath/facts";
import { PatchEndpoints, type PatchEndpointsArgs } from "../endpoints/patch-endpoints";
import { Fleet, type FleetArgs } from "../fleet/fleet";
import type { InstanceRoleSettings } from "../fleet/instance-role";
import { type MonitoringSettings, PatchMonitoring } from "../monitoring/patch-monitoring";
import { PrivateNetwork, type PrivateNetworkArgs } from "../network/private-network";
import type { SubnetsLike } from "../network/subnets";
import { type Patching, createPatching } from "../patching/create-patching";
import type { BaselineSettings } from "../patching/patch-baseline";
import { type PatchingSettings, needsOf } from "../patching/method";
import { type FleetNeeds, type FleetTier, type Topology, refusal, tierOf } from "./fleet-needs";

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
  readonly region: Region;
  readonly topology: Topology;
  readonly network: Omit<PrivateNetworkArgs, "natFor" | "tags">;
  readonly fleets: readonly TopologyFleet[];
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
   * Settings of every fleet's role.
   *
   * @default - AmazonSSMManagedInstanceCore, no boundary, path `/`
   */
  readonly instanceRole?: InstanceRoleSettings;
  /** Value of the tag `PatchGroup`; no other stack of the account and region may have the same. */
  readonly patchGroup: string;
  /**
   * Tags of every resource.
   *
   * @default - none but `Name` and `PatchGroup`
   */
  readonly tags?: Readonly<Record<string, string>>;
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
  readonly network: PrivateNetwork;
  readonly endpoints: PatchEndpoints;
  /** By the fleet's name. */
  readonly fleets: Readonly<Record<string, Fleet>>;
  readonly patching: Patching;
  readonly monitoring: PatchMonitoring | undefined;

  constructor(name: string, args: PatchTopologyArgs, opts?: pulumi.ComponentResourceOptions) {
    super("patchpath:topology:PatchTopology", name, {}, opts);

    refuseWhatCannotBePatched();
    const { region, topology, patchGroup, tags = {} } = args;
    const hasInterfaceEndpoints = args.endpoints?.interfaceEndpoints ?? true;
    const inComponent = { parent: this };

    const network = createNetwork();
    const endpoints = createEndpoints();
    const patching = createPatching(
      `${name}-patch`,
      args.patching,
      { region, patchGroup, baselines: args.baselines ?? [], tags },
      inComponent,
    );
    const fleets = Object.fromEntries(args.fleets.map((fleet) => [fleet.name, createFleet(fleet)]));

    this.network = network;
    this.endpoints = endpoints;
    this.fleets = fleets;
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

    function createNetwork(): PrivateNetwork {
      const natFor = ({ "endpoint-only": undefined, nat: "private", wsus: "server" } as const)[topology];
      return new PrivateNetwork(`${name}-network`, { ...args.network, natFor, tags }, inComponent);
    }

    function createEndpoints(): PatchEndpoints {
      const needs = needsOf(args.patching, region);
      const { optionalServices = [], s3Statements = [] } = args.endpoints ?? {};
      const tiers = [network.isolated, network.private, network.server].filter((tier) => tier !== undefined);
      return new PatchEndpoints(
        `${name}-endpoints`,
        {
          ...args.endpoints,
          optionalServices: [...new Set([...optionalServices, ...needs.endpointServices])],
          s3Statements: [...s3Statements, ...needs.s3Statements],
          region,
          subnets: network.isolated,
          routeTableIds: tiers.flatMap(({ routeTableIds }) => routeTableIds),
          tags,
        },
        inComponent,
      );
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
          patchGroup,
          role: { ...args.instanceRole, managedPolicies: byName(managedPolicies), ...patching.roles },
          endpointSecurityGroupId: endpoints.securityGroupId,
          s3PrefixListId: endpoints.s3PrefixListId,
          tags: { ...tags, ...ownTags },
        },
        { ...inComponent, dependsOn: [network, endpoints] },
      );
    }
  }
}

/** Attachments are told apart by the policy's name. */
function byName(arns: readonly string[]): Record<string, string> {
  return Object.fromEntries(arns.map((arn) => [arn.slice(arn.lastIndexOf("/") + 1), arn]));
}
