/** Where the updates of an operating system come from. */
export type UpdateSource =
  /** Buckets of AWS's in S3, read unsigned: a gateway endpoint is enough. */
  | "amazon-linux-repositories"
  /** The distributor's servers on the internet. */
  | "internet"
  /** Microsoft Update on the internet, or a WSUS server. */
  | "microsoft-update";

export interface SystemFacts {
  readonly name: string;
  readonly updateSource: UpdateSource;
  /** Last day of the distributor's support, ISO date; `undefined`: not in our sources. */
  readonly endOfSupport: string | undefined;
}

/**
 * The operating systems that Patch Manager supports on EC2 Linux and Windows instances.
 *
 * Sources, checked 2026-11-21:
 * https://docs.aws.amazon.com/systems-manager/latest/userguide/patch-manager-supported-oses.html,
 * https://docs.aws.amazon.com/systems-manager/latest/userguide/patch-manager-prerequisites.html; the end of Amazon
 * Linux 2 as quoted in docker-library/tomcat pull request 340, of Amazon Linux 2023 from docs.amazonaws.cn. Where the
 * mirrors of SUSE, Ubuntu and Debian are hosted is known from secondary sources only; that they are not S3 buckets
 * which a gateway endpoint carries is what matters here.
 */
export const systems = {
  "amazon-linux-2": { name: "Amazon Linux 2", updateSource: "amazon-linux-repositories", endOfSupport: "2026-06-30" },
  "amazon-linux-2023": {
    name: "Amazon Linux 2023",
    updateSource: "amazon-linux-repositories",
    endOfSupport: "2029-06-30",
  },
  "alma-8": { name: "AlmaLinux 8", updateSource: "internet", endOfSupport: undefined },
  "alma-9": { name: "AlmaLinux 9", updateSource: "internet", endOfSupport: undefined },
  "centos-stream-9": { name: "CentOS Stream 9", updateSource: "internet", endOfSupport: undefined },
  "debian-11": { name: "Debian 11", updateSource: "internet", endOfSupport: undefined },
  "debian-12": { name: "Debian 12", updateSource: "internet", endOfSupport: undefined },
  "oracle-linux-7": { name: "Oracle Linux 7", updateSource: "internet", endOfSupport: undefined },
  "oracle-linux-8": { name: "Oracle Linux 8", updateSource: "internet", endOfSupport: undefined },
  "oracle-linux-9": { name: "Oracle Linux 9", updateSource: "internet", endOfSupport: undefined },
  "rhel-7": { name: "Red Hat Enterprise Linux 7", updateSource: "internet", endOfSupport: undefined },
  "rhel-8": { name: "Red Hat Enterprise Linux 8", updateSource: "internet", endOfSupport: undefined },
  "rhel-9": { name: "Red Hat Enterprise Linux 9", updateSource: "internet", endOfSupport: undefined },
  "rhel-10": { name: "Red Hat Enterprise Linux 10", updateSource: "internet", endOfSupport: undefined },
  "rocky-8": { name: "Rocky Linux 8", updateSource: "internet", endOfSupport: undefined },
  "rocky-9": { name: "Rocky Linux 9", updateSource: "internet", endOfSupport: undefined },
  "suse-15": { name: "SUSE Linux Enterprise Server 15", updateSource: "internet", endOfSupport: undefined },
  "ubuntu-18.04": { name: "Ubuntu 18.04", updateSource: "internet", endOfSupport: undefined },
  "ubuntu-20.04": { name: "Ubuntu 20.04", updateSource: "internet", endOfSupport: undefined },
  "ubuntu-22.04": { name: "Ubuntu 22.04", updateSource: "internet", endOfSupport: undefined },
  "ubuntu-24.04": { name: "Ubuntu 24.04", updateSource: "internet", endOfSupport: undefined },
  "ubuntu-24.10": { name: "Ubuntu 24.10", updateSource: "internet", endOfSupport: undefined },
  "ubuntu-25.04": { name: "Ubuntu 25.04", updateSource: "internet", endOfSupport: undefined },
  "windows-server-2012": { name: "Windows Server 2012", updateSource: "microsoft-update", endOfSupport: undefined },
  "windows-server-2012-r2": {
    name: "Windows Server 2012 R2",
    updateSource: "microsoft-update",
    endOfSupport: undefined,
  },
  "windows-server-2016": { name: "Windows Server 2016", updateSource: "microsoft-update", endOfSupport: undefined },
  "windows-server-2019": { name: "Windows Server 2019", updateSource: "microsoft-update", endOfSupport: undefined },
  "windows-server-2022": { name: "Windows Server 2022", updateSource: "microsoft-update", endOfSupport: undefined },
  "windows-server-2025": { name: "Windows Server 2025", updateSource: "microsoft-update", endOfSupport: undefined },
} as const satisfies Record<string, SystemFacts>;

export type System = keyof typeof systems;

/** Whether a system, of our tables or not, is Windows. */
export function isWindows(system: string): boolean {
  return system.startsWith("windows");
}

export function isSystem(name: string): name is System {
  return Object.hasOwn(systems, name);
}
