import { regions } from "patchpath/facts";
import { z } from "zod";
import { bucketName, namesIn, text } from "./values";

/** `patchpath:monitoring`. */
export const monitoring = z
  .strictObject({
    repositoryCheck: z
      .boolean()
      .default(true)
      .describe("checks on each instance, twice a day, whether its repositories are readable"),
    // Longer than from one monthly window to the next.
    staleDays: z
      .int()
      .min(0)
      .max(365)
      .default(35)
      .describe("days without an installation after which that check fails; 0 disables this"),
    emails: z
      .array(text(/^[^\s@]+@[^\s@]+\.[^\s@]+$/, "a mail address"))
      .default([])
      .describe("email addresses that are notified; each must confirm the subscription"),
    inventory: z
      .boolean()
      .default(false)
      .describe(
        "collects inventory twice a day, by an association with AWS-GatherSoftwareInventory, of which an instance can have only one; not required with `host-management`, which collects it itself",
      ),
    dashboard: z.boolean().default(false).describe("a CloudWatch dashboard"),
    dataSync: z
      .strictObject({
        bucket: bucketName.describe("a bucket whose policy allows Systems Manager to write to it"),
        region: z.enum(namesIn(regions)).describe("the bucket's region"),
        prefix: text(/^[^/].{0,255}$/, "a prefix of keys that does not begin with a slash")
          .optional()
          .describe("the prefix of the keys, none unless given"),
      })
      .optional()
      .describe("a bucket for compliance data and, if collected, inventory of the account's instances in this region"),
  })
  .prefault({});
