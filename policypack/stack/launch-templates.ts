import type { LaunchSettings } from "./fleet";
import { placeOf, settingsAt, unseenSettings } from "./launch-settings";
import { type Reading, known, read, scalarText } from "./reading";
import { type StackResource, given } from "./resource";
import type { Stack } from "./stack";

/** What a reference to a launch template or launch configuration leads to. */
export interface Launching {
  /** `undefined` for one that is not in the stack. */
  readonly template: StackResource | undefined;
  readonly settings: LaunchSettings;
}

/** Stands for a specification that is not known. */
const hiddenSpecification = Symbol("a specification that is not known");

const unseenTemplate: Launching = {
  template: undefined,
  settings: unseenSettings("the launch template, which is not known until the update"),
};

/** A specification as `templateIn` takes it: one that is not known is not the same as none. */
export function specificationIn(reading: Reading): unknown {
  return reading.is === "unknown" ? hiddenSpecification : known(reading);
}

/** The launch configuration that a resource names. */
export function configurationOf(stack: Stack, resource: StackResource): Launching | undefined {
  for (const property of ["launchConfiguration", "launchConfigurationName"]) {
    const target = stack.followProperty(resource, property, "launchConfiguration");
    if (target?.is === "resource") return launchingOf(stack, target.resource);
    if (target)
      return { template: undefined, settings: unseenSettings("the launch configuration, which is not in this stack") };
  }
  return undefined;
}

/**
 * The launch template that a specification names, in the version that it names.
 *
 * @param property the top-level property that contains the specification
 */
export function templateIn(
  stack: Stack,
  resource: StackResource,
  specification: unknown,
  property: string,
): Launching | undefined {
  if (specification === hiddenSpecification) return unseenTemplate;
  const references = referencesIn(specification)
    .map((reference) => stack.follow(reference, resource, property, "launchTemplate"))
    .filter((target) => target !== undefined);
  if (references.length === 0) return undefined;
  const found = references.find(({ is }) => is === "resource");
  if (found?.is !== "resource") {
    const isUnknown = references.some(({ is }) => is === "unknown");
    const why = isUnknown ? "which is not known until the update" : "which is not in this stack";
    return { template: undefined, settings: unseenSettings(`the launch template, ${why}`) };
  }
  const template = found.resource;
  const version = read(specification, "version");
  if (isInStack(template, version)) return launchingOf(stack, template);
  const named =
    version.is === "known" ? `version ${scalarText(version.value) ?? "(not a number)"}` : "the default version";
  return {
    template,
    settings: unseenSettings(
      `${named} of the launch template \`${template.name}\`, which is not the one in this stack`,
    ),
  };
}

/** The launch template that a property of a resource names; unknown while the property is. */
export function templateAt(stack: Stack, resource: StackResource, property: string): Launching | undefined {
  const specification = given(resource, property);
  if (specification.is !== "unknown") return templateIn(stack, resource, known(specification), property);
  const target = stack.follow(specification, resource, property, "launchTemplate");
  return target?.is === "resource" ? launchingOf(stack, target.resource) : unseenTemplate;
}

/**
 * The launch templates that several specifications name, each once. At preview, where ids are unknown, they are those that
 * the property comes from, if these are as many.
 */
export function templatesIn(
  stack: Stack,
  resource: StackResource,
  specifications: readonly unknown[],
  property: string,
): Launching[] {
  const found = specifications.flatMap((one) => templateIn(stack, resource, one, property) ?? []);
  const keyOf = ({ template, settings }: Launching) => JSON.stringify([template?.urn, settings.unseen]);
  const distinct = [...new Map(found.map((one) => [keyOf(one), one])).values()];
  if (found.every(({ template }) => template !== undefined)) return distinct;
  const references = specifications.flatMap((one) => referencesIn(one).find(({ is }) => is !== "absent") ?? []);
  const targets = stack.followEach(references, resource, property, "launchTemplate");
  const templates = targets.flatMap((target) => (target.is === "resource" ? [target.resource] : []));
  const areNew = templates.every(({ props }) => read(props, "id").is !== "known");
  return areNew && templates.length === specifications.length
    ? templates.map((template) => launchingOf(stack, template))
    : distinct;
}

function referencesIn(specification: unknown): Reading[] {
  return ["id", "launchTemplateId", "name", "launchTemplateName"].map((name) => read(specification, name));
}

/** A template of the stack with what it says. */
export function launchingOf(stack: Stack, template: StackResource): Launching {
  return { template, settings: settingsAt(stack, placeOf(template)) };
}

/**
 * Whether a version is the one that the stack shows, which is always the latest. A version that is not known yet comes from
 * the template itself. While the latest is not known, a template without an id has one version only, and another is about
 * to get a new one.
 */
function isInStack({ props }: StackResource, version: Reading): boolean {
  const at = (classic: string, native: string) => {
    const reading = read(props, classic);
    return reading.is === "absent" ? read(props, native) : reading;
  };
  const latest = at("latestVersion", "latestVersionNumber");
  const wanted = version.is === "known" ? (scalarText(version.value) ?? "") : "$Default";
  if (version.is === "unknown" || latest.is === "absent" || wanted === "$Latest") return true;
  if (latest.is === "unknown" && read(props, "id").is !== "known") return true;
  if (wanted !== "$Default") return scalarText(known(latest)) === wanted;
  if (known(read(props, "updateDefaultVersion")) === true) return true;
  const preset = at("defaultVersion", "defaultVersionNumber");
  return latest.is === "known" && scalarText(known(preset)) === (scalarText(latest.value) ?? "");
}
