import type { Region } from "patchpath/facts";
import type { CentralEndpointsLike } from "../endpoints/central-endpoints-like";
import type { PatchEndpointsArgs } from "../endpoints/patch-endpoints";
import type { FleetArgs } from "../fleet/fleet";
import type { InstanceRoleSettings } from "../fleet/instance-role";
import type { MonitoringSettings } from "../monitoring/patch-monitoring";
import type { ExistingNetwork } from "../network/existing-network";
import type { PrivateNetworkArgs } from "../network/private-network";
import type { PatchingSettings } from "../patching/method";
import type { BaselineSettings } from "../patching/patch-baseline";
import type { SessionsArgs } from "../sessions/sessions";
import type { WsusSettings } from "../wsus/wsus-updates";
import type { TopologyAttachedFleet } from "./attached-fleets";
import type { FleetNeeds, Topology } from "./fleet-needs";

/** A fleet that the stack creates. */
export interface TopologyFleet
  extends
    FleetNeeds,
    Pick<FleetArgs, "imageId" | "instanceRefresh" | "instanceType" | "replaceUnhealthy" | "size" | "userData"> {
  /** Unique in the topology; part of the names of the resources of the fleet. */
  readonly name: string;
  /**
   * ARNs of managed policies for its role, in addition to those for the agent.
   *
   * @default - none
   */
  readonly managedPolicies?: readonly string[];
  /**
   * Tags of its instances, in addition to those of the topology.
   *
   * @default - none
   */
  readonly tags?: Readonly<Record<string, string>>;
}

/** Settings of the endpoints. */
export interface TopologyEndpoints extends Pick<
  PatchEndpointsArgs,
  | "interfaceEndpoints"
  | "interfaceStatements"
  | "optionalServices"
  | "organizationId"
  | "s3Statements"
  | "serviceBuckets"
  | "trustBoundary"
> {
  /**
   * In an existing VPC: who else may use the endpoints, whose private DNS names apply to everything there. `vpc` is all of its
   * addresses; a list has ids of security groups.
   *
   * @default - only the fleets
   */
  readonly sharedWith?: "vpc" | readonly string[] | undefined;
}

/** All plain: these values determine which resources are created, and policies that must be known at preview. */
export interface PatchTopologyArgs {
  /** The region, which determines names of buckets, endpoints and packages. */
  readonly region: Region;
  /** How the fleets get their updates. A fleet that the topology cannot patch is an error. */
  readonly topology: Topology;
  /** A network to create, or an existing one from `lookUpNetwork`. */
  readonly network:
    Omit<PrivateNetworkArgs, "endpointServices" | "instanceTypes" | "natFor" | "tags"> | ExistingNetwork;
  /** Fleets to create, each in the subnets that its updates require, and fleets of existing instances, which are not changed. */
  readonly fleets: readonly (TopologyFleet | TopologyAttachedFleet)[];
  /** When and how the fleets are patched. */
  readonly patching: PatchingSettings;
  /**
   * Patch baselines, at most one for each operating system.
   *
   * @default - the predefined baselines of AWS
   */
  readonly baselines?: readonly BaselineSettings[];
  /**
   * Notifications and alarms about patching that failed.
   *
   * @default - none
   */
  readonly monitoring?: MonitoringSettings;
  /**
   * Settings of the endpoints.
   *
   * @default - interface endpoints for `ssm` and `ssmmessages`, trust boundary `account`
   */
  readonly endpoints?: TopologyEndpoints;
  /**
   * Interface endpoints of a shared-services VPC, used instead of endpoints in this VPC.
   *
   * @default - none
   */
  readonly central?: CentralEndpointsLike | undefined;
  /**
   * Settings of the role of every fleet.
   *
   * @default - AmazonSSMManagedInstanceCore, no permissions boundary, path `/`
   */
  readonly instanceRole?: InstanceRoleSettings;
  /**
   * Session Manager preferences for the fleets, and where sessions are logged.
   *
   * @default - the preferences of the account, and no permissions for session logs
   */
  readonly sessions?: Omit<SessionsArgs, "region" | "tags">;
  /**
   * The server of the topology `wsus`: settings of a new server, or an existing one.
   *
   * @default - a new server with default settings
   */
  readonly wsus?: WsusSettings;
  /** Value of the tag `PatchGroup`. It must be unique to the stack in the account and region. */
  readonly patchGroup: string;
  /**
   * Tags of every resource.
   *
   * @default - only `Name` and `PatchGroup`
   */
  readonly tags?: Readonly<Record<string, string>>;
}
