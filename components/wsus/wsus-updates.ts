import * as pulumi from "@pulumi/pulumi";
import type { Region, System } from "patchpath/facts";
import { type PatchTarget, tagTarget } from "../patching/patch-target";
import type { Synchronization } from "./synchronization";
import { WsusClients, type WsusClientsArgs } from "./wsus-clients";
import { WsusServer, type WsusServerArgs } from "./wsus-server";
import type { WsusServerLike } from "./wsus-server-like";

/** What a stack says of its WSUS server: how to make it, or where it is. */
export interface WsusSettings
  extends
    Pick<
      WsusServerArgs,
      | "operatingSystem"
      | "instanceType"
      | "contentGiB"
      | "protocol"
      | "certificateSecretArn"
      | "backups"
      | "alarmActions"
    >,
    Omit<Synchronization, "systems"> {
  /**
   * Computer groups of WSUS: `by-fleet` puts each fleet into one of its own name, by which updates can be approved apart.
   *
   * @default none
   */
  readonly computerGroups?: "none" | "by-fleet";
  /**
   * A server that is there already, and reachable from the fleets' subnets.
   *
   * @default - one is made
   */
  readonly existing?: WsusServerLike | undefined;
}

export interface WsusUpdatesArgs {
  readonly region: Region;
  /** `undefined`: the fleets no longer get their updates from WSUS, and are put back to what they were. */
  readonly settings: WsusSettings | undefined;
  /** The subnet of a server that is made, with a default route to NAT; `undefined` where none is made. */
  readonly serverSubnet: WsusServerSubnet | undefined;
  /** Windows fleets, each by a tag of its own. */
  readonly clients: readonly WsusClientFleet[];
  /** The groups of the interface endpoints, which are opened to the server. */
  readonly endpointSecurityGroupIds: readonly pulumi.Input<string>[];
  /** Value of the tag `PatchGroup`: the server is patched like the fleets. */
  readonly patchGroup: pulumi.Input<string>;
  /**
   * Of the server's role: what the fleets' roles have too.
   *
   * @default - AmazonSSMManagedInstanceCore and the reads of the SSM buckets
   */
  readonly role?: WsusServerArgs["role"];
  /**
   * Tags of every resource.
   *
   * @default - none
   */
  readonly tags?: Readonly<Record<string, string>>;
}

/** Where a server that is made stands. */
export type WsusServerSubnet = Pick<WsusServerArgs, "vpcId" | "subnetId" | "availabilityZone">;

/** Windows machines that are told by one tag. */
export interface WsusClientFleet extends Pick<WsusClientsArgs, "securityGroupId" | "opensEgress"> {
  readonly name: string;
  readonly operatingSystems: readonly System[];
  readonly target: PatchTarget;
  /** What makes the machines, or stands for them. */
  readonly fleet: pulumi.Resource;
}

/** The server, if there is to be one of ours, and its clients, each fleet with an association of its own. */
export class WsusUpdates extends pulumi.ComponentResource {
  /** Ours; `undefined` where one is there already, or none is used. */
  readonly server: WsusServer | undefined;

  constructor(name: string, args: WsusUpdatesArgs, opts?: pulumi.ComponentResourceOptions) {
    super("patchpath:wsus:WsusUpdates", name, {}, opts);

    const { region, settings, serverSubnet, clients, tags = {} } = args;
    const inComponent = { parent: this };

    const server = settings && !settings.existing ? createServer(settings) : undefined;
    for (const client of clients) createClients(client, settings?.existing ?? server);

    this.server = server;
    this.registerOutputs({ stateParameter: server?.stateParameter });

    function groupOf(fleetName: string): string | undefined {
      return settings?.computerGroups === "by-fleet" ? fleetName : undefined;
    }

    function createServer({ existing: _, computerGroups: _groups, ...given }: WsusSettings): WsusServer {
      if (!serverSubnet) throw new Error("`serverSubnet` is missing; expected the subnet of the WSUS server");
      const { classifications, languages, timeOfDay, perDay, approval, ...rest } = given;
      const systems = clients.flatMap(({ operatingSystems }) => operatingSystems);
      return new WsusServer(
        `${name}-server`,
        {
          ...rest,
          region,
          ...serverSubnet,
          targetGroups: clients.flatMap(({ name: fleetName }) => groupOf(fleetName) ?? []),
          synchronization: { systems, classifications, languages, timeOfDay, perDay, approval },
          endpointSecurityGroupIds: args.endpointSecurityGroupIds,
          patchGroup: args.patchGroup,
          ...(args.role && { role: args.role }),
          tags,
        },
        // The server sets itself up by NAT, so that is there first.
        { ...inComponent, ...(opts?.dependsOn && { dependsOn: opts.dependsOn }) },
      );
    }

    function createClients(client: WsusClientFleet, of: WsusServerLike | undefined): void {
      const { name: fleetName, target, fleet, securityGroupId, opensEgress } = client;
      new WsusClients(
        `${name}-${fleetName}`,
        {
          region,
          server: of,
          targets: [tagTarget(target)],
          securityGroupId,
          opensEgress: opensEgress ?? true,
          targetGroup: groupOf(fleetName),
          tags,
        },
        { ...inComponent, dependsOn: [fleet] },
      );
    }
  }
}
