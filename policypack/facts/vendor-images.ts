import type { Architecture } from "./images";
import { type Region, regions } from "./regions";
import { type System, isSystem } from "./systems";

/** How a vendor names its images, and the accounts that publish them. */
interface VendorImages {
  /** Accounts by partition; none where no source has one. */
  readonly owners: Readonly<Partial<Record<string, string>>>;
  /** Other owners whose images are the vendor's if the name is: the alias of Amazon's accounts, and a marketplace. */
  readonly alsoOwners?: readonly string[];
  readonly name: RegExp;
  /** What the id of the system has before the version, which the pattern captures. */
  readonly family: string;
  /** How to look the newest image up, where no public SSM parameter names it. */
  readonly newest?: Newest;
}

interface Newest {
  readonly versions: readonly string[];
  /** Pattern of the name, for the filter `name` of DescribeImages. */
  readonly name: (version: string, machine: string) => string;
  /** What the names have for the architecture; the one of arm64 by analogy. */
  readonly machines: Readonly<Partial<Record<Architecture, string>>>;
}

/** The newest image of a vendor: who owns it, and what it is called. */
export interface VendorImage {
  readonly owner: string;
  /** Pattern of the name, for the filter `name` of DescribeImages. */
  readonly name: string;
}

/** AWS's marketplace account in China, which publishes images of many vendors. */
const marketplaceInChina = "336777782633";

const arm64AsAarch64 = { x86_64: "x86_64", arm64: "aarch64" } as const;

/**
 * The images of vendors by owner and name.
 *
 * Sources, checked 2026-11-28: a program of Amazon's with the owners of both partitions (gh:4965745129), the owners of
 * Red Hat in aws-parallelcluster (gh:62238113786) and https://access.redhat.com/solutions/15356, and for the others
 * gh:4686297729, gh:57629997771, gh:60431405063, gh:29174807395. Accounts in China are likely only, except Red Hat's,
 * Canonical's and Amazon's; those of the GovCloud regions are known for Canonical and Red Hat alone. The patterns of the
 * newest images are those of the current versions; of the others by analogy.
 */
const vendors: readonly VendorImages[] = [
  {
    owners: { aws: "137112412989" },
    alsoOwners: ["amazon"],
    name: /^al2023-ami-(?:minimal-|ecs-)?(2023)\./,
    family: "amazon-linux",
  },
  {
    owners: { aws: "137112412989" },
    alsoOwners: ["amazon"],
    name: /^amzn2-ami-(?:minimal-|kernel-[\d.]+-)?hvm-(2)\./,
    family: "amazon-linux",
  },
  {
    owners: { aws: "801119661308", "aws-cn": "016951021795" },
    alsoOwners: ["amazon"],
    name: /^(?:EC2LaunchV2-|TPM-)?Windows_Server-(20\d\d(?:-R2)?)[-_]/,
    family: "windows-server",
  },
  {
    owners: { aws: "099720109477", "aws-cn": "837727238323", "aws-us-gov": "513442679011" },
    name: /^ubuntu\/images\/hvm-ssd(?:-gp3)?\/ubuntu-[a-z]+-(\d\d\.\d\d)-(?:amd64|arm64)-server-/,
    family: "ubuntu",
  },
  {
    owners: { aws: "309956199498", "aws-cn": "841258680906", "aws-us-gov": "219670896067" },
    name: /^RHEL-(\d+)[\d.]*_HVM-/,
    family: "rhel",
    newest: {
      versions: ["8", "9", "10"],
      name: (version, machine) => `RHEL-${version}*_HVM-*-${machine}-*-Hourly*`, // betas are `_HVM_BETA-`
      machines: { x86_64: "x86_64", arm64: "arm64" },
    },
  },
  {
    owners: { aws: "013907871322", "aws-cn": "841869936221" },
    name: /^suse-sles-(\d+)(?:-sp\d)?-(?:byos-)?v\d+-hvm-ssd-/,
    family: "suse",
  },
  {
    owners: { aws: "136693071363" },
    alsoOwners: [marketplaceInChina],
    name: /^debian-(\d+)-(?:amd64|arm64)-/,
    family: "debian",
  },
  {
    owners: { aws: "792107900819" },
    alsoOwners: [marketplaceInChina],
    name: /^Rocky-(\d+)-EC2-/,
    family: "rocky",
    newest: {
      versions: ["8", "9"],
      name: (version, machine) => `Rocky-${version}-EC2-Base-${version}.*.${machine}`,
      machines: arm64AsAarch64,
    },
  },
  {
    owners: { aws: "764336703387" },
    name: /^AlmaLinux OS (\d+)/,
    family: "alma",
    newest: {
      versions: ["8", "9"],
      name: (version, machine) => `AlmaLinux OS ${version}*${machine}`,
      machines: arm64AsAarch64,
    },
  },
  {
    owners: { aws: "125523088429" },
    alsoOwners: [marketplaceInChina],
    name: /^CentOS Stream (\d+) /,
    family: "centos-stream",
    newest: {
      versions: ["9"],
      name: (version, machine) => `CentOS Stream ${version} ${machine} *`,
      machines: arm64AsAarch64,
    },
  },
  {
    owners: { aws: "131827586825" },
    name: /^OL(\d+)[\d.]*-/,
    family: "oracle-linux",
    // One public project says that Oracle has stopped publishing there (gh:56385769009), so the newest may be old.
    newest: {
      versions: ["8", "9"],
      name: (version, machine) => `OL${version}*-${machine}-HVM-*`,
      machines: { x86_64: "x86_64" },
    },
  },
];

/**
 * The system of a vendor's image; `undefined` for an image that is not a vendor's, or of a release that is not in our
 * tables.
 *
 * @param owner account or alias; where it is not known, the name decides
 */
export function systemOfVendorImage(name: string, owner: string | undefined): System | undefined {
  for (const vendor of vendors) {
    const found = vendor.name.exec(name);
    if (!found || (owner !== undefined && !publishes(vendor, owner))) continue;
    const system = `${vendor.family}-${found[1]!.toLowerCase()}`;
    if (isSystem(system)) return system;
  }
  return undefined;
}

function publishes({ owners, alsoOwners = [] }: VendorImages, owner: string): boolean {
  return Object.values(owners).includes(owner) || alsoOwners.includes(owner);
}

/** The newest image of a system's vendor in a region; `undefined` where no source has an owner or a name. */
export function vendorImage(system: System, architecture: Architecture, region: Region): VendorImage | undefined {
  for (const { owners, family, newest } of vendors) {
    const version = newest?.versions.find((one) => `${family}-${one}` === system);
    const owner = owners[regions[region].partition.id];
    const machine = newest?.machines[architecture];
    if (!newest || version === undefined || owner === undefined || machine === undefined) continue;
    return { owner, name: newest.name(version, machine) };
  }
  return undefined;
}
