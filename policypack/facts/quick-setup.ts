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

/**
 * The buckets in which Quick Setup keeps the baselines of patch policies: `aws-quicksetup-patchpolicy-ACCOUNT-ID`, in
 * the management account for an organization. Endpoint policy and instance roles must allow the reads.
 *
 * Source: https://docs.aws.amazon.com/systems-manager/latest/userguide/quick-setup-patch-manager.html, checked
 * 2026-11-21.
 */
export const patchPolicyBucketPattern = "aws-quicksetup-patchpolicy-*";

/**
 * The tag by which such a bucket's policy identifies the roles that are allowed to read it; its value is the
 * configuration's id. Quick Setup puts it on the roles itself where it is allowed to attach policies. Quick Setup's
 * template refuses principals without it.
 *
 * Source: the same page (the tag); that the bucket's policy asks for it as `aws:PrincipalTag`, from the template's code
 * as published by users, so unconfirmed by AWS's documentation; checked 2026-11-22.
 */
export const patchPolicyTag = (configurationId: string) => `QSConfigId-${configurationId}`;

/**
 * The AWS managed policies for the role with which Quick Setup deploys a configuration in one account.
 *
 * Source: https://docs.aws.amazon.com/systems-manager/latest/userguide/security-iam-awsmanpol.html, checked 2026-11-22;
 * that the second suffices for host management is unconfirmed.
 */
export const quickSetupDeploymentPolicies = {
  "patch-policy": "AWSQuickSetupPatchPolicyDeploymentRolePolicy",
  "host-management": "AWSQuickSetupDeploymentRolePolicy",
} as const;
