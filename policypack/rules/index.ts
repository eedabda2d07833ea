import { endpointPolicyHasAnAllow } from "./endpoint-policy-has-an-allow";
import { instanceRoleAvoidsDeprecatedPolicies } from "./instance-role-avoids-deprecated-policies";
import { patchPathAdvice } from "./patch-path-advice";
import { patchPathIsDecided } from "./patch-path-is-decided";
import { patchPathIsOpen } from "./patch-path-is-open";
import { policyDocumentIsWellFormed } from "./policy-document-is-well-formed";
import type { Rule } from "./rule";
import { s3EndpointAdmitsAnonymousRepoReads } from "./s3-endpoint-admits-anonymous-repo-reads";

/** Every rule of the pack, in the order of the README. */
export const rules: readonly Rule[] = [
  s3EndpointAdmitsAnonymousRepoReads,
  instanceRoleAvoidsDeprecatedPolicies,
  policyDocumentIsWellFormed,
  endpointPolicyHasAnAllow,
  patchPathIsOpen,
  patchPathIsDecided,
  patchPathAdvice,
];
