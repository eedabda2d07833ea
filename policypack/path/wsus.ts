import { wsusPorts } from "../facts/wsus";
import type { Fleet } from "../stack/fleets";
import { isSecret } from "../stack/reading";
import { type Script, scriptsOf } from "../stack/scripts";
import type { Stack } from "../stack/stack";
import { type FleetSystem, systemOf } from "../stack/systems";
import { type WsusPointer, registryValues, wsusAssociationsOf, wsusPointerOf } from "../stack/wsus-pointers";
import { isFedOtherwise, wsusServerBehind, wsusServersOf } from "../stack/wsus-servers";
import { documentCallsOf } from "./document-calls";
import { type HopVerdict, blocked, gravest, open, unknown } from "./hop";
import type { SubnetEgress } from "./egress";
import { reachesMicrosoftUpdate, reachesServer } from "./wsus-reach";

/** Whether a Windows fleet uses a WSUS server; where it has a route to the internet, or may have one, only if UseWUServer is set. */
export function asksWsus(stack: Stack, fleet: Fleet, { internet }: SubnetEgress): boolean {
  const pointer = wsusPointerOf(stack, fleet);
  return pointer !== undefined && (pointer.isUsed || internet.is === "none");
}

/** The machine in the stack that a fleet is pointed to for its updates; `undefined` without one. */
export function wsusServerFor(stack: Stack, fleet: Fleet): Fleet | undefined {
  const pointer = wsusPointerOf(stack, fleet);
  const server = pointer && wsusServerBehind(stack, fleet, pointer);
  return server?.is === "fleet" ? server.fleet : undefined;
}

/**
 * For a Windows fleet that gets its updates from a WSUS server, or has no other source: whether that path is open.
 * `undefined` for one that uses Microsoft Update, or that is not pointed to a server.
 */
export function wsusVerdict(
  stack: Stack,
  fleet: Fleet,
  system: FleetSystem,
  egress: SubnetEgress,
): HopVerdict | undefined {
  const pointer = wsusPointerOf(stack, fleet);
  if (!pointer) {
    if (egress.internet.is === "none") return withoutPointer(stack, fleet, system);
    const secret = hiddenScript(stack, fleet);
    return secret && undeterminedBy(secret);
  }
  if (!asksWsus(stack, fleet, egress)) return undefined;
  return (
    hidden(pointer) ??
    faultOfRegistry(pointer) ??
    faultOfAddress(stack, fleet, pointer) ??
    throughServer(stack, fleet, system, egress, pointer)
  );
}

/** Nothing in this stack sets the registry: something outside the stack may, or a server is unused. */
function withoutPointer(stack: Stack, fleet: Fleet, system: FleetSystem): HopVerdict | undefined {
  const partial = scriptsOf(stack, fleet).find(({ isPartial }) => isPartial);
  if (partial) return undeterminedBy(partial);
  if (!system.isVendorImage) {
    return unknown("whether the image or a group policy points the instances to a WSUS server", {
      resource: fleet.resource,
    });
  }
  const [association] = wsusAssociationsOf(stack);
  if (association) {
    return blocked(
      `\`${association.name}\`, which points instances to a WSUS server, does not target these instances, and they have no route to Microsoft Update`,
      { resource: association, property: "targets" },
      `Add the instances of \`${fleet.name}\` to the targets of \`${association.name}\`.`,
    );
  }
  const [server] = wsusServersOf(stack);
  if (!server) return undefined;
  return blocked(
    `nothing points the instances to the WSUS server \`${server.name}\`, and they have no route to Microsoft Update`,
    { resource: fleet.resource },
    `Set ${registryValues.join(", ")} with a State Manager association that targets the instances.`,
  );
}

/** A secret that runs on the instances, and that may point them elsewhere although they have a route to Microsoft Update. */
export function hiddenScript(stack: Stack, fleet: Fleet): Script | undefined {
  return scriptsOf(stack, fleet).find(({ isHidden, isPartial }) => isHidden && isPartial);
}

/** What is not known of such a script, as a clause. */
export function mayPoint({ resource }: Script): string {
  return `whether \`${resource.name}\` points the instances to a WSUS server`;
}

function undeterminedBy(script: Script): HopVerdict {
  return unknown(mayPoint(script), { resource: script.resource, property: script.property });
}

function hidden({ script: { resource, property, isHidden } }: WsusPointer): HopVerdict | undefined {
  if (!isHidden) return undefined;
  return unknown(`which WSUS server \`${resource.name}\` points the instances to, which is a secret`, {
    resource,
    property,
  });
}

