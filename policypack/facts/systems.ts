/** Where the updates of an operating system come from. */
export type UpdateSource =
  /** AWS buckets in S3, read unsigned: a gateway endpoint is enough. */
  | "amazon-linux-repositories"
  /** The distributor's servers on the internet. */
  | "internet"
  /** Microsoft Update on the internet, or a WSUS server. */
  | "microsoft-update"
  /** None that Patch Manager uses: a new version of the whole image replaces the old one. */
  | "whole-image";

/** The TCP ports at which the hosts of a system's updates are read. */
export interface UpdatePorts {
  /** Documented: AWS's image of the system reads at each of them. */
  readonly confirmed: readonly number[];
  /** From a secondary source, or by a setting that an image may change: never a reason to block by itself. */
  readonly likely: readonly number[];
}

export interface SystemFacts {
  readonly name: string;
  readonly updateSource: UpdateSource;
  readonly ports: UpdatePorts;
  /** Last day of standard support, on which everybody gets patches, as an ISO date. */
  readonly endOfSupport: string;
  /** Last day of the extended support that the distributor sells; `undefined` where there is none. */
  readonly endOfExtendedSupport?: string;
}

/**
 * Where the updates of each family come from, and at which ports.
 *
 * Sources of the ports, checked 2026-11-28:
 * - Amazon Linux: https://docs.aws.amazon.com/linux/al2023/ug/managing-repos-os-updates.html (an old image of Amazon Linux 2
 *   may read its mirror list at 80, which is unconfirmed).
 * - Ubuntu: apt's output in https://github.com/runs-on/runner-images-for-aws/pull/62 and of Ubuntu 24.04 on EC2 in
 *   gh:57725853566 (`http://REGION.ec2.archive.ubuntu.com`); images list `http://` sources. The mirrors also answer at 443, for an image that is changed to use it.
 * - Debian: likely only, from gh:71144351480 and gh:24009394829: `https://` in the images of Debian 12 and later, `http://`
 *   before.
 * - Red Hat: https://access.redhat.com/solutions/5079081 and gh:70366203241.
 * - SUSE: https://opensource.suse.com/premium-support/helper and gh:26555472899: 443, and 80 unless `httpsOnly` is set in
 *   the image, which no stack shows.
 * - Windows: Microsoft's list for WSUS and the Windows Update Agent,
 *   https://learn.microsoft.com/windows-server/administration/windows-server-update-services/deploy/2-configure-wsus.
 * - AlmaLinux, CentOS Stream, Oracle Linux and Rocky Linux: likely only, the distributors' defaults. A mirror that is listed
 *   with `http://` is not the only one.
 */
const sources = {
  amazonLinux: { updateSource: "amazon-linux-repositories", ports: { confirmed: [443], likely: [] } },
  ubuntu: { updateSource: "internet", ports: { confirmed: [80], likely: [] } },
  oldDebian: { updateSource: "internet", ports: { confirmed: [], likely: [80] } },
  debian: { updateSource: "internet", ports: { confirmed: [], likely: [443] } },
  rhel: { updateSource: "internet", ports: { confirmed: [443], likely: [] } },
  suse: { updateSource: "internet", ports: { confirmed: [443], likely: [80] } },
  others: { updateSource: "internet", ports: { confirmed: [], likely: [443] } },
  microsoft: { updateSource: "microsoft-update", ports: { confirmed: [443, 80], likely: [] } },
} as const satisfies Readonly<Record<string, Pick<SystemFacts, "updateSource" | "ports">>>;

const bySource =
  (source: keyof typeof sources) =>
  (name: string, endOfSupport: string, endOfExtendedSupport?: string): SystemFacts => ({
    name,
    ...sources[source],
    endOfSupport,
    ...(endOfExtendedSupport !== undefined && { endOfExtendedSupport }),
  });
