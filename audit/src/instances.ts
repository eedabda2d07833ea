import type { GroupIdentifier, Image, Instance } from "@aws-sdk/client-ec2";
import { type StackResource, unknownText } from "patchpath/account";
import { type Maker, named, present, tagsOf } from "./resources";

/** User data in base64; `undefined` where it could not be read, and empty where there is none. */
export type UserData = string | undefined;

/** One that is gone patches nothing. */
export function isThere({ State }: Instance): boolean {
  return State?.Name !== "terminated" && State?.Name !== "shutting-down";
}

export function isRunning({ State }: Instance): boolean {
  return State?.Name === "running";
}

export function instanceResource(make: Maker, instance: Instance, userData: UserData): StackResource {
  const { InstanceId: id = "", MetadataOptions: metadata } = instance;
  const props = {
    ami: instance.ImageId,
    instanceType: instance.InstanceType,
    subnetId: instance.SubnetId,
    vpcSecurityGroupIds: present(groupsOf(instance).map(({ GroupId }) => GroupId)),
    iamInstanceProfile: instance.IamInstanceProfile?.Arn,
    privateIp: instance.PrivateIpAddress,
    privateDns: instance.PrivateDnsName,
    associatePublicIpAddress: instance.PublicIpAddress !== undefined,
    metadataOptions: metadata && {
      httpEndpoint: metadata.HttpEndpoint,
      httpTokens: metadata.HttpTokens,
      httpPutResponseHopLimit: metadata.HttpPutResponseHopLimit,
    },
    userDataBase64: userData === undefined ? unknownText : userData || undefined,
    tags: tagsOf(instance.Tags),
  };
  return make("aws:ec2/instance:Instance", id, props, named(id, instance.Tags));
}

/** Those of the primary network interface. */
function groupsOf({ NetworkInterfaces: interfaces = [], SecurityGroups: groups = [] }: Instance): GroupIdentifier[] {
  return interfaces.find(({ Attachment }) => Attachment?.DeviceIndex === 0)?.Groups ?? groups;
}

export function imageResource(make: Maker, image: Image): StackResource {
  const { ImageId: id = "" } = image;
  const props = {
    name: image.Name,
    ownerId: image.OwnerId,
    imageOwnerAlias: image.ImageOwnerAlias,
    architecture: image.Architecture,
    platform: image.Platform,
    platformDetails: image.PlatformDetails,
  };
  return make("aws:ec2/ami:Ami", id, props, image.Name === undefined ? id : `${image.Name} (${id})`);
}
