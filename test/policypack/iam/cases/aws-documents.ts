import type { DocumentKind } from "../../../../policypack/iam/document";

/** A document that AWS accepts or rejects, by an independent source. Shapes are retyped; names are examples. */
export interface AwsDocument {
  /** Unique. */
  readonly name: string;
  readonly kind: DocumentKind;
  readonly document: unknown;
  readonly aws: "accepts" | "refuses";
  readonly source: string;
}

const guide = "https://docs.aws.amazon.com/IAM/latest/UserGuide";
const recorded = "https://github.com/getmoto/moto/blob/master/tests/test_iam/test_iam_policies.py";
const bucket = "arn:aws:s3:::example_bucket";

const webIdentity = (provider: string, condition: object) => ({
  Version: "2012-10-17",
  Statement: [
    {
      Effect: "Allow",
      Principal: { Federated: provider },
      Action: "sts:AssumeRoleWithWebIdentity",
      Condition: condition,
    },
  ],
});
const irsa = "oidc.eks.us-east-1.amazonaws.com/id/EXAMPLED539D4633E53DE1B71EXAMPLE";
const provider = (name: string) => `arn:aws:iam::111122223333:oidc-provider/${name}`;

type Row = readonly [name: string, document: unknown, source?: string];

/** Trust policies from the guides of AWS services. */
const trustAccepted: readonly Row[] = [
  [
    "the role of an EKS service account (IRSA)",
    webIdentity(provider(irsa), {
      StringEquals: { [`${irsa}:sub`]: "system:serviceaccount:default:my-app", [`${irsa}:aud`]: "sts.amazonaws.com" },
    }),
    "https://docs.aws.amazon.com/eks/latest/userguide/associate-service-account-role.html",
  ],
  [
    "the role of a GitHub workflow",
    webIdentity(provider("token.actions.githubusercontent.com"), {
      StringEquals: { "token.actions.githubusercontent.com:aud": "sts.amazonaws.com" },
      StringLike: { "token.actions.githubusercontent.com:sub": "repo:octo/example:*" },
    }),
    `${guide}/id_roles_create_for-idp_oidc.html`,
  ],
  [
    "the role of a Google app",
    webIdentity("accounts.google.com", {
      StringEquals: { "accounts.google.com:aud": "66677788899900pro0", "accounts.google.com:oaud": "aud-value" },
    }),
    `${guide}/reference_policies_iam-condition-keys.html`,
  ],
  [
    "the role of a Cognito guest",
    webIdentity("cognito-identity.amazonaws.com", {
      StringEquals: { "cognito-identity.amazonaws.com:aud": "us-east-2:12345678-abcd-abcd-abcd-123456" },
      "ForAnyValue:StringLike": { "cognito-identity.amazonaws.com:amr": "unauthenticated" },
    }),
    `${guide}/reference_policies_iam-condition-keys.html`,
  ],
  [
    "a SAML role",
    {
      Version: "2012-10-17",
      Statement: {
        Effect: "Allow",
        Action: "sts:AssumeRoleWithSAML",
        Principal: { Federated: "arn:aws:iam::111122223333:saml-provider/Example" },
        Condition: { StringEquals: { "SAML:aud": "https://signin.aws.amazon.com/saml" } },
      },
    },
    `${guide}/id_roles_create_for-idp_saml.html`,
  ],
  [
    "an account with an external id",
    {
      Version: "2012-10-17",
      Statement: {
        Effect: "Allow",
        Principal: { AWS: "111122223333" },
        Action: "sts:AssumeRole",
        Condition: { StringEquals: { "sts:ExternalId": "12345" } },
      },
    },
    `${guide}/id_roles_common-scenarios_third-party.html`,
  ],
  [
    "a session with a source identity and tags",
    {
      Version: "2012-10-17",
      Statement: {
        Effect: "Allow",
        Principal: { AWS: "arn:aws:iam::111122223333:role/example" },
        Action: ["sts:AssumeRole", "sts:SetSourceIdentity", "sts:TagSession"],
      },
    },
    `${guide}/id_credentials_temp_control-access_monitor.html`,
  ],
  [
    "every action of STS",
    {
      Version: "2012-10-17",
      Statement: { Effect: "Allow", Principal: { Service: "ec2.amazonaws.com" }, Action: "sts:*" },
    },
    "the issue's independent engine; moto lists single actions only",
  ],
  [
    "a trust policy without a version",
    { Statement: { Effect: "Allow", Principal: { Service: "ec2.amazonaws.com" }, Action: "sts:AssumeRole" } },
    `${guide}/reference_policies_elements_version.html`,
  ],
];

