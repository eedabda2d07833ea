import { isWindows } from "patchpath/facts";
import type { AttachedFleet } from "../fleet/attached-fleet";
import type { Fleet } from "../fleet/fleet";
import type { WsusClientFleet } from "../wsus/wsus-updates";
import { type TopologyAttachedFleet, groupedBy } from "./attached-fleets";
import { type FleetNeeds, fleetTag, tagOfFleet } from "./fleet-needs";

/** A fleet that the stack creates, as clients of a WSUS server. */
export function fleetClient(
  { name, operatingSystem }: Pick<FleetNeeds, "operatingSystem"> & { readonly name: string },
  fleet: Fleet,
  patchGroup: string,
): WsusClientFleet {
  const { securityGroupId } = fleet;
  const target = { key: fleetTag, value: tagOfFleet(patchGroup, name) };
  return { name, operatingSystems: [operatingSystem], target, securityGroupId, fleet };
}

/** Existing instances as clients: one for each tag. The server is opened once to each security group. */
export function attachedClients(
  fleets: readonly TopologyAttachedFleet[],
  components: Readonly<Record<string, AttachedFleet>>,
): WsusClientFleet[] {
  const opened = new Set<string>();
  const byTag = groupedBy(
    fleets.filter(({ operatingSystem }) => isWindows(operatingSystem)),
    ({ tag }) => `${tag.key}=${tag.value}`,
  );
  return byTag.map((alike): WsusClientFleet => {
    const { name, tag, securityGroupId } = alike[0]!;
    const isNew = securityGroupId !== undefined && !opened.has(securityGroupId);
    if (isNew) opened.add(securityGroupId);
    return {
      name,
      operatingSystems: alike.map(({ operatingSystem }) => operatingSystem),
      target: tag,
      securityGroupId: isNew ? securityGroupId : undefined,
      opensEgress: false,
      outlivesStack: true,
      fleet: components[name]!,
    };
  });
}
