import type { Fleet } from "../stack/fleets";
import { isOf } from "../stack/kinds";
import { known } from "../stack/reading";

/**
 * How to tell what the image of a fleet is, as a sentence: for hops that depend on its operating system or its agent.
 * `undefined` where EKS chooses the image, and its type is given.
 */
export function declaringImage({ resource, amiType = { is: "absent" }, imageId }: Fleet): string | undefined {
  if (isOf("eksNodeGroup", resource) && imageId.is === "absent") {
    return (known(amiType) ?? "") === ""
      ? "Set amiType of the node group, such as to AL2023_x86_64_STANDARD."
      : undefined;
  }
  const id = known(imageId);
  const image = id?.startsWith("ami-") ? id : "AMI";
  return `Declare the image: \`--image ${image}=SYSTEM\`, or \`images\` in the config of patch-path-is-open, such as amazon-linux-2023 or rhel-9,agent; or name it by its public SSM parameter.`;
}
