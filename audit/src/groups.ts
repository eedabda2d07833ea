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

/** What a group launches from; `undefined` for a launch configuration. */
export function templateOf(group: AutoScalingGroup): TemplateVersion | undefined {
  const specification: LaunchTemplateSpecification | undefined =
    group.LaunchTemplate ?? group.MixedInstancesPolicy?.LaunchTemplate?.LaunchTemplateSpecification;
  const { LaunchTemplateId: id, Version: version = "$Default" } = specification ?? {};
  return id === undefined ? undefined : { id, version };
}

/** The id under which a version of a template is in the model: each version by itself. */
export function keyOf({ id, version }: TemplateVersion): string {
  return `${id}:${version}`;
}

export function groupResource(make: Maker, group: AutoScalingGroup): StackResource {
  const { AutoScalingGroupName: name = "" } = group;
  const template = templateOf(group);
  const props = {
    arn: group.AutoScalingGroupARN,
    name,
    vpcZoneIdentifiers: (group.VPCZoneIdentifier ?? "").split(",").filter((id) => id !== ""),
    launchTemplate: template && { id: keyOf(template), version: template.version },
    launchConfiguration: group.LaunchConfigurationName,
    tags: (group.Tags ?? [])
      .filter(({ PropagateAtLaunch }) => PropagateAtLaunch)
      .map(({ Key, Value }) => ({ key: Key, value: Value ?? "" })),
  };
  return make("aws:autoscaling/group:Group", name, props);
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
