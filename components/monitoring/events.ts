/** What rules of EventBridge match: patterns as JSON text, known as far as the names in them are. */

const source = ["aws.ssm"];

/** Commands that failed on an instance, by the names of their documents. */
export function failedCommands(documents: readonly string[]): string {
  return JSON.stringify({
    source,
    "detail-type": ["EC2 Command Invocation Status-change Notification"],
    detail: { "document-name": documents, status: ["Failed", "TimedOut", "Cancelled"] },
  });
}

/** Commands that succeeded on an instance: each tells that the instance is alive. */
export function succeededCommands(documents: readonly string[]): string {
  return JSON.stringify({
    source,
    "detail-type": ["EC2 Command Invocation Status-change Notification"],
    detail: { "document-name": documents, status: ["Success"] },
  });
}

/** Tasks of windows that failed on their targets. */
export function failedWindows(windowIds: readonly string[]): string {
  return JSON.stringify({
    source,
    "detail-type": ["Maintenance Window Task Target Invocation State-change Notification"],
    detail: { "window-id": windowIds, status: ["FAILED", "TIMED_OUT"] },
  });
}

/**
 * Runs of Quick Setup's associations that failed, as a whole or on one instance. AWS makes the associations, so neither
 * their ids nor a patch group are known: these are all that patch or scan in the account and region.
 *
 * Sources, read 2026-11-22 in stored copies: reference-eventbridge-events.html in
 * https://docs.aws.amazon.com/systems-manager/latest/userguide/ (types and the status), patch-manager-ssm-documents.html
 * there (host management's document), https://docs.aws.amazon.com/aws-managed-policy/latest/reference/AWSQuickSetupPatchPolicyDeploymentRolePolicy.html
 * (`QSAssociationsManage`: the documents of a patch policy's). Which of those a patch policy runs is not documented.
 */
export function failedAssociations(): string {
  return JSON.stringify({
    source,
    "detail-type": [
      "EC2 State Manager Association State Change",
      "EC2 State Manager Instance Association State Change",
    ],
    detail: {
      "document-name": [{ prefix: "AWS-RunPatchBaseline" }, { prefix: "AWSQuickSetup-" }, { prefix: "QuickSetup-" }],
      status: ["Failed"],
    },
  });
}

/**
 * Instances that miss patches; by our baselines where there are some, else any of the account in the region, since the
 * event does not tell the patch group.
 */
export function nonCompliance(baselineIds: readonly string[]): string {
  return JSON.stringify({
    source,
    "detail-type": ["Configuration Compliance State Change"],
    detail: {
      "compliance-type": ["Patch"],
      "compliance-status": ["non_compliant"],
      ...(baselineIds.length > 0 && { "patch-baseline-id": baselineIds }),
    },
  });
}
