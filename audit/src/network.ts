import type {
  DhcpOptions,
  ManagedPrefixList,
  NatGateway,
  NetworkAcl,
  PrefixListEntry,
  Route,
  RouteTable,
  Subnet,
  Vpc,
} from "@aws-sdk/client-ec2";
import { type StackResource, unknownText } from "patchpath/account";
import { type Maker, type Props, named, present, tagsOf } from "./resources";

/** The DNS attributes of a VPC; `undefined` where they could not be read. */
export interface DnsAttributes {
  readonly support: boolean | undefined;
  readonly hostnames: boolean | undefined;
}

export function vpcResources(make: Maker, vpc: Vpc, dns: DnsAttributes): StackResource[] {
  const { VpcId: id = "", DhcpOptionsId: dhcpOptionsId } = vpc;
  const others = (vpc.CidrBlockAssociationSet ?? []).flatMap(({ CidrBlock, CidrBlockState }) =>
    CidrBlock !== undefined && CidrBlock !== vpc.CidrBlock && CidrBlockState?.State === "associated" ? [CidrBlock] : [],
  );
  const resource = make(
    "aws:ec2/vpc:Vpc",
    id,
    {
      cidrBlock: vpc.CidrBlock,
      enableDnsSupport: dns.support ?? unknownText,
      enableDnsHostnames: dns.hostnames ?? unknownText,
      ipv6CidrBlock: vpc.Ipv6CidrBlockAssociationSet?.[0]?.Ipv6CidrBlock,
      ownerId: vpc.OwnerId,
      tags: tagsOf(vpc.Tags),
    },
    named(id, vpc.Tags),
  );
  const secondary = others.map((cidrBlock) =>
    make("aws:ec2/vpcIpv4CidrBlockAssociation:VpcIpv4CidrBlockAssociation", `${id}/${cidrBlock}`, {
      vpcId: id,
      cidrBlock,
    }),
  );
  // AWS calls having none "default".
  const association =
    dhcpOptionsId === undefined || dhcpOptionsId === "default"
      ? []
      : [make("aws:ec2/vpcDhcpOptionsAssociation:VpcDhcpOptionsAssociation", id, { vpcId: id, dhcpOptionsId })];
  return [resource, ...secondary, ...association];
}

export function subnetResource(make: Maker, subnet: Subnet): StackResource {
  const { SubnetId: id = "" } = subnet;
  const ipv6 = subnet.Ipv6CidrBlockAssociationSet?.find(
    ({ Ipv6CidrBlockState }) => Ipv6CidrBlockState?.State === "associated",
  );
  const props = {
    arn: subnet.SubnetArn,
    vpcId: subnet.VpcId,
    cidrBlock: subnet.CidrBlock,
    availabilityZone: subnet.AvailabilityZone,
    availabilityZoneId: subnet.AvailabilityZoneId,
    assignIpv6AddressOnCreation: subnet.AssignIpv6AddressOnCreation,
    ipv6CidrBlock: ipv6?.Ipv6CidrBlock,
    ipv6Native: subnet.Ipv6Native,
    mapPublicIpOnLaunch: subnet.MapPublicIpOnLaunch,
    ownerId: subnet.OwnerId,
    tags: tagsOf(subnet.Tags),
  };
  return make("aws:ec2/subnet:Subnet", id, props, named(id, subnet.Tags));
}

/** A route table with its routes and associations. */
export function routeTableResources(make: Maker, table: RouteTable): StackResource[] {
  const { RouteTableId: id = "", VpcId: vpcId, Associations: associations = [] } = table;
  const props = {
    vpcId,
    routes: (table.Routes ?? []).flatMap((route) => routeIn(route)),
    propagatingVgws: present((table.PropagatingVgws ?? []).map(({ GatewayId }) => GatewayId)),
    tags: tagsOf(table.Tags),
  };
  return [
    make("aws:ec2/routeTable:RouteTable", id, props, named(id, table.Tags)),
    ...associations.flatMap(({ Main, SubnetId: subnetId, RouteTableAssociationId: association = "" }) => {
      if (Main) {
        const type = "aws:ec2/mainRouteTableAssociation:MainRouteTableAssociation";
        return [make(type, association, { vpcId, routeTableId: id })];
      }
      // A gateway's own table is not one that instances send by.
      if (subnetId === undefined) return [];
      return [make("aws:ec2/routeTableAssociation:RouteTableAssociation", association, { subnetId, routeTableId: id })];
    }),
  ];
}

