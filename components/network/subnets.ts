import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";

/** Subnets of one VPC with their route tables, for fleets and endpoints: created by a component, or existing. */
export interface SubnetsLike {
  readonly vpcId: pulumi.Input<string>;
  readonly subnetIds: readonly pulumi.Input<string>[];
  /** Route tables of the subnets, without duplicates; in the order of the subnets if each has its own. */
  readonly routeTableIds: readonly pulumi.Input<string>[];
}

export interface SubnetsArgs {
  readonly vpcId: pulumi.Input<string>;
  /** IPv4 blocks, one for each subnet. Plain, since they determine the number of resources. */
  readonly cidrBlocks: readonly string[];
  /**
   * IPv6 blocks, one for each subnet. Instances then get an address of each kind.
   *
   * @default - none
   */
  readonly ipv6CidrBlocks?: readonly pulumi.Input<string>[] | undefined;
  /** Names of the availability zones. Subnet n is in zone n. */
  readonly zones: pulumi.Input<readonly string[]>;
  /** Tags of every resource, in addition to `Name`. */
  readonly tags: Readonly<Record<string, string>>;
}

/** One tier of subnets: one for each availability zone, each with its own route table, without public addresses. */
export class Subnets extends pulumi.ComponentResource implements SubnetsLike {
  readonly vpcId: pulumi.Output<string>;
  readonly subnetIds: readonly pulumi.Output<string>[];
  readonly routeTableIds: readonly pulumi.Output<string>[];
  /** Availability zone of each subnet. */
  readonly availabilityZones: readonly pulumi.Output<string>[];

  constructor(name: string, args: SubnetsArgs, opts?: pulumi.ComponentResourceOptions) {
    super("patchpath:network:Subnets", name, {}, opts);

    const inComponent = { parent: this };
    const subnets = args.cidrBlocks.map(createSubnet);
    const routeTables = subnets.map(createRouteTable);

    this.vpcId = pulumi.output(args.vpcId);
    this.subnetIds = subnets.map(({ id }) => id);
    this.availabilityZones = subnets.map(({ availabilityZone }) => availabilityZone);
    this.routeTableIds = routeTables.map(({ id }) => id);
    this.registerOutputs({ subnetIds: this.subnetIds, routeTableIds: this.routeTableIds });

    function createSubnet(cidrBlock: string, zone: number): aws.ec2.Subnet {
      const subnetName = `${name}-${zone}`;
      return new aws.ec2.Subnet(
        subnetName,
        {
          vpcId: args.vpcId,
          cidrBlock,
          availabilityZone: pulumi.output(args.zones).apply((names) => names[zone]!),
          ...(args.ipv6CidrBlocks && {
            ipv6CidrBlock: args.ipv6CidrBlocks[zone]!,
            assignIpv6AddressOnCreation: true,
          }),
          mapPublicIpOnLaunch: false,
          tags: { ...args.tags, Name: subnetName },
        },
        // Which zones have what is needed changes: an existing subnet stays where it is.
        { ...inComponent, ignoreChanges: ["availabilityZone"] },
      );
    }

    function createRouteTable(subnet: aws.ec2.Subnet, zone: number): aws.ec2.RouteTable {
      const tableName = `${name}-${zone}`;
      const tags = { ...args.tags, Name: tableName };
      const table = new aws.ec2.RouteTable(tableName, { vpcId: args.vpcId, tags }, inComponent);
      new aws.ec2.RouteTableAssociation(tableName, { subnetId: subnet.id, routeTableId: table.id }, inComponent);
      return table;
    }
  }
}