const amazonLinux = bySource("amazonLinux");
const oldDebian = bySource("oldDebian");
const debian = bySource("debian");
const rhel = bySource("rhel");
const suse = bySource("suse");
const ubuntu = bySource("ubuntu");
const others = bySource("others");
const microsoft = bySource("microsoft");

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
  "alma-8": others("AlmaLinux 8", "2029-05-31"),
  "alma-9": others("AlmaLinux 9", "2032-05-31"),
  "centos-stream-9": others("CentOS Stream 9", "2027-05-31"),
  "debian-11": oldDebian("Debian 11", "2026-08-31"),
  "debian-12": debian("Debian 12", "2028-06-30"),
  "oracle-linux-7": others("Oracle Linux 7", "2024-12-31", "2028-06-30"),
  "oracle-linux-8": others("Oracle Linux 8", "2029-07-31", "2032-07-31"),
  "oracle-linux-9": others("Oracle Linux 9", "2032-06-30", "2035-06-30"),
  "rhel-7": rhel("Red Hat Enterprise Linux 7", "2024-06-30", "2029-05-31"),
  "rhel-8": rhel("Red Hat Enterprise Linux 8", "2029-05-31", "2033-05-31"),
  "rhel-9": rhel("Red Hat Enterprise Linux 9", "2032-05-31", "2036-05-31"),
  "rhel-10": rhel("Red Hat Enterprise Linux 10", "2035-05-31", "2039-05-31"),
  "rocky-8": others("Rocky Linux 8", "2029-05-31"),
  "rocky-9": others("Rocky Linux 9", "2032-05-31"),
  "suse-15": suse("SUSE Linux Enterprise Server 15", "2031-07-31", "2034-07-31"),
  "ubuntu-16.04": ubuntu("Ubuntu 16.04", "2021-04-02", "2026-04-02"),
  "ubuntu-18.04": ubuntu("Ubuntu 18.04", "2023-05-31", "2028-04-01"),
  "ubuntu-20.04": ubuntu("Ubuntu 20.04", "2025-05-31", "2030-04-02"),
  "ubuntu-22.04": ubuntu("Ubuntu 22.04", "2027-04-01", "2032-04-09"),
  "ubuntu-24.04": ubuntu("Ubuntu 24.04", "2029-05-31", "2036-05-31"),
  "ubuntu-25.04": ubuntu("Ubuntu 25.04", "2026-01-17"),
  "windows-server-2012": microsoft("Windows Server 2012", "2023-10-10", "2026-10-13"),
  "windows-server-2012-r2": microsoft("Windows Server 2012 R2", "2023-10-10", "2026-10-13"),
  "windows-server-2016": microsoft("Windows Server 2016", "2027-01-12", "2030-01-12"),
  "windows-server-2019": microsoft("Windows Server 2019", "2029-01-09"),
  "windows-server-2022": microsoft("Windows Server 2022", "2031-10-14"),
  "windows-server-2025": microsoft("Windows Server 2025", "2034-11-14"),
} as const satisfies Readonly<Record<string, SystemFacts>>;

export type System = keyof typeof systems;

/**
 * The ports of a system, or of a family such as `debian`: confirmed where that holds for all of its releases. `undefined`
 * for one that no table contains.
 */
export function updatePortsOf(system: string): UpdatePorts | undefined {
  if (isSystem(system)) return systems[system].ports;
  const family = (Object.keys(systems) as System[]).filter((id) => id.startsWith(`${system}-`));
  const ofAll = family.map((id): UpdatePorts => systems[id].ports);
  if (ofAll.length === 0) return undefined;
  const confirmed = ofAll[0]!.confirmed.filter((port) => ofAll.every((one) => one.confirmed.includes(port)));
  const named = new Set(ofAll.flatMap((one) => [...one.confirmed, ...one.likely]));
  return { confirmed, likely: [...named].filter((port) => !confirmed.includes(port)) };
}

/** Whether a system, of our tables or not, is Windows. */
export function isWindows(system: string): boolean {
  return system.startsWith("windows");
}

export function isSystem(name: string): name is System {
  return Object.hasOwn(systems, name);
}
