import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import type { EndpointService } from "patchpath/facts";
import type { CentralEndpointsLike } from "../endpoints/central-endpoints-like";
import { blockInName } from "./subnet-layout";
import type { SubnetsLike } from "./subnets";

export interface SpokeConnectionArgs {
  readonly vpcId: pulumi.Input<string>;
  /** Where the endpoints are, and what leads there. */
  readonly central: CentralEndpointsLike;
  /** The services whose hosted zones are joined, as far as `central` names them. Plain, since they decide what there is. */
  readonly services: readonly EndpointService[];
  /**
   * Subnets with fleets or a WSUS server, by the name of their tier, the first with one in each zone. They get the routes.
   *
   * @default - none: the VPC is somebody else's, who has made the routes
   */
  readonly tiers?: Readonly<Record<string, SubnetsLike>>;
  /**
   * Tags of every resource.
   *
   * @default - none but `Name`
   */
  readonly tags?: Readonly<Record<string, string>>;
}

/**
 * What joins a VPC to the central endpoints of another one: hosted zones, and for a VPC of ours the transit gateway or the
 * peering with its routes. The routes back, and what the endpoints admit, are the hub's.
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

    /** EC2 refuses a route to a transit gateway that the VPC is not attached to. */
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
