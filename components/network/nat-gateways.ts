import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";

export interface NatGatewaysArgs {
  readonly vpcId: pulumi.Input<string>;
  /** IPv4 blocks of the public subnets, one for each gateway. Plain, since they determine the number of resources. */
  readonly publicCidrBlocks: readonly string[];
  /** Names of the availability zones. Gateway n is in zone n. */
  readonly zones: pulumi.Input<readonly string[]>;
  /** Route tables that get a default route, by the name of their tier. Table n routes to gateway n, or to the only one. */
  readonly routed: Readonly<Record<string, readonly pulumi.Input<string>[]>>;
  /** Tags of every resource, in addition to `Name`. */
  readonly tags: Readonly<Record<string, string>>;
}

/**
 * Outbound internet access for private subnets: an internet gateway, and NAT gateways in public subnets of their own. No
 * connection can be opened from the internet.
 */
export class NatGateways extends pulumi.ComponentResource {
  readonly natGatewayIds: readonly pulumi.Output<string>[];
  /** Source addresses of the traffic, for the allow lists of firewalls elsewhere. */
  readonly publicIps: readonly pulumi.Output<string>[];

  constructor(name: string, args: NatGatewaysArgs, opts?: pulumi.ComponentResourceOptions) {
    super("patchpath:network:NatGateways", name, {}, opts);

    const inComponent = { parent: this };
    const tagged = (resourceName: string) => ({ ...args.tags, Name: resourceName });

    const internetGateway = createInternetGateway();
    const publicRouteTable = createPublicRouteTable();
    const addresses = args.publicCidrBlocks.map(createAddress);
    const gateways = args.publicCidrBlocks.map(createGateway);
    for (const [tier, tables] of Object.entries(args.routed)) routeOut(tier, tables);

    this.natGatewayIds = gateways.map(({ id }) => id);
    this.publicIps = addresses.map(({ publicIp }) => publicIp);
    this.registerOutputs({ natGatewayIds: this.natGatewayIds, publicIps: this.publicIps });

    function createInternetGateway(): aws.ec2.InternetGateway {
      const gatewayName = `${name}-internet`;
      return new aws.ec2.InternetGateway(gatewayName, { vpcId: args.vpcId, tags: tagged(gatewayName) }, inComponent);
    }

    function createPublicRouteTable(): aws.ec2.RouteTable {
      const tableName = `${name}-public`;
      const table = new aws.ec2.RouteTable(tableName, { vpcId: args.vpcId, tags: tagged(tableName) }, inComponent);
      new aws.ec2.Route(
        tableName,
        { routeTableId: table.id, destinationCidrBlock: "0.0.0.0/0", gatewayId: internetGateway.id },
        inComponent,
      );
      return table;
    }

    function createAddress(_cidrBlock: string, zone: number): aws.ec2.Eip {
      const addressName = `${name}-${zone}`;
      return new aws.ec2.Eip(addressName, { domain: "vpc", tags: tagged(addressName) }, inComponent);
    }

    function createGateway(cidrBlock: string, zone: number): aws.ec2.NatGateway {
      const gatewayName = `${name}-${zone}`;
      const subnetName = `${name}-public-${zone}`;
      const subnet = new aws.ec2.Subnet(
        subnetName,
        {
          vpcId: args.vpcId,
          cidrBlock,
          availabilityZone: pulumi.output(args.zones).apply((names) => names[zone]!),
          mapPublicIpOnLaunch: false,
          tags: tagged(subnetName),
        },
        // Which zones have what is needed changes: an existing subnet stays where it is.
        { ...inComponent, ignoreChanges: ["availabilityZone"] },
      );
      const association = new aws.ec2.RouteTableAssociation(
        subnetName,
        { subnetId: subnet.id, routeTableId: publicRouteTable.id },
        inComponent,
      );
      return new aws.ec2.NatGateway(
        gatewayName,
        { allocationId: addresses[zone]!.id, subnetId: subnet.id, tags: tagged(gatewayName) },
        // EC2 rejects a public NAT gateway in a VPC without an internet gateway.
        { ...inComponent, dependsOn: [internetGateway, association] },
      );
    }

    function routeOut(tier: string, tables: readonly pulumi.Input<string>[]): void {
      for (const [i, routeTableId] of tables.entries()) {
        new aws.ec2.Route(
          `${name}-${tier}-${i}`,
          {
            routeTableId,
            destinationCidrBlock: "0.0.0.0/0",
            natGatewayId: gateways[i % gateways.length]!.id,
          },
          inComponent,
        );
      }
    }
  }
}
