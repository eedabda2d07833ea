import type { Fleet } from "./fleets";
import type { StackResource } from "./resource";
import { type Script, associationScripts, scriptsOf } from "./scripts";
import type { Stack } from "./stack";

/**
 * The registry values that point the Windows Update Agent to a WSUS server. Source:
 * https://learn.microsoft.com/windows/deployment/update/waas-wu-settings, checked 2026-11-21: both server names and
 * UseWUServer are needed.
 */
export const registryValues = ["WUServer", "WUStatusServer", "UseWUServer"] as const;
type RegistryValue = (typeof registryValues)[number];

/** What points a fleet to a WSUS server. */
export interface WsusPointer {
  /** What sets the server's address, or else another of the values. */
  readonly script: Script;
  /** The first registry value that no script sets. */
  readonly lacks: RegistryValue | undefined;
  /** Whether UseWUServer is set, and not to 0: without it the agent uses Microsoft Update. */
  readonly isUsed: boolean;
  /** Whether a script may set more than the stack shows. */
  readonly isPartial: boolean;
  readonly address: ServerAddress;
}

/** The parts of a server's URL, as far as they are known. */
export interface ServerAddress {
  readonly scheme?: "http" | "https" | undefined;
  readonly host?: string | undefined;
  readonly port?: number | undefined;
}

/** What in the stack points a fleet to a WSUS server; `undefined` where nothing does. */
export function wsusPointerOf(stack: Stack, fleet: Fleet): WsusPointer | undefined {
  const found = stack.derive(pointersFound);
  if (!found.has(fleet)) found.set(fleet, readPointer(stack, fleet));
  return found.get(fleet);
}

/** Cached by fleet, since each of its subnets asks again. */
const pointersFound = () => new Map<Fleet, WsusPointer | undefined>();

function readPointer(stack: Stack, fleet: Fleet): WsusPointer | undefined {
  const scripts = scriptsOf(stack, fleet);
  const setting = (name: RegistryValue) => scripts.filter(({ lines }) => lines.some((line) => sets(line, name)));
  const pointing = [...setting("WUServer"), ...setting("UseWUServer")];
  const script = pointing.find(({ runs }) => runs === true) ?? pointing[0];
  if (!script) return undefined;
  const switches = setting("UseWUServer").flatMap(({ lines }) => lines.filter((line) => sets(line, "UseWUServer")));
  return {
    script,
    lacks: registryValues.find((name) => setting(name).length === 0),
    isUsed: switches.some((line) => numberIn(line, "UseWUServer") !== 0),
    isPartial: scripts.some(({ isPartial }) => isPartial),
    address: addressIn(script),
  };
}

/** The associations that point instances to a WSUS server, whichever instances. */
export function wsusAssociationsOf(stack: Stack): StackResource[] {
  return stack
    .derive(associationScripts)
    .flatMap(({ lines, resource }) => (lines.some((line) => sets(line, "WUServer")) ? [resource] : []));
}

/** Lines that read, report or remove; unless they also set something. */
const settingNothing = /\b(Remove|Clear|Get|Test|Write)-\w+|\breg(\.exe)?\s+(delete|query)\b/i;
const setting = /\b(Set|New)-Item\w*|\breg(\.exe)?\s+add\b/i;

/** A name by itself: UseWUServer holds another. */
const mentions = {
  WUServer: /\bWUServer\b/i,
  WUStatusServer: /\bWUStatusServer\b/i,
  UseWUServer: /\bUseWUServer\b/i,
} as const;

function sets(line: string, name: RegistryValue): boolean {
  return mentions[name].test(line) && (setting.test(line) || !settingNothing.test(line));
}

/** The number that a line sets a value to: of a cmdlet, a hash table, reg.exe, an imported .reg, or behind the name. */
function numberIn(line: string, name: RegistryValue): number | undefined {
  const patterns = [
    /-Value\s+['"]?(0x[\da-f]+|\d+)/i,
    /\bValue\s*=\s*['"]?(0x[\da-f]+|\d+)/i,
    /\/d\s+['"]?(0x[\da-f]+|\d+)/i,
    /=\s*dword:([\da-f]+)/i,
    new RegExp(`\\b${name}['"]?\\s*=?\\s*['"]?(\\d+)\\b`, "i"),
  ];
  const found = patterns.flatMap((pattern) => pattern.exec(line)?.[1] ?? [])[0];
  return found === undefined ? undefined : Number(found);
}

/** The URL that a script sets WUServer to, with what its variables hold. */
function addressIn({ lines }: Script): ServerAddress {
  const line = lines.find((one) => sets(one, "WUServer"));
  const [, scheme, authority = ""] = /\b(https?):\/\/([^/\s'"]+)/i.exec(line ? expanded(line, lines) : "") ?? [];
  if (scheme === undefined) return {};
  const isHttps = scheme.toLowerCase() === "https";
  const [, host = "", port] = /^(.*?)(?::(\d+))?$/.exec(authority)!;
  const isKnown = /^[\w.-]+$/.test(host);
  // Without a port a URL has the default port of its scheme; one in a variable is not known.
  const fallback = isKnown ? (isHttps ? 443 : 80) : undefined;
  return {
    scheme: isHttps ? "https" : "http",
    host: isKnown ? host.toLowerCase() : undefined,
    port: port === undefined ? fallback : Number(port),
  };
}

/** A line with the values of its PowerShell variables, as they are assigned or handed over as arguments. */
function expanded(line: string, lines: readonly string[], depth = 0): string {
  if (depth > 3) return line;
  return line.replace(/\$(?:\{(\w+)\}|(\w+))/g, (variable, braced?: string, bare?: string) => {
    const value = valueOf(braced ?? bare ?? "", lines);
    return value === undefined ? variable : expanded(value, lines, depth + 1);
  });
}

function valueOf(name: string, lines: readonly string[]): string | undefined {
  const patterns = [
    new RegExp(`^\\s*(?:\\[\\w+\\]\\s*)?\\$${name}\\s*=\\s*(?:'([^']*)'|"([^"]*)")`, "i"),
    new RegExp(`\\s-${name}\\s+(?:'([^']*)'|"([^"]*)"|([^\\s'"$]+))`, "i"),
  ];
  for (const pattern of patterns) {
    for (const line of lines) {
      const value = pattern.exec(line)?.slice(1).find(Boolean);
      if (value !== undefined) return value;
    }
  }
  return undefined;
}
