import { patchGroupKeys } from "patchpath/facts";

/** Instances to patch, selected by one tag. All plain: it is part of policies and names of resources. */
export interface PatchTarget {
  /** Key of the tag: `tag:KEY` in targets of Systems Manager, `ssm:resourceTag/KEY` in policies. */
  readonly key: string;
  /** Value of the tag. */
  readonly value: string;
  /**
   * Name of the fleet, if the stack did not create the instances.
   *
   * @default - the stack creates the instances, and the tag is its patch group
   */
  readonly fleet?: string | undefined;
}

/** The instances of the patch group of a stack. */
export function ownTarget(patchGroup: string): PatchTarget {
  return { key: patchGroupKeys[0], value: patchGroup };
}

/** Resources for a target have the name of its fleet in their names; those for the patch group of the stack have no suffix. */
export function suffixOf({ fleet }: PatchTarget): string {
  return fleet === undefined ? "" : `-${fleet}`;
}

/** The target, for a description. */
export function describeTarget({ key, value, fleet }: PatchTarget): string {
  return fleet === undefined ? `the group ${value}` : `instances with the tag ${key}=${value}`;
}

/** As a target of Systems Manager: for maintenance windows, associations and commands. */
export function tagTarget({ key, value }: PatchTarget): { readonly key: string; readonly values: string[] } {
  return { key: `tag:${key}`, values: [value] };
}
