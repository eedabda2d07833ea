import { type System, isSystem } from "../facts/systems";
import type { Fleet } from "./fleet";
import { noSettings } from "./launch-settings";
import { known, readText } from "./reading";
import type { Stack } from "./stack";

/** Existing instances that a stack patches by tag, and that are not in it. */
export interface AttachedFleet extends Fleet {
  /** Their tag, as `KEY=VALUE`; `undefined` while it is not known. */
  readonly tag: string | undefined;
  /** As the program states it. */
  readonly system: System | undefined;
}

/** Patchpath's component that represents existing instances in a stack. */
export function attachedFleetsOf(stack: Stack): AttachedFleet[] {
  return stack.of("attachedFleet").map((resource): AttachedFleet => {
    const [key, value, system] = ["tagKey", "tagValue", "operatingSystem"].map((name) =>
      known(readText(resource.props, name)),
    );
    const isKnown = key !== undefined && value !== undefined;
    return {
      ...noSettings,
      resource,
      name: resource.name,
      tag: isKnown ? `${key}=${value}` : undefined,
      system: system !== undefined && isSystem(system) ? system : undefined,
      tags: new Map(isKnown ? [[key, value]] : []),
      hasUnknownTags: true,
    };
  });
}
