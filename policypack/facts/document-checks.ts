import { endpointPolicyMaxCharacters } from "./endpoints";

/**
 * The AWS API that validates a document: `PutRolePolicy`, `CreatePolicy`, `CreateRole` and EC2's `CreateVpcEndpoint`
 * reject different things.
 */
export type Validator = "inline" | "managed" | "trust" | "endpoint";

type Sources = Readonly<Partial<Record<Validator, string>>>;

const guide = "https://docs.aws.amazon.com/IAM/latest/UserGuide";
const grammar = `${guide}/reference_policies_grammar.html`;
const quotas = `${guide}/reference_iam-quotas.html`;
const principals = `${guide}/reference_policies_elements_principal.html`;
/** Documents that AWS accepted and refused, with its messages, which moto was built on. */
const recorded = "https://github.com/getmoto/moto/blob/master/tests/test_iam/test_iam_policies.py";
/** "a JSON policy document that uses the IAM policy language. It must contain a Principal element." */
const endpoints = "https://docs.aws.amazon.com/vpc/latest/privatelink/vpc-endpoints-access.html";
/** `InvalidPolicyDocument: The Policy Document is not valid. Syntax error at position (1,75)`. */
const endpointSyntax = "https://github.com/hashicorp/terraform-provider-aws/issues/42291";
/** `Has prohibited field Resource.`, `AssumeRole policy may only specify STS AssumeRole actions.` as an emulator has them. */
const trustErrors = "https://github.com/getmoto/moto/blob/master/moto/iam/policy_validation.py";

const everywhere = (iam: string, endpoint: string): Sources => ({ inline: iam, managed: iam, trust: iam, endpoint });
const inIam = (source: string): Sources => ({ inline: source, managed: source, trust: source });
const attached = (source: string): Sources => ({ inline: source, managed: source });
/** AWS accepts it, or nothing says that it does not. */
const nowhere: Sources = {};

/**
 * The mistakes that a document may have, and which AWS API surely rejects each, with the source. Without a source a
 * finding is advice: AWS reads such a document differently than meant, or what it does is not known.
 *
 * Checked 2026-11-28; "C" and "L" are in the project's facts. What moto itself says today is asked in
 * test/policypack/iam/moto.
 */
export const documentChecks = {
  /** No JSON, or no JSON object. */
  json: everywhere(recorded, endpointSyntax),
  /** White space counts for endpoints only. */
  size: everywhere(quotas, endpoints),
  /** The default quota of a trust policy, which an account may raise. */
  "default-size": nowhere,
  /** "(U+0009, U+000A, U+000D, U+0020 to U+00FF)": the pattern of the parameter. */
  characters: inIam(quotas),
  /** `Unknown field statement`. */
  element: everywhere(recorded, endpointSyntax),
  /** Missing, of the wrong type, or together with its opposite. */
  structure: everywhere(grammar, endpointSyntax),
  version: everywhere(recorded, grammar),
  /** `Policy document must be version 2012-10-17 or greater.`: gh:30652503951. */
  "managed-version": { managed: recorded },
  id: inIam(recorded),
  "sid-type": everywhere(recorded, grammar),
  /** `Statement IDs (SID) must be alpha-numeric`: gh:69345012961. */
  "sid-characters": inIam(`${guide}/reference_policies_elements_sid.html`),
  "sid-repeated": inIam(`${guide}/reference_policies_elements_sid.html`),
  /**
   * A key that appears twice, in the same letters or in others. JSON parsers keep the last; what AWS does is not known.
   */
  "repeated-key": nowhere,
  /** `null` in a list: moto takes it since AWS was seen to. */
  null: nowhere,
  /** `Actions/Conditions must be prefaced by a vendor, e.g., iam, sdb, ec2, etc.`, `Vendor s* is not valid`. */
  "action-vendor": inIam(recorded),
  /** AWS accepts `iam: asdf af `, which is the name of no action. */
  "action-name": nowhere,
  /** `AssumeRole policy may only specify STS AssumeRole actions.` */
  "trust-action": { trust: trustErrors },
  /** Whether `*` is an STS action there: emulators differ. */
  "trust-any-action": nowhere,
  /** `Resource X must be in ARN format or "*".` */
  "resource-format": attached(recorded),
  "resource-partition": attached(recorded),
  /** `Resource vendor must be fully qualified and cannot contain regexes.`: gh:68911838543, live. */
  "resource-service": attached(recorded),
  "resource-region": attached(recorded),
  /** AWS accepts `arn:aws:fdsasf`. */
  "resource-ends-early": nowhere,
  /** `Has prohibited field Resource.` */
  "trust-resource": { trust: trustErrors },
  /** `Policy document should not specify a principal.`: gh:46827368297. */
  "identity-principal": attached(`${principals}, "You cannot use the Principal element in an identity-based policy."`),
  principal: everywhere(grammar, endpoints),
  /**
   * `Invalid principal in policy: "AWS":"…"` (gh:18092530721); `InvalidPolicyDocument: UnknownError` of EC2 for a principal that
   * does not exist (gh:62904101848), as none can whose name has a wildcard.
   */
  "principal-format": { trust: principals, endpoint: principals },
  /** `Invalid principal in policy: "SERVICE":"…"`: gh:29720790142. */
  "principal-service": { trust: principals },
  /** "With gateway endpoints, the Principal element must be set to *": whether EC2 refuses others is not known. */
  "gateway-principal": nowhere,
  "allow-not-principal": nowhere,
  /** AWS accepts any operator with an empty object of keys. */
  operator: everywhere(recorded, endpointSyntax),
  "null-qualified": nowhere,
  "no-values": nowhere,
  /** `The policy failed legacy parsing`. */
  date: inIam(recorded),
  /** Numbers, addresses, ARNs, …: what AWS makes of others is not documented. */
  value: nowhere,
  /** AWS accepts keys of any form. */
  "key-format": nowhere,
  "key-name": nowhere,
  "plain-variable": nowhere,
  /** The considerations of the endpoint guide: whether EC2 refuses, or such a condition matches nothing, is not known. */
  "endpoint-consideration": nowhere,
} as const satisfies Readonly<Record<string, Sources>>;

export type DocumentCheck = keyof typeof documentChecks;

/** Why AWS surely refuses a document with such a mistake; `undefined` where that is not known. */
export function refusalSource(check: DocumentCheck, validator: Validator): string | undefined {
  return (documentChecks[check] as Sources)[validator];
}

/**
 * The characters that a document may have at most. Of all inline policies of a role together there are as many as of one.
 *
 * Source: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html (IAM counts no white space; a trust policy
 * has 2,048 by default and 4,096 on request) and, for endpoints, the PrivateLink guide above, checked 2026-11-28.
 */
export const maxCharacters: Readonly<Record<Validator, number>> = {
  inline: 10_240,
  managed: 6_144,
  trust: 4_096,
  endpoint: endpointPolicyMaxCharacters,
};

/** What a trust policy may have before an account asks for more. */
export const defaultTrustCharacters = 2_048;
