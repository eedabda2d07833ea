import { isNative } from "./kinds";
import { type Reading, asText, elementsOf, known, plain, read, readAsWritten, readText } from "./reading";
import { type StackResource, given } from "./resource";
import type { Stack, Target } from "./stack";
import { userDataIn } from "./user-data";

/** Instances of one kind: an instance, an Auto Scaling group, or a launch template that nothing in the stack uses. */
export interface Fleet {
  readonly resource: StackResource;
  readonly name: string;
  /** Empty: those of the default VPC, which are not in the stack. */
  readonly subnets: readonly Target[];
  /** Empty: the VPC's default group. */
  readonly securityGroups: readonly Target[];
  readonly imageId: Reading<string>;
  /** The resources that the id of the image may come from, while it is not known. */
  readonly imageOrigins: readonly StackResource[];
  readonly instanceType: Reading<string>;
  /** Decoded; absent where there is none. */
  readonly userData: Reading<string>;
  readonly instanceProfile: Target | undefined;
  readonly tags: ReadonlyMap<string, string>;
  /** Whether they may have other tags, or tags with other values, which are not known yet. */
  readonly hasUnknownTags: boolean;
  /** Whether instances have a public address of their own; unknown leaves it to the subnet. */
  readonly publicAddress: boolean | undefined;
}

/** The fleets of a stack. */
export function fleetsOf(stack: Stack): readonly Fleet[] {
  return stack.derive(readFleets);
}

function readFleets(stack: Stack): Fleet[] {
  const used = new Set<string>();
  const groups = stack.of("autoScalingGroup").map((group) => {
    const template = templateOf(stack, group);
    if (template) used.add(template.urn);
    return groupFleet(stack, group, template);
  });
  const instances = stack.of("instance").map((instance) => {
    const template = templateOf(stack, instance);
    if (template) used.add(template.urn);
    return instanceFleet(stack, instance, template);
  });
  const alone = stack.of("launchTemplate").filter(({ urn }) => !used.has(urn));
  return [...instances, ...groups, ...alone.map((template) => templateFleet(stack, template))];
}

/** The instance profile that a launch template or launch configuration names. */
export function instanceProfileOf(stack: Stack, template: StackResource): Target | undefined {
  return templateFleet(stack, template).instanceProfile;
}

/** What launches the instances of a resource, in addition to the resource itself. */
function templateOf(stack: Stack, resource: StackResource): StackResource | undefined {
  const configuration = stack.followProperty(resource, "launchConfiguration", "launchConfiguration");
  if (configuration?.is === "resource") return configuration.resource;
  const mixed = known(read(known(read(resource.props, "mixedInstancesPolicy")), "launchTemplate"));
  const specifications = [
    ["launchTemplate", known(read(resource.props, "launchTemplate"))],
    ["mixedInstancesPolicy", known(read(mixed, "launchTemplateSpecification"))],
  ] as const;
  for (const [property, specification] of specifications) {
    for (const name of ["id", "launchTemplateId", "name", "launchTemplateName"]) {
      const template = stack.follow(read(specification, name), resource, property, "launchTemplate");
      if (template?.is === "resource") return template.resource;
    }
  }
  return undefined;
}

/** The settings of a template: at the top in the classic provider, below in aws-native. */
function settingsOf(template: StackResource | undefined): { record: unknown; inList: string | undefined } {
  if (!template) return { record: undefined, inList: undefined };
  return isNative(template)
    ? { record: known(read(template.props, "launchTemplateData")), inList: "launchTemplateData" }
    : { record: template.props, inList: undefined };
}

function groupFleet(stack: Stack, group: StackResource, template: StackResource | undefined): Fleet {
  const property = isNative(group) ? "vpcZoneIdentifier" : "vpcZoneIdentifiers";
  const subnets = stack.followAll(given(group, property), group, property, "subnet");
  return { ...launched(stack, group, template), subnets };
}

function templateFleet(stack: Stack, template: StackResource): Fleet {
  return launched(stack, template, template);
}

function instanceFleet(stack: Stack, instance: StackResource, template: StackResource | undefined): Fleet {
  const base = launched(stack, instance, template);
  const subnet = stack.follow(given(instance, "subnetId"), instance, "subnetId", "subnet");
  const property = isNative(instance) ? "securityGroupIds" : "vpcSecurityGroupIds";
  const groups = stack.followAll(given(instance, property), instance, property, "securityGroup");
  const profile = stack.follow(
    given(instance, "iamInstanceProfile"),
    instance,
    "iamInstanceProfile",
    "instanceProfile",
  );
  const instanceType = asText(given(instance, "instanceType"));
  const imageId = asText(given(instance, isNative(instance) ? "imageId" : "ami"));
  const userData = userDataIn(given(instance, "userData"), given(instance, "userDataBase64"));
  const publicAddress = asFlag(given(instance, "associatePublicIpAddress"));
  return {
    ...base,
    subnets: subnet ? [subnet] : base.subnets,
    securityGroups: groups.length > 0 ? groups : base.securityGroups,
    instanceProfile: profile ?? base.instanceProfile,
    imageId: isResolved(instance, imageId, base.imageId) || imageId.is === "absent" ? base.imageId : imageId,
    imageOrigins:
      imageId.is === "unknown" ? originsOf(instance, isNative(instance) ? "imageId" : "ami") : base.imageOrigins,
    instanceType: instanceType.is === "absent" ? base.instanceType : instanceType,
    userData: userData.is === "absent" ? base.userData : userData,
    tags: new Map([...base.tags, ...tagsOf(instance)]),
    publicAddress: publicAddress ?? base.publicAddress,
  };
}

