import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import type { EndpointService } from "patchpath/facts";
import type { CentralEndpointsLike } from "../endpoints/central-endpoints-like";
import { blockInName } from "./subnet-layout";
import type { SubnetsLike } from "./subnets";

export interface SpokeConnectionArgs {
  readonly vpcId: pulumi.Input<string>;
  /** The central endpoints, and how to reach them. */
  readonly central: CentralEndpointsLike;
  /** Services whose hosted zones to associate, if `central` has them. Plain, since they determine which resources are created. */
  readonly services: readonly EndpointService[];
  /**
   * Subnets that get the routes, by the name of their tier. The first tier must have a subnet in each availability zone.
   *
   * @default - none: an existing VPC, whose owner creates the routes
   */
  readonly tiers?: Readonly<Record<string, SubnetsLike>>;
  /**
   * Tags of every resource.
   *
   * @default - only `Name`
   */
  readonly tags?: Readonly<Record<string, string>>;
}

/**
 * Connects a VPC to central endpoints in another VPC: associations with the hosted zones, and for a VPC that the stack creates, a
 * transit gateway attachment or a peering connection with its routes. The hub's stack creates the return routes and the rules of
 * the endpoints' security group.
 */
export class SpokeConnection extends pulumi.ComponentResource {
  constructor(name: string, args: SpokeConnectionArgs, opts?: pulumi.ComponentResourceOptions) {
    super("patchpath:network:SpokeConnection", name, {}, opts);

    const { central, tiers = {} } = args;
    const { transitGatewayId, peerVpcId, hostedZoneIds = {} } = central;
    const inComponent = { parent: this };

    for (const service of args.services) associate(service, hostedZoneIds[service]);
    if (transitGatewayId !== undefined) routeBy({ transitGatewayId }, [attach(transitGatewayId)]);
    if (peerVpcId !== undefined) routeBy({ vpcPeeringConnectionId: peer(peerVpcId) }, []);
    this.registerOutputs({});

    function associate(service: EndpointService, zoneId: pulumi.Input<string> | undefined): void {
      if (zoneId === undefined) return;
      new aws.route53.ZoneAssociation(`${name}-${service}`, { zoneId, vpcId: args.vpcId }, inComponent);
    }

    function attach(gateway: pulumi.Input<string>): pulumi.Resource {
      const attachmentName = `${name}-attachment`;
      const [first] = Object.values(tiers);
      return new aws.ec2transitgateway.VpcAttachment(
        attachmentName,
        {
          transitGatewayId: gateway,
          vpcId: args.vpcId,
          subnetIds: [...(first?.subnetIds ?? [])],
          tags: { ...args.tags, Name: attachmentName },
        },
        inComponent,
      );
    }

    function peer(hub: pulumi.Input<string>): pulumi.Output<string> {
      const peeringName = `${name}-peering`;
      return new aws.ec2.VpcPeeringConnection(
        peeringName,
        { vpcId: args.vpcId, peerVpcId: hub, autoAccept: true, tags: { ...args.tags, Name: peeringName } },
        inComponent,
      ).id;
    }

    /** EC2 rejects a route to a transit gateway that the VPC is not attached to. */
    function routeBy(target: Partial<aws.ec2.RouteArgs>, dependsOn: pulumi.Resource[]): void {
      for (const [tier, { routeTableIds }] of Object.entries(tiers)) {
        for (const [i, routeTableId] of routeTableIds.entries()) {
          for (const destinationCidrBlock of central.cidrBlocks) {
            new aws.ec2.Route(
              `${name}-${tier}-${i}-${blockInName(destinationCidrBlock)}`,
              { routeTableId, destinationCidrBlock, ...target },
              { ...inComponent, dependsOn },
            );
          }
        }
      }
    }
  }
}
