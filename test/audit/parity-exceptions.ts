/** Types of which AWS knows nothing once a program has run: an account does not show them. */
export const programsOnly: readonly string[] = [
  "aws:ec2/amiCopy:AmiCopy",
  "aws:iam/rolePoliciesExclusive:RolePoliciesExclusive",
  "aws:iam/rolePolicyAttachmentsExclusive:RolePolicyAttachmentsExclusive",
  "aws:ssm/parameter:Parameter",
];

/** Traps whose account tells otherwise than their state, each with why. */
export const tellsOtherwise: Readonly<Record<string, string>> = {};
