import { parsePolicy } from "../iam/parse";
import { policyDocumentsIn } from "../stack/policy-documents";
import { type Rule, rule } from "./rule";

const everything = '{"Effect":"Allow","Principal":"*","Action":"*","Resource":"*"}';

export const endpointPolicyHasAnAllow: Rule = rule({
  name: "endpoint-policy-has-an-allow",
  displayName: "Endpoint policy has an Allow",
  description: "An endpoint policy must have an Allow statement: with only Deny statements it allows nothing.",
  enforcementLevel: "mandatory",
  severity: "high",
  tags: ["vpc-endpoint"],
  remediationSteps: "Add an Allow statement for the requests to permit, in addition to the Deny statements.",
  ofResource: (resource) =>
    policyDocumentsIn(resource).flatMap(({ property, kind, source }) => {
      const statements = kind.endsWith("endpoint") ? parsePolicy(source, kind).document?.statements : undefined;
      if (!statements || statements.some(({ effect }) => effect === "Allow")) return [];
      const message =
        `\`${property}\` has ${statements.length === 1 ? "one statement" : `${statements.length} statements`}, none with \`Effect: Allow\`; expected at least one. ` +
        `To keep AWS's default and deny only what these statements name, add ${everything}`;
      return [{ resource, message }];
    }),
});
