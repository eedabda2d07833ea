import type { ManagedPrefixList, Route, RouteTable, VpcEndpoint } from "@aws-sdk/client-ec2";
import { type StackResource, unknownText } from "patchpath/account";
import { type Maker, named, present, tagsOf } from "./resources";

/** Names of AWS's prefix lists, `com.amazonaws.eu-west-1.s3`, by their ids. */
export type AmazonsLists = ReadonlyMap<string, string>;

export function amazonsLists(lists: readonly ManagedPrefixList[]): AmazonsLists {
  return new Map(
    lists.flatMap(({ PrefixListId, PrefixListName }) =>
      PrefixListId === undefined || PrefixListName === undefined ? [] : [[PrefixListId, PrefixListName] as const],
    ),
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
    prefixListId: [...lists].find(([, name]) => name === serviceName)?.[0],
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
      serviceName: lists.get(route.DestinationPrefixListId!) ?? unknownText,
      vpcEndpointType: "Gateway",
      policy: unknownText,
      routeTableIds: on,
      prefixListId: route.DestinationPrefixListId,
    }),
  );
}
