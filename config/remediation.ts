import { remediationDefaults, ruleParameters, wrongRegionForRules } from "@patchpath/components";
import { type Region, regions, ssmBuckets } from "patchpath/facts";
import { z } from "zod";
import { oneOf } from "./problems";
import { bucketName, namesIn, namespace, text } from "./values";

/** Source of the names' form: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html. */
const exception = z.strictObject({
  kind: z.enum(["role", "user", "group"]).default("role").describe("the type of the principal"),
  name: text(/^[\w+=,.@-]{1,128}$/, "the name of a role, user or group, without its path").describe(
    "the name, without the path",
  ),
  reason: text(/^(?=.*\S).{1,200}$/, "a reason, of at most 200 characters on one line").describe(
    "the reason, shown in the message if an automation is started on it nevertheless",
  ),
});

const confirmed = namesIn(regions).filter((region) => ssmBuckets(region));

const percent = z.int().min(1).max(100);

/** `patchpath:remediation`. */
export const remediation = z
  .strictObject({
    deprecatedPolicies: z
      .enum(["off", "report", "automatic"])
      .default("off")
      .describe("finds policies for instances that AWS has deprecated; `automatic` also replaces them on roles"),
    needs: z
      .strictObject({
        cloudWatchAgent: z.boolean().default(false).describe("the instances run the CloudWatch agent"),
        directory: z.boolean().default(false).describe("the instances join a directory"),
      })
      .prefault({})
      .describe("what the instances do in addition to Systems Manager"),
    instanceRegions: z
      .array(
        z.enum(confirmed, {
          error: ({ input }) => `a region whose SSM buckets are confirmed, ${oneOf(confirmed, input)}`,
        }),
      )
      .min(1)
      .optional()
      .describe("regions in which instances with such roles run, the stack's own unless given"),
    outputBuckets: z.array(bucketName).default([]).describe("buckets that commands and sessions write their output to"),
    exceptions: z.array(exception).default([]).describe("roles, users and groups that keep a deprecated policy"),
    concurrency: percent
      .default(remediationDefaults.concurrency)
      .describe("the percentage of the roles that are remediated at the same time"),
    maxErrors: percent
      .default(remediationDefaults.maxErrors)
      .describe("the percentage of the roles that may fail before AWS Config stops"),
    recorder: z
      .enum(["existing", "new"])
      .default(remediationDefaults.recorder)
      .describe("the recorder of AWS Config: that of the account, or a new one with a delivery channel"),
    forceDestroy: z
      .boolean()
      .default(remediationDefaults.forceDestroy)
      .describe("deletes the bucket of a new recorder with its objects; otherwise it must be empty to be deleted"),
  })
  .prefault({});

interface Config {
  readonly remediation?: z.output<typeof remediation> | undefined;
  readonly region?: Region | undefined;
}

/** What AWS Config has in the region, and has room for. */
export function checkRemediation({ remediation, region }: Config): string[] {
  if (!remediation || remediation.deprecatedPolicies === "off" || !region) return [];
  const { deprecatedPolicies, exceptions } = remediation;
  const key = `${namespace}remediation`;
  const wrongRegion = wrongRegionForRules(region);
  if (wrongRegion !== undefined) {
    return [`\`${key}.deprecatedPolicies\` is \`${deprecatedPolicies}\`; ${wrongRegion}`];
  }
  try {
    ruleParameters(region, exceptions, "role");
    ruleParameters(region, exceptions, "user", "group");
    return [];
  } catch (error) {
    return [`\`${key}.exceptions\`: ${(error as Error).message}`];
  }
}
