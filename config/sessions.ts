import { retentionDays } from "@patchpath/components";
import { z } from "zod";
import { bucketName, namespace, record } from "./values";

/** `patchpath:sessions`: where Session Manager logs sessions, and whether by a key of our own. */
export const sessions = z
  .strictObject({
    logGroup: z.boolean().default(true),
    retentionDays: z
      .int()
      .refine((days) => retentionDays.includes(days), `one of ${retentionDays.join(", ")}`)
      .default(90),
    s3Bucket: bucketName.optional(),
    encrypted: z.boolean().default(false),
  })
  .prefault({});

export function problemsOfSessions(value: unknown): string[] {
  const { logGroup, retentionDays } = record(value);
  if (logGroup !== false || retentionDays === undefined) return [];
  return [`\`${namespace}sessions.retentionDays\` has no effect; expected with \`logGroup\` only`];
}
