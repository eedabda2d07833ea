import { ruleParameters, wrongRegionForRules } from "@patchpath/components";
import { type Region, isRegion, ssmBuckets } from "patchpath/facts";
import { z } from "zod";
import { bucketName, text } from "./values";

const instanceRegion = z.custom<Region>(
  (region) => typeof region === "string" && isRegion(region) && ssmBuckets(region) !== undefined,
  "a region whose SSM buckets are known, such as `eu-west-1`",
);

/** Source of the names' form: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html. */
const exception = z.strictObject({
  kind: z.enum(["role", "user", "group"]).default("role"),
  name: text(/^[\w+=,.@-]{1,128}$/, "the name of a role, user or group, without its path"),
  reason: text(/^(?=.*\S).{1,200}$/, "a reason, of at most 200 characters on one line"),
});

/** `patchpath:remediation`. */
export const remediation = z
  .strictObject({
    deprecatedPolicies: z.enum(["off", "report", "automatic"]).default("off"),
    needs: z
      .strictObject({ cloudWatchAgent: z.boolean().default(false), directory: z.boolean().default(false) })
      .prefault({}),
    instanceRegions: z.array(instanceRegion).min(1).optional(),
    outputBuckets: z.array(bucketName).default([]),
    exceptions: z.array(exception).default([]),
    concurrency: z.int().min(1).max(100).default(10),
    maxErrors: z.int().min(1).max(100).default(10),
    recorder: z.enum(["existing", "new"]).default("existing"),
  })
  .prefault({});

/** What concerns the region too, and several values together. */
export function problemsOfRemediation(value: unknown, region: string | undefined): string[] {
  const { success, data } = remediation.safeParse(value);
  if (!success || data.deprecatedPolicies === "off" || region === undefined || !isRegion(region)) return [];
  const key = "patchpath:remediation";
  const wrongRegion = wrongRegionForRules(region);
  if (wrongRegion !== undefined)
    return [`\`${key}.deprecatedPolicies\` is \`${data.deprecatedPolicies}\`; ${wrongRegion}`];
  try {
    ruleParameters(region, data.exceptions, "role");
    ruleParameters(region, data.exceptions, "user", "group");
    return [];
  } catch (error) {
    return [`\`${key}.exceptions\`: ${(error as Error).message}`];
  }
}
