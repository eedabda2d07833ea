import type { System } from "./systems";

/** The image that EKS chooses for a managed node group of a type. */
export interface EksImage {
  readonly system: System;
  /** `undefined` where it is not known. */
  readonly hasAgent: true | undefined;
}

/**
 * By the beginning of the type of AMI. Bottlerocket's have no system that Patch Manager patches; `CUSTOM` is the image of the
 * node group's own launch template.
 *
 * Sources, checked 2026-11-28: the types https://docs.aws.amazon.com/cdk/api/v2/python/aws_cdk.aws_eks/NodegroupAmiType.html;
 * the agent https://docs.aws.amazon.com/systems-manager/latest/userguide/ami-preinstalled-agent.html (EKS-optimized Amazon
 * Linux; those of Windows are not in the list).
 */
const images: readonly (readonly [RegExp, EksImage])[] = [
  [/^AL2023_/, { system: "amazon-linux-2023", hasAgent: true }],
  [/^AL2_/, { system: "amazon-linux-2", hasAgent: true }],
  [/^WINDOWS_(CORE|FULL)_2019_/, { system: "windows-server-2019", hasAgent: undefined }],
  [/^WINDOWS_(CORE|FULL)_2022_/, { system: "windows-server-2022", hasAgent: undefined }],
  [/^WINDOWS_(CORE|FULL)_2025_/, { system: "windows-server-2025", hasAgent: undefined }],
];

/** The image of a type of AMI; `undefined` for Bottlerocket, `CUSTOM` and what is not in the table. */
export function eksImage(amiType: string): EksImage | undefined {
  return images.find(([pattern]) => pattern.test(amiType))?.[1];
}
