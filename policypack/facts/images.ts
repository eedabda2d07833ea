import { type System, isSystem } from "./systems";

export type Architecture = "x86_64" | "arm64";

/** What is known about AWS's own image of a system. */
interface ImageFacts {
  /** Name of the public parameter; `undefined` where there is no image for the architecture. */
  readonly parameter: (architecture: Architecture) => string | undefined;
  readonly rootDeviceName: string;
}

const amazonLinux = (name: string): ImageFacts => ({
  parameter: (architecture) => `/aws/service/ami-amazon-linux-latest/${name.replace("ARCH", architecture)}`,
  rootDeviceName: "/dev/xvda",
});

const debianNames = { x86_64: "amd64", arm64: "arm64" } as const;

const ubuntu = (version: string, volumeType: "gp2" | "gp3"): ImageFacts => ({
  parameter: (architecture) =>
    `/aws/service/canonical/ubuntu/server/${version}/stable/current/${debianNames[architecture]}/hvm/ebs-${volumeType}/ami-id`,
  rootDeviceName: "/dev/sda1",
});

const debian = (version: number): ImageFacts => ({
  parameter: (architecture) => `/aws/service/debian/release/${version}/latest/${debianNames[architecture]}`,
  rootDeviceName: "/dev/xvda",
});

const suse = (version: string): ImageFacts => ({
  parameter: (architecture) => `/aws/service/suse/sles/${version}/${architecture}/latest`,
  rootDeviceName: "/dev/sda1", // as public programs have it (gh:22297743618)
});

const windows = (version: string): ImageFacts => ({
  parameter: (architecture) =>
    architecture === "x86_64"
      ? `/aws/service/ami-windows-latest/Windows_Server-${version}-English-Full-Base`
      : undefined,
  rootDeviceName: "/dev/sda1",
});

/**
 * AWS's and the distributors' images that a public SSM parameter names. The others (Red Hat, Rocky, Alma, Oracle, CentOS,
 * and the oldest Windows) have no such parameter in our sources: their image is named by its id.
 *
 * Sources, checked 2026-11-22: https://docs.aws.amazon.com/systems-manager/latest/userguide/parameter-store-public-parameters-ami.html
 * and the names in aws-cdk-lib's AmazonLinux2023ImageSsmParameter; for Ubuntu (gp3 since 23.10) and Debian the names that
 * public programs look up, since https://documentation.ubuntu.com/aws/aws-how-to/instances/find-ubuntu-images/ and
 * https://wiki.debian.org/Cloud/AmazonEC2Image could not be opened (unconfirmed). The root devices are
 * those of https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/device_naming.html and of the images' own descriptions.
 */
const images: Partial<Record<System, ImageFacts>> = {
  "amazon-linux-2": amazonLinux("amzn2-ami-kernel-5.10-hvm-ARCH-gp2"),
  "amazon-linux-2023": amazonLinux("al2023-ami-kernel-default-ARCH"),
  "debian-11": debian(11),
  "debian-12": debian(12),
  "suse-15": suse("15-sp7"),
  "ubuntu-20.04": ubuntu("20.04", "gp2"),
  "ubuntu-22.04": ubuntu("22.04", "gp2"),
  "ubuntu-24.04": ubuntu("24.04", "gp3"),
  "ubuntu-25.04": ubuntu("25.04", "gp3"),
  "windows-server-2016": windows("2016"),
  "windows-server-2019": windows("2019"),
  "windows-server-2022": windows("2022"),
  "windows-server-2025": windows("2025"),
};

/** The name of the public parameter that holds the id of a system's newest image; `undefined` where there is none. */
export function imageParameter(system: System, architecture: Architecture): string | undefined {
  return images[system]?.parameter(architecture);
}

/** The root device of the image that `imageParameter` names. */
export function rootDeviceName(system: System): string | undefined {
  return images[system]?.rootDeviceName;
}

/**
 * The architecture of an instance type: a `g` behind the generation stands for AWS Graviton.
 *
 * Unconfirmed: https://docs.aws.amazon.com/ec2/latest/instancetypes/instance-type-names.html could not be opened. `a1` is older
 * than that convention.
 */
export function architectureOf(instanceType: string): Architecture {
  return /^a1\.|^[a-z-]+\d+g/.test(instanceType) ? "arm64" : "x86_64";
}

/** Debian's parameters have the number of a release, or its name. */
const debianCodenames: Readonly<Record<string, string>> = { bullseye: "11", bookworm: "12", trixie: "13" };

/**
 * Public parameters of images by their beginning, and the system that follows from what stands behind it.
 *
 * Sources, checked 2026-11-22:
 * https://docs.aws.amazon.com/systems-manager/latest/userguide/parameter-store-public-parameters-ami.html (Amazon Linux,
 * Windows); Ubuntu's, Debian's (gh:56145418451), SUSE's (https://github.com/aws/eks-hybrid, test/e2e) and those of ECS and EKS as
 * public programs have them, checked 2026-11-28, and so Windows' with EC2Launch v2 (gh:57986342161) and NitroTPM
 * (gh:53258689224).
 */
const parameterPatterns: readonly (readonly [RegExp, (version: string) => string])[] = [
  [/^\/aws\/service\/ami-amazon-linux-latest\/al2023-ami-/, () => "amazon-linux-2023"],
  [/^\/aws\/service\/ami-amazon-linux-latest\/amzn2-ami-/, () => "amazon-linux-2"],
  [/^\/aws\/service\/ecs\/optimized-ami\/(amazon-linux-2(?:023)?)\//, (system) => system],
  [/^\/aws\/service\/eks\/optimized-ami\/[^/]+\/(amazon-linux-2(?:023)?)(?:-gpu|-arm64)?\//, (system) => system],
  [
    /^\/aws\/service\/ami-windows-latest\/(?:EC2LaunchV2-|TPM-)?Windows_Server-(20\d\d(?:-R2)?)-/,
    (version) => `windows-server-${version.toLowerCase()}`,
  ],
  [/^\/aws\/service\/canonical\/ubuntu\/[^/]+\/(\d\d\.\d\d)\//, (version) => `ubuntu-${version}`],
  [/^\/aws\/service\/debian\/release\/(\w+)\//, (release) => `debian-${debianCodenames[release] ?? release}`],
  [/^\/aws\/service\/suse\/sles(?:-byos)?\/(\d+)/, (version) => `suse-${version}`],
];

/**
 * Bottlerocket, as a declaration names it. Patch Manager does not patch it: it has no package manager, and a new version of the
 * whole image replaces the old one. Systems Manager manages it, by an agent in a container, which is all that the scripts of
 * Patch Manager would see.
 *
 * Sources, checked 2026-11-28: https://docs.aws.amazon.com/systems-manager/latest/userguide/patch-manager-prerequisites.html and
 * the operating systems of API_CreatePatchBaseline, neither of which has it, while operating-systems-and-machine-types.html does;
 * its maintainers in https://github.com/bottlerocket-os/bottlerocket/issues/2798 and 2661; gh:49038092501.
 */
export const bottlerocket = "bottlerocket";

/** Whether a public parameter names an image of Bottlerocket. */
export function namesBottlerocket(parameter: string): boolean {
  return parameter.startsWith("/aws/service/bottlerocket/");
}

/** The system of the image that a public parameter names; `undefined` for a parameter that is not in the table. */
export function systemOfImageParameter(parameter: string): System | undefined {
  for (const [pattern, systemFor] of parameterPatterns) {
    const found = pattern.exec(parameter);
    const system = found && systemFor(found[1] ?? "");
    if (system !== null && isSystem(system)) return system;
  }
  return undefined;
}
