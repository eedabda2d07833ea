import type { RuleExamples } from "./examples";
import { examples as endpointPolicyHasAnAllow } from "./endpoint-policy-has-an-allow.examples";
import { examples as instanceRoleAvoidsDeprecatedPolicies } from "./instance-role-avoids-deprecated-policies.examples";
import { examples as patchPathAdvice } from "./patch-path-advice.examples";
import { examples as patchPathIsDecided } from "./patch-path-is-decided.examples";
import { examples as patchPathIsOpen } from "./patch-path-is-open.examples";
import { examples as policyDocumentIsWellFormed } from "./policy-document-is-well-formed.examples";
import { examples as s3EndpointAdmitsAnonymousRepoReads } from "./s3-endpoint-admits-anonymous-repo-reads.examples";

/** The examples of every rule, by its name. */
export const allExamples: Readonly<Record<string, RuleExamples>> = {
  "endpoint-policy-has-an-allow": endpointPolicyHasAnAllow,
  "instance-role-avoids-deprecated-policies": instanceRoleAvoidsDeprecatedPolicies,
  "patch-path-advice": patchPathAdvice,
  "patch-path-is-open": patchPathIsOpen,
  "patch-path-is-decided": patchPathIsDecided,
  "policy-document-is-well-formed": policyDocumentIsWellFormed,
  "s3-endpoint-admits-anonymous-repo-reads": s3EndpointAdmitsAnonymousRepoReads,
};
