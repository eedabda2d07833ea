import type * as pulumi from "@pulumi/pulumi";
import type { ExistingNetwork } from "../network/existing-network";
import type { NatGateways } from "../network/nat-gateways";
import type { PrivateNetwork } from "../network/private-network";
import type { SubnetsLike } from "../network/subnets";
import type { WsusServerSubnet } from "../wsus/wsus-updates";

/** A network by its tiers. In an existing network, every subnet belongs to both tiers. */
export interface TopologyNetwork {
  readonly vpcId: pulumi.Input<string>;
  readonly isolated: SubnetsLike;
  readonly private?: SubnetsLike | undefined;
  readonly server?: WsusServerSubnet | undefined;
  readonly natGateways?: NatGateways | undefined;
  /** Route tables of all subnets that use the S3 gateway endpoint. */
  readonly routeTableIds: readonly pulumi.Input<string>[];
}

export function tiersOf(network: PrivateNetwork): TopologyNetwork {
  const { vpcId, isolated, natGateways } = network;
  const tiers = [isolated, network.private, network.server].filter((tier) => tier !== undefined);
  return {
    vpcId,
    isolated,
    private: network.private,
    server: network.server && {
      vpcId,
      subnetId: network.server.subnetIds[0]!,
      availabilityZone: network.server.availabilityZones[0]!,
    },
    natGateways,
    routeTableIds: tiers.flatMap(({ routeTableIds }) => routeTableIds),
  };
}

/** The route table of the server is not changed: the server reaches S3 through NAT, and others may share the table. */
export function tiersOfExisting({ vpcId, subnets, routeTables, serverSubnet }: ExistingNetwork): TopologyNetwork {
  const routeTableIds = routeTables.map(({ id }) => id);
  const all = { vpcId, subnetIds: subnets.map(({ id }) => id), routeTableIds };
  const server = serverSubnet && { vpcId, subnetId: serverSubnet.id, availabilityZone: serverSubnet.zone };
  return { vpcId, isolated: all, private: all, server, routeTableIds };
}

/** An interface endpoint accepts one subnet in each availability zone, a fleet any number. */
export function oneOfEachZone({ vpcId, subnets, routeTables }: ExistingNetwork): SubnetsLike {
  const firsts = new Map([...subnets].reverse().map(({ id, zone }) => [zone, id]));
  const subnetIds = subnets.map(({ id }) => id).filter((id) => [...firsts.values()].includes(id));
  return { vpcId, subnetIds, routeTableIds: routeTables.map(({ id }) => id) };
}
