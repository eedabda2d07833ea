import { controlPlaneServices } from "../facts/endpoints";
import { type FleetPath, pathsOf } from "../path/fleet-path";
import type { Hop } from "../path/hop";
import type { ServiceEgress } from "../path/egress";
import { policyInForce } from "../path/endpoint-policy";
import { egressOf } from "../path/subnet-egress";
import { asksWsus, wsusServerFor } from "../path/wsus";
import { type PlacedEndpoint, endpointsOf } from "../stack/endpoints";
import { groupedBy } from "../stack/grouped-by";
import { type Subnet, subnetOf } from "../stack/network";
import { known, readText } from "../stack/reading";
import type { StackResource } from "../stack/resource";
import { type RouteTargetKind, routeTableBehind } from "../stack/route-tables";
import { Stack } from "../stack/stack";

/** The network of a stack, for diagrams. */
export interface NetworkReport {
  readonly vpcs: readonly VpcReport[];
  /** By the URN of the fleet. */
  readonly links: Readonly<Record<string, readonly LinkReport[]>>;
}

export interface VpcReport {
  /** `undefined` for the place of fleets whose subnets are not in the stack. */
  readonly urn: string | undefined;
  readonly name: string;
  readonly cidrBlock: string | undefined;
  /** Subnets with the same fleets, or with the same routes. */
  readonly tiers: readonly TierReport[];
  readonly endpoints: readonly VpcEndpointReport[];
}

/** A VPC endpoint that fleets may use. */
export interface VpcEndpointReport {
  readonly name: string;
  /** Of the endpoint, and of the resource that has its policy. */
  readonly urns: readonly string[];
  readonly type: "Gateway" | "Interface";
  /** Short name, or `unknown`. */
  readonly service: string;
}

export interface TierReport {
  readonly name: string;
  readonly subnets: readonly SubnetReport[];
  /** URNs. */
  readonly fleets: readonly string[];
  /** Number of NAT gateways in its subnets. */
  readonly natGateways: number;
  /** Whether the S3 gateway endpoint is on all of its route tables. */
  readonly hasS3Route: boolean;
  /** Where its other routes lead. */
  readonly routes: readonly RouteTargetKind[];
}

export interface SubnetReport {
  readonly name: string;
  readonly zone: string | undefined;
  readonly cidrBlock: string | undefined;
}

/** What a fleet reaches on some hops of its path. */
export interface LinkReport {
  readonly hops: readonly Hop[];
  readonly to:
    | { readonly is: "interface endpoints"; readonly vpc: string | undefined }
    | { readonly is: "S3 endpoint"; readonly vpc: string | undefined }
    | { readonly is: "internet" }
    | { readonly is: "fleet"; readonly urn: string }
    /** It is not known where, or there is no route. */
    | { readonly is: "elsewhere" }
    | { readonly is: "nowhere" };
}

export function networkReport(stack: Stack): NetworkReport {
  const paths = pathsOf(stack);
  const parts: Parts = {
    subnets: groupedBy(
      stack.of("subnet").map((resource) => subnetOf(stack, { is: "resource", resource })),
      ({ vpc }) => Stack.key(vpc),
    ),
    endpoints: groupedBy(endpointsOf(stack), ({ vpc }) => Stack.key(vpc)),
    fleets: groupedBy(
      paths.flatMap(({ fleet }) =>
        fleet.subnets.flatMap((target) => (target.is === "resource" ? [{ fleet, subnet: target.resource.urn }] : [])),
      ),
      ({ subnet }) => subnet,
    ),
  };
  const inVpcs = stack.of("vpc").map((vpc) => vpcReport(stack, vpc, parts));
  const placed = new Set(inVpcs.flatMap(({ tiers }) => tiers.flatMap(({ fleets }) => fleets)));
  const unplaced = paths.map(({ fleet }) => fleet.resource.urn).filter((urn) => !placed.has(urn));
  return {
    vpcs: [...inVpcs, ...(unplaced.length > 0 ? [placeElsewhere(unplaced)] : [])],
    links: Object.fromEntries(paths.map((path) => [path.fleet.resource.urn, linksOf(stack, path)])),
  };
}

/** What VPCs consist of, each looked up once. */
interface Parts {
  /** By the URN of the VPC. */
  readonly subnets: ReadonlyMap<string | undefined, readonly Subnet[]>;
  /** By the URN of the VPC. */
  readonly endpoints: ReadonlyMap<string | undefined, readonly PlacedEndpoint[]>;
  /** By the URN of the subnet. */
  readonly fleets: ReadonlyMap<string, readonly { readonly fleet: FleetPath["fleet"] }[]>;
}

function vpcReport(stack: Stack, vpc: StackResource, parts: Parts): VpcReport {
  const endpoints = parts.endpoints.get(vpc.urn) ?? [];
  const subnets = parts.subnets.get(vpc.urn) ?? [];
  return {
    urn: vpc.urn,
    name: vpc.name,
    cidrBlock: known(readText(vpc.props, "cidrBlock")),
    tiers: groupsOf(stack, subnets, parts.fleets).map((group) => tierReport(stack, group)),
    endpoints: endpoints.flatMap(endpointReport),
  };
}

/** Interface endpoints, and the gateway endpoint of S3: patching uses no other gateway endpoint. */
function endpointReport(endpoint: PlacedEndpoint): VpcEndpointReport[] {
  const { resource, type } = endpoint;
  const service = known(endpoint.service) ?? "unknown";
  if (type !== "Interface" && !(type === "Gateway" && service === "s3")) return [];
  const urns = [resource.urn, policyInForce(endpoint).evidence.resource.urn];
  return [{ name: resource.name, urns: [...new Set(urns)], type, service }];
}

