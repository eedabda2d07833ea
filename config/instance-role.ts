import { instanceRoleDefaults } from "@patchpath/components";
import { z } from "zod";
import { managedPolicyArn, text } from "./values";

/** `patchpath:instanceRole`: what the roles of all fleets have in common. */
export const instanceRole = z
  .strictObject({
    permissions: z
      .enum(["AmazonSSMManagedInstanceCore", "minimal"])
      .default(instanceRoleDefaults.permissions)
      .describe("the permissions for the agent: the AWS managed policy, or a smaller one"),
    permissionsBoundary: managedPolicyArn.optional().describe("the ARN of the permissions boundary of the roles"),
    // Source: https://docs.aws.amazon.com/IAM/latest/APIReference/API_CreateRole.html, checked 2026-11-22.
    path: text(/^\/([!-~]+\/)?$/, "an IAM path, such as `/patching/`")
      .optional()
      .describe("the IAM path of roles and instance profiles, `/` unless given"),
  })
  .prefault({});