const trustRefused: readonly Row[] = [
  [
    "an action of another service in a trust policy",
    {
      Version: "2012-10-17",
      Statement: { Effect: "Allow", Principal: { AWS: "111122223333" }, Action: "s3:GetObject" },
    },
    "AssumeRole policy may only specify STS AssumeRole actions.",
  ],
  [
    "a wildcard in a principal's name",
    {
      Version: "2012-10-17",
      Statement: { Effect: "Allow", Principal: { AWS: "arn:aws:iam::111122223333:role/*" }, Action: "sts:AssumeRole" },
    },
    `${guide}/reference_policies_elements_principal.html`,
  ],
  [
    "a name instead of a principal's ARN",
    { Version: "2012-10-17", Statement: { Effect: "Allow", Principal: { AWS: "my-role" }, Action: "sts:AssumeRole" } },
    `${guide}/reference_policies_elements_principal.html`,
  ],
  [
    "a service principal without its domain",
    { Version: "2012-10-17", Statement: { Effect: "Allow", Principal: { Service: "ec2" }, Action: "sts:AssumeRole" } },
    'Invalid principal in policy: "SERVICE":"ec2"',
  ],
  [
    "a resource in a trust policy with version 2012-10-17",
    {
      Version: "2012-10-17",
      Statement: { Effect: "Allow", Principal: { AWS: "111122223333" }, Action: "sts:AssumeRole", Resource: "*" },
    },
    "Has prohibited field Resource.",
  ],
];

const listing = { Effect: "Allow", Action: "s3:ListBucket", Resource: bucket };
const policy = (part: object, rest: object = {}) => ({
  Version: "2012-10-17",
  ...rest,
  Statement: { ...listing, ...part },
});
const onlyWith = (part: object) => ({ Version: "2012-10-17", Statement: part });
const onDates = (value: unknown) => policy({ Condition: { DateLessThanEquals: { "aws:CurrentTime": value } } });

/** Managed policies that AWS accepted or rejected; without another source, by moto's recorded tests. */
const managedAccepted: readonly Row[] = [
  ["a bucket's list", policy({})],
  ["a resource in a list with `*`", policy({ Resource: [bucket, "*"] })],
  ["an action that does not exist in its service", policy({ Action: "iam: asdf safdsf af " })],
  ["a service that does not exist", policy({ Action: "s3.s:ListBucket", Resource: "arn:aws:s33:::example_bucket" })],
  [
    "an action with a dash in its name",
    policy({ Action: "vpc-lattice:AssociateViaAWSService-EventsAndStates" }),
    "https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazonvpclattice.html",
  ],
  ["an ARN that ends at its service", policy({ Resource: "arn:aws:fdsasf" })],
  ["an ARN of a service with a region, but no account", policy({ Resource: "arn:aws:ec2:us-east-1::example_bucket" })],
  ["an empty condition", policy({ Condition: {} })],
  ["an operator without keys in a managed policy", policy({ Condition: { DateGreaterThan: {} } })],
  ["an unknown operator without keys", policy({ Condition: { x: {}, y: {} } })],
  ["a key without values", policy({ Condition: { DateGreaterThan: { a: [] } } })],
  [
    "a condition key without a service prefix in a managed policy",
    policy({ Condition: { StringEqualsIfExists: { a: "asf" } } }),
  ],
  ["a date in ISO 8601", onDates("2019-07-01T13:20:15Z")],
  ["a date in lowercase", onDates("2016-12-13t2:00:00.593194+23")],
  ["a date BCE", onDates("-292275054")],
  ["half a date", onDates("01T")],
  ["an id", policy({}, { Id: "example" })],
  ["NotAction and NotResource", onlyWith({ Effect: "Allow", NotAction: "s3:ListBucket", NotResource: "*" })],
  [
    "tags of a principal and of a resource",
    policy({
      Resource: "arn:aws:ec2:region:account-id:instance/*",
      Condition: {
        StringEquals: { "ec2:ResourceTag/Project": "DataAnalytics", "aws:PrincipalTag/Department": "Data" },
        "ForAllValues:StringEquals": { "aws:TagKeys": "CostCenter" },
      },
    }),
  ],
  [
    "the home folder of a Cognito user",
    policy({
      Resource: ["arn:aws:s3:::bucket-name/cognito/example/${cognito-identity.amazonaws.com:sub}/*"],
      Condition: { StringLike: { "s3:prefix": ["", "home/", "home/${aws:userid}/*"] } },
    }),
  ],
  [
    "a wildcard in the partition",
    policy({ Resource: "arn:aws*:s3:::example_bucket" }),
    "https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_resource.html; the issue's independent engine",
  ],
  [
    "an S3 access point, whose ARN has a region",
    policy({ Resource: "arn:aws:s3:us-west-2:111122223333:accesspoint/example" }),
    "https://docs.aws.amazon.com/AmazonS3/latest/userguide/access-points-policies.html",
  ],
];

