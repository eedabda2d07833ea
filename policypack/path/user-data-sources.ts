import type { Caller } from "../iam/context";
import type { Fleet } from "../stack/fleets";
import { regionOf } from "../stack/resource";
import type { FleetSystem } from "../stack/systems";
import { userDataLines } from "../stack/user-data";

/** The source that user data installs the SSM agent from. */
export type AgentSource =
  /** The AWS bucket in the fleet's own region; `*` in `key` stands for what the shell substitutes. */
  | { readonly is: "S3"; readonly bucket: string; readonly key: string; readonly caller: Caller }
  /** Buckets in S3 that the repository's own hop is about. */
  | { readonly is: "Amazon Linux repository" }
  | { readonly is: "internet"; readonly from: string }
  | { readonly is: "unknown" };

const agent = /amazon-?ssm-?agent/i;
/** … that install it: by a package manager, from a URL, or in cloud-init's list of packages. */
const installation = /\b(local|re)?install\b|\brpm\s+-\w*[iU]|\bdpkg\s+(-i|--install)\b|:\/\/|^\s*-\s*\S+$/;
/** Lines that remove it do not install it. */
const removal = /\b(remove(?!-item)|erase|purge|uninstall)\b/i;
const url = /\b(?:https?|s3):\/\/[^\s"'<>|;)]*amazon-ssm[^\s"'<>|;)]*/i;
const localFile = /[./][^\s"']*amazon-ssm-agent[^\s"']*\.(rpm|deb)/i;

/** What a command does to the agent, by the first of these that it matches. The last command about each part counts. */
const effects: readonly (readonly [RegExp, Partial<AgentState>])[] = [
  [
    /\b(remove(?!-item)|erase|purge|uninstall|sc(\.exe)?\s+delete)\b|\brpm\s+-\w*e|\bdpkg\s+(-r|-P|--remove|--purge)\b/i,
    { isThere: false },
  ],
  [/\bunmask\b/i, { isMasked: false }],
  [/\bmask\b/i, { isMasked: true }],
  [/\bdisable\b.*--now|--now.*\bdisable\b/i, { isEnabled: false, isRunning: false }],
  [/\benable\b.*--now|--now.*\benable\b/i, { isEnabled: true, isRunning: true }],
  [/\bdisable\b|-StartupType\s+["']?Disabled|\bstart\s*=\s*disabled|\bchkconfig\b.*\boff\b/i, { isEnabled: false }],
  [
    /\benable\b|-StartupType\s+["']?Automatic|\bstart\s*=\s*(delayed-)?auto|\bchkconfig\b.*\bon\b/i,
    { isEnabled: true },
  ],
  [/\b(restart|start|Restart-Service|Start-Service)\b/i, { isRunning: true }],
  [/\b(stop|Stop-Service)\b/i, { isRunning: false }],
  [/\binstall\b/i, { isThere: true, isEnabled: true, isRunning: true }],
];

interface AgentState {
  readonly isThere: boolean;
  readonly isMasked: boolean;
  readonly isEnabled: boolean;
  readonly isRunning: boolean;
}

/** Whether user data leaves the SSM agent removed, disabled or stopped. */
export function removesAgent(fleet: Fleet): boolean {
  const commands = userDataLines(fleet).flatMap((line) => line.split(/&&|\|\||;|\s\|\s/));
  const left = commands
    .filter((command) => agent.test(command))
    .map((command) => effects.find(([pattern]) => pattern.test(command))?.[1] ?? {})
    .reduce<AgentState>((state, effect) => ({ ...state, ...effect }), {
      isThere: true,
      isMasked: false,
      isEnabled: true,
      isRunning: true,
    });
  return !left.isThere || left.isMasked || !left.isEnabled || !left.isRunning;
}

/** The source that user data installs the SSM agent from; `undefined` where it does not install it. */
export function agentSource(fleet: Fleet, system: FleetSystem | undefined): AgentSource | undefined {
  const about = userDataLines(fleet).filter((line) => agent.test(line) && !removal.test(line));
  if (!about.some((line) => installation.test(line))) return undefined;
  const text = about.join("\n");
  const [address] = url.exec(text) ?? [];
  if (address !== undefined) return sourceAt(address, regionOf(fleet.resource));
  if (localFile.test(text) || !system) return { is: "unknown" };
  return system.updateSource === "amazon-linux-repositories"
    ? { is: "Amazon Linux repository" }
    : { is: "internet", from: `the repositories of ${system.id}` };
}

/**
 * AWS offers the agent in a bucket in each region, under three forms of address. Source:
 * https://docs.aws.amazon.com/systems-manager/latest/userguide/agent-install-rhel.html and the pages for the other
 * systems, checked 2026-11-22; they write the bucket after the host, the other forms are S3's own.
 */
const bucketOfRegion = /^(s3|https?):\/\/(?:s3[^/]*\.amazonaws\.com[^/]*\/)?amazon-ssm-([^/.]+)(?:\.s3[^/]*)?\/(.+)$/i;

function sourceAt(address: string, region: string | undefined): AgentSource {
  const [, scheme, where = "", path = ""] = bucketOfRegion.exec(address) ?? [];
  const [, host = ""] = /:\/\/([^/]+)/.exec(address) ?? [];
  // The name without a region resolves to us-east-1, which a gateway endpoint in another region does not reach.
  const isElsewhere = host === "s3.amazonaws.com" && region !== "us-east-1";
  if (scheme === undefined || isElsewhere) return { is: "internet", from: `\`${host}\`` };
  if (region === undefined) return { is: "unknown" };
  if (!where.includes("$") && where !== region) return { is: "internet", from: `a bucket in \`${where}\`` };
  const caller = scheme.toLowerCase() === "s3" ? "instanceRole" : "anonymous";
  return { is: "S3", bucket: `amazon-ssm-${region}`, key: path.replace(/\$(\{\w*\}?|\w+)/g, "*"), caller };
}
