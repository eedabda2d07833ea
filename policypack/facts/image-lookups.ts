import type { Architecture } from "./images";
import { type Region, regions } from "./regions";
import type { System } from "./systems";

/** The images of a distributor that no public SSM parameter names: who owns them, and what the newest one is called. */
export interface VendorImage {
  readonly owner: string;
  /** Pattern of the name, for the filter `name` of DescribeImages. */
  readonly name: string;
}

interface Vendor {
  /** Account ids by partition; none where no source has one. */
  readonly owners: Readonly<Partial<Record<string, string>>>;
  readonly name: (version: string, machine: string) => string;
  /** What the names have for the architecture; the one of arm64 by analogy. */
  readonly machines: Readonly<Partial<Record<Architecture, string>>>;
}

const redHat: Vendor = {
  owners: { aws: "309956199498", "aws-cn": "841258680906", "aws-us-gov": "219670896067" },
  name: (version, machine) => `RHEL-${version}*_HVM-*-${machine}-*-Hourly*`, // betas are `_HVM_BETA-`
  machines: { x86_64: "x86_64", arm64: "arm64" },
};
const rocky: Vendor = {
  owners: { aws: "792107900819" },
  name: (version, machine) => `Rocky-${version}-EC2-Base-${version}.*.${machine}`,
  machines: { x86_64: "x86_64", arm64: "aarch64" },
};
const alma: Vendor = {
  owners: { aws: "764336703387" },
  name: (version, machine) => `AlmaLinux OS ${version}*${machine}`,
  machines: { x86_64: "x86_64", arm64: "aarch64" },
};
const centos: Vendor = {
  owners: { aws: "125523088429" },
  name: (version, machine) => `CentOS Stream ${version} ${machine} *`,
  machines: { x86_64: "x86_64", arm64: "aarch64" },
};
/** One public project says that Oracle has stopped publishing there (gh:56385769009), so the newest may be old. */
const oracle: Vendor = {
  owners: { aws: "131827586825" },
  name: (version, machine) => `OL${version}*-${machine}-HVM-*`,
  machines: { x86_64: "x86_64" },
};

/**
 * Sources, checked 2026-11-28: gh:4965745129 (a program of Amazon's, with owners in two partitions), gh:62238113786
 * (aws-parallelcluster's RHEL_OWNERS), gh:4686297729, gh:57629997771, gh:60431405063, gh:29174807395;
 * https://access.redhat.com/solutions/15356. The patterns are those of the current versions; of the others by analogy.
 */
const vendors: Readonly<Partial<Record<System, readonly [vendor: Vendor, version: string]>>> = {
  "alma-8": [alma, "8"],
  "alma-9": [alma, "9"],
  "centos-stream-9": [centos, "9"],
  "oracle-linux-8": [oracle, "8"],
  "oracle-linux-9": [oracle, "9"],
  "rhel-8": [redHat, "8"],
  "rhel-9": [redHat, "9"],
  "rhel-10": [redHat, "10"],
  "rocky-8": [rocky, "8"],
  "rocky-9": [rocky, "9"],
};

/** The distributor's own images of a system in a region; `undefined` where no source has an owner or a name. */
export function vendorImage(system: System, architecture: Architecture, region: Region): VendorImage | undefined {
  const [vendor, version] = vendors[system] ?? [];
  const owner = vendor?.owners[regions[region].partition.id];
  const machine = vendor?.machines[architecture];
  if (!vendor || version === undefined || owner === undefined || machine === undefined) return undefined;
  return { owner, name: vendor.name(version, machine) };
}
