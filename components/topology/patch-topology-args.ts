import type { Region } from "patchpath/facts";
import type { CentralEndpointsLike } from "../endpoints/central-endpoints-like";
import type { PatchEndpointsArgs } from "../endpoints/patch-endpoints";
import type { FleetArgs } from "../fleet/fleet";
import type { InstanceRoleSettings } from "../fleet/instance-role";
import type { MonitoringSettings } from "../monitoring/patch-monitoring";
import type { FoundNetwork } from "../network/existing-network";
import type { PrivateNetworkArgs } from "../network/private-network";
import type { PatchingSettings } from "../patching/method";
import type { BaselineSettings } from "../patching/patch-baseline";
import type { SessionsArgs } from "../sessions/sessions";
import type { WsusSettings } from "../wsus/wsus-updates";
import type { TopologyAttachedFleet } from "./attached-fleets";
import type { FleetNeeds, Topology } from "./fleet-needs";

/** A fleet with what its topology must know of it. */
export interface TopologyFleet extends FleetNeeds, Pick<FleetArgs, "imageId" | "instanceType" | "size" | "userData"> {
  /** Unique in the topology; stands in the names of the fleet's resources. */
  readonly name: string;
  /**
   * ARNs of managed policies that its role gets in addition to the agent's.
   *
   * @default - none
   */
  readonly managedPolicies?: readonly string[];
  /**
   * Tags of its instances, in addition to the topology's.
   *
   * @default - none
   */
  readonly tags?: Readonly<Record<string, string>>;
}

/** All plain: these values decide which resources there are, and documents that must be known at preview. */
export interface PatchTopologyArgs {
  /** Decides names of buckets, endpoints and packages. */
  readonly region: Region;
  /** How the fleets get their updates; a fleet that it can't patch is refused. */
  readonly topology: Topology;
  /** A network to make, or one that was found and judged. */
  readonly network: Omit<PrivateNetworkArgs, "natFor" | "tags"> | FoundNetwork;
  /** Each in the subnets that its updates ask for; those that exist already stay where and as they are. */
  readonly fleets: readonly (TopologyFleet | TopologyAttachedFleet)[];
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
