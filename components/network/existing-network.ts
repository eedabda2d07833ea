import * as aws from "@pulumi/aws";
import type * as pulumi from "@pulumi/pulumi";
import { type EndpointService, type Region, endpointServiceName } from "patchpath/facts";

/** An existing VPC, by its ids. */
export interface ExistingNetworkArgs {
  readonly vpcId: string;
  /** Subnets for fleets and interface endpoints: one or more in each availability zone. */
  readonly subnetIds: readonly string[];
  /**
   * Ids of the subnets' route tables.
   *
   * @default - looked up: the table associated with the subnet, else the main route table of the VPC
   */
  readonly routeTableIds?: readonly string[] | undefined;
}

/** A subnet with its route table. */
export interface ExistingServerSubnet extends ExistingSubnet {
  readonly routeTable: ExistingRouteTable;
}

export interface ExistingSubnet {
  readonly id: string;
  readonly vpcId: string;
  readonly zone: string;
}

/** What a lookup returns for an existing VPC. All plain, so that it can be checked before anything is created. */
export interface ExistingNetwork {
  readonly vpcId: string;
  readonly cidrBlock: string;
  /**
   * All of its IPv4 blocks.
   *
   * @default - only `cidrBlock`
   */
  readonly cidrBlocks?: readonly string[] | undefined;
  /**
   * IPv4 addresses of its name servers, by its DHCP options, which security groups must allow.
   *
   * @default - none: the resolver of the VPC, to which security groups do not apply
   */
  readonly nameServers?: readonly string[] | undefined;
  readonly dnsSupport: boolean;
  readonly dnsHostnames: boolean;
  readonly subnets: readonly ExistingSubnet[];
  readonly routeTables: readonly ExistingRouteTable[];
  /**
   * Subnet for a WSUS server.
   *
   * @default - none: no server is created
   */
  readonly serverSubnet?: ExistingServerSubnet | undefined;
  readonly endpoints: ExistingEndpoints;
}

export interface ExistingRouteTable {
  readonly id: string;
  readonly vpcId: string;
  /** Target of the default route: the id of a gateway or a network interface; `undefined` without a default route. */
  readonly defaultRoute: string | undefined;
  /** IPv4 routes, each with the id of its target. */
  readonly routes: readonly { readonly cidrBlock: string; readonly target: string | undefined }[];
}

/** Existing endpoints. They are used as they are, never duplicated and never changed. */
export interface ExistingEndpoints {
  readonly s3: ExistingS3Endpoint | undefined;
  readonly interfaces: Readonly<Partial<Record<EndpointService, ExistingInterfaceEndpoint>>>;
  /**
   * Services whose endpoints an earlier run of the stack created, and which are therefore not in `s3` and `interfaces`.
   *
   * @default - none
   */
  readonly own?: readonly (EndpointService | "s3")[] | undefined;
}

export interface ExistingS3Endpoint {
  readonly id: string;
  readonly policy: string;
  readonly prefixListId: string;
  readonly routeTableIds: readonly string[];
}

export interface ExistingInterfaceEndpoint {
  readonly id: string;
  readonly privateDns: boolean;
  readonly securityGroupIds: readonly string[];
}

/** Tag of the endpoints that a stack creates in a shared VPC, so that its next run recognizes them as its own. */
export const ownerTag = "patchpath:stack";

/**
 * Looks up an existing VPC and what its fleets would use.
 *
 * @param services services whose interface endpoints to look for
 * @param owner value of `ownerTag` on the endpoints that this stack created
 * @param serverSubnetId the subnet for a WSUS server to create
 * @throws Error from the provider if a VPC, subnet or route table does not exist, or a service has two endpoints
 */
