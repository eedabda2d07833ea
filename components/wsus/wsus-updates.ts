import * as pulumi from "@pulumi/pulumi";
import type { Region, System } from "patchpath/facts";
import type { Fleet } from "../fleet/fleet";
import type { Subnets } from "../network/subnets";
import type { Synchronization } from "./synchronization";
import { WsusClients } from "./wsus-clients";
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
  readonly serverSubnet: Subnets | undefined;
  /** Windows fleets, by the value of the tag that their instances have and nobody else's. */
  readonly clients: readonly WsusClientFleet[];
  /** Tag by which the instances of a fleet are told. */
  readonly fleetTag: string;
  /** The groups of the interface endpoints, which are opened to the server. */
  readonly endpointSecurityGroupIds: readonly pulumi.Input<string>[];
  /** Value of the tag `PatchGroup`: the server is patched like the fleets. */
  readonly patchGroup: pulumi.Input<string>;
  /**
   * Tags of every resource.
   *
   * @default - none
   */
  readonly tags?: Readonly<Record<string, string>>;
}

export interface WsusClientFleet {
  readonly name: string;
  readonly operatingSystem: System;
  /** Value of `fleetTag`. */
  readonly tag: string;
  readonly fleet: Fleet;
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
      const systems = clients.map(({ operatingSystem }) => operatingSystem);
      return new WsusServer(
        `${name}-server`,
        {
          ...rest,
          region,
          vpcId: serverSubnet.vpcId,
          subnetId: serverSubnet.subnetIds[0]!,
          availabilityZone: serverSubnet.availabilityZones[0]!,
          targetGroups: clients.flatMap(({ name: fleetName }) => groupOf(fleetName) ?? []),
          synchronization: { systems, classifications, languages, timeOfDay, perDay, approval },
          endpointSecurityGroupIds: args.endpointSecurityGroupIds,
          patchGroup: args.patchGroup,
          tags,
        },
        // The server sets itself up by NAT, so that is there first.
        { ...inComponent, ...(opts?.dependsOn && { dependsOn: opts.dependsOn }) },
      );
    }

    function createClients({ name: fleetName, tag, fleet }: WsusClientFleet, of: WsusServerLike | undefined): void {
      new WsusClients(
        `${name}-${fleetName}`,
        {
          region,
          server: of,
          targets: [{ key: `tag:${args.fleetTag}`, values: [tag] }],
          securityGroupId: fleet.securityGroupId,
          targetGroup: groupOf(fleetName),
          tags,
        },
        { ...inComponent, dependsOn: [fleet] },
      );
    }
  }
}
