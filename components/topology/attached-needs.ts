import type * as pulumi from "@pulumi/pulumi";
import { type Region, regions } from "patchpath/facts";
import { ssmBucketReads } from "../fleet/instance-role";
import type { AttachedGroup } from "../patching/create-patching";
import { type AttachedTarget, isPatchGroup } from "./attached-fleets";

/** What instances that exist already must have themselves, since the stack changes nothing of theirs. */
export interface AttachedNeeds {
  /** By which they are patched, as `KEY=VALUE`. */
  readonly tag: string;
  /** What their role needs, beside any others: ARNs, or any policies that grant the same. */
  readonly managedPolicies: readonly string[];
  /** Documents that their role needs, by what they are for. */
  readonly inlinePolicies: Readonly<Record<string, pulumi.Input<string>>>;
  /**
   * Tags that their role must have, by which Quick Setup knows whom its policies are for.
   *
   * @default - none
   */
  readonly roleTags?: Readonly<Record<string, string>>;
  /**
   * The patch group that they must be in, by the tag `PatchGroup`, for the stack's baselines to be theirs.
   *
   * @default - the stack has no baseline for their systems, or their tag is the patch group
   */
  readonly patchGroup?: string;
}

/**
 * @param groups for which the stack's baselines are registered
 * @param role what the stack's own instances have in their roles besides
 */
export function attachedNeeds(
  target: AttachedTarget,
  region: Region,
  groups: readonly AttachedGroup[],
  role: {
    readonly inlinePolicies: AttachedNeeds["inlinePolicies"];
    readonly tags: NonNullable<AttachedNeeds["roleTags"]>;
  },
): AttachedNeeds {
  const { key, value, patchGroup } = target;
  const isRegistered = groups.some((group) => group.patchGroup === patchGroup);
  return {
    tag: `${key}=${value}`,
    managedPolicies: [`arn:${regions[region].partition.id}:iam::aws:policy/AmazonSSMManagedInstanceCore`],
    inlinePolicies: { "ssm-buckets": JSON.stringify(ssmBucketReads(region)), ...role.inlinePolicies },
    ...(Object.keys(role.tags).length > 0 && { roleTags: role.tags }),
    ...(isRegistered && !isPatchGroup(key) && { patchGroup }),
  };
}
