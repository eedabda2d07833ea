import * as pulumi from "@pulumi/pulumi";
import type { Region, System } from "patchpath/facts";
import { type PatchTarget, tagTarget } from "../patching/patch-target";
import type { Synchronization } from "./synchronization";
import { WsusClients, type WsusClientsArgs } from "./wsus-clients";
import { WsusServer, type WsusServerArgs } from "./wsus-server";
import type { WsusServerLike } from "./wsus-server-like";

/** Settings for the WSUS server of a stack: a new server, or an existing one. */
export interface WsusSettings
  extends
    Pick<
      WsusServerArgs,
      | "operatingSystem"
      | "instanceType"
      | "contentGiB"
      | "protocol"
      | "serverName"
      | "certificateSecretArn"
      | "certificateKeyArn"
      | "backups"
      | "alarmActions"
    >,
    Omit<Synchronization, "systems"> {
  /**
   * WSUS computer groups. `by-fleet` assigns each fleet to a group with its name, so that updates can be approved separately.
   *
   * @default none
   */
  readonly computerGroups?: "none" | "by-fleet";
  /**
   * Whether to reset the clients that outlive the stack to what they had before, so that the stack can be deleted.
   *
   * @default false
   */
  readonly resetExisting?: boolean | undefined;
  /**
   * An existing server that the subnets of the fleets can reach.
   *
   * @default - a server is created
   */
  readonly existing?: WsusServerLike | undefined;
}

export interface WsusUpdatesArgs {
  readonly region: Region;
  /** If `undefined`, the fleets do not use WSUS, and are reset to their previous settings. */
  readonly settings: WsusSettings | undefined;
  /** The subnet for a server to create, with a default route to NAT; `undefined` if none is created. */
  readonly serverSubnet: WsusServerSubnet | undefined;
  /**
   * IPv4 addresses of name servers in a VPC with DHCP options of its own.
   *
   * @default - none
   */
  readonly nameServers?: readonly string[];
  /** Windows fleets, each with its own tag. */
  readonly clients: readonly WsusClientFleet[];
  /** Security groups of the interface endpoints. Each is opened to the server. */
  readonly endpointSecurityGroupIds: readonly pulumi.Input<string>[];
  /**
   * Name of the server in what is unique in the account and region.
   *
   * @default - the name of the server's component, which is the same in every stack of a program
   */
  readonly uniqueName?: WsusServerArgs["uniqueName"];
  /** Value of the tag `PatchGroup`. The server is patched like the fleets. */
  readonly patchGroup: pulumi.Input<string>;
  /**
   * Settings and permissions for the role of the server, as for the roles of the fleets.
   *
   * @default - AmazonSSMManagedInstanceCore and read access to the SSM buckets
   */
  readonly role?: WsusServerArgs["role"];
  /**
   * Tags of every resource.
   *
   * @default - none
   */
  readonly tags?: Readonly<Record<string, string>>;
}

/** Where to create a server. */
export type WsusServerSubnet = Pick<WsusServerArgs, "vpcId" | "subnetId" | "availabilityZone">;

/** Windows instances with one tag. */
export interface WsusClientFleet extends Pick<WsusClientsArgs, "securityGroupId" | "opensEgress" | "outlivesStack"> {
  readonly name: string;
  readonly operatingSystems: readonly System[];
  readonly target: PatchTarget;
  /** The component that creates the instances, or represents them. */
  readonly fleet: pulumi.Resource;
}

/** A WSUS server, unless there is an existing one, and its clients: one association for each fleet. */
export class WsusUpdates extends pulumi.ComponentResource {
  /** The server that is created; `undefined` with an existing server, or without WSUS. */
  readonly server: WsusServer | undefined;

  constructor(name: string, args: WsusUpdatesArgs, opts?: pulumi.ComponentResourceOptions) {
    super("patchpath:wsus:WsusUpdates", name, {}, opts);

    const { region, settings, serverSubnet, clients, tags = {} } = args;
    const inComponent = { parent: this };

    const server = settings && !settings.existing ? createServer(settings) : undefined;
    for (const client of clients) createClients(client, isReset(client) ? undefined : (settings?.existing ?? server));

    this.server = server;
    this.registerOutputs({ stateParameter: server?.stateParameter });

    function isReset({ outlivesStack }: WsusClientFleet): boolean {
      return outlivesStack === true && settings?.resetExisting === true;
    }

    function groupOf(fleetName: string): string | undefined {
      return settings?.computerGroups === "by-fleet" ? fleetName : undefined;
    }

    function createServer({
      existing: _,
      computerGroups: _groups,
      resetExisting: _reset,
      ...given
    }: WsusSettings): WsusServer {
      if (!serverSubnet) throw new Error("`serverSubnet` is missing; expected the subnet for the WSUS server");
      const { products, classifications, languages, timeOfDay, perDay, approval, ...rest } = given;
      const systems = clients.flatMap(({ operatingSystems }) => operatingSystems);
      return new WsusServer(
        `${name}-server`,
        {
          ...rest,
          region,
          ...serverSubnet,
          targetGroups: clients.flatMap(({ name: fleetName }) => groupOf(fleetName) ?? []),
          synchronization: { systems, products, classifications, languages, timeOfDay, perDay, approval },
          endpointSecurityGroupIds: args.endpointSecurityGroupIds,
          uniqueName: args.uniqueName,
          ...(args.nameServers && { nameServers: args.nameServers }),
          patchGroup: args.patchGroup,
          ...(args.role && { role: args.role }),
          tags,
        },
        // The setup of the server requires NAT, so NAT is created first.
        { ...inComponent, ...(opts?.dependsOn && { dependsOn: opts.dependsOn }) },
      );
    }

    function createClients(client: WsusClientFleet, of: WsusServerLike | undefined): void {
      const { name: fleetName, target, fleet, securityGroupId, opensEgress, outlivesStack } = client;
      new WsusClients(
        `${name}-${fleetName}`,
        {
          region,
          server: of,
          targets: [tagTarget(target)],
          securityGroupId,
          opensEgress: opensEgress ?? true,
          outlivesStack: outlivesStack ?? false,
          targetGroup: groupOf(fleetName),
          tags,
        },
        // A client that looks for the server before its name exists remembers that there is none.
        { ...inComponent, dependsOn: server ? [fleet, server] : [fleet] },
      );
    }
  }
}
