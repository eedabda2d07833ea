import { documentProblems, inlinePoliciesTooLong } from "../path/document-problems";
import { type Rule, rule } from "./rule";

export const policyDocumentIsWellFormed: Rule = rule({
  name: "policy-document-is-well-formed",
  displayName: "Policy document is well-formed",
  description:
    "AWS must accept every policy document; one that AWS is certain to reject fails here, before the update does.",
  enforcementLevel: "mandatory",
  severity: "high",
  tags: ["iam", "vpc-endpoint"],
  remediationSteps: "Fix the element that the finding names.",
  ofResource: (resource) => documentProblems(resource).refused.map((message) => ({ resource, message })),
  ofStack: inlinePoliciesTooLong,
});