const managedRefused: readonly Row[] = [
  ["text that is not JSON, as a managed policy", "This is not a json document"],
  [
    "a managed policy without a version",
    { Statement: listing },
    "Policy document must be version 2012-10-17 or greater.",
  ],
  ["a managed policy with version 2008-10-17", { Version: "2008-10-17", Statement: listing }],
  ["a version of 2013, which does not exist", { Version: "2013-10-17", Statement: listing }],
  ["no statement in a managed policy", { Version: "2012-10-17" }],
  ["a statement that is text", { Version: "2012-10-17", Statement: ["afd"] }],
  ["an empty list of statements in a managed policy", { Version: "2012-10-17", Statement: [] }],
  ["an element more", { Version: "2012-10-17", Statement: listing, "Extra field": "value" }],
  ["an additional element in a statement", policy({ "Extra field": "value" })],
  ["an Id that is a list", policy({}, { Id: ["example"] })],
  ["an Id that is an object", policy({}, { Id: {} })],
  ["an effect that does not exist", policy({ Effect: "invalid" })],
  ["an effect in another case in a managed policy", policy({ Effect: "denY" })],
  ["no effect in a managed policy", onlyWith({ Action: "s3:ListBucket", Resource: bucket })],
  ["an action without a service", policy({ Action: "invalid" })],
  ["an empty action", onlyWith({ Effect: "Allow", NotAction: "", Resource: bucket })],
  ["a space in the service of an action", policy({ Action: "a a:ListBucket" })],
  ["two colons in an action", policy({ Action: "s3:List:Bucket" })],
  ["a wildcard in the service of an action", policy({ Action: "s*:GetObject" }), "Vendor s* is not valid"],
  ["no actions", policy({ Action: [] })],
  ["an action in a nested list", policy({ Action: [[]] })],
  ["Action beside NotAction", policy({ NotAction: "iam:dsf" })],
  ["no resources", policy({ Resource: [] })],
  ["an empty resource", policy({ Resource: "" })],
  ["a resource that is plain words", policy({ Resource: "invalid resource" })],
  [
    "a resource that is a wildcard and a name",
    policy({ Resource: "*foo" }),
    'Resource *foo must be in ARN format or "*".',
  ],
  ["Resource beside NotResource", policy({ NotResource: "*" })],
  ["a resource that is an object in a managed policy", policy({ Resource: { a: bucket } })],
  ["a partition that does not exist", policy({ Resource: ["arn:error:s3:::example_bucket"] })],
  ["an ARN without arn", policy({ Resource: "aws:s3:::example_bucket" })],
  ["an ARN without a service", policy({ Resource: "arn:aws" })],
  ["an ARN with an empty service", policy({ Resource: "arn:aws::::example_bucket" })],
  [
    "a wildcard in the service of an ARN",
    policy({ Resource: "arn:aws:*:*:111122223333:*" }),
    "gh:68911838543 (live, 2026-09-22): Resource vendor must be fully qualified and cannot contain regexes.",
  ],
  ["an ARN with one segment too few", policy({ Resource: "arn:aws:s3::example_bucket" })],
  ["a bucket with a region", policy({ Resource: "arn:aws:s3:us-east-1::example_bucket" })],
  ["a user with a region", policy({ Resource: "arn:aws:iam:us-east-1::user/example" })],
  ["a condition that is a list in a managed policy", policy({ Condition: [] })],
  ["a condition that is text", policy({ Condition: "a" })],
  ["an operator whose value is text", policy({ Condition: { DateGreaterThan: "b" } })],
  ["an object as a value", policy({ Condition: { DateGreaterThan: { a: {} } } })],
  ["an unknown operator with a key", policy({ Condition: { x: { a: "1" } } })],
  ["two colons in an operator", policy({ Condition: { "ForAnyValue::StringEqualsIfExists": { a: "asf" } } })],
  ["a date that is letters", onDates("sdfdsf")],
  ["a thirteenth month", onDates("234-13")],
  ["a date too far in the future", onDates("9223372036854775808")],
  ["a Sid that is an object", policy({ Sid: {} })],
  [
    "a Sid twice",
    {
      Version: "2012-10-17",
      Statement: [
        { ...listing, Sid: "sdf" },
        { ...listing, Sid: "sdf" },
      ],
    },
  ],
  ["a Sid with a space", policy({ Sid: "Allow all" }), "gh:69345012961: Statement IDs (SID) must be alpha-numeric."],
  [
    "a principal in a managed policy",
    policy({ Principal: "*" }),
    "gh:46827368297: Policy document should not specify a principal.",
  ],
  [
    "a typographic quote",
    policy({ Sid: undefined, Resource: `${bucket}/\u2019` }),
    `${guide}/reference_iam-quotas.html`,
  ],
];

