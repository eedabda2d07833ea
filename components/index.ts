// The public API: types of the facts that arguments use, components with their arguments and outputs, and the decisions that the
// config of a program requires, as in this repository.
export {
  type Architecture,
  type BaselineSystemName,
  type BilledParts,
  type BucketService,
  type EndpointService,
  type LineItem,
  type MonthlyCost,
  type Region,
  type System,
  type WindowsClassification,
  type WsusServerSystem,
  isRegion,
} from "patchpath/facts";

export { CentralEndpoints, type CentralEndpointsArgs } from "./endpoints/central-endpoints";
export type { CentralEndpointsLike } from "./endpoints/central-endpoints-like";
export { type OtherClients, PatchEndpoints, type PatchEndpointsArgs } from "./endpoints/patch-endpoints";
export type { PolicyDocument, PolicyStatement, RolePrincipal } from "./endpoints/policy-document";
export { type TrustBoundary, trustBoundaries } from "./endpoints/trust-boundary";

export { AttachedFleet, type AttachedFleetArgs } from "./fleet/attached-fleet";
export { Fleet, type FleetArgs } from "./fleet/fleet";
export {
  type CorePermissions,
  InstanceRole,
  type InstanceRoleArgs,
  type InstanceRoleSettings,
} from "./fleet/instance-role";

export {
  type DataSyncSettings,
  type MonitoringSettings,
  PatchMonitoring,
  type PatchMonitoringArgs,
} from "./monitoring/patch-monitoring";
export { RepositoryCheck, type RepositoryCheckArgs } from "./monitoring/repository-check";

export { NatGateways, type NatGatewaysArgs } from "./network/nat-gateways";
export { type NatGatewayCount, PrivateNetwork, type PrivateNetworkArgs } from "./network/private-network";
export { SpokeConnection, type SpokeConnectionArgs } from "./network/spoke-connection";
export type { SubnetTier } from "./network/subnet-layout";
export { Subnets, type SubnetsArgs, type SubnetsLike } from "./network/subnets";

export { CommandOutput, type CommandOutputArgs, type CommandOutputLike } from "./patching/command-output";
export type { Patching } from "./patching/create-patching";
export { settingsOfWindow } from "./patching/fleet-window";
export type {
  FleetWindow,
  PatchHooks,
  PatchMethod,
  PatchOutput,
  PatchingSettings,
  QuickSetupTargets,
} from "./patching/method";
export { OnDemandPatching, type OnDemandPatchingArgs } from "./patching/on-demand";
export type { CommandLines } from "./patching/on-demand-document";
export {
  type ApprovalRule,
  type BaselineSettings,
  type ComplianceLevel,
  PatchBaseline,
  type PatchBaselineArgs,
  type PatchSource,
} from "./patching/patch-baseline";
export type { PatchTarget, TargetPart } from "./patching/patch-target";
export { PatchWindow, type PatchWindowArgs } from "./patching/patch-window";
export {
  HostManagement,
  PatchPolicy,
  type PatchPolicyArgs,
  type QuickSetupArgs,
  type SelectedBaseline,
} from "./patching/quick-setup";
export { QuickSetupRoles, type QuickSetupRolesArgs } from "./patching/quick-setup-roles";

export type { InstanceNeeds, RemediationException } from "./remediation/blacklisted-policies";
export { ConfigRecorder, type ConfigRecorderArgs } from "./remediation/config-recorder";
export {
  DeprecatedPolicyRemediation,
  type DeprecatedPolicyRemediationArgs,
} from "./remediation/deprecated-policy-remediation";

export type { SessionSettings } from "./sessions/session-settings";
export { Sessions, type SessionsArgs } from "./sessions/sessions";

export type { TopologyAttachedFleet } from "./topology/attached-fleets";
export type { AttachedNeeds } from "./topology/attached-needs";
export type { FleetNeeds, FleetTier, Topology } from "./topology/fleet-needs";
export { PatchTopology } from "./topology/patch-topology";
export type { PatchTopologyArgs, TopologyEndpoints, TopologyFleet } from "./topology/patch-topology-args";
export type { TopologyNetwork } from "./topology/topology-network";

export type { ReportPlaces } from "./wsus/server-policy";
export type { Synchronization } from "./wsus/synchronization";
export { WsusAlarms, type WsusAlarmsArgs } from "./wsus/wsus-alarms";
export { WsusBackup, type WsusBackupArgs } from "./wsus/wsus-backup";
export { WsusClients, type WsusClientsArgs } from "./wsus/wsus-clients";
export { WsusServer, type WsusServerArgs } from "./wsus/wsus-server";
export type { WsusProtocol, WsusServerLike } from "./wsus/wsus-server-like";
export { WsusSetup, type WsusSetupArgs } from "./wsus/wsus-setup";
export {
  type WsusClientFleet,
  type WsusServerSubnet,
  type WsusSettings,
  WsusUpdates,
  type WsusUpdatesArgs,
} from "./wsus/wsus-updates";

export { dividedServices } from "./endpoints/central-endpoints-like";
export { endpointDefaults } from "./endpoints/patch-endpoints";
export { type StatementsByService, interfaceEndpointPolicy } from "./endpoints/interface-endpoint-policy";
export { s3EndpointPolicy } from "./endpoints/s3-endpoint-policy";
export { instanceRoleDefaults } from "./fleet/instance-role";
export { userData, userDataMaxBytes } from "./fleet/user-data";
export {
  type ExistingNetworkArgs,
  type ExistingEndpoints,
  type ExistingInterfaceEndpoint,
  type ExistingNetwork,
  type ExistingRouteTable,
  type ExistingS3Endpoint,
  type ExistingServerSubnet,
  type ExistingSubnet,
  lookUpNetwork,
} from "./network/existing-network";
export { networkDefaults } from "./network/private-network";
export {
  type CidrBlock,
  longestVpcPrefix,
  maxAvailabilityZones,
  overlap,
  readCidrBlock,
  subnetCidrBlocks,
  vpcPrefixes,
} from "./network/subnet-layout";
export { patchingOutputs } from "./patching/create-patching";
export { patchMethods, patchingDefaults } from "./patching/method";
export { baselineDefaults, complianceLevels, defaultApprovalDays } from "./patching/patch-baseline";
export { missesEveryRelease } from "./patching/patch-tuesday";
export { type Schedule, partsOf, wrongSchedule } from "./patching/schedule";
export { ruleParameters, wrongRegionForRules } from "./remediation/blacklisted-policies";
export { remediationDefaults } from "./remediation/deprecated-policy-remediation";
export { retentionDays, sessionDefaults } from "./sessions/session-settings";
export {
  type Choice,
  type PriceSettings,
  type RatedTopology,
  chooseTopology,
  costDifference,
  costOf,
  explainChoice,
} from "./topology/choose-topology";
export { type Refusal, fleetTag, fleetTiers, refusal, tierOf, topologies } from "./topology/fleet-needs";
export { type EndpointNeeds, optionalServicesFor } from "./topology/optional-services";
export { chosenUpdates, synchronizationDefaults } from "./wsus/synchronization";
export { wsusRootVolumeGiB } from "./wsus/server-template";
export { wsusServerDefaults } from "./wsus/wsus-server";
