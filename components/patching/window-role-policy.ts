import { type Region, regions, servicePrincipal } from "patchpath/facts";
import { type PolicyDocument, policyDocument, trustPolicy } from "../endpoints/policy-document";

/** A role that Systems Manager assumes. Whether windows send `aws:SourceAccount` is in none of our sources. */
export function trustOfSystemsManager(): PolicyDocument {
  return trustPolicy("AllowSystemsManager", { Service: servicePrincipal("ssm") });
}

/**
 * What the tasks of a window do: send these documents to the instances of one patch group, and follow them. Of
 * AmazonSSMMaintenanceWindowRole it is the part for Run Command, narrowed to document and tag.
 *
 * Source: https://docs.aws.amazon.com/aws-managed-policy/latest/reference/AmazonSSMMaintenanceWindowRole.html and
 * https://docs.aws.amazon.com/systems-manager/latest/userguide/run-command-setting-up.html (`ssm:resourceTag`), checked
 * 2026-11-22.
 *
 * @param documents names, of AWS's documents (`AWS-…`) and of the account's own
 */
export function windowRolePolicy(
  region: Region,
  accountId: string,
  patchGroup: string,
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
    {
      Sid: "AllowPatchGroup",
      Effect: "Allow",
      Action: "ssm:SendCommand",
      Resource: `arn:${partition.id}:ec2:${region}:${accountId}:instance/*`,
      Condition: { StringEquals: { "ssm:resourceTag/PatchGroup": patchGroup } },
    },
    {
      Sid: "AllowFollowing",
      Effect: "Allow",
      // None of these knows resources but `*`.
      Action: ["ssm:CancelCommand", "ssm:ListCommandInvocations", "ssm:ListCommands", "tag:GetResources"],
      Resource: "*",
    },
  );
}
