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
  /**
   * Parts of the target, each with tasks of its own in a maintenance window. Together they are the whole target.
   *
   * @default - one task for all
   */
  readonly parts?: readonly TargetPart[] | undefined;
  /**
   * Position of its tasks in a maintenance window: a lower number is scheduled first. Does not apply to `parts`.
   *
   * @default 1
   */
  readonly priority?: number | undefined;
}

/** Instances of a target that a maintenance window patches by tasks of their own, selected by another tag. */
export interface TargetPart {
  /** Part of the names of the resources that are created for it. */
  readonly name: string;
  /** Key of the tag. */
  readonly key: string;
  /** Values of the tag; an instance has one of them. */
  readonly values: readonly string[];
  /** Position of its tasks in a maintenance window: a lower number is scheduled first. */
  readonly priority: number;
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
export function tagTarget({ key, value }: PatchTarget): TagTarget {
  return { key: `tag:${key}`, values: [value] };
}

interface TagTarget {
  readonly key: string;
  readonly values: string[];
}

/** What a maintenance window has for a target or for a part of it. */
export interface WindowTarget {
  readonly suffix: string;
  readonly selects: TagTarget;
  readonly priority: number;
}

/** One for each part. The name of a fleet has no dot, so the names of parts are no names of fleets. */
export function windowTargetsOf(target: PatchTarget): WindowTarget[] {
  const { parts = [], priority = 1 } = target;
  if (parts.length === 0) return [{ suffix: suffixOf(target), selects: tagTarget(target), priority }];
  return parts.map((part) => ({
    suffix: `${suffixOf(target)}.${part.name}`,
    selects: { key: `tag:${part.key}`, values: [...part.values] },
    priority: part.priority,
  }));
}
