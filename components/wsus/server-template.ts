import * as aws from "@pulumi/aws";
import type * as pulumi from "@pulumi/pulumi";
import { type WsusServerSystem, imageParameter, rootDeviceName } from "patchpath/facts";

/** The AWS image has 30 GiB. The Windows Internal Database of WSUS is on the same volume and grows to about 10 GiB. */
export const wsusRootVolumeGiB = 80;

/**
 * The image and the root volume of a WSUS server. The image is named by its public SSM parameter: EC2 resolves it when it creates
 * the server, a newer image changes nothing, and the path report knows the operating system.
 *
 * The root volume is set here and not at the instance: for that the provider would look the image up by its id, which it does not
 * have. Source: https://github.com/hashicorp/terraform-provider-aws/issues/43488, checked 2026-11-28.
 *
 * @param name of the server; the template is named after it
 */
export function createServerTemplate(
  name: string,
  operatingSystem: WsusServerSystem,
  tags: Readonly<Record<string, string>>,
  opts: pulumi.CustomResourceOptions,
): aws.ec2.LaunchTemplate {
  return new aws.ec2.LaunchTemplate(
    `${name}-image`,
    {
      imageId: `resolve:ssm:${imageParameter(operatingSystem, "x86_64")}`,
      updateDefaultVersion: true,
      blockDeviceMappings: [
        {
          deviceName: rootDeviceName(operatingSystem)!,
          ebs: { encrypted: "true", volumeType: "gp3", volumeSize: wsusRootVolumeGiB, deleteOnTermination: "true" },
        },
      ],
      // At launch, the instance has no other volume: the content volume is attached later.
      tagSpecifications: [{ resourceType: "volume", tags: { ...tags, Name: `${name}-root` } }],
      tags: { ...tags, Name: `${name}-image` },
    },
    opts,
  );
}
