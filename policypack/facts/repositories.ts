import { type Region, regions } from "./regions";

/** The operating systems whose package repositories are AWS buckets. */
export const repositorySystems = ["amazon-linux-2", "amazon-linux-2023"] as const;
export type RepositorySystem = (typeof repositorySystems)[number];

/** The repositories of a system in one region, as the objects that a client reads there, unsigned: all in one bucket. */
export interface Repository {
  readonly system: RepositorySystem;
  /** The bucket's name; where it is not confirmed a pattern with `*` that every plausible name matches. */
  readonly bucket: string;
  readonly bucketConfirmed: boolean;
  /** The keys that every client reads, as patterns with `*`. */
  readonly keys: readonly string[];
  /** What is enabled on AWS's images and contains patches, the most important first. */
  readonly required: readonly RepositoryReads[];
  /** What only some fleets read. */
  readonly optional: readonly OptionalReads[];
}

/** One repository, or something else that a package manager reads. */
export interface RepositoryReads {
  /** As the package manager calls it. */
  readonly name: string;
  /** Patterns with `*`. */
  readonly keys: readonly string[];
  /** The consequence where it is denied, as a clause. */
  readonly whenRefused: string;
}

export interface OptionalReads extends RepositoryReads {
  /** What in a fleet's user data shows that it uses them. */
  readonly usedBy: RegExp;
}

/**
 * The keys that yum and dnf read: the mirror list, which names a directory with a GUID; the metadata in it; the
 * packages, which the metadata names by a relative path into the blob store. `instance_id` in the query is no part of the key.
 *
 * Sources, checked 2026-11-28: the mirror lists from `amazon-linux-repo-s3` and AWS's documentation
 * (https://docs.aws.amazon.com/linux/al2023/ug/managing-repos-os-updates.html); the layout from its authors at AWS,
 * https://github.com/rpm-software-management/dnf-plugins-core/pull/457 and /pull/481; of Amazon Linux 2
 * https://docs.aws.amazon.com/systems-manager/latest/userguide/patch-manager-selecting-patches.html (core and extras are
 * preconfigured) and files of live instances (`/etc/yum.repos.d/amzn2-extras.repo`: gh:10701269534, gh:41648246040).
 *
 * `skip_if_unavailable` is set for the extras of Amazon Linux 2 (the same files), and by default on Amazon Linux 2023:
 * https://docs.aws.amazon.com/systems-manager/latest/userguide/patch-manager-prerequisites.html and
 * patch-manager-installing-patches.html there. That a refused read counts as unavailable is concluded from AWS's words, and
 * from https://github.com/amazonlinux/amazon-linux-2023/issues/1084, where a 403 was.
 */
const requiredOf: Record<RepositorySystem, readonly RepositoryReads[]> = {
  "amazon-linux-2": [
    {
      name: "amzn2-core",
      keys: ["2/core/*/mirror.list", "2/core/*/repodata/*", "blobstore/*"],
      whenRefused: "yum fails when it cannot read its core repository, so patching fails with an error",
    },
    {
      name: "amzn2extra-*",
      keys: ["2/extras/*/mirror.list", "2/extras/*/repodata/*"],
      whenRefused:
        "yum skips an extras repository that it cannot read (`skip_if_unavailable`), so Patch Manager reports Success and no kernel or Docker patch is installed",
    },
  ],
  "amazon-linux-2023": [
    {
      name: "amazonlinux",
      keys: ["core/mirrors/*/mirror.list", "core/guids/*/repodata/*", "blobstore/*"],
      whenRefused:
        "dnf skips a repository that it cannot read (`skip_if_unavailable`), so Patch Manager reports Success and nothing is installed",
    },
  ],
};

/**
 * Sources, checked 2026-11-28: `kernel-livepatch` is enabled on images of Amazon Linux 2023 (gh:66066326043; its resolved keys
 * are likely, by analogy); newer images write `$mirrorlist` for the last part of a mirror list's key (gh:52468894850);
 * https://docs.aws.amazon.com/linux/al2023/ug/nvidia-drivers.html; the catalog that `amazon-linux-extras` reads:
 * https://github.com/awsdocs/amazon-emr-management-guide/pull/42.
 */
