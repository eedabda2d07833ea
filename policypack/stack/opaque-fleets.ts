import type { Fleet } from "./fleet";
import type { ResourceKind } from "./kinds";
import type { Launched } from "./launched";
import { noSettings } from "./launch-settings";
import { templateIn } from "./launch-templates";
import { known, read, readText } from "./reading";
import type { StackResource } from "./resource";
import type { Stack } from "./stack";

/** What launches instances by settings of AWS's own, which no stack shows. */
const launchers: readonly (readonly [ResourceKind, what: string])[] = [
  ["batchComputeEnvironment", "the Batch compute environment"],
  ["beanstalkEnvironment", "the Elastic Beanstalk environment"],
  ["emrCluster", "the EMR cluster"],
];

/** Fleets of which nothing is known but that there are some: they are reported, so that nobody takes silence for an answer. */
export function opaqueFleets(stack: Stack): Launched[] {
  return launchers.flatMap(([kind, what]) =>
    stack
      .of(kind)
      .filter((resource) => launchesInstances(resource))
      .map((resource): Launched => {
        const launching = templateIn(
          stack,
          resource,
          known(read(computeResources(resource), "launchTemplate")),
          "computeResources",
        );
        return { fleet: opaqueFleet(resource, what), templates: launching?.template ? [launching.template] : [] };
      }),
  );
}

/** @param what launches the instances, with its article */
export function opaqueFleet(resource: StackResource, what: string): Fleet {
  return {
    ...noSettings,
    resource,
    name: resource.name,
    hasUnknownTags: true,
    opaque: `how ${what} \`${resource.name}\` launches its instances`,
  };
}

function computeResources({ props }: StackResource): unknown {
  return known(read(props, "computeResources"));
}

/** Batch also runs on Fargate, and an unmanaged environment launches nothing. */
function launchesInstances(resource: StackResource): boolean {
  const type = known(readText(computeResources(resource), "type")) ?? "";
  return !type.startsWith("FARGATE") && known(readText(resource.props, "type"))?.toUpperCase() !== "UNMANAGED";
}
