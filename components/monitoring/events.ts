/** Event patterns of EventBridge rules, as JSON text. They are known once the names in them are. */

const source = ["aws.ssm"];

/** Failed commands on an instance, by the names of their documents. */
export function failedCommands(documents: readonly string[]): string {
  return JSON.stringify({
    source,
    "detail-type": ["EC2 Command Invocation Status-change Notification"],
    detail: { "document-name": documents, status: ["Failed", "TimedOut", "Cancelled"] },
  });
}

/** Successful commands on an instance: each shows that the instance responds. */
export function succeededCommands(documents: readonly string[]): string {
  return JSON.stringify({
    source,
    "detail-type": ["EC2 Command Invocation Status-change Notification"],
    detail: { "document-name": documents, status: ["Success"] },
  });
}

/** Runs of a maintenance window, whatever comes of them: each run sends several of these events. */
export function runsOfWindow(windowId: string): string {
  return JSON.stringify({
    source,
    "detail-type": ["Maintenance Window Execution State-change Notification"],
    detail: { "window-id": [windowId] },
  });
}

/** Failed tasks of maintenance windows, by target. */
export function failedWindows(windowIds: readonly string[]): string {
  return JSON.stringify({
    source,
    "detail-type": ["Maintenance Window Task Target Invocation State-change Notification"],
    detail: { "window-id": windowIds, status: ["FAILED", "TIMED_OUT"] },
  });
}

/**
 * Failed runs of Quick Setup associations, as a whole or on one instance. AWS creates the associations, so neither their ids nor a
 * patch group are known: the pattern matches all associations that patch or scan in the account and region.
 *
 * Sources, read 2026-11-22 in stored copies: reference-eventbridge-events.html in
 * https://docs.aws.amazon.com/systems-manager/latest/userguide/ (types and the status), patch-manager-ssm-documents.html
 * there (host management's document), https://docs.aws.amazon.com/aws-managed-policy/latest/reference/AWSQuickSetupPatchPolicyDeploymentRolePolicy.html
 * (`QSAssociationsManage`: the documents of a patch policy). Which of these a patch policy runs is not documented.
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
 * Instances with missing patches: those with the baselines of the stack if there are any, else all instances of the account in the
 * region, since the event does not contain the patch group.
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
