import { type Instance } from "@aws-sdk/client-ec2";
import { GetCallerIdentityCommand } from "@aws-sdk/client-sts";
import type { AccountsToRead, ReadPlace, Seen } from "patchpath/account";
import { AuditError } from "./audit-error";
import { type Access, clientsFor } from "./clients";
import { readFleets } from "./read-fleets";
import { readNames } from "./read-names";
import { readNetwork } from "./read-network";
import { hostManagementRoles, readPatching } from "./read-patching";
import { readRoles } from "./read-roles";
import { readAggregator } from "./read-config";
import { Reader } from "./reader";
import type { Reading } from "./reading";
import { makerOf } from "./resources";
import { readReports, reportedAgents, seenOf } from "./seen";

/**
 * Reads every account in every region, or an aggregator of AWS Config.
 *
 * @param onProgress told after each request how many there were
 * @throws AuditError where one cannot be read at all
 */
export async function readAccounts(options: AccountsToRead, onProgress: (calls: number) => void): Promise<ReadPlace[]> {
  const { roleArns = [], regions, profile, endpointUrl: endpoint } = options;
  const accesses = regions.flatMap((region) =>
    (roleArns.length > 0 ? roleArns : [undefined]).map((roleArn): Access => ({ region, profile, roleArn, endpoint })),
  );
  const places: ReadPlace[] = [];
  for (const access of accesses) {
    const done = places.reduce((sum, { calls }) => sum + calls, 0);
    const onCall = (calls: number) => {
      onProgress(done + calls);
    };
    const { configAggregator: aggregator, vpcIds } = options;
    if (aggregator === undefined) places.push(await readPlace(access, vpcIds, onCall));
    else places.push(...(await readAggregator(access, aggregator, vpcIds, onCall)));
  }
  return places;
}

async function readPlace(
  access: Access,
  vpcIds: readonly string[] | undefined,
  onCall: (calls: number) => void,
): Promise<ReadPlace> {
  const clients = clientsFor(access);
  const reader = new Reader(access.region, onCall);
  const identity = await reader.one("sts:GetCallerIdentity", () => clients.sts.send(new GetCallerIdentityCommand({})));
  if (identity?.Account === undefined) {
    throw new AuditError(`the account cannot be determined: ${reader.failures[0]?.sentence ?? "no answer"}`);
  }
  const place = { account: identity.Account, region: access.region };
  const reading: Reading = { place, make: makerOf(place), clients, reader };
  const [network, fleets, patching] = await Promise.all([
    readNetwork(reading),
    readFleets(reading, vpcIds),
    readPatching(reading),
  ]);
  const instances = [...fleets.members.values()].flat();
  const [roles, names, reports] = await Promise.all([
    readRoles(reading, fleets.profiles, [...fleets.roles, ...hostManagementRoles(patching)]),
    readNames(reading, network.vpcIds),
    readReports(reading, instances),
  ]);
  const agents = fleets.resources.flatMap(({ urn, props }) =>
    reportedAgents(reading.make, String(props["id"]), fleets.members.get(urn) ?? [], reports),
  );
  return {
    place,
    resources: [...network.resources, ...fleets.resources, ...roles, ...names, ...patching, ...agents],
    seen: seenByFleet(fleets.members, (members) => seenOf(members, reports)),
    failures: reader.failures.map(({ sentence }) => sentence),
    calls: reader.count,
  };
}

function seenByFleet(
  members: ReadonlyMap<string, readonly Instance[]>,
  seenOfMembers: (members: readonly Instance[]) => Seen | undefined,
): ReadonlyMap<string, Seen> {
  return new Map(
    [...members].flatMap(([urn, instances]) => {
      const seen = seenOfMembers(instances);
      return seen ? [[urn, seen] as const] : [];
    }),
  );
}
