import type {
  DhcpOptions,
  ManagedPrefixList,
  NatGateway,
  NetworkAcl,
  RouteTable,
  SecurityGroup,
  Subnet,
  Vpc,
  VpcEndpoint,
} from "@aws-sdk/client-ec2";
import type { Place, StackResource } from "patchpath/account";
import { type AmazonsLists, type EntriesOfLists, endpointResource, endpointsInRoutes, isAvailable } from "./endpoints";
import {
  type DnsAttributes,
  dhcpOptionsResource,
  natGatewayResources,
  networkAclResource,
  prefixListResource,
  routeTableResources,
  subnetResource,
  vpcResources,
} from "./network";
import type { Maker } from "./resources";
import { securityGroupResource } from "./security-groups";
import { standIn, unread } from "./unread";

/** What the network of a region consists of, from whichever source; `undefined` where a list could not be read. */
export interface NetworkAnswers {
  readonly vpcs: readonly Vpc[] | undefined;
  /** By the id of the VPC. */
  readonly dns: ReadonlyMap<string | undefined, DnsAttributes>;
  readonly subnets: readonly Subnet[] | undefined;
  readonly tables: readonly RouteTable[] | undefined;
  readonly gateways: readonly NatGateway[] | undefined;
  readonly groups: readonly SecurityGroup[] | undefined;
  readonly acls: readonly NetworkAcl[] | undefined;
  readonly options: readonly DhcpOptions[] | undefined;
  /** The account's own prefix lists. */
  readonly lists: readonly ManagedPrefixList[];
  readonly ofAmazon: AmazonsLists;
  readonly entries: EntriesOfLists;
  readonly endpoints: readonly VpcEndpoint[] | undefined;
}

const noDns: DnsAttributes = { support: undefined, hostnames: undefined };

export function networkResources(make: Maker, place: Place, answers: NetworkAnswers): StackResource[] {
  const { vpcs = [], dns, tables, ofAmazon } = answers;
  const available = answers.endpoints?.filter(isAvailable);
  const described = new Set(available?.map(({ VpcEndpointId = "" }) => VpcEndpointId));
  return [
    ...vpcs.flatMap((vpc) => vpcResources(make, vpc, dns.get(vpc.VpcId) ?? noDns)),
    ...(answers.subnets ?? []).map((subnet) => subnetResource(make, subnet)),
    ...(tables?.flatMap((table) => routeTableResources(make, table)) ?? unread(make, "ec2:DescribeRouteTables")),
    ...(answers.gateways ?? []).flatMap((gateway) => natGatewayResources(make, gateway)),
    ...(answers.groups ?? []).map((group) => securityGroupResource(make, group)),
    ...(answers.acls?.map((acl) => networkAclResource(make, acl)) ?? unread(make, "ec2:DescribeNetworkAcls")),
    ...(answers.options ?? []).map((one) => dhcpOptionsResource(make, one)),
    ...answers.lists.map((one) => prefixListResource(make, one, answers.entries.get(one.PrefixListId))),
    ...(available?.map((one) => endpointResource(make, one, ofAmazon)) ?? unread(make, "ec2:DescribeVpcEndpoints")),
    ...endpointsInRoutes(make, tables ?? [], described, ofAmazon),
    ...vpcs.flatMap((vpc) => endpointsOfOwner(make, place, vpc, tables)),
  ];
}

/**
 * The interface endpoints of a VPC that another account shares: a participant can't see what the owner created. Source:
 * https://docs.aws.amazon.com/vpc/latest/userguide/vpc-sharing-service-behavior.html, not opened on 2026-11-28, so
 * unconfirmed; what it leads to is unknown in either case.
 */
function endpointsOfOwner(make: Maker, place: Place, vpc: Vpc, tables: readonly RouteTable[] | undefined) {
  if (vpc.OwnerId === undefined || vpc.OwnerId === place.account || tables === undefined) return [];
  return [
    standIn(make, "aws:ec2/vpcEndpoint:VpcEndpoint", "ec2:DescribeVpcEndpoints", ["serviceName"], {
      vpcEndpointType: "Interface",
      vpcId: vpc.VpcId,
    }),
  ];
}
