import type { RouteTable, VpcEndpoint } from "@aws-sdk/client-ec2";
import { type Place, type StackResource, unknownText } from "patchpath/account";
import { type ConfigItem, ofType } from "./config-items";
import type { AmazonsList } from "./endpoints";
import { instanceResource, isThere } from "./instances";
import { networkResources } from "./network-resources";
import type { Maker } from "./resources";
import { decoded, isAmazonsPolicy, policyResource, profileResource, roleResource } from "./roles";
import { peeringResource } from "./transit";
import { unread, unreadFirewall, unreadHostManagement, unreadZones } from "./unread";

/**
 * What AWS Config recorded of an account in a region, and what it does not record, of which nothing is known: user data, images,
 * DNS attributes, hosted zones, transit gateways, Auto Scaling groups, and everything of Systems Manager.
 *
 * @param items of the account: of the region, and the global ones
 */
export function recordedResources(
  make: Maker,
  place: Place,
  items: readonly ConfigItem[],
  vpcIds: readonly string[] | undefined,
): StackResource[] {
  const local = items.filter(({ awsRegion }) => awsRegion === place.region);
  const vpcs = ofType(local, "AWS::EC2::VPC");
  const tables = ofType(local, "AWS::EC2::RouteTable");
  const endpoints = ofType(local, "AWS::EC2::VPCEndpoint");
  const lists = ofType(local, "AWS::EC2::PrefixList") ?? [];
  const instances = (ofType(local, "AWS::EC2::Instance") ?? [])
    .filter(isThere)
    .filter(({ VpcId = "" }) => vpcIds === undefined || vpcIds.includes(VpcId));
  const profiles = new Set(instances.map(({ IamInstanceProfile }) => IamInstanceProfile?.Arn));
  return [
    ...networkResources(make, place, {
      vpcs,
      dns: new Map(),
      subnets: ofType(local, "AWS::EC2::Subnet"),
      tables,
      gateways: ofType(local, "AWS::EC2::NatGateway"),
      groups: ofType(local, "AWS::EC2::SecurityGroup"),
      acls: ofType(local, "AWS::EC2::NetworkAcl"),
      options: ofType(local, "AWS::EC2::DHCPOptions"),
      lists,
      entries: new Map(lists.map(({ PrefixListId, Entries }) => [PrefixListId, Entries])),
      ofAmazon: listsInRoutes(tables ?? [], endpoints ?? []),
      endpoints: endpoints?.map(withPolicy),
    }),
    ...(ofType(local, "AWS::EC2::VPCPeeringConnection") ?? []).map((one) => peeringResource(make, one)),
    ...instances.map((one) => instanceResource(make, one, undefined)),
    ...rolesOf(make, items, profiles),
    ...unrecorded(
      make,
      place,
      (vpcs ?? []).flatMap(({ VpcId }) => VpcId ?? []),
    ),
  ];
}

/** The resource schema has no policy: where it is not recorded, it is not AWS's default. */
function withPolicy(endpoint: VpcEndpoint): VpcEndpoint {
  return { PolicyDocument: unknownText, ...endpoint };
}

/** AWS's own prefix lists are not recorded; a route to a gateway endpoint names that of its service. */
function listsInRoutes(
  tables: readonly RouteTable[],
  endpoints: readonly VpcEndpoint[],
): ReadonlyMap<string, AmazonsList> {
  const services = new Map(endpoints.map(({ VpcEndpointId, ServiceName }) => [VpcEndpointId, ServiceName]));
  const routes = tables.flatMap(({ Routes = [] }) => Routes);
  return new Map(
    routes.flatMap(({ GatewayId, DestinationPrefixListId: list }): [string, AmazonsList][] => {
      const name = services.get(GatewayId);
      return list === undefined || name === undefined ? [] : [[list, { name }]];
    }),
  );
}

/** The instance profiles in use, with their roles and policies. */
function rolesOf(
  make: Maker,
  items: readonly ConfigItem[],
  profiles: ReadonlySet<string | undefined>,
): StackResource[] {
  const used = (ofType(items, "AWS::IAM::Role") ?? []).filter((role) =>
    (role.InstanceProfileList ?? []).some(({ Arn }) => profiles.has(Arn)),
  );
  const attached = new Set(
    used.flatMap((role) => [
      ...(role.AttachedManagedPolicies ?? []).map(({ PolicyArn }) => PolicyArn),
      role.PermissionsBoundary?.PermissionsBoundaryArn,
    ]),
  );
  const policies = (ofType(items, "AWS::IAM::Policy") ?? []).filter(
    ({ Arn }) => attached.has(Arn) && !isAmazonsPolicy(Arn ?? ""),
  );
  return [
    ...used.flatMap(({ InstanceProfileList = [] }) => InstanceProfileList.map((one) => profileResource(make, one))),
    ...used.map((role) => {
      const inline = role.RolePolicyList?.map(({ PolicyName: name = "", PolicyDocument }) => {
        return { name, document: decoded(PolicyDocument) };
      });
      return roleResource(make, { role, attached: role.AttachedManagedPolicies, inline });
    }),
    ...policies.map(({ Arn = "", PolicyVersionList: versions = [] }) => {
      const current = versions.find(({ IsDefaultVersion }) => IsDefaultVersion);
      return policyResource(make, Arn, decoded(current?.Document));
    }),
  ];
}

/** Stands for everything that may be there and that AWS Config does not record. */
function unrecorded(make: Maker, { region }: Place, vpcIds: readonly string[]): StackResource[] {
  return [
    ...vpcIds.flatMap((vpcId) => [...unreadZones(make, region, vpcId), unreadFirewall(make, vpcId)]),
    ...unread(make, "route53resolver:ListResolverRuleAssociations"),
    ...unread(make, "route53profiles:ListProfileAssociations"),
    ...unread(make, "ssm:DescribeMaintenanceWindows"),
    ...unread(make, "ssm:ListAssociations"),
    ...unread(make, "ssm-quicksetup:ListConfigurationManagers"),
    ...unread(make, "ec2:DescribeVpcBlockPublicAccessOptions"),
    unreadHostManagement(make),
  ];
}
