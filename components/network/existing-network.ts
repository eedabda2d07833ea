import * as aws from "@pulumi/aws";
import type * as pulumi from "@pulumi/pulumi";
import { type EndpointService, type Region, endpointServiceName } from "patchpath/facts";

/** A VPC that is there already, by its ids. */
export interface ExistingNetworkArgs {
  readonly vpcId: string;
  /** Where fleets and interface endpoints are put, one or more of each zone in use. */
  readonly subnetIds: readonly string[];
  /**
   * Ids of the subnets' route tables.
   *
   * @default - looked up, the VPC's main table where a subnet has none of its own
   */
  readonly routeTableIds?: readonly string[] | undefined;
}

/** A subnet with the table that its traffic goes by. */
export interface FoundServerSubnet extends FoundSubnet {
  readonly routeTable: FoundRouteTable;
}

export interface FoundSubnet {
  readonly id: string;
  readonly vpcId: string;
  readonly zone: string;
}

/** What a lookup says of such a VPC. All plain, so that it can be judged before anything is made. */
export interface FoundNetwork {
  readonly vpcId: string;
  readonly cidrBlock: string;
  readonly dnsSupport: boolean;
  readonly dnsHostnames: boolean;
  readonly subnets: readonly FoundSubnet[];
  readonly routeTables: readonly FoundRouteTable[];
  /**
   * Where a WSUS server is to stand.
   *
   * @default - none is made
   */
  readonly serverSubnet?: FoundServerSubnet | undefined;
  readonly endpoints: FoundEndpoints;
}

export interface FoundRouteTable {
  readonly id: string;
  readonly vpcId: string;
  /** Target of the default route: the id of a gateway or of an interface; `undefined` without one. */
  readonly defaultRoute: string | undefined;
  /** IPv4 routes, each with the id of its target. */
  readonly routes: readonly { readonly cidrBlock: string; readonly target: string | undefined }[];
}

/** Endpoints that others made. They are taken as they are, never made twice, never changed. */
export interface FoundEndpoints {
  readonly s3: FoundS3Endpoint | undefined;
  readonly interfaces: Readonly<Partial<Record<EndpointService, FoundInterfaceEndpoint>>>;
}

export interface FoundS3Endpoint {
  readonly id: string;
  readonly policy: string;
  readonly prefixListId: string;
  readonly routeTableIds: readonly string[];
}

export interface FoundInterfaceEndpoint {
  readonly id: string;
  readonly privateDns: boolean;
  readonly securityGroupIds: readonly string[];
}

/** Tag of the endpoints that a stack makes in a VPC that others share: its next run must not take them for another's. */
export const ownerTag = "patchpath:stack";

/**
 * Looks a VPC up, with what its fleets would use.
 *
 * @param services those whose interface endpoints are of use
 * @param owner value of `ownerTag` on the endpoints that this stack made itself
 * @param serverSubnetId the subnet of a WSUS server that is to be made
 * @throws Error in the provider's words when a VPC, subnet or route table isn't there, or two endpoints answer for one service
 */
export async function lookUpNetwork(
  { vpcId, subnetIds, routeTableIds }: ExistingNetworkArgs,
  region: Region,
  services: readonly EndpointService[],
  owner: string,
  serverSubnetId?: string,
  opts?: pulumi.InvokeOptions,
): Promise<FoundNetwork> {
  const [vpc, subnets, routeTables, serverSubnet, s3, ...interfaces] = await Promise.all([
    aws.ec2.getVpc({ id: vpcId }, opts),
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
    dnsSupport: vpc.enableDnsSupport,
    dnsHostnames: vpc.enableDnsHostnames,
    subnets: subnets.map(foundSubnet),
    routeTables: distinct(routeTables.map(foundRouteTable)),
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
    },
  };

  async function serverSubnetOf(id: string): Promise<FoundServerSubnet> {
    const subnet = foundSubnet(await aws.ec2.getSubnet({ id }, opts));
    return { ...subnet, routeTable: foundRouteTable(await routeTableOf(id, subnet.vpcId, opts)) };
  }

  async function endpointOf(
    service: string,
    vpcEndpointType: string,
  ): Promise<aws.ec2.GetVpcEndpointResult | undefined> {
    const serviceName = endpointServiceName(service, region);
    try {
      const found = await aws.ec2.getVpcEndpoint({ vpcId, serviceName, vpcEndpointType, state: "available" }, opts);
      return found.tags[ownerTag] === owner ? undefined : found;
    } catch (error) {
      if (isNotFound(error)) return undefined;
      throw error;
    }
  }
}

/** The provider knows the table of a subnet only where it is associated; all others have the VPC's main table. */
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

/** The provider's words for a lookup that matches nothing; there is no other sign. */
function isNotFound(error: unknown): boolean {
  return error instanceof Error && /no matching|query returned no results/i.test(error.message);
}

function foundSubnet({ id, vpcId, availabilityZone }: aws.ec2.GetSubnetResult): FoundSubnet {
  return { id, vpcId, zone: availabilityZone };
}

function foundRouteTable({ routeTableId, vpcId, routes }: aws.ec2.GetRouteTableResult): FoundRouteTable {
  const found = routes
    .filter(({ cidrBlock }) => cidrBlock !== "")
    .map((route) => ({ cidrBlock: route.cidrBlock, target: targetOf(route) }));
  const out = found.find(({ cidrBlock }) => cidrBlock === "0.0.0.0/0");
  return { id: routeTableId, vpcId, defaultRoute: out?.target, routes: found };
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

function distinct(tables: readonly FoundRouteTable[]): FoundRouteTable[] {
  return [...new Map(tables.map((table) => [table.id, table])).values()];
}
