import { cloudFormationFleets } from "./cloudformation-fleets";
import { eksFleets } from "./eks-fleets";
import type { Fleet } from "./fleet";
import { groupFleets } from "./group-fleets";
import { instanceFleet } from "./instance-fleets";
import { hasUnknownTags, placeOf, settingsAt, tagsOf } from "./launch-settings";
import type { Launched } from "./launched";
import { opaqueFleets } from "./opaque-fleets";
import type { StackResource } from "./resource";
import type { Stack, Target } from "./stack";

export type { Fleet } from "./fleet";

/** The fleets of a stack. */
export function fleetsOf(stack: Stack): readonly Fleet[] {
  return stack.derive(readFleets);
}

function readFleets(stack: Stack): Fleet[] {
  const launched: Launched[] = [
    ...[...stack.of("instance"), ...stack.of("spotInstanceRequest")].map((one) => instanceFleet(stack, one)),
    ...groupFleets(stack),
    ...eksFleets(stack),
    ...stack.derive(cloudFormationFleets),
    ...opaqueFleets(stack),
  ];
  const used = new Set(launched.flatMap(({ templates }) => templates.map(({ urn }) => urn)));
  const alone = stack.of("launchTemplate").filter(({ urn }) => !used.has(urn));
  return [...launched.map(({ fleet }) => fleet), ...alone.map((template) => templateFleet(stack, template))];
}

/** Every set of launch settings of a fleet, as a fleet each. */
export function specificationsOf(fleet: Fleet): readonly Fleet[] {
  return [fleet, ...(fleet.alternatives ?? [])];
}

/** The instance profile that a launch template or launch configuration names. */
export function instanceProfileOf(stack: Stack, template: StackResource): Target | undefined {
  return settingsAt(stack, placeOf(template)).instanceProfile;
}

/** A launch template that nothing in the stack uses: somebody launches from it. */
function templateFleet(stack: Stack, template: StackResource): Fleet {
  const settings = settingsAt(stack, placeOf(template));
  return {
    ...settings,
    resource: template,
    name: template.name,
    tags: new Map([...settings.tags, ...tagsOf(template)]),
    hasUnknownTags: settings.hasUnknownTags || hasUnknownTags(template),
  };
}
