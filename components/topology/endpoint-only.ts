import * as pulumi from "@pulumi/pulumi";
import type { Region, RepositorySystem } from "patchpath/facts";
import { PatchEndpoints } from "../endpoints/patch-endpoints";
import { Fleet } from "../fleet/fleet";
import { InstanceRole } from "../fleet/instance-role";
import { PrivateNetwork, type PrivateNetworkArgs } from "../network/private-network";
import { PatchWindow, type PatchWindowArgs } from "../patching/patch-window";

/** A fleet that endpoints alone can serve. */
export interface EndpointOnlyFleet {
  /** Unique in the topology; stands in the names of the fleet's resources. */
  readonly name: string;
  readonly operatingSystem: RepositorySystem;
  /** Number of instances. */
  readonly size: number;
  readonly instanceType: string;
}

/** All plain: these values decide which resources there are, and documents that must be known at preview. */
export interface EndpointOnlyArgs {
  readonly region: Region;
  readonly network: Omit<PrivateNetworkArgs, "tags">;
  readonly fleets: readonly EndpointOnlyFleet[];
  readonly patching: Omit<PatchWindowArgs, "patchGroup" | "tags">;
  /** Value of the tag `PatchGroup`; no other stack of the account and region may have the same. */
  readonly patchGroup: string;
  /**
   * Tags of every resource.
   *
   * @default - none but `Name` and `PatchGroup`
   */
  readonly tags?: Readonly<Record<string, string>>;
}

/**
 * Amazon Linux fleets in subnets without any way to the internet, patched through VPC endpoints alone: interface
 * endpoints for the SSM agent, the S3 gateway endpoint for packages and payload.
 */
export class EndpointOnlyTopology extends pulumi.ComponentResource {
  readonly network: PrivateNetwork;
  readonly endpoints: PatchEndpoints;
  readonly role: InstanceRole;
  /** By the fleet's name. */
  readonly fleets: Readonly<Record<string, Fleet>>;
  readonly window: PatchWindow;

  constructor(name: string, args: EndpointOnlyArgs, opts?: pulumi.ComponentResourceOptions) {
    super("patchpath:topology:EndpointOnly", name, {}, opts);

    const { region, patchGroup, tags = {} } = args;
    const inComponent = { parent: this };

    const network = new PrivateNetwork(`${name}-network`, { ...args.network, tags }, inComponent);
    const endpoints = new PatchEndpoints(`${name}-endpoints`, { network, region, tags }, inComponent);
    const role = new InstanceRole(`${name}-instance`, { region, tags }, inComponent);
    const fleets = Object.fromEntries(args.fleets.map((fleet) => [fleet.name, createFleet(fleet)]));
    const window = new PatchWindow(`${name}-patch`, { ...args.patching, patchGroup, tags }, inComponent);

    this.network = network;
    this.endpoints = endpoints;
    this.role = role;
    this.fleets = fleets;
    this.window = window;
    this.registerOutputs({ vpcId: network.vpcId, windowId: window.windowId });

    function createFleet({ name: fleetName, ...fleet }: EndpointOnlyFleet): Fleet {
      return new Fleet(
        `${name}-${fleetName}`,
        {
          ...fleet,
          network,
          patchGroup,
          instanceProfileArn: role.instanceProfileArn,
          endpointSecurityGroupId: endpoints.securityGroupId,
          s3PrefixListId: endpoints.s3PrefixListId,
          tags,
        },
        { ...inComponent, dependsOn: [endpoints, role] },
      );
    }
  }
}
