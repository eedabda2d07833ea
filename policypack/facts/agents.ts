import type { Architecture } from "./images";
import { type Region, regions } from "./regions";
import type { System } from "./systems";

/**
 * Whether vendors' own images include the SSM agent, by the beginning of a system's name: RHEL, Debian, CentOS, Rocky and
 * Oracle images do not, so there it needs to be installed. Absent is unknown: AlmaLinux's have it by AWS's page, but not
 * in each of its releases as far as is known.
 *
 * Source: https://docs.aws.amazon.com/systems-manager/latest/userguide/ami-preinstalled-agent.html, checked 2026-11-28
 * (gh:58693174618): Amazon Linux 2 and 2023, their images for ECS and EKS, SLES since 15.3, Ubuntu 18.04 to 25.04,
 * Windows Server 2012 R2 and later, except Nano ("you'll likely find").
 */
const inImages: readonly (readonly [system: string, included: boolean])[] = [
  ["amazon-linux", true],
  ["ubuntu", true],
  ["suse-15", true],
  ["windows-server", true],
  ["rhel", false],
  ["debian", false],
  ["centos", false],
  ["rocky", false],
  ["oracle-linux", false],
];

/**
 * Images that differ from the others of their system, by their parameter or name. Minimal images of Amazon Linux have no
 * agent: of Amazon Linux 2023 three reports agree (gh:71238992302, gh:55164290212, gh:56766084988), of Amazon Linux 2 it is
 * only likely. The others are outside the list above.
 */
const exceptions: readonly (readonly [RegExp, included: false | undefined])[] = [
  [/\bal2023-ami-minimal-/, false],
  [/\bamzn2-ami-minimal-/, undefined],
  [/\bubuntu-minimal\b|\/ubuntu\/[^/]*minimal\/|\b16\.04\b/, undefined],
  [/\bsles(-byos)?[/-]15(-sp[12])?[/-](?!sp)/, undefined],
  [/Windows_Server-20\d\d(-R2)?-.*Nano|Windows_Server-2012-(?!R2)/, undefined],
];

/**
 * Whether the vendor's own image of a system includes the SSM agent; `undefined` where that is not known.
 *
 * @param image the public parameter or the name of the image, where that is known
 */
export function imageBringsAgent(system: string, image = ""): boolean | undefined {
  const exception = exceptions.find(([pattern]) => pattern.test(image));
  return exception ? exception[1] : inImages.find(([family]) => system.startsWith(family))?.[1];
}

/**
 * The actions without which the agent can't register, get commands, patch and report: those of
 * AmazonSSMManagedInstanceCore (v2) that are about that. Source:
 * https://docs.aws.amazon.com/aws-managed-policy/latest/reference/AmazonSSMManagedInstanceCore.html, checked 2026-11-21.
 * `ec2messages` is for agents before 3.3.40.0 only.
 */
export const agentActions: readonly string[] = [
  "ssm:UpdateInstanceInformation",
  "ssm:GetDeployablePatchSnapshotForInstance",
  "ssm:GetDocument",
  "ssm:ListInstanceAssociations",
  "ssm:PutComplianceItems",
  "ssm:PutInventory",
  "ssmmessages:CreateControlChannel",
  "ssmmessages:CreateDataChannel",
  "ssmmessages:OpenControlChannel",
  "ssmmessages:OpenDataChannel",
];

/**
 * The service setting of Default Host Management Configuration, in each account and region: its value is the name of the
 * role that the SSM agent gets where its instance profile does not allow `ssm:UpdateInstanceInformation`, or where there
 * is none.
 *
 * Sources: https://docs.aws.amazon.com/systems-manager/latest/APIReference/API_UpdateServiceSetting.html and
 * https://docs.aws.amazon.com/systems-manager/latest/userguide/fleet-manager-default-host-management-configuration.html,
 * checked 2026-11-28.
 */
export const defaultHostManagementSetting = "/ssm/managed-instance/default-ec2-instance-management-role";

/**
 * The action by which the agent registers. Where the role of the instance profile does not allow it, or EC2 cannot assume
 * that role, the agent asks for the role of Default Host Management instead. Where the role allows it, the agent stays
 * with that role, whatever else it lacks.
 *
 * Source: aws/amazon-ssm-agent @1c217c8 common/identity/credentialproviders/ec2roleprovider/ec2_role_provider_deps.go
 * and ec2_role_provider.go (`AccessDeniedException`, `EC2RoleRequestError`, `AssumeRoleUnauthorizedAccess`), and the page
 * above, checked 2026-11-28.
 */
export const registeringAction = "ssm:UpdateInstanceInformation";

/** Families by how their packages are installed. */
const debianFamily = ["debian", "ubuntu"] as const;

/**
 * The URL of the newest SSM agent for a Linux system: in an AWS bucket in the region, read unsigned, so that it is
 * reachable through an S3 gateway endpoint.
 *
 * Source: https://docs.aws.amazon.com/systems-manager/latest/userguide/agent-install-rhel.html and its like for the
 * other systems ("globally" and by region), checked 2026-11-22.
 */
export function agentPackageUrl(system: System, architecture: Architecture, region: Region): string {
  const isDebian = debianFamily.some((family) => system.startsWith(family));
  const machine = architecture === "x86_64" ? "amd64" : "arm64";
  const { dnsSuffix } = regions[region].partition;
  const file = isDebian ? `debian_${machine}/amazon-ssm-agent.deb` : `linux_${machine}/amazon-ssm-agent.rpm`;
  return `https://s3.${region}.${dnsSuffix}/amazon-ssm-${region}/latest/${file}`;
}
