import { ObjectSet, type Question, decide, parsePolicy } from "../../../policypack/iam";
import { compileGlob } from "../../../policypack/iam/glob";

/** The decision of a role's policy on one request of the role. @param policyArn the request's `iam:PolicyARN` */
export function decisionOn(document: object, action: string, resource: string, policyArn?: string): string {
  const parsed = parsePolicy(JSON.stringify(document), "identity");
  if (!parsed.document || parsed.problems.length > 0) throw new Error(JSON.stringify(parsed.problems));
  const question: Question = {
    action,
    caller: "instanceRole",
    objects: Object.assign(new ObjectSet("aws", "any", [""], true), {
      prefix: resource,
      rests: [compileGlob("")],
      description: resource,
      shortest: resource,
    }),
    context: (key) =>
      key.toLowerCase() === "iam:policyarn" && policyArn !== undefined
        ? { cases: [{ is: "present", values: [policyArn] }], openQuestion: undefined }
        : { cases: [{ is: "absent" }], openQuestion: undefined },
  };
  return decide(parsed.document, question).verdict;
}
