import type { ResourceValidationPolicy, StackValidationPolicy } from "@pulumi/policy";

/**
 * A rule as CrossGuard takes it. Its resource face judges inputs before a resource is made, at `up` too; its stack face
 * judges what only the whole stack shows. One rule may have both, and then neither repeats the other's findings.
 */
export type Rule = Required<
  Pick<
    ResourceValidationPolicy,
    "name" | "displayName" | "description" | "enforcementLevel" | "severity" | "tags" | "remediationSteps" | "url"
  >
> &
  Pick<ResourceValidationPolicy, "configSchema"> &
  (Pick<Required<ResourceValidationPolicy>, "validateResource"> | Pick<StackValidationPolicy, "validateStack">);

/** Where the page of a rule is. */
export function pageOf(rule: string): string {
  return `https://github.com/patchpath/patchpath/blob/main/docs/rules/${rule}.md`;
}
