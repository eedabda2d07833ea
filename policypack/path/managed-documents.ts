import { awsManagedPolicyName } from "../facts/managed-policies";
import { managedPolicyVersions } from "../facts/managed-policy-actions";
import type { PolicyDocument } from "../iam/document";
import { parsePolicy } from "../iam/parse";
import { known } from "../stack/reading";
import { type AttachedManagedPolicy, documentOf } from "../stack/roles";

/** The document of a managed policy that the stack makes, or of one of AWS's that our tables hold. */
export function managedDocument({ madeHere, arn }: AttachedManagedPolicy): PolicyDocument | undefined {
  return madeHere?.is === "resource" ? documentOf(madeHere.resource) : documentOfAws(known(arn) ?? "");
}

// Parsed on the first question, since most stacks ask for one or two of them.
const parsed = new Map<string, PolicyDocument | undefined>();

/** The document of one of AWS's managed policies; `undefined` where no table has it. */
export function documentOfAws(arn: string): PolicyDocument | undefined {
  const name = awsManagedPolicyName(arn) ?? "";
  const version = managedPolicyVersions[name];
  if (version && !parsed.has(name)) parsed.set(name, parsePolicy(version.document, "identity").document);
  return parsed.get(name);
}
