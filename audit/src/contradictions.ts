import type { Contradiction, FleetOutput, HopOutput, Seen } from "patchpath/account";

/** Without these no instance connects to Systems Manager; what the other hops concern comes after that. */
const hopsOfConnection = ["agent", "identity", "dns", "control-plane"];

const issues = "https://github.com/patchpath/patchpath/issues";

/**
 * AWS's runbooks that look into instances. Source:
 * https://docs.aws.amazon.com/systems-manager-automation-runbooks/latest/userguide/, one page for each, checked 2026-11-21.
 */
const runbooks = {
  connection: "AWSSupport-TroubleshootManagedInstance",
  windowsUpdate: "AWSSupport-TroubleshootWindowsUpdate",
} as const;

/** What the model concludes held against what Systems Manager reports: the worst first. */
export function contradictionsOf(fleets: readonly FleetOutput[]): Contradiction[] {
  const found = fleets.flatMap((fleet) => (fleet.seen ? ofFleet(fleet, fleet.seen) : []));
  return found.sort((a, b) => order.indexOf(a.kind) - order.indexOf(b.kind));
}

const order: readonly Contradiction["kind"][] = [
  "compliant-without-repository",
  "open-and-not-online",
  "online-and-blocked",
];

function ofFleet(fleet: FleetOutput, seen: Seen): Contradiction[] {
  return [silentSuccess(fleet, seen), openAndNotOnline(fleet, seen), onlineAndBlocked(fleet, seen)].filter(
    (one) => one !== undefined,
  );
}

function hopOf({ hops }: FleetOutput, name: string): HopOutput | undefined {
  return hops.find(({ hop }) => hop === name);
}

/** Patch Manager found nothing to install, since it read nothing. */
function silentSuccess(fleet: FleetOutput, seen: Seen): Contradiction | undefined {
  const repository = hopOf(fleet, "repository");
  if (seen.compliant === 0 || repository?.verdict !== "blocked") return undefined;
  return {
    urn: fleet.urn,
    name: fleet.name,
    kind: "compliant-without-repository",
    because: `Systems Manager reports ${seen.compliant} of ${seen.instances} instances as compliant, and \`repository\` is blocked: ${repository.note ?? repository.because}`,
    next: "Apply the fix of `repository`, and install patches again.",
  };
}

function openAndNotOnline(fleet: FleetOutput, seen: Seen): Contradiction | undefined {
  const offline = seen.running - seen.online;
  const isOpen = hopsOfConnection.every((hop) => hopOf(fleet, hop)?.verdict === "open");
  if (offline === 0 || !isOpen || fleet.verdict === "blocked") return undefined;
  const since = seen.lastSeen === undefined ? "never seen" : `last seen ${seen.lastSeen}`;
  return {
    urn: fleet.urn,
    name: fleet.name,
    kind: "open-and-not-online",
    because: `${offline} of ${seen.running} running instances are not online (${since}), and the path to Systems Manager is open`,
    next: `The cause is inside the instance, or in what this model does not see; run \`${commandFor(fleet)}\`.`,
  };
}

function commandFor({ operatingSystem }: FleetOutput): string {
  const run = (document: string) =>
    `aws ssm start-automation-execution --document-name ${document} --parameters InstanceId=INSTANCE`;
  return operatingSystem.startsWith("windows")
    ? `${run(runbooks.connection)}\`, and then \`${run(runbooks.windowsUpdate)}`
    : run(runbooks.connection);
}

/** The instances are connected, so whatever blocks them is not so: the model is wrong, or there is a path that it does not see. */
function onlineAndBlocked(fleet: FleetOutput, seen: Seen): Contradiction | undefined {
  const blocked = fleet.hops.filter(({ hop, verdict }) => hopsOfConnection.includes(hop) && verdict === "blocked");
  const [first] = blocked;
  if (seen.online === 0 || first === undefined) return undefined;
  return {
    urn: fleet.urn,
    name: fleet.name,
    kind: "online-and-blocked",
    because: `${seen.online} of ${seen.running} running instances are online, and the path is blocked at ${blocked.map(({ hop }) => hop).join(", ")}: ${first.because}`,
    next: `This is an error of Patchpath, or a path that it does not see; report it at ${issues} with this sentence, without names and ids.`,
  };
}
