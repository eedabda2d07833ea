import { retentionDays, sessionDefaults } from "@patchpath/components";
import { z } from "zod";
import { say, whenRight } from "./section";
import { bucketName } from "./values";

/** `patchpath:sessions`: where Session Manager logs sessions, and whether a key of the stack encrypts them. */
export const sessions = z
  .strictObject({
    logGroup: z.boolean().default(sessionDefaults.logGroup).describe("logs sessions to a log group of the stack"),
    retentionDays: z
      .literal(retentionDays)
      .optional()
      .describe(`the retention of the log group in days, ${sessionDefaults.retentionDays} unless given`),
    s3Bucket: bucketName
      .optional()
      .describe("an existing bucket of the account and region, to which sessions are logged as well"),
    encrypted: z
      .boolean()
      .default(sessionDefaults.encrypted)
      .describe("encrypts sessions and the log group with a KMS key of the stack, and requires an encrypted bucket"),
  })
  .superRefine(({ logGroup, retentionDays: days }, context) => {
    if (logGroup || days === undefined) return;
    say(context, ["retentionDays"], "has no effect with `logGroup` `false`; expected it left out");
  }, whenRight)
  .prefault({});
export type Sessions = z.output<typeof sessions>;
