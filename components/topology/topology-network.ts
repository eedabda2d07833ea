import type * as pulumi from "@pulumi/pulumi";
import type { FoundNetwork } from "../network/existing-network";
import type { NatGateways } from "../network/nat-gateways";
import type { PrivateNetwork } from "../network/private-network";
import type { SubnetsLike } from "../network/subnets";
import type { WsusServerSubnet } from "../wsus/wsus-updates";

/** A network by its tiers, ours or one that is there already, whose subnets are of both tiers. */
export interface TopologyNetwork {
  readonly vpcId: pulumi.Input<string>;
  readonly isolated: SubnetsLike;
  readonly private?: SubnetsLike | undefined;
  readonly server?: WsusServerSubnet | undefined;
  readonly natGateways?: NatGateways | undefined;
  /** Of all subnets with something that reads from S3 by the gateway endpoint. */
  readonly routeTableIds: readonly pulumi.Input<string>[];
}

export function tiersOf({ vpcId, isolated, natGateways, ...made }: PrivateNetwork): TopologyNetwork {
  const tiers = [isolated, made.private, made.server].filter((tier) => tier !== undefined);
  return {
    vpcId,
    isolated,
    private: made.private,
    server: made.server && {
      vpcId,
      subnetId: made.server.subnetIds[0]!,
      availabilityZone: made.server.availabilityZones[0]!,
    },
    natGateways,
    routeTableIds: tiers.flatMap(({ routeTableIds }) => routeTableIds),
  };
}

/** The server's own route table is left as it is: it reaches S3 by its way out, and others may share the table. */
export function tiersOfFound({ vpcId, subnets, routeTables, serverSubnet }: FoundNetwork): TopologyNetwork {
  const routeTableIds = routeTables.map(({ id }) => id);
  const all = { vpcId, subnetIds: subnets.map(({ id }) => id), routeTableIds };
  const server = serverSubnet && { vpcId, subnetId: serverSubnet.id, availabilityZone: serverSubnet.zone };
  return { vpcId, isolated: all, private: all, server, routeTableIds };
}

/** An interface endpoint takes one subnet of a zone, a fleet any number. */
export function oneOfEachZone({ vpcId, subnets, routeTables }: FoundNetwork): SubnetsLike {
  const firsts = new Map([...subnets].reverse().map(({ id, zone }) => [zone, id]));
  const subnetIds = subnets.map(({ id }) => id).filter((id) => [...firsts.values()].includes(id));
  return { vpcId, subnetIds, routeTableIds: routeTables.map(({ id }) => id) };
}
