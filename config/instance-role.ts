import { z } from "zod";
import { managedPolicyArn, text } from "./values";

/** `patchpath:instanceRole`: what the roles of all fleets have in common. */
export const instanceRole = z
  .strictObject({
    permissions: z.enum(["AmazonSSMManagedInstanceCore", "minimal"]).default("AmazonSSMManagedInstanceCore"),
    permissionsBoundary: managedPolicyArn.optional(),
    // Source: https://docs.aws.amazon.com/IAM/latest/APIReference/API_CreateRole.html, checked 2026-11-22.
    path: text(/^\/([!-~]+\/)?$/, "an IAM path, such as `/patching/`").optional(),
  })
  .prefault({});
