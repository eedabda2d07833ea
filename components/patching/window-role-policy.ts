import { type Region, patchGroupKeys, regions, servicePrincipal } from "patchpath/facts";
import { type PolicyDocument, type PolicyStatement, policyDocument, trustPolicy } from "../endpoints/policy-document";
import type { PatchTarget } from "./patch-target";

/** The trust policy of a role for Systems Manager. No source says whether maintenance windows send `aws:SourceAccount`. */
export function trustOfSystemsManager(): PolicyDocument {
  return trustPolicy("AllowSystemsManager", { Service: servicePrincipal("ssm") });
}

/**
 * What the tasks of a maintenance window require: to send these documents to the instances that it targets, and to track the
 * commands. It is the part of AmazonSSMMaintenanceWindowRole for Run Command, restricted to documents and tags.
 *
 * Sources, checked 2026-11-22: https://docs.aws.amazon.com/aws-managed-policy/latest/reference/AmazonSSMMaintenanceWindowRole.html,
 * https://docs.aws.amazon.com/systems-manager/latest/userguide/sysman-maintenance-perm-console.html (what a custom role
 * requires to track and cancel commands) and run-command-setting-up.html there (`ssm:resourceTag`).
 *
 * @param documents names of documents, of AWS (`AWS-…`) or of the account
 */
export function windowRolePolicy(
  region: Region,
  accountId: string,
  targets: readonly PatchTarget[],
  documents: readonly string[],
): PolicyDocument {
  const { partition } = regions[region];
  return policyDocument(
    {
      Sid: "AllowDocuments",
      Effect: "Allow",
      Action: "ssm:SendCommand",
      Resource: documents.map(
        (name) => `arn:${partition.id}:ssm:${region}:${name.startsWith("AWS-") ? "*" : accountId}:document/${name}`,
      ),
    },
    ...instancesWith(targets, `arn:${partition.id}:ec2:${region}:${accountId}:instance/*`),
    {
      Sid: "AllowFollowing",
      Effect: "Allow",
      // These actions support only the resource `*`.
      Action: ["ssm:CancelCommand", "ssm:ListCommandInvocations", "ssm:ListCommands", "tag:GetResources"],
      Resource: "*",
    },
  );
}

/** One statement for each key, since a request must meet all conditions of a statement. */
function instancesWith(targets: readonly PatchTarget[], instances: string): PolicyStatement[] {
  const keys = [...new Set(targets.map(({ key }) => key))];
  return keys.map((key, i): PolicyStatement => {
    const values = targets.filter((target) => target.key === key).map(({ value }) => value);
    return {
      Sid: key === patchGroupKeys[0] ? "AllowPatchGroup" : `AllowTag${i}`,
      Effect: "Allow",
      Action: "ssm:SendCommand",
      Resource: instances,
      Condition: { StringEquals: { [`ssm:resourceTag/${key}`]: values.length === 1 ? values[0]! : values } },
    };
  });
}