/** Endpoint policies, which moto does not validate: it accepts any text. */
const endpointAccepted: readonly Row[] = [
  [
    "AWS's default policy of an endpoint",
    { Statement: [{ Effect: "Allow", Principal: "*", Action: "*", Resource: "*" }] },
    "https://docs.aws.amazon.com/vpc/latest/privatelink/vpc-endpoints-access.html",
  ],
  [
    "an account's policy on an interface endpoint",
    {
      Statement: [
        { Effect: "Allow", Principal: { AWS: "111122223333" }, Action: ["ssm:DescribeParameters"], Resource: "*" },
      ],
    },
    "https://docs.aws.amazon.com/systems-manager/latest/userguide/setup-create-vpc.html",
  ],
  [
    "a bucket's policy on the S3 gateway endpoint",
    {
      Version: "2012-10-17",
      Statement: [
        {
          Sid: "Allow-access-to-specific-bucket",
          Effect: "Allow",
          Principal: "*",
          Action: ["s3:ListBucket", "s3:GetObject", "s3:PutObject"],
          Resource: ["arn:aws:s3:::bucket_name", "arn:aws:s3:::bucket_name/*"],
        },
      ],
    },
    "https://docs.aws.amazon.com/vpc/latest/privatelink/vpc-endpoints-s3.html",
  ],
];

const of = (kind: DocumentKind, aws: AwsDocument["aws"], rows: readonly Row[]): AwsDocument[] =>
  rows.map(([name, document, source = recorded]) => ({ name, kind, aws, document, source }));

export const awsDocuments: readonly AwsDocument[] = [
  ...of("trust", "accepts", trustAccepted),
  ...of("trust", "refuses", trustRefused),
  ...of("managed", "accepts", managedAccepted),
  ...of("managed", "refuses", managedRefused),
  ...of("endpoint", "accepts", endpointAccepted),
];
