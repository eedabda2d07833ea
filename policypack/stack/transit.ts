import { type Route } from "./network";
import { type Reading, known, read, readText } from "./reading";
import type { StackResource } from "./resource";
import { Stack, type Target } from "./stack";

/** Whether what a route leads to joins two VPCs; `tells`: whose word that is. */
export type Joint =
  | { readonly is: "joined" }
  | { readonly is: "apart"; readonly because: string; readonly tells: StackResource }
  | { readonly is: "unknown"; readonly because: string; readonly tells: StackResource };

/** What a peering connection or a transit gateway does between the VPC of a route and another one. */
export function jointOf(stack: Stack, route: Route, from: StackResource, to: StackResource): Joint {
  return route.kind === "VPC peering connection"
    ? byPeering(stack, route, from, to)
    : byTransitGateway(stack, route, from, to);
}

function byPeering(stack: Stack, route: Route, from: StackResource, to: StackResource): Joint {
  const connection = stack.follow(route.target, route.resource, route.property, "vpcPeeringConnection");
  if (connection?.is !== "resource") {
    const because = "which VPCs the VPC peering connection of its route table joins";
    return { is: "unknown", because, tells: route.resource };
  }
  const { resource } = connection;
  const ends = [stack.followProperty(resource, "vpcId", "vpc"), stack.followProperty(resource, "peerVpcId", "vpc")];
  const isEnd = (vpc: StackResource) => ends.map((end) => Stack.same(end, { is: "resource", resource: vpc }));
  const [ofFrom, ofTo] = [isEnd(from), isEnd(to)];
  if (ofFrom.includes(true) && ofTo.includes(true)) {
    return isAccepted(stack, resource)
      ? { is: "joined" }
      : { is: "unknown", because: `whether \`${resource.name}\` is accepted`, tells: resource };
  }
  if ([...ofFrom, ...ofTo].includes(undefined)) {
    return { is: "unknown", because: `which VPCs \`${resource.name}\` joins`, tells: resource };
  }
  return { is: "apart", because: `\`${resource.name}\` joins other VPCs`, tells: resource };
}

/** By itself, by an accepter, or as AWS tells once it is made. */
function isAccepted(stack: Stack, connection: StackResource): boolean {
  const accepters = stack.of("vpcPeeringAccepter").filter((accepter) => {
    const of = stack.followProperty(accepter, "vpcPeeringConnectionId", "vpcPeeringConnection");
    return of?.is === "resource" && of.resource.urn === connection.urn;
  });
  const accepts = [connection, ...accepters].some(({ props }) => known(read(props, "autoAccept")) === true);
  return accepts || known(readText(connection.props, "acceptStatus")) === "active";
}

/** A transit gateway joins what is attached to it, unless it has route tables besides the one that it begins with. */
function byTransitGateway(stack: Stack, route: Route, from: StackResource, to: StackResource): Joint {
  const gateway = stack.follow(route.target, route.resource, route.property, "transitGateway");
  if (gateway?.is !== "resource") {
    const because = "what the transit gateway of its route table, which this stack does not make, lets through";
    return { is: "unknown", because, tells: route.resource };
  }
  const { resource } = gateway;
  const attachments = stack.of("transitGatewayAttachment").filter((one) => isOf(stack, one, gateway));
  const ofVpcs = [from, to].map((vpc) =>
    attachments.find((one) => {
      return Stack.same(stack.followProperty(one, "vpcId", "vpc"), { is: "resource", resource: vpc }) === true;
    }),
  );
  const detached = [from, to].find((_, i) => ofVpcs[i] === undefined);
  if (detached) {
    const because = `whether \`${detached.name}\` is attached to \`${resource.name}\``;
    return { is: "unknown", because, tells: resource };
  }
  const isDefault = (reading: Reading) =>
    reading.is === "absent" || known(reading) === true || known(reading) === "enable";
  const hasItsTableOnly =
    stack.of("transitGatewayRouteTable").length === 0 &&
    ["defaultRouteTableAssociation", "defaultRouteTablePropagation"].every((name) =>
      isDefault(read(resource.props, name)),
    ) &&
    ["transitGatewayDefaultRouteTableAssociation", "transitGatewayDefaultRouteTablePropagation"].every((name) =>
      ofVpcs.every((attachment) => isDefault(read(attachment!.props, name))),
    );
  return hasItsTableOnly
    ? { is: "joined" }
    : { is: "unknown", because: `what the route tables of \`${resource.name}\` let through`, tells: resource };
}

function isOf(stack: Stack, attachment: StackResource, gateway: Target): boolean {
  return Stack.same(stack.followProperty(attachment, "transitGatewayId", "transitGateway"), gateway) === true;
}