interface Group {
  readonly subnets: readonly Subnet[];
  readonly fleets: readonly string[];
}

/** Subnets that share a fleet belong together, and subnets without a fleet that have the same routes and NAT gateways. */
function groupsOf(stack: Stack, subnets: readonly Subnet[], fleetsIn: Parts["fleets"]): Group[] {
  const groups: { subnets: Subnet[]; fleets: Set<string>; key: string }[] = [];
  for (const subnet of subnets) {
    const fleets = (fleetsIn.get(subnet.resource!.urn) ?? []).map(({ fleet }) => fleet.resource.urn);
    const key = fleets.length > 0 ? "" : `${natGatewaysIn(stack, [subnet]) > 0} ${routesOf([subnet]).join()}`;
    const shared = groups.filter((group) =>
      fleets.length > 0 ? fleets.some((fleet) => group.fleets.has(fleet)) : group.key === key && group.key !== "",
    );
    const [first = { subnets: [], fleets: new Set<string>(), key }, ...others] = shared;
    if (shared.length === 0) groups.push(first);
    first.subnets.push(...others.flatMap((one) => one.subnets), subnet);
    for (const fleet of [...others.flatMap((one) => [...one.fleets]), ...fleets]) first.fleets.add(fleet);
    for (const other of others) groups.splice(groups.indexOf(other), 1);
  }
  return groups.map((group) => ({ subnets: group.subnets, fleets: [...group.fleets] }));
}

function tierReport(stack: Stack, { subnets, fleets }: Group): TierReport {
  return {
    name: commonName(subnets.map(({ resource }) => resource!.name)),
    subnets: subnets.map(({ resource, zone, cidrBlock }) => ({ name: resource!.name, zone, cidrBlock })),
    fleets,
    natGateways: natGatewaysIn(stack, subnets),
    hasS3Route: subnets.every((subnet) => hasS3Route(stack, subnet)),
    routes: routesOf(subnets),
  };
}

/** The common prefix of names, without the number of a zone. */
function commonName(names: readonly string[]): string {
  const [first = "", ...others] = names;
  if (others.length === 0) return first;
  let length = first.length;
  while (length > 0 && !others.every((name) => name.startsWith(first.slice(0, length)))) length -= 1;
  return first.slice(0, length).replace(/[-_. \d]+$/, "") || "subnets";
}

function natGatewaysIn(stack: Stack, subnets: readonly Subnet[]): number {
  const urns = new Set(subnets.map(({ resource }) => resource!.urn));
  return stack.of("natGateway").filter((gateway) => {
    const place = stack.followProperty(gateway, "subnetId", "subnet");
    return place?.is === "resource" && urns.has(place.resource.urn);
  }).length;
}

function routesOf(subnets: readonly Subnet[]): RouteTargetKind[] {
  return [...new Set(subnets.flatMap(({ routeTable }) => routeTable?.routes.map(({ kind }) => kind) ?? []))].sort();
}

function hasS3Route(stack: Stack, { routeTable }: Subnet): boolean {
  return endpointsOf(stack).some(
    ({ type, service, routeTables }) =>
      type === "Gateway" &&
      known(service) === "s3" &&
      routeTables.some((table) => routeTableBehind(stack, table)?.resource.urn === routeTable?.resource.urn) &&
      routeTable !== undefined,
  );
}

function placeElsewhere(fleets: readonly string[]): VpcReport {
  const tier = { name: "subnets", subnets: [], fleets, natGateways: 0, hasS3Route: false, routes: [] };
  return {
    urn: undefined,
    name: "subnets outside this stack",
    cidrBlock: undefined,
    tiers: [tier],
    endpoints: [],
  };
}

/** The hops on the fleet itself, `agent`, `identity`, `security-groups` and `network-acls`, are not links. */
function linksOf(stack: Stack, { fleet, system }: FleetPath): LinkReport[] {
  const bySubnet = egressOf(stack, fleet, controlPlaneServices);
  const bySource = system?.updateSource === "amazon-linux-repositories";
  const readsNone = system?.updateSource === "whole-image";
  const server = wsusServerFor(stack, fleet);
  const asksServer = server && bySubnet.some((egress) => asksWsus(stack, fleet, egress));
  const updates: readonly LinkReport["to"][] = asksServer
    ? [{ is: "fleet", urn: server.resource.urn }]
    : bySubnet.map(({ internet }) => targetOf({ is: "internet", internet }));
  return distinct([
    ...bySubnet.flatMap(({ services }) =>
      Object.values(services).map((egress): LinkReport => ({ hops: ["dns", "control-plane"], to: targetOf(egress) })),
    ),
    ...bySubnet.map(({ s3 }): LinkReport => {
      const hops = ["s3-route", "payload", "snapshot", ...(bySource ? (["repository"] as const) : [])] as const;
      return { hops, to: targetOf(s3) };
    }),
    ...(bySource || readsNone ? [] : updates.map((to): LinkReport => ({ hops: ["repository"], to }))),
  ]);
}

function targetOf(egress: ServiceEgress): LinkReport["to"] {
  switch (egress.is) {
    case "endpoint": {
      const { vpc, type } = egress.endpoint;
      const of = vpc?.is === "resource" ? vpc.resource.urn : undefined;
      return { is: type === "Gateway" ? "S3 endpoint" : "interface endpoints", vpc: of };
    }
    case "internet":
      return { is: ({ open: "internet", unknown: "elsewhere", none: "nowhere" } as const)[egress.internet.is] };
    case "unknown":
      return { is: "elsewhere" };
  }
}

function distinct(links: readonly LinkReport[]): LinkReport[] {
  return [...new Map(links.map((link) => [JSON.stringify(link), link])).values()];
}
