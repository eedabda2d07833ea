import type * as pulumi from "@pulumi/pulumi";
import { type Region, regions } from "patchpath/facts";
import { ssmBucketReads } from "../fleet/instance-role";
import type { AttachedGroup } from "../patching/create-patching";
import { type AttachedTarget, isPatchGroup } from "./attached-fleets";

/** What existing instances require, since the stack does not change them. */
export interface AttachedNeeds {
  /** The tag that selects them, as `KEY=VALUE`. */
  readonly tag: string;
  /** ARNs of managed policies that their role requires. Other policies with the same permissions will do. */
  readonly managedPolicies: readonly string[];
  /** Policy documents that their role requires, by purpose. */
  readonly inlinePolicies: Readonly<Record<string, pulumi.Input<string>>>;
  /**
   * Tags that their role must have, by which Quick Setup recognizes it.
   *
   * @default - none
   */
  readonly roleTags?: Readonly<Record<string, string>>;
  /**
   * The patch group in which they must be, by the tag `PatchGroup`, to use the baselines of the stack.
   *
   * @default - none: the stack has no baseline for their operating systems, or their tag is the patch group
   */
  readonly patchGroup?: string;
}

/**
 * What a target of existing instances requires.
 *
 * @param groups patch groups for which the baselines of the stack are registered
 * @param role what the roles of the instances that the stack creates have in addition
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
