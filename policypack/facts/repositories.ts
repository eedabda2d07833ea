import { type Region, regions } from "./regions";

/** The operating systems whose package repositories are buckets of AWS's. */
export const repositorySystems = ["amazon-linux-2", "amazon-linux-2023"] as const;
export type RepositorySystem = (typeof repositorySystems)[number];

/** A package repository in one region, as the objects that a client reads there, unsigned. */
export interface Repository {
  readonly system: RepositorySystem;
  /** The bucket's name; where it is not confirmed a pattern with `*` that every plausible name matches. */
  readonly bucket: string;
  readonly bucketConfirmed: boolean;
  /** The keys that a client reads, as patterns with `*`. */
  readonly keys: readonly string[];
}

/**
 * The keys that yum and dnf read: the mirror list, which names a directory with a GUID; the metadata in it; the
 * packages, which the metadata names by a relative path into the blob store.
 *
 * Sources, checked 2026-11-21: the mirror lists from `amazon-linux-repo-s3` and AWS's documentation
 * (https://docs.aws.amazon.com/linux/al2023/ug/managing-repos-os-updates.html); the layout from its authors at AWS,
 * https://github.com/rpm-software-management/dnf-plugins-core/pull/457 and /pull/481. `instance_id` in the query is
 * no part of the key.
 */
const keysRead: Record<RepositorySystem, readonly string[]> = {
  "amazon-linux-2": ["2/core/*/mirror.list", "2/core/*/repodata/*", "blobstore/*"],
  "amazon-linux-2023": ["core/mirrors/*/mirror.list", "core/guids/*/repodata/*", "blobstore/*"],
};

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

/** The package repository of a system in a region. */
export function repositoryOf(system: RepositorySystem, region: Region): Repository {
  const { name, confirmed } = bucketOf[system](region);
  return { system, bucket: name, bucketConfirmed: confirmed, keys: keysRead[system] };
}

/**
 * The statement that admits the unsigned reads of both repositories: what AWS's EMR guide gives as a sample (principal
 * `*`, `s3:GetObject`, no condition), for both generations. `undefined` where a bucket's name is not confirmed.
 */
export function anonymousReadsStatement(region: Region) {
  const isConfirmed = repositorySystems.every((system) => repositoryOf(system, region).bucketConfirmed);
  return isConfirmed ? anonymousReadsByName(region) : undefined;
}

/**
 * The same statement for every region. Where a name is not confirmed it has a pattern, which grants the reads of buckets
 * that anybody may make: for those who ask for it.
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

/**
 * The systems whose package manager goes on without a repository that it can't read, so that patching ends as a success:
 * `skip_if_unavailable` is True by default on Amazon Linux 2023. Sources, checked 2026-11-21:
 * https://docs.aws.amazon.com/systems-manager/latest/userguide/patch-manager-prerequisites.html and
 * patch-manager-installing-patches.html there. That a refused read counts as one is concluded from AWS's words.
 */
export const systemsThatSkipRepositories: readonly string[] = ["amazon-linux-2023"];
