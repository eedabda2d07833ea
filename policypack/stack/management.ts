import { patchingTypes } from "../facts/quick-setup";
import { type Truth, all, any, inEveryCase } from "../iam/truth";
import type { Fleet } from "./fleets";
import { isOf } from "./kinds";
import { type Reading, asText, elementsOf, known, read, readText } from "./reading";
import { type StackResource, given, regionOf } from "./resource";
import type { Stack } from "./stack";
import { patchGroupOf } from "./systems";

/** Whether a fleet is marked for patching: by the tag of a patch group, or as existing instances that the stack patches. */
export function isMarkedForPatching(fleet: Fleet): boolean {
  return isOf("attachedFleet", fleet.resource) || patchGroupOf(fleet) !== undefined;
}

/** Whether Systems Manager is told to do something with a fleet: patch it, or collect its inventory, or stop it at night. */
export function isTargeted(stack: Stack, fleet: Fleet): Truth {
  return any([
    ...stack.of("maintenanceWindowTarget").map((target) => targetsCover(stack, target, fleet)),
    ...stack.of("association").map((association) => targetsCover(stack, association, fleet)),
    ...stack.of("quickSetup").map((configuration) => quickSetupCovers(configuration, fleet)),
  ]);
}

/**
 * Whether the targets of a maintenance window or an association, such as `tag:PatchGroup`, name an instance of the
 * fleet. Several tags must all match: "the system targets nodes that meet all of the criteria",
 * https://docs.aws.amazon.com/systems-manager/latest/userguide/send-commands-multiple.html#send-commands-targeting (gh:37885745652).
 * What one tag twice, or instances beside a tag, select is not documented.
 */
export function targetsCover(stack: Stack, resource: StackResource, fleet: Fleet): Truth {
  const targets = elementsOf(given(resource, "targets"));
  const keys = targets.map((target) => known(readText(known(target), "key")));
  const covered = targets.map((target, i) => targetCovers(stack, resource, target, keys[i], fleet));
  const areTags = keys.every((key) => key?.startsWith("tag") ?? false) && new Set(keys).size === keys.length;
  if (areTags) return targets.length > 0 && all(covered);
  return inEveryCase(covered);
}

function targetCovers(
  stack: Stack,
  resource: StackResource,
  target: Reading,
  key: string | undefined,
  { tags, hasUnknownTags, resource: instance }: Fleet,
): Truth {
  const whereMissing = hasUnknownTags && "unknown";
  const values = elementsOf(read(known(target), "values"));
  if (key === undefined || key.startsWith("resource-groups:")) return "unknown";
  if (key === "InstanceIds") return any(values.map((value) => isInstance(stack, value, resource, instance)));
  if (key === "tag-key") return any(values.map((value) => sure(value, (name) => tags.has(name) || whereMissing)));
  const [, tag] = /^tag:(.+)$/.exec(key) ?? [];
  if (tag === undefined) return false;
  const own = tags.get(tag);
  return own === undefined ? whereMissing : any(values.map((value) => sure(value, (text) => text === own)));
}

function isInstance(stack: Stack, value: Reading, from: StackResource, instance: StackResource): Truth {
  if (known(value) === "*") return true;
  const target = stack.follow(value, from, "targets", "instance");
  return target?.is === "unknown" ? "unknown" : target?.is === "resource" && target.resource.urn === instance.urn;
}

/** What is known of a text; unknown while the text is. */
function sure(value: Reading, holds: (text: string) => Truth): Truth {
  const text = asText(value);
  return text.is === "known" ? holds(text.value) : text.is === "unknown" && "unknown";
}

/**
 * Whether a configuration of Quick Setup that patches or scans covers the fleet. The accounts it is deployed to are
 * ignored, since a stack does not show its own account. Source:
 * https://docs.aws.amazon.com/quick-setup/latest/APIReference/API_ConfigurationDefinitionInput.html, checked
 * 2026-11-22; a parameter with an empty text counts as not given.
 */
export function quickSetupCovers({ props }: StackResource, { tags, hasUnknownTags, resource }: Fleet): Truth {
  const definition = known(read(props, "configurationDefinition"));
  const type = readText(definition, "type");
  if (type.is === "known" && !patchingTypes.includes(type.value)) return false;
  const parameters = read(definition, "parameters");
  if (parameters.is !== "known") return "unknown";
  const listed = (name: string, holds: (one: string) => boolean): Truth => {
    const value = readText(parameters.value, name);
    if (value.is !== "known") return "unknown";
    return value.value.split(/\s*,\s*/).some(holds);
  };
  const region = regionOf(resource);
  if (region !== undefined && listed("TargetRegions", (one) => one === region) === false) return false;
  switch (known(readText(parameters.value, "TargetType"))) {
    case "*":
      return true;
    case "InstanceIds": {
      const id = known(readText(resource.props, "id"));
      return listed("TargetInstances", (one) => one === id);
    }
    case "Tags": {
      const key = known(readText(parameters.value, "TargetTagKey"));
      if (key === undefined) return "unknown";
      const own = tags.get(key);
      if (own === undefined) return hasUnknownTags && "unknown";
      return listed("TargetTagValue", (one) => one === own);
    }
    default:
      return "unknown"; // resource groups, organizational units, or not known yet
  }
}
