import type {
  TransitGateway,
  TransitGatewayAttachment,
  TransitGatewayRoute,
  TransitGatewayRouteTable,
  TransitGatewayVpcAttachment,
  VpcPeeringConnection,
} from "@aws-sdk/client-ec2";
import { type StackResource, unknownText } from "patchpath/account";
import { type Maker, named } from "./resources";

export function peeringResource(make: Maker, connection: VpcPeeringConnection): StackResource {
  const { VpcPeeringConnectionId: id = "", Tags: tags } = connection;
  const props = {
    vpcId: connection.RequesterVpcInfo?.VpcId,
    peerVpcId: connection.AccepterVpcInfo?.VpcId,
    peerRegion: connection.AccepterVpcInfo?.Region,
    peerOwnerId: connection.AccepterVpcInfo?.OwnerId,
    acceptStatus: connection.Status?.Code,
  };
  return make("aws:ec2/vpcPeeringConnection:VpcPeeringConnection", id, props, named(id, tags));
}

export function transitGatewayResource(make: Maker, gateway: TransitGateway): StackResource {
  const { TransitGatewayId: id = "", Options: options = {} } = gateway;
  const props = {
    defaultRouteTableAssociation: options.DefaultRouteTableAssociation,
    defaultRouteTablePropagation: options.DefaultRouteTablePropagation,
    associationDefaultRouteTableId: options.AssociationDefaultRouteTableId,
    propagationDefaultRouteTableId: options.PropagationDefaultRouteTableId,
    securityGroupReferencingSupport: options.SecurityGroupReferencingSupport,
  };
  return make("aws:ec2transitgateway/transitGateway:TransitGateway", id, props, named(id, gateway.Tags));
}

/**
 * Whether it is associated with its gateway's default route table the attachment itself does not say, but the list of all
 * attachments does. Propagation nobody lists by attachment: where the gateway propagates to its default table, an attachment
 * may have been taken out of it, which only its routes show.
 *
 * @param all `undefined` where it could not be read
 */
export function attachmentResource(
  make: Maker,
  attachment: TransitGatewayVpcAttachment,
  gateway: TransitGateway | undefined,
  all: readonly TransitGatewayAttachment[] | undefined,
): StackResource[] {
  const { TransitGatewayAttachmentId: id = "", State: state } = attachment;
  if (state !== "available") return [];
  const listed = all?.find(({ TransitGatewayAttachmentId }) => TransitGatewayAttachmentId === id)?.Association;
  const byDefault = gateway?.Options?.AssociationDefaultRouteTableId;
  const isAssociated =
    byDefault === undefined || all === undefined ? unknownText : listed?.TransitGatewayRouteTableId === byDefault;
  const props = {
    transitGatewayId: attachment.TransitGatewayId,
    vpcId: attachment.VpcId,
    vpcOwnerId: attachment.VpcOwnerId,
    subnetIds: attachment.SubnetIds ?? [],
    transitGatewayDefaultRouteTableAssociation: isAssociated,
  };
  return [make("aws:ec2transitgateway/vpcAttachment:VpcAttachment", id, props, named(id, attachment.Tags))];
}

/** The default table of a gateway is known by the gateway; others the model does not judge. */
export function transitTableResources(make: Maker, table: TransitGatewayRouteTable): StackResource[] {
  const { TransitGatewayRouteTableId: id = "", TransitGatewayId: transitGatewayId } = table;
  if (table.DefaultAssociationRouteTable && table.DefaultPropagationRouteTable) return [];
  const type = "aws:ec2transitgateway/routeTable:RouteTable";
  return [make(type, id, { transitGatewayId }, named(id, table.Tags))];
}

/** The static routes of a table. */
export function transitRouteResources(
  make: Maker,
  tableId: string,
  routes: readonly TransitGatewayRoute[] | undefined,
): StackResource[] {
  const type = "aws:ec2transitgateway/route:Route";
  if (routes === undefined) return [make(type, `${tableId}_unread`, { transitGatewayRouteTableId: unknownText })];
  return routes.map(({ DestinationCidrBlock: block = "", State: state, TransitGatewayAttachments: [to] = [] }) =>
    make(type, `${tableId}_${block}`, {
      transitGatewayRouteTableId: tableId,
      destinationCidrBlock: block,
      blackhole: state === "blackhole",
      transitGatewayAttachmentId: to?.TransitGatewayAttachmentId,
    }),
  );
}
