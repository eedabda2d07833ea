import type { Fleet } from "./fleets";
import { userDataLines } from "./user-data";

/** A proxy that user data sets. What it allows is not in the stack. */
export interface Proxy {
  /** Of the whole system, so that the SSM agent and all that it starts use it; or of the package manager only. */
  readonly of: "system" | "package manager";
  /** Whether a host is reached without it. */
  readonly excepts: (host: string) => boolean;
}

/**
 * How user data sets a proxy: an environment variable (of the agent's unit, of /etc/environment, of a service of Windows),
 * or WinHTTP's setting. Sources:
 * https://docs.aws.amazon.com/systems-manager/latest/userguide/configure-proxy-ssm-agent.html and
 * configure-proxy-ssm-agent-windows.html there, checked 2026-11-22.
 */
const ofSystem =
  /\bhttps?_proxy\b["']?(\s*=\s*["']?|\s*,\s*["'])[\w.[$]|\bsetx\s+https?_proxy\s|\bnetsh\s+winhttp\s+set\s+proxy\b/i;

/** `proxy=` of yum.conf and dnf.conf (`_none_` and an empty value remove it), `Acquire::http::Proxy` of apt. */
const ofPackageManager = /(^|["'\s])proxy\s*=\s*(?!_none_)[\w.[$]|\bAcquire::https?::Proxy\b/i;

/** Hosts and domains that are reached directly, by the variable or in WinHTTP's bypass list. */
const exceptions = /\b(?:no_proxy\b["']?\s*[=,]|bypass-list=)\s*["']?([^"'\n]*)/gi;

/** The proxy that a fleet's user data sets, as far as that is known; `undefined` without a clear sign of one. */
export function proxyOf(fleet: Fleet): Proxy | undefined {
  const lines = userDataLines(fleet);
  const of = lines.some((line) => ofSystem.test(line))
    ? "system"
    : lines.some((line) => ofPackageManager.test(line))
      ? "package manager"
      : undefined;
  if (!of) return undefined;
  const domains = [...lines.join("\n").matchAll(exceptions)]
    .flatMap(([, list = ""]) => list.split(/[,;\s]+/))
    .map((entry) => entry.replace(/^\*?\.?/, "").toLowerCase())
    .filter((domain) => domain !== "");
  return { of, excepts: (host) => domains.some((domain) => host === domain || host.endsWith(`.${domain}`)) };
}
