import { systems } from "../facts/systems";
import { wsusPorts } from "../facts/wsus";
import { readBlock } from "../stack/addresses";
import type { Fleet } from "../stack/fleets";
import { subnetOf } from "../stack/network";
import { known, readText } from "../stack/reading";
import { Stack, type Target } from "../stack/stack";
import { type FleetSystem, systemOf } from "../stack/systems";
import type { ServerAddress } from "../stack/wsus-pointers";
import type { WsusServer } from "../stack/wsus-servers";
import { placeIn, routesBetween } from "./between-subnets";
import { type HopVerdict, blocked, gravest, open, unknown } from "./hop";
import { type Leg, type Server, addressesOf } from "./legs";
import { networkAclsHop } from "./network-acls";
import { securityGroupsHop } from "./security-groups";
import type { SubnetEgress } from "./egress";
import { egressOf } from "./subnet-egress";

/** A fleet in one of its subnets. */
interface Client {
  readonly fleet: Fleet;
  readonly system: FleetSystem;
  readonly egress: SubnetEgress;
}

/** Can a client reach its WSUS server, by its routes and by the security groups and network ACLs of both? */
export function reachesServer(
  stack: Stack,
  { fleet, system, egress }: Client,
  server: Exclude<WsusServer, { is: "unknown" }>,
  address: ServerAddress,
): HopVerdict {
  if (server.is === "fleet" && server.fleet.resource === fleet.resource) return open("it is its own WSUS server");
  const servers = server.is === "fleet" ? placesOf(stack, server.fleet) : [placeOutside(server.host)];
  const routes =
    server.is === "fleet"
      ? servers.map((one) => routesBetween(stack, placeIn(egress.subnet), one, `the WSUS server ${one.name}`))
      : [];
  const from = { from: egress.subnet, sources: addressesOf(fleet, egress.subnet) };
  const throughPorts = possiblePorts(address).map((ports) => {
    const legs = servers.flatMap((one) =>
      ports.map((port): Leg => ({ ...from, port, to: { is: "server", server: one } })),
    );
    return gravest([securityGroupsHop(stack, fleet, legs), networkAclsHop(stack, legs, system)])!;
  });
  return gravest([...routes, inEveryCase(throughPorts)])!;
}

/**
 * The ports on which clients connect to a server: one set, or several while the URL is not known. With TLS, update
 * files are downloaded over HTTP at the port below.
 */
function possiblePorts({ scheme, port }: ServerAddress): (readonly number[])[] {
  const { http, https } = wsusPorts;
  if (port !== undefined) return port === https ? [[https, http]] : [[port]];
  if (scheme !== undefined) return scheme === "https" ? [[https, http]] : [[http]];
  return [[https, http], [http]];
}

/** What holds for every possible URL. */
function inEveryCase(verdicts: readonly HopVerdict[]): HopVerdict {
  const [first, ...others] = verdicts;
  if (first && others.every(({ verdict }) => verdict === first.verdict)) return first;
  return unknown("which port of the WSUS server is used", gravest(verdicts)?.evidence);
}

function placesOf(stack: Stack, fleet: Fleet): Server[] {
  const targets: readonly Target[] = fleet.subnets.length > 0 ? fleet.subnets : [{ is: "unknown" }];
  const address = known(readText(fleet.resource.props, "privateIp"));
  return targets.map((target) => {
    const subnet = subnetOf(stack, target);
    const place = address ?? subnet.cidrBlock;
    return {
      name: `\`${fleet.name}\``,
      subnet,
      securityGroups: fleet.securityGroups,
      range: place === undefined ? undefined : readBlock(place),
    };
  });
}

function placeOutside(host: string | undefined): Server {
  return {
    name: host === undefined ? "the WSUS server" : `\`${host}\``,
    subnet: subnetOf(new Stack([]), { is: "unknown" }),
    securityGroups: [{ is: "unknown" }],
    range: host === undefined ? undefined : readBlock(host),
  };
}

/** A WSUS server synchronizes with the hosts that a Windows instance without one reads. */
const microsoftUpdatePorts = systems["windows-server-2022"].ports.confirmed;

/** Can a WSUS server itself reach Microsoft Update, by its routes, security groups and network ACLs? */
export function reachesMicrosoftUpdate(stack: Stack, server: Fleet): HopVerdict {
  const system = systemOf(stack, server);
  const verdicts = egressOf(stack, server, []).flatMap(({ subnet, internet }): HopVerdict[] => {
    if (internet.is === "unknown") return [unknown(internet.because, internet.evidence)];
    if (internet.is === "none") {
      const fix = "Route 0.0.0.0/0 from the server's subnet to a NAT gateway.";
      return [blocked(internet.because, internet.evidence, fix)];
    }
    const to = { is: "internet", natSubnets: internet.natSubnets, isS3: false } as const;
    const sources = addressesOf(server, subnet);
    const legs = microsoftUpdatePorts.map((port): Leg => ({ from: subnet, sources, port, to }));
    return [securityGroupsHop(stack, server, legs), networkAclsHop(stack, legs, system)];
  });
  const worst = gravest(verdicts)!;
  const evidence = worst.evidence ?? { resource: server.resource };
  if (worst.verdict === "blocked") {
    return {
      ...worst,
      evidence,
      because: `the WSUS server \`${server.name}\` cannot reach Microsoft Update: ${worst.because}`,
    };
  }
  if (worst.verdict === "unknown") {
    return {
      ...worst,
      evidence,
      because: `whether the WSUS server \`${server.name}\` can reach Microsoft Update: ${worst.because}`,
    };
  }
  return open("the WSUS server can reach Microsoft Update");
}
