import { awsManagedPolicyName } from "../facts/managed-policies";
import { managedPolicyVersions } from "../facts/managed-policy-actions";
import type { PolicyDocument } from "../iam/document";
import { parsePolicy } from "../iam/parse";
import { known } from "../stack/reading";
import { type AttachedManagedPolicy, documentOf } from "../stack/roles";

/** The document of a managed policy in the stack, or of an AWS managed policy that facts/ has. */
export function managedDocument({ customerManaged, arn }: AttachedManagedPolicy): PolicyDocument | undefined {
  return customerManaged?.is === "resource" ? documentOf(customerManaged.resource) : documentOfAws(known(arn) ?? "");
}

// Parsed on first use, since most stacks use one or two of them.
const parsed = new Map<string, PolicyDocument | undefined>();

/** The document of an AWS managed policy; `undefined` where facts/ does not have it. */
export function documentOfAws(arn: string): PolicyDocument | undefined {
  const name = awsManagedPolicyName(arn) ?? "";
  const version = managedPolicyVersions[name];
  if (version && !parsed.has(name)) parsed.set(name, parsePolicy(version.document, "identity").document);
  return parsed.get(name);
}
