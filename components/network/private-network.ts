import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { zonesWith } from "./zones";
import { NatGateways } from "./nat-gateways";
import { type SubnetTier, ipv6SubnetCidrBlock, subnetCidrBlocks } from "./subnet-layout";
import { Subnets } from "./subnets";

/** Number of NAT gateways: a single one fails with its availability zone; one for each zone costs that many times as much. */
export type NatGatewayCount = "single" | "per-zone";

export interface PrivateNetworkArgs {
  /** IPv4 block of the VPC: /16 to /24, or to /23 with NAT. Plain, since the subnets depend on it. */
  readonly cidrBlock: string;
  /** Number of availability zones, 1 to 6, with one subnet each. Plain, since it determines the number of resources. */
  readonly availabilityZones: number;
  /**
   * IPv4 blocks of the subnets of a tier, one for each availability zone.
   *
   * @default - the block of the VPC is divided by `subnet-layout.ts`
   */
  readonly subnetCidrBlocks?: Readonly<Partial<Record<SubnetTier, readonly string[] | undefined>>> | undefined;
  /**
   * Which tier gets a default route to NAT: the `private` subnets, or the subnet of the WSUS `server`. With `server`, private
   * subnets are created too, but without a default route.
   *
   * @default - none: only isolated subnets are created, with no route to the internet
   */
  readonly natFor?: "private" | "server" | undefined;
  /**
   * Whether the subnets of fleets have IPv6 in addition to IPv4, from an Amazon-provided block. If `natFor` is `private`, they get
   * an egress-only internet gateway. Subnets of NAT gateways and of a WSUS server have IPv4 only.
   *
   * @default false
   */
  readonly dualStack?: boolean | undefined;
  /**
   * Number of NAT gateways, with `natFor`. A WSUS server is one instance in one zone, and always has one.
   *
   * @default per-zone
   */
  readonly natGateways?: NatGatewayCount;
  /**
   * Names of endpoint services, such as `com.amazonaws.eu-west-1.ssm`, that every zone must have.
   *
   * @default - none
   */
  readonly endpointServices?: readonly string[];
  /**
   * Instance types that every zone must offer.
   *
   * @default - none
   */
  readonly instanceTypes?: readonly string[];
  /**
   * Tags of every resource.
   *
   * @default - only `Name`
   */
  readonly tags?: Readonly<Record<string, string>>;
}

/** Defaults of the arguments, which the stack config shares. */
export const networkDefaults = { natGateways: "per-zone" } as const satisfies Partial<PrivateNetworkArgs>;

/**
 * A VPC for fleets without public addresses, with subnets in tiers (`subnet-layout.ts`) and the DNS settings that private endpoint
 * names require. It always has isolated subnets, so a change of NAT does not affect them or the instances in them.
 */
export class PrivateNetwork extends pulumi.ComponentResource {
  readonly vpcId: pulumi.Output<string>;
  readonly isolated: Subnets;
  /** `undefined` without `natFor`. */
  readonly private: Subnets | undefined;
  /** The subnet of the WSUS server; `undefined` unless `natFor` is `server`. */
  readonly server: Subnets | undefined;
  readonly natGateways: NatGateways | undefined;

  constructor(name: string, args: PrivateNetworkArgs, opts?: pulumi.ComponentResourceOptions) {
    super("patchpath:network:PrivateNetwork", name, {}, opts);

    const { availabilityZones, natFor, natGateways = networkDefaults.natGateways, dualStack = false, tags = {} } = args;
    const inComponent = { parent: this };

    const vpc = createVpc();
    const { endpointServices = [], instanceTypes = [] } = args;
    const zones = zonesWith({ endpointServices, instanceTypes }, availabilityZones, this, inComponent);
    const isolated = createTier("isolated", availabilityZones);
    const privateSubnets = natFor && createTier("private", availabilityZones);
    const server = natFor === "server" ? createTier("server", 1) : undefined;
    const routed = { private: privateSubnets, server }[natFor ?? "private"];
    const gateways = natFor && routed && createNatGateways(natFor, routed);
    if (dualStack && natFor === "private" && privateSubnets) routeIpv6Out(privateSubnets);

    this.vpcId = vpc.id;
    this.isolated = isolated;
    this.private = privateSubnets;
    this.server = server;
    this.natGateways = gateways;
    this.registerOutputs({ vpcId: this.vpcId });

    function createVpc(): aws.ec2.Vpc {
      const vpcName = `${name}-vpc`;
      return new aws.ec2.Vpc(
        vpcName,
        {
          cidrBlock: args.cidrBlock,
          enableDnsSupport: true,
          enableDnsHostnames: true,
          ...(dualStack && { assignGeneratedIpv6CidrBlock: true }),
          tags: { ...tags, Name: vpcName },
        },
        inComponent,
      );
    }

    function blocksOf(tier: SubnetTier, count: number): readonly string[] {
      return args.subnetCidrBlocks?.[tier] ?? subnetCidrBlocks(args.cidrBlock, tier, count);
    }

    function createTier(tier: SubnetTier, count: number): Subnets {
      const cidrBlocks = blocksOf(tier, count);
      const ipv6CidrBlocks =
        dualStack && tier !== "server"
          ? cidrBlocks.map((_, zone) => vpc.ipv6CidrBlock.apply((block) => ipv6SubnetCidrBlock(block, tier, zone)))
          : undefined;
      return new Subnets(`${name}-${tier}`, { vpcId: vpc.id, cidrBlocks, ipv6CidrBlocks, zones, tags }, inComponent);
    }

    /** As NAT for IPv4: no connection can be opened from the internet. */
    function routeIpv6Out({ routeTableIds }: Subnets): void {
      const gatewayName = `${name}-egress-only`;
      const { id: egressOnlyGatewayId } = new aws.ec2.EgressOnlyInternetGateway(
        gatewayName,
        { vpcId: vpc.id, tags: { ...tags, Name: gatewayName } },
        inComponent,
      );
      for (const [i, routeTableId] of routeTableIds.entries()) {
        new aws.ec2.Route(
          `${gatewayName}-${i}`,
          { routeTableId, destinationIpv6CidrBlock: "::/0", egressOnlyGatewayId },
          inComponent,
        );
      }
    }

    function createNatGateways(tier: "private" | "server", subnets: Subnets): NatGateways {
      const count = tier === "server" || natGateways === "single" ? 1 : availabilityZones;
      return new NatGateways(
        `${name}-nat`,
        {
          vpcId: vpc.id,
          publicCidrBlocks: blocksOf("public", availabilityZones).slice(0, count),
          zones,
          routed: { [tier]: subnets.routeTableIds },
          tags,
        },
        inComponent,
      );
    }
  }
}
