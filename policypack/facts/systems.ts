/** Where the updates of an operating system come from. */
export type UpdateSource =
  /** AWS buckets in S3, read unsigned: a gateway endpoint is enough. */
  | "amazon-linux-repositories"
  /** The distributor's servers on the internet. */
  | "internet"
  /** Microsoft Update on the internet, or a WSUS server. */
  | "microsoft-update";

export interface SystemFacts {
  readonly name: string;
  readonly updateSource: UpdateSource;
  /** Last day of standard support, on which everybody gets patches, as an ISO date. */
  readonly endOfSupport: string;
  /** Last day of the extended support that the distributor sells; `undefined` where there is none. */
  readonly endOfExtendedSupport?: string;
}

const from =
  (updateSource: UpdateSource) =>
  (name: string, endOfSupport: string, endOfExtendedSupport?: string): SystemFacts => ({
    name,
    updateSource,
    endOfSupport,
    ...(endOfExtendedSupport !== undefined && { endOfExtendedSupport }),
  });
const amazonLinux = from("amazon-linux-repositories");
const internet = from("internet");
const microsoft = from("microsoft-update");

/**
 * The operating systems that Patch Manager supports on EC2 Linux and Windows instances.
 *
 * Sources, checked 2026-11-28: https://docs.aws.amazon.com/systems-manager/latest/userguide/patch-manager-prerequisites.html
 * (the newest copy seen: Ubuntu 16.04 and 25.04 are in it, 24.10 is not); the ends of support from
 * https://github.com/endoflife-date/endoflife.date at a70eca3, which cites the distributors, and for Amazon Linux 2 and
 * Windows Server 2012 by AWS's and Microsoft's own pages too. Of Debian it is the end of LTS, which comes by the same
 * repositories; of SUSE 15 that of its last service pack. Where the mirrors of SUSE, Ubuntu and Debian are hosted is known
 * from secondary sources only; that they are not S3 buckets which a gateway endpoint carries is what matters here.
 */
export const systems = {
  "amazon-linux-2": amazonLinux("Amazon Linux 2", "2026-06-30"),
  "amazon-linux-2023": amazonLinux("Amazon Linux 2023", "2029-06-30"),
  "alma-8": internet("AlmaLinux 8", "2029-05-31"),
  "alma-9": internet("AlmaLinux 9", "2032-05-31"),
  "centos-stream-9": internet("CentOS Stream 9", "2027-05-31"),
  "debian-11": internet("Debian 11", "2026-08-31"),
  "debian-12": internet("Debian 12", "2028-06-30"),
  "oracle-linux-7": internet("Oracle Linux 7", "2024-12-31", "2028-06-30"),
  "oracle-linux-8": internet("Oracle Linux 8", "2029-07-31", "2032-07-31"),
  "oracle-linux-9": internet("Oracle Linux 9", "2032-06-30", "2035-06-30"),
  "rhel-7": internet("Red Hat Enterprise Linux 7", "2024-06-30", "2029-05-31"),
  "rhel-8": internet("Red Hat Enterprise Linux 8", "2029-05-31", "2033-05-31"),
  "rhel-9": internet("Red Hat Enterprise Linux 9", "2032-05-31", "2036-05-31"),
  "rhel-10": internet("Red Hat Enterprise Linux 10", "2035-05-31", "2039-05-31"),
  "rocky-8": internet("Rocky Linux 8", "2029-05-31"),
  "rocky-9": internet("Rocky Linux 9", "2032-05-31"),
  "suse-15": internet("SUSE Linux Enterprise Server 15", "2031-07-31", "2034-07-31"),
  "ubuntu-16.04": internet("Ubuntu 16.04", "2021-04-02", "2026-04-02"),
  "ubuntu-18.04": internet("Ubuntu 18.04", "2023-05-31", "2028-04-01"),
  "ubuntu-20.04": internet("Ubuntu 20.04", "2025-05-31", "2030-04-02"),
  "ubuntu-22.04": internet("Ubuntu 22.04", "2027-04-01", "2032-04-09"),
  "ubuntu-24.04": internet("Ubuntu 24.04", "2029-05-31", "2036-05-31"),
  "ubuntu-25.04": internet("Ubuntu 25.04", "2026-01-17"),
  "windows-server-2012": microsoft("Windows Server 2012", "2023-10-10", "2026-10-13"),
  "windows-server-2012-r2": microsoft("Windows Server 2012 R2", "2023-10-10", "2026-10-13"),
  "windows-server-2016": microsoft("Windows Server 2016", "2027-01-12", "2030-01-12"),
  "windows-server-2019": microsoft("Windows Server 2019", "2029-01-09"),
  "windows-server-2022": microsoft("Windows Server 2022", "2031-10-14"),
  "windows-server-2025": microsoft("Windows Server 2025", "2034-11-14"),
} as const satisfies Readonly<Record<string, SystemFacts>>;

export type System = keyof typeof systems;

/** Whether a system, of our tables or not, is Windows. */
export function isWindows(system: string): boolean {
  return system.startsWith("windows");
}

export function isSystem(name: string): name is System {
  return Object.hasOwn(systems, name);
}
