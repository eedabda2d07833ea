import * as aws from "@pulumi/aws";
import type * as pulumi from "@pulumi/pulumi";
import {
  type Architecture,
  type Region,
  type System,
  imageParameter,
  rootDeviceName,
  vendorImage,
} from "patchpath/facts";

/** The image of a fleet. */
export interface FleetImage {
  readonly imageId: pulumi.Input<string>;
  readonly rootDeviceName: pulumi.Input<string>;
  /** What a newer image changes in the stack without moving a fleet, as paths for `ignoreChanges`. */
  readonly changing: string[];
  /** Part of the template's name. A template for another system must be another one, since it ignores changes of its image. */
  readonly suffix: string;
}

/**
 * The image by its id, by the public SSM parameter of the system, or the newest one of the distributor.
 *
 * @throws Error for a system whose images neither a parameter nor a known owner publishes
 */
export function imageOf(
  system: System,
  architecture: Architecture,
  region: Region,
  imageId: string | undefined,
  opts: pulumi.InvokeOutputOptions,
): FleetImage {
  if (imageId !== undefined) {
    // Nothing is known of an image that the user names: a wrong device name would leave the real root volume unencrypted.
    const filters = [{ name: "image-id", values: [imageId] }];
    const { rootDeviceName: device } = aws.ec2.getAmiOutput({ filters, includeDeprecated: true }, opts);
    return { imageId, rootDeviceName: device, changing: [], suffix: "" };
  }
  const parameter = imageParameter(system, architecture);
  if (parameter !== undefined) {
    // Resolved by EC2 at each launch: a new image does not change the stack.
    const device = rootDeviceName(system)!;
    return { imageId: `resolve:ssm:${parameter}`, rootDeviceName: device, changing: [], suffix: "" };
  }
  const vendor = vendorImage(system, architecture, region);
  if (!vendor) {
    throw new Error(
      `\`imageId\` is missing: ${system} has neither a public SSM parameter nor a known owner for its image in ${region}`,
    );
  }
  const newest = aws.ec2.getAmiOutput(
    {
      owners: [vendor.owner],
      mostRecent: true,
      filters: [
        { name: "name", values: [vendor.name] },
        { name: "architecture", values: [architecture] },
        { name: "root-device-type", values: ["ebs"] },
        { name: "virtualization-type", values: ["hvm"] },
        { name: "state", values: ["available"] },
      ],
    },
    opts,
  );
  return {
    imageId: newest.imageId,
    rootDeviceName: newest.rootDeviceName,
    changing: ["imageId", "blockDeviceMappings[0].deviceName"],
    suffix: `-${system}-${architecture}`,
  };
}
