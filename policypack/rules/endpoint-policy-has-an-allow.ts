import { parsePolicy } from "../iam/parse";
import { policyDocumentsIn } from "../stack/policy-documents";
import { type Rule, pageOf } from "./rule";

const name = "endpoint-policy-has-an-allow";

export const endpointPolicyHasAnAllow: Rule = {
  name,
  displayName: "Endpoint policy has an Allow",
  description:
    "An endpoint policy admits only what a statement allows; with nothing but Deny statements it admits nothing.",
  enforcementLevel: "mandatory",
  severity: "high",
  tags: ["vpc-endpoint"],
  remediationSteps: "Add an Allow statement for what is to pass, beside the Deny statements.",
  url: pageOf(name),
  validateResource: (args, report) => {
    for (const { property, kind, source } of policyDocumentsIn(args)) {
      if (!kind.endsWith("endpoint")) continue;
      const { document } = parsePolicy(source, kind);
      if (!document || document.statements.some(({ effect }) => effect === "Allow")) continue;
      report(
        `\`${property}\` has ${document.statements.length} statements and none with \`Effect: Allow\`; expected at least one. ` +
          `To keep AWS's default and deny only what these statements name, add {"Effect":"Allow","Principal":"*","Action":"*","Resource":"*"}`,
      );
    }
  },
};
