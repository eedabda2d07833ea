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

const agent = /amazon-ssm-agent/i;
/** Lines of user data that remove the agent, or keep it from starting. */
const removal = /\b(remove|erase|purge|uninstall|disable|mask|stop)\b.*amazon-ssm-agent/i;
/** … that install it: by a package manager, from a URL, or in cloud-init's list of packages. */
const installation = /\b(local|re)?install\b|\brpm\s+-\w*[iU]|\bdpkg\s+(-i|--install)\b|:\/\/|^\s*-\s*\S+$/;
const url = /\b(?:https?|s3):\/\/[^\s"'<>|;)]*amazon-ssm[^\s"'<>|;)]*/i;
const localFile = /[./][^\s"']*amazon-ssm-agent[^\s"']*\.(rpm|deb)/i;

/** Whether user data removes the SSM agent without installing it. */
export function removesAgent(fleet: Fleet): boolean {
  const about = userDataLines(fleet).filter((line) => agent.test(line));
  return about.some((line) => removal.test(line)) && agentSource(fleet, undefined) === undefined;
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

/** Package sources that user data adds to the system's own, all of them on the internet. */
const extras: readonly (readonly [RegExp, string])[] = [
  [/amazon-linux-extras\s+install\s+(-y\s+)?epel|epel-release/, "EPEL"],
  [/config-manager\s+--add-repo\s+['"]?https?:/, "a package repository"],
  [
    /(yum|dnf)\s+(-y\s+)?(install|localinstall)\s+(-y\s+)?['"]?https?:\/\/(?![^/\s]*\bs3[.-][^/\s]*amazonaws\.com)/,
    "a package from the internet",
  ],
];

/** What user data adds from the internet; `undefined` where nothing. */
export function extraSource(fleet: Fleet): string | undefined {
  const text = userDataLines(fleet).join("\n");
  return extras.find(([pattern]) => pattern.test(text))?.[1];
}
