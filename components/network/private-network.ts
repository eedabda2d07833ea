import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { NatGateways } from "./nat-gateways";
import { type SubnetTier, ipv6SubnetCidrBlock, subnetCidrBlocks } from "./subnet-layout";
import { Subnets } from "./subnets";

/** How many NAT gateways: one serves every zone and fails with its own, one for each zone costs as many times as much. */
export type NatGatewayCount = "single" | "per-zone";

export interface PrivateNetworkArgs {
  /** IPv4 block of the VPC, /16 to /24, to /23 with NAT. Plain, since the subnets follow from it. */
  readonly cidrBlock: string;
  /** Number of availability zones, 1 to 6, each with one subnet. Plain, since it decides how many resources there are. */
  readonly availabilityZones: number;
  /**
   * IPv4 blocks of a tier's subnets, one for each zone.
   *
   * @default - `subnet-layout.ts` divides the VPC's block
   */
  readonly subnetCidrBlocks?: Readonly<Partial<Record<SubnetTier, readonly string[] | undefined>>> | undefined;
  /**
   * Which tier gets a default route to NAT: `private` subnets, or those of the WSUS `server` with the private ones
   * beside them, which have none.
   *
   * @default - none: there are isolated subnets only, and no way to the internet
   */
  readonly natFor?: "private" | "server" | undefined;
  /**
   * Whether subnets of fleets have IPv6 beside IPv4, of a block that Amazon provides. With `natFor` `private` these get an
   * egress-only internet gateway; the subnets of NAT gateways and of a WSUS server stay with IPv4.
   *
   * @default false
   */
  readonly dualStack?: boolean | undefined;
  /**
   * Number of NAT gateways, where there are any. A WSUS server is one machine in one zone, and has one.
   *
   * @default per-zone
   */
  readonly natGateways?: NatGatewayCount;
  /**
   * Tags of every resource.
   *
   * @default - none but `Name`
   */
  readonly tags?: Readonly<Record<string, string>>;
}

/** What holds where an argument is left out; the stack config has the same. */
export const networkDefaults = { natGateways: "per-zone" } as const satisfies Partial<PrivateNetworkArgs>;

/**
 * A VPC for fleets without public addresses, in tiers (`subnet-layout.ts`), with DNS as private endpoint names need it.
 * Isolated subnets are always there, so neither they nor what lives in them is touched when the way out changes.
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
    const zones = nameZones();
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

    function nameZones(): pulumi.Output<string[]> {
      // Local and Wavelength zones are opt-in, and the endpoints aren't there.
      const filters = [{ name: "opt-in-status", values: ["opt-in-not-required"] }];
      return aws.getAvailabilityZonesOutput({ state: "available", filters }, inComponent).names.apply((names) => {
        if (names.length < availabilityZones) {
          throw new pulumi.RunError(
            `\`availabilityZones\` is \`${availabilityZones}\`; expected at most ${names.length}, since this region has ${names.join(", ")}.`,
          );
        }
        return names;
      });
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

    /** As NAT does for IPv4: answers come in, and nothing else. */
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
