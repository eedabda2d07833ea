import type { AutoScalingGroup, LaunchConfiguration, LaunchTemplateSpecification } from "@aws-sdk/client-auto-scaling";
import type { LaunchTemplateVersion } from "@aws-sdk/client-ec2";
import { type StackResource, unknownText } from "patchpath/account";
import { type Maker, present, tagsOf } from "./resources";

/** A version of a launch template that something launches from. */
export interface TemplateVersion {
  readonly id: string;
  /** A number, `$Latest` or `$Default`. */
  readonly version: string;
}

/**
 * The versions that a group launches from: with mixed instances those of the overrides, and the base for an override without a
 * template of its own. None for a launch configuration.
 */
export function templatesOf({ LaunchTemplate, MixedInstancesPolicy: mixed }: AutoScalingGroup): TemplateVersion[] {
  const { LaunchTemplateSpecification: base, Overrides: overrides = [] } = mixed?.LaunchTemplate ?? {};
  const own = overrides.map((one) => one.LaunchTemplateSpecification);
  const isBaseUsed = own.length === 0 || own.includes(undefined);
  return [LaunchTemplate, isBaseUsed ? base : undefined, ...own].flatMap((one) => versionIn(one) ?? []);
}

function versionIn(specification: LaunchTemplateSpecification | undefined): TemplateVersion | undefined {
  const { LaunchTemplateId: id, Version: version = "$Default" } = specification ?? {};
  return id === undefined ? undefined : { id, version };
}

/** The id under which a version of a template is in the model: each version by itself. */
export function keyOf({ id, version }: TemplateVersion): string {
  return `${id}:${version}`;
}

export function groupResource(make: Maker, group: AutoScalingGroup): StackResource {
  const { AutoScalingGroupName: name = "" } = group;
  const template = versionIn(group.LaunchTemplate);
  const props = {
    arn: group.AutoScalingGroupARN,
    name,
    vpcZoneIdentifiers: (group.VPCZoneIdentifier ?? "").split(",").filter((id) => id !== ""),
    launchTemplate: template && { id: keyOf(template), version: template.version },
    mixedInstancesPolicy: mixedIn(group),
    launchConfiguration: group.LaunchConfigurationName,
    tags: (group.Tags ?? [])
      .filter(({ PropagateAtLaunch }) => PropagateAtLaunch)
      .map(({ Key, Value }) => ({ key: Key, value: Value ?? "" })),
  };
  return make("aws:autoscaling/group:Group", name, props);
}

function mixedIn({ MixedInstancesPolicy: policy }: AutoScalingGroup) {
  if (policy?.LaunchTemplate === undefined) return undefined;
  const { LaunchTemplateSpecification: base, Overrides: overrides = [] } = policy.LaunchTemplate;
  return {
    launchTemplate: {
      launchTemplateSpecification: specificationOf(base),
      overrides: overrides.map((one) => ({
        launchTemplateSpecification: specificationOf(one.LaunchTemplateSpecification),
      })),
    },
  };
}

function specificationOf(specification: LaunchTemplateSpecification | undefined) {
  const template = versionIn(specification);
  return template && { launchTemplateId: keyOf(template), version: template.version };
}

export function launchConfigurationResource(make: Maker, configuration: LaunchConfiguration): StackResource {
  const { LaunchConfigurationName: name = "" } = configuration;
  const props = {
    name,
    imageId: configuration.ImageId,
    instanceType: configuration.InstanceType,
    securityGroups: configuration.SecurityGroups ?? [],
    iamInstanceProfile: configuration.IamInstanceProfile,
    associatePublicIpAddress: configuration.AssociatePublicIpAddress,
    userDataBase64: configuration.UserData || undefined,
  };
  return make("aws:ec2/launchConfiguration:LaunchConfiguration", name, props);
}

/** @param found `undefined` where it could not be read: everything that it decides is unknown */
export function launchTemplateResource(
  make: Maker,
  used: TemplateVersion,
  found: LaunchTemplateVersion | undefined,
): StackResource {
  const type = "aws:ec2/launchTemplate:LaunchTemplate";
  const data = found?.LaunchTemplateData;
  if (!data) {
    const settings = ["imageId", "instanceType", "iamInstanceProfile", "userData", "vpcSecurityGroupIds"];
    return make(type, keyOf(used), Object.fromEntries(settings.map((name) => [name, unknownText])));
  }
  const { IamInstanceProfile: profile } = data;
  // In a default VPC a group may be named, and the model follows ids.
  const namesGroups = (data.SecurityGroups ?? []).length > 0;
  const props = {
    imageId: data.ImageId,
    instanceType: data.InstanceType,
    iamInstanceProfile: profile && { arn: profile.Arn, name: profile.Name },
    userData: data.UserData || undefined,
    vpcSecurityGroupIds: data.SecurityGroupIds ?? (namesGroups ? unknownText : []),
    networkInterfaces: (data.NetworkInterfaces ?? []).map((one) => ({
      associatePublicIpAddress: one.AssociatePublicIpAddress,
      securityGroups: one.Groups ?? [],
      subnetId: one.SubnetId,
    })),
    metadataOptions: data.MetadataOptions && {
      httpEndpoint: data.MetadataOptions.HttpEndpoint,
      httpTokens: data.MetadataOptions.HttpTokens,
      httpPutResponseHopLimit: data.MetadataOptions.HttpPutResponseHopLimit,
    },
    tagSpecifications: (data.TagSpecifications ?? []).map(({ ResourceType, Tags }) => ({
      resourceType: ResourceType,
      tags: tagsOf(Tags),
    })),
  };
  return make(type, keyOf(used), props, `${found.LaunchTemplateName ?? used.version} (${used.id})`);
}

/** The ids of the instances of a group. */
export function membersOf({ Instances }: AutoScalingGroup): string[] {
  return present((Instances ?? []).map(({ InstanceId }) => InstanceId));
}
