import { type System, isSystem } from "./systems";

/**
 * The names by which the SSM agent reports an operating system, and the system that follows from its version.
 *
 * Sources, checked 2026-11-28: https://github.com/aws/amazon-ssm-agent, agent/platform/platform_unix.go: what stands before
 * `release` in /etc/system-release of Amazon Linux, Red Hat and CentOS, and what `lsb_release` prints for others; newer versions
 * of it read NAME and VERSION_ID of /etc/os-release, whose values the distributors choose (Debian, Rocky, Alma, Oracle and SUSE
 * by those: unconfirmed). Windows reports the caption of Win32_OperatingSystem, such as `Microsoft Windows Server 2022
 * Datacenter`. A name that is not here is of no system that we know.
 */
const platforms: readonly (readonly [RegExp, (major: string, version: string, name: string) => string])[] = [
  [/^Amazon Linux/, (major) => `amazon-linux-${major}`],
  [/^Microsoft Windows Server (20\d\d(?: R2)?)/, (_, __, name) => windowsOf(name)],
  [/^Ubuntu/, (_, version) => `ubuntu-${version}`],
  [/^Debian/, (major) => `debian-${major}`],
  [/^Red Hat Enterprise Linux/, (major) => `rhel-${major}`],
  [/^Rocky Linux/, (major) => `rocky-${major}`],
  [/^AlmaLinux/, (major) => `alma-${major}`],
  [/^CentOS Stream/, (major) => `centos-stream-${major}`],
  [/^Oracle Linux/, (major) => `oracle-linux-${major}`],
  [/^(SLES|SUSE Linux Enterprise Server)/, (major) => `suse-${major}`],
];

function windowsOf(name: string): string {
  const [, version = ""] = /Server (20\d\d(?: R2)?)/.exec(name) ?? [];
  return `windows-server-${version.toLowerCase().replace(" ", "-")}`;
}

/** The system that the agent reports; `undefined` for one that is not in our tables. */
export function systemOfPlatform(name: string, version: string): System | undefined {
  const [major = ""] = version.split(".");
  const found = platforms.find(([pattern]) => pattern.test(name));
  const system = found?.[1](major, version, name);
  return system !== undefined && isSystem(system) ? system : undefined;
}
