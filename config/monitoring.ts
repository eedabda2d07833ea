import { isRegion } from "patchpath/facts";
import { z } from "zod";
import { bucketName, text } from "./values";

/** `patchpath:monitoring`. */
export const monitoring = z
  .strictObject({
    repositoryCheck: z.boolean().default(true),
    // Longer than from one monthly window to the next.
    staleDays: z.int().min(0).max(365).default(35),
    emails: z.array(text(/^[^\s@]+@[^\s@]+\.[^\s@]+$/, "a mail address")).default([]),
    dashboard: z.boolean().default(false),
    dataSync: z
      .strictObject({
        bucket: bucketName,
        region: z.string().refine(isRegion, "a region"),
        prefix: text(/^[^/].{0,255}$/, "a prefix of keys, without a slash first").optional(),
      })
      .optional(),
  })
  .prefault({});
