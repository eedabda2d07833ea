import type { RepositorySystem } from "./repositories";
import { type System, isSystem } from "./systems";

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

/**
 * Public parameters of images by their beginning, and the system that follows from what stands behind it.
 *
 * Sources, checked 2026-11-22:
 * https://docs.aws.amazon.com/systems-manager/latest/userguide/parameter-store-public-parameters-ami.html (Amazon Linux,
 * Windows), https://documentation.ubuntu.com/aws/aws-how-to/instances/find-ubuntu-images/,
 * https://wiki.debian.org/Cloud/AmazonEC2Image, https://docs.aws.amazon.com/AmazonECS/latest/developerguide/retrieve-ecs-optimized_AMI.html.
 */
const parameterPatterns: readonly (readonly [RegExp, (version: string) => string])[] = [
  [/^\/aws\/service\/ami-amazon-linux-latest\/al2023-ami-/, () => "amazon-linux-2023"],
  [/^\/aws\/service\/ami-amazon-linux-latest\/amzn2-ami-/, () => "amazon-linux-2"],
  [/^\/aws\/service\/ecs\/optimized-ami\/(amazon-linux-2(?:023)?)\//, (system) => system],
  [
    /^\/aws\/service\/ami-windows-latest\/Windows_Server-(20\d\d(?:-R2)?)-/,
    (version) => `windows-server-${version.toLowerCase()}`,
  ],
  [/^\/aws\/service\/canonical\/ubuntu\/[^/]+\/(\d\d\.\d\d)\//, (version) => `ubuntu-${version}`],
  [/^\/aws\/service\/debian\/release\/(\d+)\//, (version) => `debian-${version}`],
  [/^\/aws\/service\/suse\/sles\/(\d+)/, (version) => `suse-${version}`],
];

/** The system of the image that a public parameter names; `undefined` for a parameter that we don't know. */
export function systemOfImageParameter(parameter: string): System | undefined {
  for (const [pattern, systemFor] of parameterPatterns) {
    const found = pattern.exec(parameter);
    const system = found && systemFor(found[1] ?? "");
    if (system !== null && isSystem(system)) return system;
  }
  return undefined;
}
