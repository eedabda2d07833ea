import { patchingTypes } from "../facts/quick-setup";
import { type Truth, any } from "../iam/truth";
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
 * fleet.
 */
export function targetsCover(stack: Stack, resource: StackResource, fleet: Fleet): Truth {
  const { tags, resource: instance } = fleet;
  const whereMissing = fleet.hasUnknownTags && "unknown";
  const targets = elementsOf(given(resource, "targets")).map((target): Truth => {
    if (target.is !== "known") return "unknown";
    const key = readText(target.value, "key");
    const values = elementsOf(read(target.value, "values"));
    if (key.is !== "known" || key.value.startsWith("resource-groups:")) return "unknown";
    if (key.value === "InstanceIds") {
      return any(values.map((value) => isInstance(stack, value, resource, instance)));
    }
    if (key.value === "tag-key") {
      return any(values.map((value) => sure(value, (name) => tags.has(name) || whereMissing)));
    }
    const [, tag] = /^tag:(.+)$/.exec(key.value) ?? [];
    if (tag === undefined) return false;
    const own = tags.get(tag);
    return own === undefined ? whereMissing : any(values.map((value) => sure(value, (text) => text === own)));
  });
  return any(targets);
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
