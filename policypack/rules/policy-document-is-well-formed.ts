import { parsePolicy } from "../iam/parse";
import { policyDocumentsIn } from "../stack/policy-documents";
import { type Rule, rule } from "./rule";

export const policyDocumentIsWellFormed: Rule = rule({
  name: "policy-document-is-well-formed",
  displayName: "Policy document is well-formed",
  description:
    "AWS refuses a policy document that its grammar does not allow, and reads some others otherwise than meant.",
  enforcementLevel: "mandatory",
  severity: "high",
  tags: ["iam", "vpc-endpoint"],
  remediationSteps: "Mend the element that the finding names.",
  ofResource: (resource) =>
    policyDocumentsIn(resource).flatMap(({ property, kind, source }) =>
      parsePolicy(source, kind).problems.map(({ where, message }) => ({
        resource,
        message: where === "" ? `\`${property}\` ${message}` : `\`${property}\`: \`${where}\` ${message}`,
      })),
    ),
});
