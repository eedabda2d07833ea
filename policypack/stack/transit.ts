import { type AddressRange, contains, overlaps } from "./addresses";
import { type Subnet, subnetOf } from "./network";
import { type Reading, known, read, readText } from "./reading";
import type { StackResource } from "./resource";
import type { Route } from "./route-tables";
import { Stack, type Target } from "./stack";
import { unmodelledOf } from "./unmodelled";

/** Whether the target of a route connects two VPCs; `tells`: the resource that shows it; `fix`: one remedy. */
export type Joint =
  | { readonly is: "joined" }
  | { readonly is: "apart"; readonly because: string; readonly tells: StackResource; readonly fix: string }
  | { readonly is: "unknown"; readonly because: string; readonly tells: StackResource };

/** A subnet with the VPC that it is in. */
export interface End {
  readonly subnet: Subnet;
  readonly vpc: StackResource;
}

/** Whether a peering connection or a transit gateway connects the subnet of a route with one in another VPC. */
export function jointOf(stack: Stack, route: Route, from: End, to: End): Joint {
  return route.kind === "VPC peering connection"
    ? byPeering(stack, route, from, to)
    : byTransitGateway(stack, route, from, to);
}

function byPeering(stack: Stack, route: Route, from: End, to: End): Joint {
  const connection = stack.follow(route.target, route.resource, route.property, "vpcPeeringConnection");
  if (connection?.is !== "resource") {
    const because = "which VPCs the VPC peering connection in the route table connects";
    return { is: "unknown", because, tells: route.resource };
  }
  const { resource } = connection;
  const ends = [stack.followProperty(resource, "vpcId", "vpc"), stack.followProperty(resource, "peerVpcId", "vpc")];
  const isEnd = (vpc: StackResource) => ends.map((end) => Stack.same(end, { is: "resource", resource: vpc }));
  const [ofFrom, ofTo] = [isEnd(from.vpc), isEnd(to.vpc)];
  if (ofFrom.includes(true) && ofTo.includes(true)) {
    return isAccepted(stack, resource)
      ? { is: "joined" }
      : { is: "unknown", because: `whether \`${resource.name}\` is accepted`, tells: resource };
  }
  if ([...ofFrom, ...ofTo].includes(undefined)) {
    return { is: "unknown", because: `which VPCs \`${resource.name}\` connects`, tells: resource };
  }
  const fix = `Route ${to.subnet.cidrBlock} through a VPC peering connection or a transit gateway that connects the VPCs \`${from.vpc.name}\` and \`${to.vpc.name}\`.`;
  return { is: "apart", because: `\`${resource.name}\` connects other VPCs`, tells: route.resource, fix };
}

/** By itself, by an accepter, or by its status once it is created. */
function isAccepted(stack: Stack, connection: StackResource): boolean {
  const accepters = stack.of("vpcPeeringAccepter").filter((accepter) => {
    const of = stack.followProperty(accepter, "vpcPeeringConnectionId", "vpcPeeringConnection");
    return of?.is === "resource" && of.resource.urn === connection.urn;
  });
  const accepts = [connection, ...accepters].some(({ props }) => known(read(props, "autoAccept")) === true);
  return accepts || known(readText(connection.props, "acceptStatus")) === "active";
}

/** A transit gateway connects its attachments, unless it has routes or route tables in addition to the default ones. */
function byTransitGateway(stack: Stack, route: Route, from: End, to: End): Joint {
  const gateway = stack.follow(route.target, route.resource, route.property, "transitGateway");
  if (gateway?.is !== "resource") {
    const because = "which traffic the transit gateway in the route table, which is not in this stack, forwards";
    return { is: "unknown", because, tells: route.resource };
  }
  const { resource } = gateway;
  const attachments = stack.of("transitGatewayAttachment").filter((one) => isOf(stack, one, gateway));
  const ofVpcs = [from, to].map(({ vpc }) =>
    attachments.find((one) => {
      return Stack.same(stack.followProperty(one, "vpcId", "vpc"), { is: "resource", resource: vpc }) === true;
    }),
  );
  const detached = [from, to].find((_, i) => ofVpcs[i] === undefined);
  if (detached) {
    const because = `whether \`${detached.vpc.name}\` is attached to \`${resource.name}\``;
    return { is: "unknown", because, tells: resource };
  }
  return (
    notInZone(stack, from.subnet, ofVpcs[0]!) ??
    otherRoutes(stack, resource, ofVpcs as StackResource[]) ??
    overlapping(resource, from, to) ?? { is: "joined" }
  );
}

function isOf(stack: Stack, attachment: StackResource, gateway: Target): boolean {
  return Stack.same(stack.followProperty(attachment, "transitGatewayId", "transitGateway"), gateway) === true;
}

