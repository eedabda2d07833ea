import { type System, isSystem } from "./systems";

/** How a vendor names its images, and the accounts that publish them. */
interface VendorImages {
  /** Accounts in every partition, and the alias of Amazon's; an image of another account is not the vendor's. */
  readonly owners: readonly string[];
  readonly name: RegExp;
  /** The system by what the pattern captures. */
  readonly system: (version: string) => string;
}

/**
 * The images of vendors by owner and name.
 *
 * Sources, checked 2026-11-28: a program of Amazon's with the owners of both partitions (gh:4965745129), the owners of
 * Red Hat in aws-parallelcluster (gh:62238113786) and https://access.redhat.com/solutions/15356, and for the others
 * gh:4686297729, gh:57629997771, gh:60431405063, gh:29174807395. Accounts in China are likely only, except Red Hat's,
 * Canonical's and Amazon's; those of the GovCloud regions are known for Canonical and Red Hat alone. 336777782633, AWS's
 * marketplace account in China, publishes images of many vendors: it counts together with the name.
 */
const vendors: readonly VendorImages[] = [
  {
    owners: ["amazon", "137112412989"],
    name: /^al2023-ami-(?:minimal-|ecs-)?(2023)\./,
    system: () => "amazon-linux-2023",
  },
  {
    owners: ["amazon", "137112412989"],
    name: /^amzn2-ami-(?:minimal-|kernel-[\d.]+-)?hvm-(2)\./,
    system: () => "amazon-linux-2",
  },
  {
    owners: ["amazon", "801119661308", "016951021795"],
    name: /^(?:EC2LaunchV2-|TPM-)?Windows_Server-(20\d\d(?:-R2)?)[-_]/,
    system: (version) => `windows-server-${version.toLowerCase()}`,
  },
  {
    owners: ["099720109477", "837727238323", "513442679011"],
    name: /^ubuntu\/images\/hvm-ssd(?:-gp3)?\/ubuntu-[a-z]+-(\d\d\.\d\d)-(?:amd64|arm64)-server-/,
    system: (version) => `ubuntu-${version}`,
  },
  {
    owners: ["309956199498", "841258680906", "219670896067"],
    name: /^RHEL-(\d+)[\d.]*_HVM-/,
    system: (version) => `rhel-${version}`,
  },
  {
    owners: ["013907871322", "841869936221"],
    name: /^suse-sles-(\d+)(?:-sp\d)?-(?:byos-)?v\d+-hvm-ssd-/,
    system: (version) => `suse-${version}`,
  },
  {
    owners: ["136693071363", "336777782633"],
    name: /^debian-(\d+)-(?:amd64|arm64)-/,
    system: (version) => `debian-${version}`,
  },
  { owners: ["792107900819", "336777782633"], name: /^Rocky-(\d+)-EC2-/, system: (version) => `rocky-${version}` },
  { owners: ["764336703387"], name: /^AlmaLinux OS (\d+)/, system: (version) => `alma-${version}` },
  {
    owners: ["125523088429", "336777782633"],
    name: /^CentOS Stream (\d+) /,
    system: (version) => `centos-stream-${version}`,
  },
  { owners: ["131827586825"], name: /^OL(\d+)[\d.]*-/, system: (version) => `oracle-linux-${version}` },
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
    if (!found || (owner !== undefined && !vendor.owners.includes(owner))) continue;
    const system = vendor.system(found[1]!);
    if (isSystem(system)) return system;
  }
  return undefined;
}
