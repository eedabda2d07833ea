import type { Region } from "./regions";

/**
 * Whether a region has the AWS Config rule `iam-policy-blacklisted-check` (identifier `IAM_POLICY_BLACKLISTED_CHECK`).
 *
 * Source: https://docs.aws.amazon.com/config/latest/developerguide/iam-policy-blacklisted-check.html, which names the
 * regions without it; checked 2026-11-21. `undefined`: for a partition that the page does not mention.
 */
export const hasIamPolicyBlacklistedCheck: Readonly<Record<Region, boolean | undefined>> = {
  "af-south-1": true,
  "ap-east-1": true,
  "ap-east-2": false,
  "ap-northeast-1": true,
  "ap-northeast-2": true,
  "ap-northeast-3": true,
  "ap-south-1": true,
  "ap-south-2": false,
  "ap-southeast-1": true,
  "ap-southeast-2": true,
  "ap-southeast-3": true,
  "ap-southeast-4": false,
  "ap-southeast-5": false,
  "ap-southeast-6": false,
  "ap-southeast-7": false,
  "ca-central-1": true,
  "ca-west-1": false,
  "cn-north-1": undefined,
  "cn-northwest-1": undefined,
  "eu-central-1": true,
  "eu-central-2": false,
  "eu-north-1": true,
  "eu-south-1": true,
  "eu-south-2": false,
  "eu-west-1": true,
  "eu-west-2": true,
  "eu-west-3": true,
  "il-central-1": false,
  "me-central-1": false,
  "me-south-1": true,
  "mx-central-1": false,
  "sa-east-1": true,
  "us-east-1": true,
  "us-east-2": true,
  "us-gov-east-1": undefined,
  "us-gov-west-1": undefined,
  "us-west-1": true,
  "us-west-2": true,
};

/** Longest `InputParameters` of a rule, in characters. Source: the service model of AWS Config, checked 2026-11-22. */
export const longestConfigRuleParameters = 1024;