/**
 * As the classic provider writes a route, with its state. The VPC's own route and the ones of gateway endpoints are not among its
 * routes. A Gateway Load Balancer endpoint is a target like others; of a gateway endpoint the destination is a prefix list.
 */
function routeIn(route: Route): Props[] {
  const { GatewayId: gatewayId } = route;
  const isEndpoint = gatewayId?.startsWith("vpce-");
  if (gatewayId === "local" || (isEndpoint && route.DestinationPrefixListId !== undefined)) return [];
  const props: Props = {
    cidrBlock: route.DestinationCidrBlock,
    ipv6CidrBlock: route.DestinationIpv6CidrBlock,
    destinationPrefixListId: route.DestinationPrefixListId,
    carrierGatewayId: route.CarrierGatewayId,
    coreNetworkArn: route.CoreNetworkArn,
    egressOnlyGatewayId: route.EgressOnlyInternetGatewayId,
    gatewayId: isEndpoint ? undefined : gatewayId,
    localGatewayId: route.LocalGatewayId,
    natGatewayId: route.NatGatewayId,
    networkInterfaceId: route.NetworkInterfaceId,
    transitGatewayId: route.TransitGatewayId,
    vpcEndpointId: isEndpoint ? gatewayId : undefined,
    vpcPeeringConnectionId: route.VpcPeeringConnectionId,
    state: route.State,
  };
  return [Object.fromEntries(Object.entries(props).filter(([, value]) => value !== undefined))];
}

/** One that is being deleted, or that failed, forwards nothing: the route to it leads to a gateway that is not there. */
export function natGatewayResources(make: Maker, gateway: NatGateway): StackResource[] {
  const { NatGatewayId: id = "", State: state } = gateway;
  if (state !== "available") return [];
  const props = {
    subnetId: gateway.SubnetId,
    vpcId: gateway.VpcId,
    connectivityType: gateway.ConnectivityType,
    availabilityMode: gateway.AvailabilityMode,
    tags: tagsOf(gateway.Tags),
  };
  return [make("aws:ec2/natGateway:NatGateway", id, props, named(id, gateway.Tags))];
}

/** The number of the entry that denies what no other entry matches, for IPv4 and IPv6; the model denies it anyway. */
const lastEntries = [32767, 32768];

export function networkAclResource(make: Maker, acl: NetworkAcl): StackResource {
  const { NetworkAclId: id = "" } = acl;
  const entries = (isEgress: boolean) =>
    (acl.Entries ?? [])
      .filter(({ Egress, RuleNumber = 0 }) => (Egress ?? false) === isEgress && !lastEntries.includes(RuleNumber))
      .map((entry) => ({
        ruleNo: entry.RuleNumber,
        action: entry.RuleAction,
        protocol: entry.Protocol,
        cidrBlock: entry.CidrBlock,
        ipv6CidrBlock: entry.Ipv6CidrBlock,
        fromPort: entry.PortRange?.From ?? 0,
        toPort: entry.PortRange?.To ?? 0,
      }));
  const props = {
    vpcId: acl.VpcId,
    subnetIds: present((acl.Associations ?? []).map(({ SubnetId }) => SubnetId)),
    ingress: entries(false),
    egress: entries(true),
    tags: tagsOf(acl.Tags),
  };
  return make("aws:ec2/networkAcl:NetworkAcl", id, props, named(id, acl.Tags));
}

export function dhcpOptionsResource(make: Maker, options: DhcpOptions): StackResource {
  const { DhcpOptionsId: id = "" } = options;
  const values = (key: string) =>
    (options.DhcpConfigurations ?? [])
      .filter(({ Key }) => Key === key)
      .flatMap(({ Values }) => present((Values ?? []).map(({ Value }) => Value)));
  const props = { domainNameServers: values("domain-name-servers"), domainName: values("domain-name")[0] };
  return make("aws:ec2/vpcDhcpOptions:VpcDhcpOptions", id, props, named(id, options.Tags));
}

/** A list of AWS's, which the model knows by the endpoint that names it. */
export function isAmazons({ OwnerId }: ManagedPrefixList): boolean {
  return OwnerId === "AWS";
}

/** @param entries `undefined` where they could not be read */
export function prefixListResource(
  make: Maker,
  list: ManagedPrefixList,
  entries: readonly PrefixListEntry[] | undefined,
): StackResource {
  const { PrefixListId: id = "", PrefixListName: name = id } = list;
  const props = { name, entries: entries?.map(({ Cidr }) => ({ cidr: Cidr })) ?? unknownText };
  return make("aws:ec2/managedPrefixList:ManagedPrefixList", id, props, name === id ? id : `${name} (${id})`);
}
