/** Instances that patching is for, told by one tag of theirs. All plain: it stands in policies and names of resources. */
export interface PatchTarget {
  /** The tag's key: `tag:KEY` in AWS's targets, `ssm:resourceTag/KEY` in policies. */
  readonly key: string;
  /** The tag's value. */
  readonly value: string;
  /**
   * Name of the fleet, where the instances are none of the stack's.
   *
   * @default - they are the stack's own, and the tag is its patch group
   */
  readonly fleet?: string | undefined;
}

/** The tags by which Patch Manager puts an instance into a patch group; the first one also where metadata shows tags. */
export const patchGroupKeys = ["PatchGroup", "Patch Group"] as const;

/** The instances of a stack's own patch group. */
export function ownTarget(patchGroup: string): PatchTarget {
  return { key: patchGroupKeys[0], value: patchGroup };
}

/** What is made for a target has the target's fleet in its name, and for the stack's own patch group nothing. */
export function suffixOf({ fleet }: PatchTarget): string {
  return fleet === undefined ? "" : `-${fleet}`;
}

/** Whom it names, in words. */
export function describeTarget({ key, value, fleet }: PatchTarget): string {
  return fleet === undefined ? `the group ${value}` : `instances with the tag ${key}=${value}`;
}

/** As SSM's targets take it: windows, associations, commands. */
export function tagTarget({ key, value }: PatchTarget): { readonly key: string; readonly values: string[] } {
  return { key: `tag:${key}`, values: [value] };
}
