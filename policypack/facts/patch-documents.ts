/**
 * AWS's documents that scan instances or install patches, in Run Command, Automation, State Manager and maintenance windows.
 * An AWS document that is not here does neither.
 *
 * Sources: https://docs.aws.amazon.com/systems-manager/latest/userguide/patch-manager-ssm-documents.html (the command
 * documents) and patch-operations-s3-buckets.html there (the runbooks), checked 2026-11-28.
 */
export const patchDocuments: readonly string[] = [
  "AWS-ApplyPatchBaseline",
  "AWS-InstallMissingWindowsUpdates",
  "AWS-InstallSpecificWindowsUpdates",
  "AWS-InstallWindowsUpdates",
  "AWS-PatchAsgInstance",
  "AWS-PatchInstanceWithRollback",
  "AWS-RunPatchBaseline",
  "AWS-RunPatchBaselineAssociation",
  "AWS-RunPatchBaselineWithHooks",
];

/**
 * Those of them that cannot run without the parameter `Operation`, which is `Scan` or `Install`.
 *
 * Sources: https://docs.aws.amazon.com/systems-manager/latest/userguide/patch-manager-aws-runpatchbaseline.html and
 * patch-manager-aws-runpatchbaselineassociation.html there ("Usage: Required"), checked 2026-11-28.
 */
export const documentsOfOperation: readonly string[] = ["AWS-RunPatchBaseline", "AWS-RunPatchBaselineAssociation"];

/**
 * The tags by which Patch Manager puts an instance into a patch group. Where tags are allowed in instance metadata, only the
 * first is possible, since a key may not have a space there.
 *
 * Source: https://docs.aws.amazon.com/systems-manager/latest/userguide/patch-manager-patch-groups.html, checked 2026-11-28.
 */
export const patchGroupKeys = ["PatchGroup", "Patch Group"] as const;