function faultOfRegistry({ script, lacks, isUsed, isPartial }: WsusPointer): HopVerdict | undefined {
  const { resource, property } = script;
  if (script.runs === "unknown") {
    return unknown(`whether \`${resource.name}\`, which points instances to a WSUS server, targets these instances`, {
      resource,
      property: "targets",
    });
  }
  if (!lacks && isUsed) return undefined;
  const evidence = { resource, property };
  if (isPartial) return unknown(`what the registry value ${lacks ?? "UseWUServer"} is set to`, evidence);
  if (!lacks) {
    return blocked(
      "the instances are pointed to a WSUS server, but the registry value UseWUServer is 0",
      evidence,
      "Set UseWUServer under HKLM\\SOFTWARE\\Policies\\Microsoft\\Windows\\WindowsUpdate\\AU to 1.",
    );
  }
  return blocked(
    `the instances are pointed to a WSUS server without the registry value ${lacks}`,
    evidence,
    `Set ${registryValues.join(", ")} under HKLM\\SOFTWARE\\Policies\\Microsoft\\Windows\\WindowsUpdate (UseWUServer in its subkey AU).`,
  );
}

function faultOfAddress(stack: Stack, fleet: Fleet, pointer: WsusPointer): HopVerdict | undefined {
  const { scheme, host, port } = pointer.address;
  if (scheme === undefined || port === undefined) return undefined;
  const evidence = { resource: pointer.script.resource, property: pointer.script.property };
  const other = scheme === "https" ? "http" : "https";
  if (port === wsusPorts[other]) {
    return blocked(
      `the instances are pointed to port ${port} of the WSUS server with ${scheme}, but the server uses ${other} on that port`,
      evidence,
      `Set WUServer and WUStatusServer to ${other}://${host ?? "SERVER"}:${port}.`,
    );
  }
  if (port === wsusPorts[scheme] || wsusServerBehind(stack, fleet, pointer).is !== "fleet") return undefined;
  return blocked(
    `the instances are pointed to port ${port} of the WSUS server, which listens on 8530 (HTTP) and 8531 (HTTPS)`,
    evidence,
    `Set the port in WUServer and WUStatusServer to ${wsusPorts[scheme]}.`,
  );
}

function throughServer(
  stack: Stack,
  fleet: Fleet,
  system: FleetSystem,
  egress: SubnetEgress,
  pointer: WsusPointer,
): HopVerdict {
  const server = wsusServerBehind(stack, fleet, pointer);
  const evidence = { resource: pointer.script.resource, property: pointer.script.property };
  if (server.is === "unknown") return unknown("which of several WSUS servers the instances are pointed to", evidence);
  const reached = reachesServer(stack, { fleet, system, egress }, server, pointer.address);
  if (server.is === "outside") {
    if (reached.verdict === "blocked") return reached;
    const name = server.host === undefined ? "the WSUS server" : `the WSUS server \`${server.host}\``;
    return unknown(`whether ${name}, which is not in this stack, provides the updates`, evidence);
  }
  const by = open(`through the WSUS server \`${server.fleet.name}\``, {
    evidence: { resource: server.fleet.resource },
  });
  return gravest(
    [
      by,
      reached,
      ofWindows(stack, server.fleet),
      fed(stack, server.fleet),
      ...documentCallsOf(stack, server.fleet),
    ].filter((one) => one !== undefined),
  )!;
}

/**
 * WSUS is a role of Windows Server that is not installed on any AWS image; another machine may be a proxy for a server.
 */
function ofWindows(stack: Stack, server: Fleet): HopVerdict | undefined {
  const system = systemOf(stack, server);
  const evidence = { resource: server.resource };
  if (!system && isSecret(server.imageId)) {
    return unknown(
      `whether the image of the WSUS server \`${server.name}\`, which is a secret, is Windows Server`,
      evidence,
    );
  }
  if (!system) return undefined;
  if (system.updateSource === "microsoft-update") {
    if (!system.isVendorImage || wsusServersOf(stack).includes(server)) return undefined;
    return unknown(`whether \`${server.name}\`, which the instances are pointed to, is a WSUS server`, evidence);
  }
  if (!system.isVendorImage || !wsusServersOf(stack).includes(server)) {
    return unknown(
      `whether \`${server.name}\`, which the instances are pointed to and which runs ${system.id}, provides the updates`,
      evidence,
    );
  }
  return blocked(
    `the WSUS server \`${server.name}\` runs ${system.id}, but WSUS is a role of Windows Server`,
    evidence,
    `Launch \`${server.name}\` from a Windows Server image.`,
  );
}

function fed(stack: Stack, server: Fleet): HopVerdict {
  return isFedOtherwise(stack, server)
    ? unknown(`where the WSUS server \`${server.name}\`, which does not use Microsoft Update, gets its updates from`, {
        resource: server.resource,
      })
    : reachesMicrosoftUpdate(stack, server);
}
