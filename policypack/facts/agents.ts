import type { Architecture } from "./images";
import { type Region, regions } from "./regions";
import type { System } from "./systems";

/**
 * The families of systems whose AWS images include the SSM agent, by the beginning of a system's name. The others need
 * it installed: RHEL, Debian, CentOS, Rocky and Oracle images have none. AlmaLinux's have one, but no public parameter
 * names such an image, so they are not listed.
 *
 * Source: https://docs.aws.amazon.com/systems-manager/latest/userguide/ami-preinstalled-agent.html, checked 2026-11-22
 * (SUSE's since 15.3; that an image has it is only likely, by that page, and one of somebody else's may differ).
 */
const familiesWithAgent = ["amazon-linux", "ubuntu", "suse", "windows-server"] as const;

/**
 * Whether AWS's own image of a system includes the SSM agent. Minimal images of Amazon Linux do not: of Amazon Linux
 * 2023 three reports agree (gh:71238992302, gh:55164290212, gh:56766084988), of Amazon Linux 2 it is likely.
 *
 * @param parameter the public parameter that names the image, where that is known
 */
export function imageBringsAgent(system: string, parameter = ""): boolean {
  if (parameter.includes("-minimal-")) return false;
  return familiesWithAgent.some((family) => system.startsWith(family));
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