const optionalOf: Record<RepositorySystem, readonly OptionalReads[]> = {
  "amazon-linux-2": [
    {
      name: "extras-catalog",
      keys: ["2/extras-catalog*.json"],
      whenRefused: "`amazon-linux-extras` cannot read its catalog, so no topic can be enabled",
      usedBy: /\bamazon-linux-extras\b/,
    },
  ],
  "amazon-linux-2023": [
    {
      name: "kernel-livepatch",
      keys: ["kernel-livepatch/mirrors/*/mirror.list", "kernel-livepatch/guids/*/repodata/*"],
      whenRefused: "no kernel live patches are installed",
      usedBy: /\bkpatch\b|\bkernel-livepatch\b|\blivepatch\b/,
    },
    {
      name: "mirror lists with another name",
      keys: ["core/mirrors/*"],
      whenRefused: "images whose mirror list is not named `mirror.list` (`$mirrorlist`) do not find a repository",
      usedBy: /\/dnf\/vars\/mirrorlist\b/,
    },
    {
      name: "amazonlinux-nvidia",
      keys: ["nvidia/*"],
      whenRefused: "NVIDIA drivers are not installed or updated",
      usedBy: /\bnvidia-(release|repo)|\bamazonlinux-nvidia\b/,
    },
  ],
};

/** What a rule requires of an endpoint whose fleets are not known: the supported generation. */
export const defaultRepositorySystems: readonly RepositorySystem[] = ["amazon-linux-2023"];

/**
 * Source: https://docs.aws.amazon.com/emr/latest/ManagementGuide/private-subnet-iampolicy.html (both names with a
 * region placeholder), for China https://github.com/aws/aws-parallelcluster (Amazon Linux 2 only); checked 2026-11-21.
 * The suffix of Amazon Linux 2023 is the same in every region of the `aws` partition; elsewhere it is unconfirmed.
 */
const bucketOf: Record<RepositorySystem, (region: Region) => { name: string; confirmed: boolean }> = {
  "amazon-linux-2": (region) => {
    const confirmed = regions[region].partition.id !== "aws-us-gov";
    return { name: `amazonlinux-2-repos-${region}${confirmed ? "" : "*"}`, confirmed };
  },
  "amazon-linux-2023": (region) => {
    const confirmed = regions[region].partition.id === "aws";
    return { name: `al2023-repos-${region}-${confirmed ? "de612dc2" : "*"}`, confirmed };
  },
};

/** The package repositories of a system in a region. */
export function repositoryOf(system: RepositorySystem, region: Region): Repository {
  const { name, confirmed } = bucketOf[system](region);
  const required = requiredOf[system];
  return {
    system,
    bucket: name,
    bucketConfirmed: confirmed,
    keys: required.flatMap(({ keys }) => keys),
    required,
    optional: optionalOf[system],
  };
}

/**
 * The statement that allows the unsigned reads of both repositories: what AWS's EMR guide gives as a sample (principal
 * `*`, `s3:GetObject`, no condition), for both generations. `undefined` where a bucket's name is not confirmed.
 */
export function anonymousReadsStatement(region: Region) {
  const isConfirmed = repositorySystems.every((system) => repositoryOf(system, region).bucketConfirmed);
  return isConfirmed ? anonymousReadsByName(region) : undefined;
}

/**
 * The same statement for every region. Where a name is not confirmed it has a pattern, which allows reads of buckets
 * that anybody can create: only on request.
 */
export function anonymousReadsByName(region: Region) {
  const { partition } = regions[region];
  return {
    Sid: "AllowAnonymousPatchRepoAccess",
    Effect: "Allow" as const,
    Principal: "*",
    Action: "s3:GetObject",
    Resource: [...repositorySystems]
      .reverse()
      .map((system) => `arn:${partition.id}:s3:::${repositoryOf(system, region).bucket}/*`),
  };
}
