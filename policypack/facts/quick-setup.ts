import type { Region } from "./regions";

/**
 * The regions with patch policies of Quick Setup; in the others of these tables there are none.
 *
 * Source: https://docs.aws.amazon.com/systems-manager/latest/userguide/quick-setup-patch-manager.html, checked
 * 2026-11-21. China and GovCloud are not in it, like every region that is not here.
 */
export const patchPolicyRegions: readonly Region[] = [
  "ap-northeast-1",
  "ap-northeast-2",
  "ap-south-1",
  "ap-southeast-1",
  "ap-southeast-2",
  "ca-central-1",
  "eu-central-1",
  "eu-north-1",
  "eu-west-1",
  "eu-west-2",
  "eu-west-3",
  "sa-east-1",
  "us-east-1",
  "us-east-2",
  "us-west-1",
  "us-west-2",
];

/**
 * The types of Quick Setup configuration that patch instances, or scan them for missing patches. Sources:
 * https://docs.aws.amazon.com/systems-manager/latest/userguide/quick-setup-patch-manager.html and
 * quick-setup-host-management.html there, checked 2026-11-21.
 */
export const patchingTypes: readonly string[] = ["AWSQuickSetupType-PatchPolicy", "AWSQuickSetupType-SSMHostMgmt"];
