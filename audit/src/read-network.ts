import {
  DescribeVpcAttributeCommand,
  type ManagedPrefixList,
  type Vpc,
  paginateDescribeDhcpOptions,
  paginateDescribeManagedPrefixLists,
  paginateDescribeNatGateways,
  paginateDescribeNetworkAcls,
  paginateDescribeRouteTables,
  paginateDescribeSecurityGroups,
  paginateDescribeSubnets,
  paginateDescribeTransitGatewayAttachments,
  paginateDescribeTransitGatewayRouteTables,
  paginateDescribeTransitGatewayVpcAttachments,
  paginateDescribeTransitGateways,
  paginateDescribeVpcEndpoints,
  paginateDescribeVpcPeeringConnections,
  paginateDescribeVpcs,
  paginateGetManagedPrefixListEntries,
  paginateSearchTransitGatewayRoutes,
} from "@aws-sdk/client-ec2";
import type { StackResource } from "patchpath/account";
import { type EntriesOfLists, amazonsLists } from "./endpoints";
import { type DnsAttributes, isAmazons } from "./network";
import { type NetworkAnswers, networkResources } from "./network-resources";
import { type Reading, each } from "./reading";
import {
  attachmentResource,
  peeringResource,
  transitGatewayResource,
  transitRouteResources,
  transitTableResources,
} from "./transit";
import { readBlockPublicAccess } from "./read-public-access";
import { unread } from "./unread";

/** The network of a region, and the ids of its VPCs. */
export interface Network {
  readonly resources: readonly StackResource[];
  readonly vpcIds: readonly string[];
}

/** The sizes of pages are the largest that EC2 takes: 100 of some lists, 1,000 of the others. */
export async function readNetwork(reading: Reading): Promise<Network> {
  const { make, reader } = reading;
  const ec2 = { client: reading.clients.ec2, pageSize: 1000 };
  const inHundreds = { ...ec2, pageSize: 100 };
  const list = reader.list.bind(reader);
  const [vpcs, subnets, tables, gateways, groups, acls, options, lists, endpoints, transit, blocking] =
    await Promise.all([
      list("ec2:DescribeVpcs", paginateDescribeVpcs(ec2, {}), ({ Vpcs }) => Vpcs),
      list("ec2:DescribeSubnets", paginateDescribeSubnets(ec2, {}), ({ Subnets }) => Subnets),
      list("ec2:DescribeRouteTables", paginateDescribeRouteTables(inHundreds, {}), ({ RouteTables }) => RouteTables),
      list("ec2:DescribeNatGateways", paginateDescribeNatGateways(ec2, {}), ({ NatGateways }) => NatGateways),
      list("ec2:DescribeSecurityGroups", paginateDescribeSecurityGroups(ec2, {}), (page) => page.SecurityGroups),
      list("ec2:DescribeNetworkAcls", paginateDescribeNetworkAcls(ec2, {}), ({ NetworkAcls }) => NetworkAcls),
      list("ec2:DescribeDhcpOptions", paginateDescribeDhcpOptions(ec2, {}), ({ DhcpOptions }) => DhcpOptions),
      list(
        "ec2:DescribeManagedPrefixLists",
        paginateDescribeManagedPrefixLists(inHundreds, {}),
        (page) => page.PrefixLists,
      ),
      list("ec2:DescribeVpcEndpoints", paginateDescribeVpcEndpoints(ec2, {}), ({ VpcEndpoints }) => VpcEndpoints),
      readTransit(reading),
      readBlockPublicAccess(reading),
    ]);
  const entries = await readEntries(reading, lists ?? []);
  const dns = await each(vpcs ?? [], async (vpc) => [vpc.VpcId, await dnsOf(reading, vpc)] as const);
  const answers: NetworkAnswers = {
    ...{ vpcs, dns: new Map(dns), subnets, tables, gateways, groups, acls, options, entries, endpoints },
    lists: (lists ?? []).filter((one) => !isAmazons(one)),
    ofAmazon: amazonsLists((lists ?? []).filter(isAmazons), entries),
  };
  return {
    vpcIds: [...new Set([...(vpcs ?? []), ...(subnets ?? [])].flatMap(({ VpcId }) => VpcId ?? []))],
    resources: [...networkResources(make, reading.place, answers), ...transit, ...blocking],
  };
}

