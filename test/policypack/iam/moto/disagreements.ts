/** A document that moto and Patchpath judge differently. */
export interface Disagreement {
  readonly document: string;
  /** `nobody knows`: no source says what AWS does, so Patchpath does not reject it. */
  readonly right: "moto" | "patchpath" | "nobody knows";
  readonly source: string;
}

const guide = "https://docs.aws.amazon.com/IAM/latest/UserGuide";

const grouped: readonly (readonly [right: Disagreement["right"], source: string, documents: readonly string[]])[] = [
  [
    "patchpath",
    `${guide}/reference_policies_elements_version.html: without Version a policy is one of 2008-10-17; only CreatePolicy requires 2012-10-17 (gh:30652503951). moto requires it everywhere`,
    ["a trust policy without a version", "a valid trust policy", "a variable in a document of 2008"],
  ],
  [
    "patchpath",
    "https://docs.aws.amazon.com/service-authorization/latest/reference/list_awssecuritytokenservice.html: a wildcard stands for actions of STS alone; moto has a list of single actions",
    ["every action of STS"],
  ],
  [
    "patchpath",
    `${guide}/reference_policies_elements_principal.html ("You cannot use a wildcard to match part of a principal name or ARN"; Invalid principal in policy, gh:18092530721 and gh:29720790142). moto looks at no principal`,
    [
      "a wildcard in a principal's name",
      "a name instead of a principal's ARN",
      "a service principal without its domain",
    ],
  ],
  [
    "patchpath",
    `${guide}/reference_policies_elements_principal.html ("You cannot use the Principal element in an identity-based policy"), gh:46827368297: Policy document should not specify a principal.`,
    ["a principal in a managed policy", "a principal in an identity policy"],
  ],
  [
    "patchpath",
    `${guide}/reference_policies_elements_resource.html: a wildcard may stand in any segment but the service's; moto knows \`*\` alone for a partition`,
    [
      "a wildcard in the partition",
      "a wildcard in the partition, as arn:aws*:s3:::, of this bucket",
      "a wildcard in the partition, as arn:aws*:s3:::, of another bucket",
      ...["arn:a*s:s3:::al2023-repos-*/*", "arn:a?*:s3:::al2023-repos-*/*", "arn:a?s:s3:::al2023-repos-*/*"].map(
        (resource) => `a wildcard within one of the first five segments, as ${resource}`,
      ),
    ],
  ],
  [
    "patchpath",
    "gh:68911838543 (live, 2026-09-22), gh:71192916561, gh:70282911282: Resource vendor must be fully qualified and cannot contain regexes. moto looks at the service only where it is missing",
    [
      "a wildcard in the service of an ARN",
      "an ARN with too few segments that ends with a wildcard",
      "a wildcard within one of the first five segments, as arn:aws:s?:al2023-repos-*/*",
    ],
  ],
  [
    "patchpath",
    `${guide}/reference_policies_elements_sid.html, gh:69345012961: Statement IDs (SID) must be alpha-numeric. moto does not look at the characters`,
    [
      "a Sid with a space",
      "a bucket's policy on the S3 gateway endpoint",
      "text that ends with a backslash",
      "a Sid with spaces on an endpoint, as in use",
      "a Sid with spaces in an identity policy",
    ],
  ],
  [
    "patchpath",
    `${guide}/reference_iam-quotas.html: the characters of a policy are those up to U+00FF. moto does not look at them`,
    [
      "a typographic quote",
      "characters that IAM does not allow",
      "the same characters on an endpoint, for which AWS documents nothing",
    ],
  ],
  [
    "patchpath",
    `${guide}/reference_policies_grammar.html: a condition's value is a string, a number or a boolean; moto takes no numbers`,
    [
      "numbers and booleans instead of text",
      "Allow if NumericEquals aws:MultiFactorAuthAge 300",
      "Allow, and Deny if NumericEquals aws:MultiFactorAuthAge 300",
    ],
  ],
  [
    "nobody knows",
    "whether `*` is an action of STS: moto and gh:54605086740 refuse it, gh:34156484549 takes it",
    ["any action in a trust policy"],
  ],
  [
    "nobody knows",
    "AWS writes operators in one way; whether it refuses others is not documented",
    ["an operator in another case"],
  ],
  [
    "nobody knows",
    "moto's recorded tests: AWS accepts an ARN that ends at its service (`arn:aws:fdsasf`); moto finds a region in `arn:aws:s3`",
    ["an ARN with too few segments", "Resource arn:aws:s3:*"],
  ],
  [
    "nobody knows",
    "what CreatePolicy makes of an ARN whose beginning is a variable or a wildcard is not documented",
    [
      "a resource that is a variable",
      ...[
        "arn:a*x:s3:::al2023-repos-*/*",
        "arn:a*3:::al2023-repos-*/*",
        "arn:a*s:::al2023-repos-*/*",
        "arn:aws?s3:::al2023-repos-*/*",
        "*:s?:::al2023-repos-*/*",
      ].map((resource) => `a wildcard within one of the first five segments, as ${resource}`),
    ],
  ],
];

export const disagreements: readonly Disagreement[] = grouped.flatMap(([right, source, documents]) =>
  documents.map((document) => ({ document, right, source })),
);
