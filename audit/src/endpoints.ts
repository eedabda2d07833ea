import type { ManagedPrefixList, PrefixListEntry, Route, RouteTable, VpcEndpoint } from "@aws-sdk/client-ec2";
import { type StackResource, unknownText } from "patchpath/account";
import { type Maker, named, present, tagsOf } from "./resources";

/** AWS's prefix lists, by their ids. */
export type AmazonsLists = ReadonlyMap<string, AmazonsList>;

export interface AmazonsList {
  /** That of the service, such as `com.amazonaws.eu-west-1.s3`. */
  readonly name: string;
  /** The addresses of the service; `undefined` where they were not read. */
  readonly blocks?: readonly string[] | undefined;
}

/** The entries of prefix lists that were read, by the ids of the lists; `undefined` where they could not be. */
export type EntriesOfLists = ReadonlyMap<string | undefined, readonly PrefixListEntry[] | undefined>;

export function amazonsLists(lists: readonly ManagedPrefixList[], entries: EntriesOfLists): AmazonsLists {
  return new Map(
    lists.flatMap(({ PrefixListId: id, PrefixListName: name }) => {
      const blocks = entries.get(id)?.flatMap(({ Cidr }) => Cidr ?? []);
      return id === undefined || name === undefined ? [] : [[id, { name, blocks }] as const];
    }),
  );
}

/**
 * Whether an endpoint carries traffic. AWS's API writes states in lower and in upper case, `available` and `Available`.
 * Source: https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_VpcEndpoint.html, by the SDK's enumeration `State`,
 * checked 2026-11-28.
 */
export function isAvailable({ State }: VpcEndpoint): boolean {
  return State?.toLowerCase() === "available";
}

export function endpointResource(make: Maker, endpoint: VpcEndpoint, lists: AmazonsLists): StackResource {
  const { VpcEndpointId: id = "", ServiceName: serviceName, DnsOptions: dns } = endpoint;
  const [prefixListId, list] = [...lists].find(([, { name }]) => name === serviceName) ?? [];
  const props = {
    vpcId: endpoint.VpcId,
    serviceName,
    serviceRegion: endpoint.ServiceRegion,
    vpcEndpointType: endpoint.VpcEndpointType,
    policy: endpoint.PolicyDocument,
    routeTableIds: endpoint.RouteTableIds ?? [],
    subnetIds: endpoint.SubnetIds ?? [],
    securityGroupIds: present((endpoint.Groups ?? []).map(({ GroupId }) => GroupId)),
    privateDnsEnabled: endpoint.PrivateDnsEnabled,
    ipAddressType: endpoint.IpAddressType,
    dnsOptions: dns && { privateDnsOnlyForInboundResolverEndpoint: dns.PrivateDnsOnlyForInboundResolverEndpoint },
    dnsEntries: (endpoint.DnsEntries ?? []).map(({ DnsName }) => ({ dnsName: DnsName })),
    ownerId: endpoint.OwnerId,
    prefixListId,
    cidrBlocks: list?.blocks,
    tags: tagsOf(endpoint.Tags),
  };
  return make("aws:ec2/vpcEndpoint:VpcEndpoint", id, props, named(id, endpoint.Tags));
}

/**
 * The gateway endpoints that only routes show: of a VPC that another account shares, or where the endpoints could not be
 * read. Their policy is not known.
 */
export function endpointsInRoutes(
  make: Maker,
  tables: readonly RouteTable[],
  described: ReadonlySet<string>,
  lists: AmazonsLists,
): StackResource[] {
  const found = new Map<string, { readonly route: Route; readonly vpcId: string | undefined; readonly on: string[] }>();
  for (const { RouteTableId = "", VpcId: vpcId, Routes = [] } of tables) {
    for (const route of Routes) {
      const { GatewayId: id = "", DestinationPrefixListId: list } = route;
      if (!id.startsWith("vpce-") || list === undefined || described.has(id)) continue;
      const other = found.get(id);
      if (other) other.on.push(RouteTableId);
      else found.set(id, { route, vpcId, on: [RouteTableId] });
    }
  }
  return [...found].map(([id, { route, vpcId, on }]) =>
    make("aws:ec2/vpcEndpoint:VpcEndpoint", id, {
      vpcId,
      serviceName: lists.get(route.DestinationPrefixListId!)?.name ?? unknownText,
      vpcEndpointType: "Gateway",
      policy: unknownText,
      routeTableIds: on,
      prefixListId: route.DestinationPrefixListId,
      cidrBlocks: lists.get(route.DestinationPrefixListId!)?.blocks,
    }),
  );
}
