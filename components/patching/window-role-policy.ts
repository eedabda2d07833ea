import { type Region, regions, servicePrincipal } from "patchpath/facts";
import { type PolicyDocument, type PolicyStatement, policyDocument, trustPolicy } from "../endpoints/policy-document";
import { type PatchTarget, patchGroupKeys } from "./patch-target";

/** A role that Systems Manager assumes. Whether windows send `aws:SourceAccount` is in none of our sources. */
export function trustOfSystemsManager(): PolicyDocument {
  return trustPolicy("AllowSystemsManager", { Service: servicePrincipal("ssm") });
}

/**
 * What the tasks of a window do: send these documents to the instances that it targets, and follow them. Of
 * AmazonSSMMaintenanceWindowRole it is the part for Run Command, narrowed to document and tag.
 *
 * Sources, checked 2026-11-22: https://docs.aws.amazon.com/aws-managed-policy/latest/reference/AmazonSSMMaintenanceWindowRole.html,
 * https://docs.aws.amazon.com/systems-manager/latest/userguide/sysman-maintenance-perm-console.html (what a role of one's own
 * does to follow and to cancel commands) and run-command-setting-up.html there (`ssm:resourceTag`).
 *
 * @param documents names, of AWS's documents (`AWS-…`) and of the account's own
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
      // None of these knows resources but `*`.
      Action: ["ssm:CancelCommand", "ssm:ListCommandInvocations", "ssm:ListCommands", "tag:GetResources"],
      Resource: "*",
    },
  );
}

/** A statement for each key, since all conditions of one statement must hold. */
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
