import { isObject } from "../iam/problems";
import { templateOf } from "./cloudformation-template";
import { type Launched, launchedFrom } from "./launched";
import { tagsIn } from "./launch-settings";
import { configurationOf, launchingOf, templateIn } from "./launch-templates";
import { opaqueFleet } from "./opaque-fleets";
import { type Reading, asText, known, plain, read, scalarText } from "./reading";
import type { StackResource } from "./resource";
import type { Stack } from "./stack";

/** The types of CloudFormation that launch instances. */
const launchers: ReadonlySet<unknown> = new Set([
  "AWS::AutoScaling::AutoScalingGroup",
  "AWS::Batch::ComputeEnvironment",
  "AWS::EC2::EC2Fleet",
  "AWS::EC2::Instance",
  "AWS::EC2::SpotFleet",
  "AWS::EKS::Nodegroup",
  "AWS::EMR::Cluster",
  "AWS::ElasticBeanstalk::Environment",
]);

/**
 * The fleets in CloudFormation stacks. A group that names a launch configuration or template of this stack is judged as any
 * other: pulumi-eks makes its node groups so. Others are unknown.
 */
export function cloudFormationFleets(stack: Stack): Launched[] {
  return stack.of("cloudFormationStack").flatMap((resource): Launched[] => {
    const body = bodyOf(resource);
    if (body.is === "unknown") return ofOrigins(stack, resource);
    const found = stack
      .derive(templatesOf)
      .get(resource)!
      .filter((one) => launchers.has(one["Type"]));
    const groups = found.map((one) => groupOf(stack, resource, one));
    if (groups.length === 0) return [];
    if (groups.some((group) => group === undefined)) {
      return [
        {
          fleet: opaqueFleet(resource, "the CloudFormation stack"),
          templates: groups.flatMap((group) => group?.templates ?? []),
        },
      ];
    }
    const [first, ...others] = groups.map((group) => group!);
    const alternatives = others.map(({ fleet }) => fleet); // a group is launched with one set of settings
    return [
      {
        fleet: alternatives.length === 0 ? first!.fleet : { ...first!.fleet, alternatives },
        templates: groups.flatMap((group) => group!.templates),
      },
    ];
  });
}

/**
 * The types of the resources in the template of a CloudFormation stack, such as `ec2:RouteTable`; `undefined` while the
 * template is not known.
 */
export function typesInTemplate(stack: Stack, resource: StackResource): readonly string[] | undefined {
  if (bodyOf(resource).is !== "known") return undefined;
  return stack
    .derive(templatesOf)
    .get(resource)!
    .map(({ Type: type }) => {
      const [, namespace = "", name = ""] = (scalarText(type) ?? "").split("::");
      return `${namespace.toLowerCase()}:${name}`;
    });
}

/** The resources in the templates of the CloudFormation stacks, as far as they are known: parsed once for all who ask. */
function templatesOf(stack: Stack): ReadonlyMap<StackResource, readonly Record<string, unknown>[]> {
  return new Map(stack.of("cloudFormationStack").map((resource) => [resource, resourcesIn(bodyOf(resource))]));
}

function resourcesIn(body: Reading): Record<string, unknown>[] {
  const template = body.is === "known" ? templateOf(body.value) : undefined;
  return isObject(template) && isObject(template["Resources"])
    ? Object.values(template["Resources"]).filter(isObject)
    : [];
}

function bodyOf({ props }: StackResource): Reading {
  const body = asText(read(props, "templateBody"));
  return body.is === "absent" ? plain(read(props, "template")) : body;
}

/** A group in a template whose settings and subnets are of this stack; `undefined` for another one. */
function groupOf(stack: Stack, resource: StackResource, group: Record<string, unknown>): Launched | undefined {
  if (group["Type"] !== "AWS::AutoScaling::AutoScalingGroup") return undefined;
  const properties = inPulumisCase(group["Properties"]);
  const property = "templateBody";
  const launching =
    configurationOf(stack, { ...resource, props: properties }) ??
    templateIn(stack, resource, known(read(properties, "launchTemplate")), property);
  const subnets = stack.followAll(read(properties, "vPCZoneIdentifier"), resource, property, "subnet");
  if (!launching?.template || subnets.length === 0) return undefined;
  const tags = new Map(tagsIn(read(properties, "tags")));
  return launchedFrom(resource, [launching], { subnets, tags }, false);
}

/** `LaunchTemplateId` as `launchTemplateId`, at every level. */
function inPulumisCase(value: unknown): Record<string, unknown> {
  const convert = (one: unknown): unknown => {
    if (Array.isArray(one)) return one.map(convert);
    if (!isObject(one)) return one;
    return Object.fromEntries(
      Object.entries(one).map(([key, inner]) => [key.charAt(0).toLowerCase() + key.slice(1), convert(inner)]),
    );
  };
  const converted = convert(value);
  return isObject(converted) ? converted : {};
}

/** At preview a template with ids of this stack is not known: what it launches from is what its text comes from. */
function ofOrigins(stack: Stack, resource: StackResource): Launched[] {
  const launchings = (["launchConfiguration", "launchTemplate"] as const).flatMap((kind) => {
    const target = stack.follow({ is: "unknown" }, resource, "templateBody", kind);
    return target?.is === "resource" ? [launchingOf(stack, target.resource)] : [];
  });
  return launchings.length === 1
    ? [launchedFrom(resource, launchings, { subnets: [{ is: "unknown" }], hasUnknownTags: true }, false)]
    : [];
}
