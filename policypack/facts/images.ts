import type { RepositorySystem } from "./repositories";

export type Architecture = "x86_64" | "arm64";

/**
 * Public SSM parameters that name the newest image of a system.
 *
 * Source: https://docs.aws.amazon.com/systems-manager/latest/userguide/parameter-store-public-parameters-ami.html and
 * the names in aws-cdk-lib's AmazonLinux2023ImageSsmParameter; checked 2026-11-22.
 */
const imageParameters: Record<RepositorySystem, (architecture: Architecture) => string> = {
  "amazon-linux-2": (architecture) =>
    `/aws/service/ami-amazon-linux-latest/amzn2-ami-kernel-5.10-hvm-${architecture}-gp2`,
  "amazon-linux-2023": (architecture) =>
    `/aws/service/ami-amazon-linux-latest/al2023-ami-kernel-default-${architecture}`,
};

/** The name of the public parameter that holds the id of a system's newest image. */
export function imageParameter(system: RepositorySystem, architecture: Architecture): string {
  return imageParameters[system](architecture);
}

/**
 * The architecture of an instance type: a `g` behind the generation stands for AWS Graviton.
 *
 * Source: https://docs.aws.amazon.com/ec2/latest/instancetypes/instance-type-names.html, checked 2026-11-22; `a1` is
 * older than that convention.
 */
export function architectureOf(instanceType: string): Architecture {
  return /^a1\.|^[a-z-]+\d+g/.test(instanceType) ? "arm64" : "x86_64";
}