export async function lookUpNetwork(
  { vpcId, subnetIds, routeTableIds }: ExistingNetworkArgs,
  region: Region,
  services: readonly EndpointService[],
  owner: string,
  serverSubnetId?: string,
  opts?: pulumi.InvokeOptions,
): Promise<ExistingNetwork> {
  const own = new Set<string>();
  const [vpc, subnets, routeTables, serverSubnet, s3, ...interfaces] = await Promise.all([
    vpcWithNameServers(vpcId, opts),
    Promise.all(subnetIds.map((id) => aws.ec2.getSubnet({ id }, opts))),
    routeTableIds
      ? Promise.all(routeTableIds.map((routeTableId) => aws.ec2.getRouteTable({ routeTableId }, opts)))
      : Promise.all(subnetIds.map((subnetId) => routeTableOf(subnetId, vpcId, opts))),
    serverSubnetId === undefined ? undefined : serverSubnetOf(serverSubnetId),
    endpointOf("s3", "Gateway"),
    ...services.map((service) => endpointOf(service, "Interface")),
  ]);
  return {
    vpcId,
    cidrBlock: vpc.cidrBlock,
    cidrBlocks: vpc.cidrBlocks,
    nameServers: vpc.nameServers,
    dnsSupport: vpc.enableDnsSupport,
    dnsHostnames: vpc.enableDnsHostnames,
    subnets: subnets.map(subnetFrom),
    routeTables: distinct(routeTables.map(routeTableFrom)),
    serverSubnet,
    endpoints: {
      s3: s3 && { id: s3.id, policy: s3.policy, prefixListId: s3.prefixListId, routeTableIds: s3.routeTableIds },
      interfaces: Object.fromEntries(
        interfaces.flatMap((one, i) =>
          one
            ? [
                [
                  services[i]!,
                  { id: one.id, privateDns: one.privateDnsEnabled, securityGroupIds: one.securityGroupIds },
                ],
              ]
            : [],
        ),
      ),
      own: (["s3", ...services] as const).filter((service) => own.has(endpointServiceName(service, region))),
    },
  };

  async function serverSubnetOf(id: string): Promise<ExistingServerSubnet> {
    const subnet = subnetFrom(await aws.ec2.getSubnet({ id }, opts));
    return { ...subnet, routeTable: routeTableFrom(await routeTableOf(id, subnet.vpcId, opts)) };
  }

  async function endpointOf(
    service: string,
    vpcEndpointType: string,
  ): Promise<aws.ec2.GetVpcEndpointResult | undefined> {
    const serviceName = endpointServiceName(service, region);
    try {
      const endpoint = await aws.ec2.getVpcEndpoint({ vpcId, serviceName, vpcEndpointType, state: "available" }, opts);
      if (endpoint.tags[ownerTag] !== owner) return endpoint;
      own.add(serviceName);
      return undefined;
    } catch (error) {
      if (isNotFound(error)) return undefined;
      throw error;
    }
  }
}

async function vpcWithNameServers(id: string, opts: pulumi.InvokeOptions | undefined) {
  const { cidrBlock, cidrBlockAssociations, dhcpOptionsId, enableDnsSupport, enableDnsHostnames } =
    await aws.ec2.getVpc({ id }, opts);
  // A VPC without DHCP options has the id `default`, and no name servers at all.
  const options = dhcpOptionsId.startsWith("dopt-")
    ? await aws.ec2.getVpcDhcpOptions({ dhcpOptionsId }, opts)
    : undefined;
  return {
    cidrBlock,
    cidrBlocks: [...new Set([cidrBlock, ...cidrBlockAssociations.map((one) => one.cidrBlock)])],
    nameServers: (options?.domainNameServers ?? []).filter((server) => /^\d+(\.\d+){3}$/.test(server)),
    enableDnsSupport,
    enableDnsHostnames,
  };
}

/** The provider finds the route table of a subnet only by an association; all other subnets use the main table of the VPC. */
async function routeTableOf(
  subnetId: string,
  vpcId: string,
  opts: pulumi.InvokeOptions | undefined,
): Promise<aws.ec2.GetRouteTableResult> {
  try {
    return await aws.ec2.getRouteTable({ subnetId }, opts);
  } catch (error) {
    if (!isNotFound(error)) throw error;
    return aws.ec2.getRouteTable({ vpcId, filters: [{ name: "association.main", values: ["true"] }] }, opts);
  }
}

/** Only the text of the error tells that a lookup matched nothing. */
function isNotFound(error: unknown): boolean {
  return error instanceof Error && /no matching|query returned no results/i.test(error.message);
}

function subnetFrom({ id, vpcId, availabilityZone }: aws.ec2.GetSubnetResult): ExistingSubnet {
  return { id, vpcId, zone: availabilityZone };
}

function routeTableFrom({ routeTableId, vpcId, routes }: aws.ec2.GetRouteTableResult): ExistingRouteTable {
  const ipv4Routes = routes
    .filter(({ cidrBlock }) => cidrBlock !== "")
    .map((route) => ({ cidrBlock: route.cidrBlock, target: targetOf(route) }));
  const defaultRoute = ipv4Routes.find(({ cidrBlock }) => cidrBlock === "0.0.0.0/0");
  return { id: routeTableId, vpcId, defaultRoute: defaultRoute?.target, routes: ipv4Routes };
}

function targetOf(route: aws.ec2.GetRouteTableResult["routes"][number]): string | undefined {
  return [
    route.natGatewayId,
    route.gatewayId,
    route.transitGatewayId,
    route.vpcPeeringConnectionId,
    route.coreNetworkArn,
    route.networkInterfaceId,
    route.vpcEndpointId,
  ].find(Boolean);
}

function distinct(tables: readonly ExistingRouteTable[]): ExistingRouteTable[] {
  return [...new Map(tables.map((table) => [table.id, table])).values()];
}
