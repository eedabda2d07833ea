import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { privateSubnetCidrBlocks } from "./subnet-layout";

/** What a network is to the components that are put into it; an existing one fits as well as ours. */
export interface PrivateNetworkLike {
  readonly vpcId: pulumi.Output<string>;
  readonly subnetIds: readonly pulumi.Output<string>[];
  readonly routeTableIds: readonly pulumi.Output<string>[];
}

export interface PrivateNetworkArgs {
  /** IPv4 block of the VPC, /16 to /24. Plain, since the subnets follow from it. */
  readonly cidrBlock: string;
  /** Number of availability zones, 1 to 6, each with one subnet. Plain, since it decides how many resources there are. */
  readonly availabilityZones: number;
  /**
   * IPv4 blocks of the subnets, one for each zone.
   *
   * @default - the first sixteenths of the VPC's block
   */
  readonly subnetCidrBlocks?: readonly string[] | undefined;
  /**
   * Tags of every resource.
   *
   * @default - none but `Name`
   */
  readonly tags?: Readonly<Record<string, string>>;
}

/**
 * A VPC without any way to the internet: private subnets, each with a route table of its own, and DNS as private
 * endpoint names need it. No internet gateway, no NAT.
 */
export class PrivateNetwork extends pulumi.ComponentResource implements PrivateNetworkLike {
  readonly vpcId: pulumi.Output<string>;
  readonly subnetIds: readonly pulumi.Output<string>[];
  readonly routeTableIds: readonly pulumi.Output<string>[];

  constructor(name: string, args: PrivateNetworkArgs, opts?: pulumi.ComponentResourceOptions) {
    super("patchpath:network:PrivateNetwork", name, {}, opts);

    const inComponent = { parent: this };
    const blocks = args.subnetCidrBlocks ?? privateSubnetCidrBlocks(args.cidrBlock, args.availabilityZones);

    const vpc = createVpc();
    const zones = nameZones();
    const subnets = blocks.map(createSubnet);
    const routeTables = subnets.map(createRouteTable);

    this.vpcId = vpc.id;
    this.subnetIds = subnets.map(({ id }) => id);
    this.routeTableIds = routeTables.map(({ id }) => id);
    this.registerOutputs({ vpcId: this.vpcId, subnetIds: this.subnetIds, routeTableIds: this.routeTableIds });

    function tagged(resourceName: string) {
      return { ...args.tags, Name: resourceName };
    }

    function createVpc(): aws.ec2.Vpc {
      const vpcName = `${name}-vpc`;
      return new aws.ec2.Vpc(
        vpcName,
        { cidrBlock: args.cidrBlock, enableDnsSupport: true, enableDnsHostnames: true, tags: tagged(vpcName) },
        inComponent,
      );
    }

    function nameZones(): pulumi.Output<string[]> {
      // Local and Wavelength zones are opt-in, and the endpoints aren't there.
      const filters = [{ name: "opt-in-status", values: ["opt-in-not-required"] }];
      return aws.getAvailabilityZonesOutput({ state: "available", filters }, inComponent).names.apply((names) => {
        if (names.length < blocks.length) {
          throw new pulumi.RunError(
            `\`availabilityZones\` is \`${blocks.length}\`; expected at most ${names.length}, since this region has ${names.join(", ")}.`,
          );
        }
        return names;
      });
    }

    function createSubnet(cidrBlock: string, zone: number): aws.ec2.Subnet {
      const subnetName = `${name}-private-${zone}`;
      return new aws.ec2.Subnet(
        subnetName,
        {
          vpcId: vpc.id,
          cidrBlock,
          availabilityZone: zones.apply((names) => names[zone]!),
          mapPublicIpOnLaunch: false,
          tags: tagged(subnetName),
        },
        inComponent,
      );
    }

    function createRouteTable(subnet: aws.ec2.Subnet, zone: number): aws.ec2.RouteTable {
      const tableName = `${name}-private-${zone}`;
      const table = new aws.ec2.RouteTable(tableName, { vpcId: vpc.id, tags: tagged(tableName) }, inComponent);
      new aws.ec2.RouteTableAssociation(tableName, { subnetId: subnet.id, routeTableId: table.id }, inComponent);
      return table;
    }
  }
}
