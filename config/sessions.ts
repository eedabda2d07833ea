import { retentionDays } from "@patchpath/components";
import { z } from "zod";
import { namespace, record, text } from "./values";

/** `patchpath:sessions`: where Session Manager logs sessions, and whether by a key of our own. */
export const sessions = z
  .strictObject({
    logGroup: z.boolean().default(true),
    retentionDays: z
      .int()
      .refine((days) => retentionDays.includes(days), `one of ${retentionDays.join(", ")}`)
      .default(90),
    // Source: https://docs.aws.amazon.com/AmazonS3/latest/userguide/bucketnamingrules.html, checked 2026-11-22.
    s3Bucket: text(/^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$/, "the name of a bucket, such as `my-session-logs`").optional(),
    encrypted: z.boolean().default(false),
  })
  .prefault({});

export function problemsOfSessions(value: unknown): string[] {
  const { logGroup, retentionDays } = record(value);
  if (logGroup !== false || retentionDays === undefined) return [];
  return [`\`${namespace}sessions.retentionDays\` has no effect; expected with \`logGroup\` only`];
}