/**
 * A subnet reaches a transit gateway only where its VPC's attachment has a subnet in the same availability zone; from a
 * Local Zone through the parent zone, which its name does not show. Source:
 * https://docs.aws.amazon.com/vpc/latest/tgw/tgw-vpc-attachments.html, checked 2026-11-22.
 */
function notInZone(stack: Stack, { resource, zone }: Subnet, attachment: StackResource): Joint | undefined {
  const attached = stack
    .followAll(read(attachment.props, "subnetIds"), attachment, "subnetIds", "subnet")
    .map((target) => subnetOf(stack, target));
  if (attached.some((one) => one.resource && one.resource.urn === resource?.urn)) return undefined;
  if (zone === undefined || !isAvailabilityZone(zone)) {
    const because = `whether \`${attachment.name}\` has a subnet in the availability zone of the route`;
    return { is: "unknown", because, tells: attachment };
  }
  const zones = attached.map((one) => one.zone);
  if (zones.includes(zone)) return undefined;
  if (zones.includes(undefined)) {
    return { is: "unknown", because: `whether \`${attachment.name}\` has a subnet in ${zone}`, tells: attachment };
  }
  const fix = `Add a subnet in ${zone} to \`${attachment.name}\`.`;
  return { is: "apart", because: `\`${attachment.name}\` has no subnet in ${zone}`, tells: attachment, fix };
}

/** `eu-west-1a`; the name of a Local or a Wavelength Zone has more parts. */
function isAvailabilityZone(zone: string): boolean {
  return /^[a-z]+(-[a-z]+)+-\d[a-z]$/.test(zone);
}

/** What a transit gateway's route table may contain in addition to the CIDR blocks of its attachments. */
function otherRoutes(stack: Stack, gateway: StackResource, attachments: readonly StackResource[]): Joint | undefined {
  const isDefault = (reading: Reading) =>
    reading.is === "absent" || known(reading) === true || known(reading) === "enable";
  const hasItsTableOnly =
    stack.of("transitGatewayRouteTable").length === 0 &&
    ["defaultRouteTableAssociation", "defaultRouteTablePropagation"].every((name) =>
      isDefault(read(gateway.props, name)),
    ) &&
    ["transitGatewayDefaultRouteTableAssociation", "transitGatewayDefaultRouteTablePropagation"].every((name) =>
      attachments.every((attachment) => isDefault(read(attachment.props, name))),
    );
  if (!hasItsTableOnly) {
    return { is: "unknown", because: `which traffic the route tables of \`${gateway.name}\` forward`, tells: gateway };
  }
  // Connect, VPN and peering attachments propagate routes of their own, and a shared gateway has attachments of others.
  const foreign = unmodelledOf(stack).find(({ parts }) => parts.some(({ urn }) => urn === gateway.urn));
  if (foreign) {
    const because = `how \`${foreign.resource.name}\` changes the routes of \`${gateway.name}\``;
    return { is: "unknown", because, tells: foreign.resource };
  }
  const route = stack.of("transitGatewayRoute").find((one) => {
    const table = stack.followProperty(one, "transitGatewayRouteTableId", "transitGatewayRouteTable");
    return table?.is !== "resource" || table.resource.urn === gateway.urn;
  });
  return (
    route && {
      is: "unknown",
      because: `how \`${route.name}\` changes the routes of \`${gateway.name}\``,
      tells: route,
    }
  );
}

/**
 * Of two VPCs whose blocks overlap, the transit gateway propagates only the block of the first, and traffic to a VPC's
 * own block stays in that VPC. Source: https://docs.aws.amazon.com/vpc/latest/tgw/tgw-vpc-attachments.html, checked
 * 2026-11-22.
 */
function overlapping(gateway: StackResource, from: End, to: End): Joint | undefined {
  const names = `\`${from.vpc.name}\` and \`${to.vpc.name}\``;
  const [here, there] = [blocksOf(from), blocksOf(to)];
  if (!here || !there) return { is: "unknown", because: `whether the CIDR blocks of ${names} overlap`, tells: gateway };
  if (overlaps(here.ofSubnet, there.ofSubnet)) {
    const fix = `Give one of the VPCs ${names} another CIDR block.`;
    return { is: "apart", because: `the CIDR blocks of ${names} overlap`, tells: from.vpc, fix };
  }
  if (!overlaps(here.first, there.first)) return undefined;
  return {
    is: "unknown",
    because: `how \`${gateway.name}\` routes between ${names}, whose CIDR blocks overlap`,
    tells: gateway,
  };
}

/** The first block of a VPC, and as much as is known of the one that a subnet is in, which may be another. */
function blocksOf({ subnet }: End): { first: AddressRange; ofSubnet: AddressRange } | undefined {
  const { range: own, vpcRanges } = subnet;
  const [first] = vpcRanges;
  return first && own && { first, ofSubnet: contains(first, own) ? first : own };
}
