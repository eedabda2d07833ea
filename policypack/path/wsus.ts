import { type Fleet, fleetsOf } from "../stack/fleets";
import { known, read } from "../stack/reading";
import type { StackResource } from "../stack/resource";
import type { Stack } from "../stack/stack";
import { type HopVerdict, blocked, open, unknown } from "./hop";
import { type SubnetWays, waysOf } from "./ways";

/**
 * The registry values that point the Windows Update Agent at a WSUS server. Source:
 * https://learn.microsoft.com/windows/deployment/update/waas-wu-settings, checked 2026-11-21: both server names and
 * UseWUServer are needed.
 */
const registryValues = ["WUServer", "WUStatusServer", "UseWUServer"] as const;

/** Of a Windows fleet that is pointed at a WSUS server: whether that way holds. `undefined` for one that is not. */
export function wsusWay(stack: Stack, fleet: Fleet, { internet }: SubnetWays): HopVerdict | undefined {
  const settings = settingsOf(stack, fleet);
  if (!settings?.text.includes("WUServer")) return undefined;
  if (internet.is === "open" && !settings.text.includes("UseWUServer")) return undefined;
  const missing = registryValues.find((name) => !settings.text.includes(name));
  const evidence = { resource: settings.resource, property: settings.property };
  if (missing) {
    return blocked(
      `it is pointed at a WSUS server without the registry value ${missing}`,
      evidence,
      `Set ${registryValues.join(", ")} under HKLM\\SOFTWARE\\Policies\\Microsoft\\Windows\\WindowsUpdate (UseWUServer in its AU).`,
    );
  }
  const [, port] = /WUServer\W+[^\n]*?https?:\/\/[^:/\s'"]+(?::(\d+))?/.exec(settings.text) ?? [];
  if (port !== undefined && !["8530", "8531"].includes(port)) {
    return blocked(
      `it is pointed at port ${port} of its WSUS server, which answers at 8530 (HTTP) and 8531 (HTTPS)`,
      evidence,
      "Point WUServer and WUStatusServer at port 8531, or 8530.",
    );
  }
  return serverReachesMicrosoft(stack, fleet);
}

/** Where a stack sets the registry: in user data, or in an association's parameters or document. */
function settingsOf(
  stack: Stack,
  fleet: Fleet,
): { text: string; resource: StackResource; property: string } | undefined {
  const userData = known(fleet.userData);
  if (userData?.includes("WUServer")) return { text: userData, resource: fleet.resource, property: "userData" };
  for (const kind of ["association", "document"] as const) {
    for (const resource of stack.of(kind)) {
      const property = kind === "association" ? "parameters" : "content";
      const text = textOf(read(resource.props, property));
      if (text.includes("WUServer")) return { text, resource, property };
    }
  }
  return undefined;
}

function textOf(reading: ReturnType<typeof read>): string {
  if (reading.is !== "known") return "";
  if (typeof reading.value === "string") return reading.value;
  return Object.keys(reading.value as object)
    .map((key) => `${key} ${textOf(read(reading.value, key))}`)
    .join("\n");
}

function serverReachesMicrosoft(stack: Stack, client: Fleet): HopVerdict {
  const server = fleetsOf(stack).find(
    (fleet) => fleet !== client && /UpdateServices\b/.test(known(fleet.userData) ?? ""),
  );
  if (!server) return unknown("the WSUS server, which this stack does not make", { resource: client.resource });
  const evidence = { resource: server.resource };
  for (const { internet } of waysOf(stack, server, [])) {
    if (internet.is === "unknown")
      return unknown(`how its WSUS server reaches Microsoft Update: ${internet.because}`, evidence);
    if (internet.is === "none") {
      return blocked(
        `its WSUS server \`${server.name}\` can't reach Microsoft Update: ${internet.because}`,
        evidence,
        "Route 0.0.0.0/0 of the server's subnet to a NAT gateway.",
      );
    }
  }
  return open(`by the WSUS server \`${server.name}\``, { evidence });
}
