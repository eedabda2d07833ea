import { servicePrincipal } from "patchpath/facts";
import { trustPolicy } from "../endpoints/policy-document";

/** The account of the automation. */
export interface AutomationPlace {
  /** As in ARNs, such as `aws`. */
  readonly partition: string;
  readonly accountId: string;
}

/**
 * Who may assume the role of the automation: Systems Manager, for automations in this account.
 * Source: https://docs.aws.amazon.com/systems-manager/latest/userguide/automation-setup-iam.html, checked 2026-11-22.
 */
export function automationTrust({ partition, accountId }: AutomationPlace) {
  return trustPolicy(
    "AllowAutomations",
    { Service: servicePrincipal("ssm") },
    {
      StringEquals: { "aws:SourceAccount": accountId },
      ArnLike: { "aws:SourceArn": `arn:${partition}:ssm:*:${accountId}:automation-execution/*` },
    },
  );
}

/**
 * What the automation may do: attach and detach the policies of the replacement and no others, on all roles but the exceptions.
 * `ArnEquals` is false for a request without `iam:PolicyARN`, for which `ForAllValues:` would be true.
 *
 * @param policyArns the deprecated policies and their replacements: a rollback attaches the former again
 * @param exceptions names of roles
 */
export function automationPermissions(
  { partition, accountId }: AutomationPlace,
  policyArns: readonly string[],
  exceptions: readonly string[],
) {
  const roles = `arn:${partition}:iam::${accountId}:role`;
  const leaveAlone = {
    Sid: "LeaveExceptionsAlone",
    Effect: "Deny",
    Action: ["iam:AttachRolePolicy", "iam:DetachRolePolicy"],
    Resource: exceptions.flatMap((name) => [`${roles}/${name}`, `${roles}/*/${name}`]), // with and without a path
  };
  return {
    Version: "2012-10-17",
    Statement: [
      {
        Sid: "FindRoles",
        Effect: "Allow",
        Action: ["config:ListDiscoveredResources", "iam:GetAccountSummary"],
        Resource: "*", // these two actions support no other resource
      },
      {
        Sid: "ReadRoles",
        Effect: "Allow",
        Action: ["iam:GetRole", "iam:ListAttachedRolePolicies"],
        Resource: `${roles}/*`,
      },
      {
        Sid: "SwapPolicies",
        Effect: "Allow",
        Action: ["iam:AttachRolePolicy", "iam:DetachRolePolicy"],
        Resource: `${roles}/*`,
        Condition: { ArnEquals: { "iam:PolicyARN": [...new Set(policyArns)] } },
      },
      ...(exceptions.length > 0 ? [leaveAlone] : []),
    ],
  };
}
