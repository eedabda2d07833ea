import type { LaunchSettings } from "./fleet";
import { isNative } from "./kinds";
import { type Reading, asText, elementsOf, isSecret, known, plain, read, readAsWritten, readText } from "./reading";
import type { StackResource } from "./resource";
import type { Stack, Target } from "./stack";
import { userDataIn } from "./user-data";

/** Where settings stand: at the top of a resource, or in a record within one of its properties. */
export interface Place {
  readonly resource: StackResource;
  readonly record: unknown;
  /** The top-level property that contains the record; dependencies are known by these only. */
  readonly within: string | undefined;
}

/** The settings of a template: at the top in the classic provider, below in aws-native. */
export function placeOf(template: StackResource): Place {
  return template.type === "aws-native:ec2:LaunchTemplate"
    ? { resource: template, record: known(read(template.props, "launchTemplateData")), within: "launchTemplateData" }
    : { resource: template, record: template.props, within: undefined };
}

/** The settings of what has neither a template nor settings of its own. */
export const noSettings: LaunchSettings = {
  subnets: [],
  securityGroups: [],
  imageId: { is: "absent" },
  imageOrigins: [],
  instanceType: { is: "absent" },
  userData: { is: "absent" },
  instanceProfile: undefined,
  tags: new Map(),
  hasUnknownTags: false,
  publicAddress: undefined,
};

/** The settings of a template that is not in the stack, or of a version of it that is not. */
export function unseenSettings(unseen: string): LaunchSettings {
  return {
    ...noSettings,
    securityGroups: [{ is: "unknown" }],
    imageId: { is: "unknown" },
    instanceType: { is: "unknown" },
    userData: { is: "unknown" },
    instanceProfile: { is: "unknown" },
    hasUnknownTags: true,
    unseen,
  };
}

/** The settings at a place, in the words of launch templates, launch configurations and specifications of Spot fleets. */
export function settingsAt(stack: Stack, place: Place): LaunchSettings {
  const { resource, record, within } = place;
  const at = (name: string): Reading => read(record, name);
  const follow = (reading: Reading, property: string, kind: Parameters<Stack["follow"]>[3]) =>
    stack.follow(reading, resource, within ?? property, kind);
  const followAll = (list: Reading, property: string) =>
    stack.followAll(list, resource, within ?? property, "securityGroup");
  const interfaces = elementsOf(at("networkInterfaces"));
  // An interface that is not known has groups and a subnet that are not known, rather than none.
  const inInterface = (one: Reading, ...names: readonly string[]) =>
    one.is === "unknown" ? [one] : names.map((name) => read(known(one), name));
  const ofInterfaces = interfaces.flatMap((one) =>
    inInterface(one, "securityGroups", "groups").flatMap((groups) => followAll(groups, "networkInterfaces")),
  );
  const subnet = follow(at("subnetId"), "subnetId", "subnet");
  const profile = profileIn(record);
  return {
    subnets: subnet
      ? [subnet]
      : interfaces.flatMap((one) =>
          inInterface(one, "subnetId").flatMap((id) => follow(id, "networkInterfaces", "subnet") ?? []),
        ),
    securityGroups: [
      ...["vpcSecurityGroupIds", "securityGroupIds"].flatMap((name) => followAll(at(name), name)),
      ...groupsById(stack, place),
      ...ofInterfaces,
    ],
    imageId: firstOf([asText(at("imageId")), asText(at("ami"))]),
    imageOrigins: (within === undefined ? ["imageId", "ami"] : [within]).flatMap(
      (property) => resource.propertyDependencies?.[property] ?? [],
    ),
    instanceType: asText(at("instanceType")),
    userData: userDataIn(at("userData"), at("userDataBase64")),
    instanceProfile: follow(profile, "iamInstanceProfile", "instanceProfile"),
    tags: new Map(tagSpecifications(record)),
    hasUnknownTags: plain(at("tagSpecifications")).is === "unknown",
    publicAddress: [...interfaces.map(known), record]
      .map((one) => asFlag(read(one, "associatePublicIpAddress")))
      .find((value) => value !== undefined),
    hasNoMetadata: hasNoMetadata(record),
  };
}

/** The groups of launch configurations by id, and of specifications in aws-native as records with an id. */
function groupsById(stack: Stack, { resource, record, within }: Place): Target[] {
  // In a launch template they are names, which only the default VPC knows.
  if (within === "launchTemplateData") return [];
  const groups = elementsOf(read(record, "securityGroups")).map((group) =>
    typeof known(group) === "object" ? read(known(group), "groupId") : group,
  );
  return stack.followEach(groups, resource, within ?? "securityGroups", "securityGroup");
}

/** The profile by ARN or name, which some specifications have in properties of their own. */
function profileIn(record: unknown): Reading {
  const profile = read(record, "iamInstanceProfile");
  const ofRecord =
    typeof known(profile) === "object" ? firstOf([read(known(profile), "arn"), read(known(profile), "name")]) : profile;
  return firstOf([ofRecord, read(record, "iamInstanceProfileArn")]);
}

/** Whether the instance metadata service is turned off: `metadataOptions.httpEndpoint` is `disabled`. */
export function hasNoMetadata(record: unknown): boolean | "unknown" {
  const options = read(record, "metadataOptions");
  const endpoint = readText(known(options), "httpEndpoint");
  return isSecret(options) || isSecret(endpoint) ? "unknown" : known(endpoint) === "disabled";
}

function firstOf<T>(readings: readonly Reading<T>[]): Reading<T> {
  return readings.find(({ is }) => is !== "absent") ?? { is: "absent" };
}

/** A flag, which the provider also writes as a text. */
export function asFlag(reading: Reading): boolean | undefined {
  return reading.is === "known" ? reading.value === true || reading.value === "true" : undefined;
}

/** The tags that instances get from a resource: a record, or a list of keys and values that are passed on. */
export function tagsOf(resource: StackResource): [string, string][] {
  return [read(resource.props, "tags"), read(resource.props, "tagsAll")].flatMap((tags) => tagsIn(tags));
}

export function tagsIn(reading: Reading): [string, string][] {
  if (reading.is !== "known") return [];
  if (!Array.isArray(reading.value)) {
    return Object.keys(reading.value as object).flatMap((key): [string, string][] => {
      const value = known(asText(readAsWritten(reading.value, key)));
      return value === undefined ? [] : [[key, value]];
    });
  }
  return elementsOf(reading).flatMap((tag): [string, string][] => {
    if (asFlag(read(known(tag), "propagateAtLaunch")) === false) return [];
    const [key, value] = [known(readText(known(tag), "key")), known(asText(readAsWritten(known(tag), "value")))];
    return key === undefined || value === undefined ? [] : [[key, value]];
  });
}

/** Whether tags of a resource may have other values. Not of `tagsAll`, which AWS computes: at preview it is never known. */
export function hasUnknownTags(resource: StackResource): boolean {
  return plain(read(resource.props, "tags")).is === "unknown";
}

function tagSpecifications(record: unknown): [string, string][] {
  return elementsOf(plain(read(record, "tagSpecifications")))
    .map(known)
    .filter((specification) => known(readText(specification, "resourceType")) === "instance")
    .flatMap((specification) => tagsIn(read(specification, "tags")));
}

/** The name of a property: in aws-native, instances and groups have other names for the same. */
export function nameIn(resource: StackResource, classic: string, native: string): string {
  return isNative(resource) ? native : classic;
}
