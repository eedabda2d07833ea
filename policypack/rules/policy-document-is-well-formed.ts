import { parsePolicy } from "../iam/parse";
import { policyDocumentsIn } from "../stack/policy-documents";
import { type Rule, pageOf } from "./rule";

const name = "policy-document-is-well-formed";

export const policyDocumentIsWellFormed: Rule = {
  name,
  displayName: "Policy document is well-formed",
  description:
    "AWS refuses a policy document that its grammar does not allow, and reads some others otherwise than meant.",
  enforcementLevel: "mandatory",
  severity: "high",
  tags: ["iam", "vpc-endpoint"],
  remediationSteps: "Mend the element that the finding names.",
  url: pageOf(name),
  validateResource: (args, report) => {
    for (const { property, kind, source } of policyDocumentsIn(args)) {
      for (const { where, message } of parsePolicy(source, kind).problems) {
        report(where === "" ? `\`${property}\` ${message}` : `\`${property}\`: \`${where}\` ${message}`);
      }
    }
  },
};
