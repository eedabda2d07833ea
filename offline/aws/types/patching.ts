import { asText, isObject } from "../values";
import { known, knownText } from "./checks";
import type { Check } from "./row";

/**
 * Source: https://docs.aws.amazon.com/systems-manager/latest/userguide/quick-setup-patch-manager.html, checked 2026-11-21.
 */
const regionsWithPatchPolicies = [
  ...["ap-northeast-1", "ap-northeast-2", "ap-south-1", "ap-southeast-1", "ap-southeast-2", "ca-central-1"],
  ...["eu-central-1", "eu-north-1", "eu-west-1", "eu-west-2", "eu-west-3", "sa-east-1"],
  ...["us-east-1", "us-east-2", "us-west-1", "us-west-2"],
];

/** Regions with patch policies, and what a definition must contain. */
export const quickSetupDefinition: Check = ({ inputs, place }) => {
  const definition = known(inputs, "configurationDefinition");
  if (!isObject(definition)) return undefined;
  const failure = (name: string, reason: string) => ({
    property: `configurationDefinition.parameters.${name}`,
    reason: `${reason} (ValidationException)`,
  });
  const parameters = isObject(definition["parameters"]) ? definition["parameters"] : {};
  const text = (name: string) => asText(parameters[name]);
  if (text("TargetRegions") === "") return failure("TargetRegions", "is required and missing");
  if (text("TargetAccounts") === "" && text("TargetOrganizationalUnits") === "")
    return failure("TargetAccounts", "expected TargetAccounts or TargetOrganizationalUnits; found neither");
  if (definition["type"] !== "AWSQuickSetupType-PatchPolicy") return undefined;
  const regions = [place.region, ...text("TargetRegions").split(",")];
  const wrong = regions.find((region) => !regionsWithPatchPolicies.includes(region));
  if (wrong !== undefined) return failure("TargetRegions", `patch policies are not offered in ${wrong}`);
  return text("PatchPolicyName") === "" ? failure("PatchPolicyName", "is required and missing") : undefined;
};

/**
 * The keys of filters by operating system. Source:
 * https://docs.aws.amazon.com/systems-manager/latest/APIReference/API_DescribePatchProperties.html, and `PATCH_SET` from
 * API_PatchFilter.html there, checked 2026-11-22. For other operating systems, any key is accepted.
 */
function filterKeysOf(system: string): readonly string[] | undefined {
  if (system === "WINDOWS") return ["PATCH_SET", "PRODUCT", "PRODUCT_FAMILY", "CLASSIFICATION", "MSRC_SEVERITY"];
  if (/^(DEBIAN|UBUNTU)$/.test(system)) return ["PRODUCT", "PRIORITY"];
  const isRpm = /^(AMAZON_LINUX_(2|2023)|CENTOS|ORACLE_LINUX|REDHAT_ENTERPRISE_LINUX|ROCKY_LINUX|SUSE)$/.test(system);
  return isRpm ? ["PRODUCT", "CLASSIFICATION", "SEVERITY"] : undefined;
}

/** Filters of the operating system, and exactly one of a delay and a date. */
export const approvalRules: Check = ({ inputs }) => {
  const system = knownText(inputs, "operatingSystem") ?? "WINDOWS";
  const rules = known(inputs, "approvalRules");
  if (!Array.isArray(rules)) return undefined;
  const allowed = filterKeysOf(system);
  for (const [i, rule] of rules.entries()) {
    if (!isObject(rule)) continue;
    const failure = (reason: string) => ({
      property: `approvalRules[${i}]`,
      reason: `${reason} (ValidationException)`,
    });
    if ((rule["approveAfterDays"] === undefined) === (rule["approveUntilDate"] === undefined))
      return failure("expected exactly one of approveAfterDays, approveUntilDate");
    const given = Array.isArray(rule["patchFilters"]) ? rule["patchFilters"] : [];
    const keys = given.map((filter) => (isObject(filter) ? asText(filter["key"]) : ""));
    const wrong = keys.find((key) => allowed?.includes(key) === false);
    if (wrong !== undefined) return failure(`${wrong} is not a filter of ${system}`);
  }
  return undefined;
};
