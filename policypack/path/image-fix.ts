/**
 * How to tell what an image is, as a sentence: for hops that depend on its operating system or its agent.
 *
 * @param id of the image, where it is known
 */
export function declaringImage(id: string | undefined): string {
  const image = id?.startsWith("ami-") ? id : "AMI";
  return `Declare the image: \`--image ${image}=SYSTEM\`, or \`images\` in the config of patch-path-is-open, such as amazon-linux-2023 or rhel-9,agent; or name it by its public SSM parameter.`;
}
