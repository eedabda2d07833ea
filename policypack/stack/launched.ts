import type { Fleet, LaunchSettings } from "./fleet";
import { hasUnknownTags, noSettings, tagsOf } from "./launch-settings";
import type { Launching } from "./launch-templates";
import type { StackResource } from "./resource";

/** A fleet, and the templates of the stack that it is launched from: they are part of it and not judged by themselves. */
export interface Launched {
  readonly fleet: Fleet;
  readonly templates: readonly StackResource[];
}

/**
 * A fleet that launches with any of several settings.
 *
 * @param others what the resource itself says, over the settings
 * @param passesTags whether instances get the tags of the resource
 */
export function launchedFrom(
  resource: StackResource,
  launchings: readonly Launching[],
  others: Partial<LaunchSettings> = {},
  passesTags = true,
): Launched {
  const all = launchings.length === 0 ? [{ template: undefined, settings: noSettings }] : launchings;
  const fleets = all.map(({ template, settings }): Fleet => ({
    ...settings,
    ...others,
    resource,
    name: resource.name,
    tags: new Map([...settings.tags, ...(passesTags ? tagsOf(resource) : []), ...(others.tags ?? [])]),
    hasUnknownTags:
      settings.hasUnknownTags || (passesTags && hasUnknownTags(resource)) || others.hasUnknownTags === true,
    ...(all.length > 1 && template && { specification: template.name }),
  }));
  const [first, ...rest] = fleets;
  return {
    fleet: rest.length === 0 ? first! : { ...first!, alternatives: rest },
    templates: launchings.flatMap(({ template }) => template ?? []),
  };
}
