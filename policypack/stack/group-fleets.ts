import { isNative } from "./kinds";
import { type Launched, launchedFrom } from "./launched";
import { nameIn, settingsAt, tagsIn, unseenSettings } from "./launch-settings";
import {
  type Launching,
  configurationOf,
  specificationIn,
  templateAt,
  templateIn,
  templatesIn,
} from "./launch-templates";
import { elementsOf, known, read } from "./reading";
import { type StackResource, given } from "./resource";
import type { Stack } from "./stack";

/** Auto Scaling groups, EC2 Fleets and Spot fleets. ECS capacity providers name a group, and are no fleet of their own. */
export function groupFleets(stack: Stack): Launched[] {
  return [
    ...stack.of("autoScalingGroup").map((group) => autoScalingGroup(stack, group)),
    ...stack.of("ec2Fleet").map((fleet) => ofConfigs(stack, fleet, fleet.props, undefined)),
    ...stack.of("spotFleet").map((fleet) => spotFleet(stack, fleet)),
  ];
}

function autoScalingGroup(stack: Stack, group: StackResource): Launched {
  const property = nameIn(group, "vpcZoneIdentifiers", "vpcZoneIdentifier");
  const subnets = stack.followAll(given(group, property), group, property, "subnet");
  return launchedFrom(group, launchingsOf(stack, group), { subnets });
}

/** A configuration, a template, or a mixed instances policy, each of whose overrides may have a template of its own. */
function launchingsOf(stack: Stack, group: StackResource): Launching[] {
  const single = configurationOf(stack, group) ?? templateAt(stack, group, "launchTemplate");
  if (single) return [single];
  const property = "mixedInstancesPolicy";
  const policy = given(group, property);
  if (policy.is === "unknown") return [templateAt(stack, group, property)!];
  const mixed = known(read(known(policy), "launchTemplate"));
  const own = elementsOf(read(mixed, "overrides")).map((override) =>
    override.is === "unknown"
      ? specificationIn(override)
      : specificationIn(read(known(override), "launchTemplateSpecification")),
  );
  // The base is of use where there is no override, and for those without a template of their own.
  const isBaseUsed = own.length === 0 || own.includes(undefined);
  const specifications = [
    ...(isBaseUsed ? [specificationIn(read(mixed, "launchTemplateSpecification"))] : []),
    ...own.filter((one) => one !== undefined),
  ];
  return templatesIn(stack, group, specifications, property);
}

/** The templates of a fleet, and the subnets of their overrides; without such, those of the template. */
function ofConfigs(stack: Stack, fleet: StackResource, record: unknown, within: string | undefined): Launched {
  const property = within ?? "launchTemplateConfigs";
  const launchings = elementsOf(read(record, "launchTemplateConfigs")).flatMap((config): Launching[] => {
    const specification = config.is === "unknown" ? config : read(known(config), "launchTemplateSpecification");
    const launching = templateIn(stack, fleet, specificationIn(specification), property);
    if (!launching) return [];
    const subnets = stack.followEach(
      elementsOf(read(known(config), "overrides")).map((override) => read(known(override), "subnetId")),
      fleet,
      property,
      "subnet",
    );
    return [subnets.length === 0 ? launching : { ...launching, settings: { ...launching.settings, subnets } }];
  });
  const specifications = elementsOf(read(record, "launchSpecifications")).map((specification): Launching => {
    if (specification.is === "unknown") {
      const unseen = "the launch specification, which is not known until the update";
      return { template: undefined, settings: unseenSettings(unseen) };
    }
    const place = { resource: fleet, record: known(specification), within: within ?? "launchSpecifications" };
    const tags = new Map(tagsIn(read(known(specification), "tags")));
    return { template: undefined, settings: { ...settingsAt(stack, place), tags } };
  });
  return launchedFrom(fleet, [...launchings, ...specifications], {}, false);
}

function spotFleet(stack: Stack, fleet: StackResource): Launched {
  const within = "spotFleetRequestConfigData";
  return isNative(fleet)
    ? ofConfigs(stack, fleet, known(read(fleet.props, within)), within)
    : ofConfigs(stack, fleet, fleet.props, undefined);
}