/**
 * The entries of the account's own prefix lists, and of S3's, which tell S3's addresses in the region. That the call answers for
 * AWS's lists: `entries` in https://registry.terraform.io/providers/hashicorp/aws/latest/docs/data-sources/ec2_managed_prefix_list,
 * not opened on 2026-11-28, so unconfirmed; without them, S3's addresses are unknown.
 */
async function readEntries(
  { clients, reader, place }: Reading,
  lists: readonly ManagedPrefixList[],
): Promise<EntriesOfLists> {
  const read = lists.filter((one) => !isAmazons(one) || one.PrefixListName?.endsWith(`.${place.region}.s3`));
  return new Map(
    await each(read, async ({ PrefixListId }) => {
      const pages = paginateGetManagedPrefixListEntries({ client: clients.ec2, pageSize: 100 }, { PrefixListId });
      return [
        PrefixListId,
        await reader.list("ec2:GetManagedPrefixListEntries", pages, ({ Entries }) => Entries),
      ] as const;
    }),
  );
}

async function dnsOf({ clients, reader }: Reading, { VpcId }: Vpc): Promise<DnsAttributes> {
  const [support, hostnames] = await each(["enableDnsSupport", "enableDnsHostnames"] as const, (Attribute) =>
    reader.one("ec2:DescribeVpcAttribute", () =>
      clients.ec2.send(new DescribeVpcAttributeCommand({ VpcId, Attribute })),
    ),
  );
  return { support: support?.EnableDnsSupport?.Value, hostnames: hostnames?.EnableDnsHostnames?.Value };
}

/** Peering connections and transit gateways. */
async function readTransit({ make, reader, clients }: Reading): Promise<StackResource[]> {
  const ec2 = { client: clients.ec2, pageSize: 1000 };
  const list = reader.list.bind(reader);
  const [peerings, gateways] = await Promise.all([
    list(
      "ec2:DescribeVpcPeeringConnections",
      paginateDescribeVpcPeeringConnections(ec2, {}),
      (page) => page.VpcPeeringConnections,
    ),
    list(
      "ec2:DescribeTransitGateways",
      paginateDescribeTransitGateways(ec2, {}),
      ({ TransitGateways }) => TransitGateways,
    ),
  ]);
  const connections = (peerings ?? []).map((one) => peeringResource(make, one));
  if (gateways === undefined || gateways.length === 0) return connections;
  const [attachments, all, tables] = await Promise.all([
    list(
      "ec2:DescribeTransitGatewayVpcAttachments",
      paginateDescribeTransitGatewayVpcAttachments(ec2, {}),
      (page) => page.TransitGatewayVpcAttachments,
    ),
    list(
      "ec2:DescribeTransitGatewayAttachments",
      paginateDescribeTransitGatewayAttachments(ec2, {}),
      (page) => page.TransitGatewayAttachments,
    ),
    list(
      "ec2:DescribeTransitGatewayRouteTables",
      paginateDescribeTransitGatewayRouteTables(ec2, {}),
      (page) => page.TransitGatewayRouteTables,
    ),
  ]);
  const routes = await each(tables ?? [], async ({ TransitGatewayRouteTableId = "" }) => {
    const search = { TransitGatewayRouteTableId, Filters: [{ Name: "type", Values: ["static"] }] };
    const pages = paginateSearchTransitGatewayRoutes(ec2, search);
    const found = await list("ec2:SearchTransitGatewayRoutes", pages, ({ Routes }) => Routes);
    return transitRouteResources(make, TransitGatewayRouteTableId, found);
  });
  const byId = new Map(gateways.map((gateway) => [gateway.TransitGatewayId, gateway]));
  return [
    ...connections,
    ...gateways.map((gateway) => transitGatewayResource(make, gateway)),
    ...(attachments ?? []).flatMap((one) => attachmentResource(make, one, byId.get(one.TransitGatewayId), all)),
    ...(tables?.flatMap((table) => transitTableResources(make, table)) ??
      unread(make, "ec2:DescribeTransitGatewayRouteTables")),
    ...routes.flat(),
  ];
}