/** Whether an image id was resolved by EC2 from the public parameter in the template, which says more. */
function isResolved(instance: StackResource, own: Reading<string>, template: Reading<string>): boolean {
  const wasGiven = Object.hasOwn(instance.propertyDependencies ?? {}, isNative(instance) ? "imageId" : "ami");
  return own.is === "known" && !wasGiven && (known(template) ?? "").startsWith("resolve:ssm:");
}

/** A fleet as its launch template or launch configuration defines it. */
function launched(stack: Stack, resource: StackResource, template: StackResource | undefined): Fleet {
  const { record, inList } = settingsOf(template);
  const at = (name: string): Reading => read(record, name);
  const follow = (reading: Reading, property: string, kind: Parameters<Stack["follow"]>[3]) =>
    template && stack.follow(reading, template, inList ?? property, kind);
  const followAll = (list: Reading, property: string, kind: Parameters<Stack["follow"]>[3]) =>
    template ? stack.followAll(list, template, inList ?? property, kind) : [];
  const interfaces = elementsOf(at("networkInterfaces")).flatMap((one) => (one.is === "known" ? [one.value] : []));
  const ofInterfaces = interfaces.flatMap((one) => [
    ...followAll(read(one, "securityGroups"), "networkInterfaces", "securityGroup"),
    ...followAll(read(one, "groups"), "networkInterfaces", "securityGroup"),
  ]);
  const profile = at("iamInstanceProfile");
  const profileName =
    profile.is === "known" && typeof profile.value === "object"
      ? [read(profile.value, "arn"), read(profile.value, "name")].find(({ is }) => is !== "absent")
      : profile;
  const publicAddresses = [
    ...interfaces.map((one) => read(one, "associatePublicIpAddress")),
    at("associatePublicIpAddress"),
  ];
  return {
    resource,
    name: resource.name,
    subnets: interfaces.flatMap((one) => follow(read(one, "subnetId"), "networkInterfaces", "subnet") ?? []),
    securityGroups: [
      ...followAll(at("vpcSecurityGroupIds"), "vpcSecurityGroupIds", "securityGroup"),
      ...followAll(at("securityGroupIds"), "securityGroupIds", "securityGroup"),
      ...(template?.type.includes("LaunchConfiguration")
        ? followAll(at("securityGroups"), "securityGroups", "securityGroup")
        : []),
      ...ofInterfaces,
    ],
    imageId: asText(at("imageId")),
    imageOrigins: template ? originsOf(template, inList ?? "imageId") : [],
    instanceType: asText(at("instanceType")),
    userData: template ? userDataIn(at("userData"), at("userDataBase64")) : { is: "absent" },
    instanceProfile: profileName && follow(profileName, "iamInstanceProfile", "instanceProfile"),
    tags: new Map([...tagSpecifications(record), ...tagsOf(resource)]),
    // Not of `tagsAll`, which AWS computes: at preview it is never known.
    hasUnknownTags: [at("tagSpecifications"), read(resource.props, "tags")].some(
      (tags) => plain(tags).is === "unknown",
    ),
    publicAddress: publicAddresses.map(asFlag).find((value) => value !== undefined),
  };
}

function originsOf({ propertyDependencies }: StackResource, property: string): readonly StackResource[] {
  return propertyDependencies?.[property] ?? [];
}

/** A flag, which the provider also writes as a text. */
function asFlag(reading: Reading): boolean | undefined {
  return reading.is === "known" ? reading.value === true || reading.value === "true" : undefined;
}

/** The tags that instances get: a record, or a list of keys and values. */
function tagsOf(resource: StackResource): [string, string][] {
  return [read(resource.props, "tags"), read(resource.props, "tagsAll")].flatMap((tags) => tagsIn(tags));
}

function tagsIn(reading: Reading): [string, string][] {
  if (reading.is !== "known") return [];
  if (!Array.isArray(reading.value)) {
    return Object.keys(reading.value as object).flatMap((key): [string, string][] => {
      const value = known(asText(readAsWritten(reading.value, key)));
      return value === undefined ? [] : [[key, value]];
    });
  }
  return elementsOf(reading).flatMap((tag): [string, string][] => {
    const [key, value] = [known(readText(known(tag), "key")), known(asText(readAsWritten(known(tag), "value")))];
    return key === undefined || value === undefined ? [] : [[key, value]];
  });
}

function tagSpecifications(record: unknown): [string, string][] {
  return elementsOf(plain(read(record, "tagSpecifications"))).flatMap((specification) => {
    if (specification.is !== "known" || known(readText(specification.value, "resourceType")) !== "instance") return [];
    return tagsIn(read(specification.value, "tags"));
  });
}
