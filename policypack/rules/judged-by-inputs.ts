import { type ResourceKind, kindOf } from "../stack/kinds";

/** Where policies stand and where they are attached. */
const kinds: ReadonlySet<ResourceKind | undefined> = new Set([
  "policy",
  "policyAttachment",
  "role",
  "rolePolicy",
  "rolePolicyAttachment",
  "rolePolicyAttachmentsExclusive",
  "vpcEndpoint",
  "vpcEndpointPolicy",
] satisfies ResourceKind[]);

/**
 * Whether rules judge the inputs of a resource by themselves. Most resources are judged only with their stack, and the SDK
 * copies a resource for each rule that sees it.
 */
export function isJudgedByInputs(resource: { readonly type: string }): boolean {
  return kinds.has(kindOf(resource));
}
