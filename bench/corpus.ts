/** Endpoint policies as teams write them, for `eu-west-1`: from one line to a data perimeter. */

const account = "123456789012";
const al2023 = "arn:aws:s3:::al2023-repos-eu-west-1-de612dc2";
const al2 = "arn:aws:s3:::amazonlinux-2-repos-eu-west-1";

const allow = (rest: object) => ({ Effect: "Allow", Principal: "*", Action: "s3:GetObject", ...rest });
const deny = (rest: object) => ({ Effect: "Deny", Principal: "*", Action: "*", ...rest });
const objectsOf = (buckets: readonly string[]) => buckets.map((bucket) => `arn:aws:s3:::${bucket}/*`);

const everything = { Effect: "Allow", Principal: "*", Action: "*", Resource: "*" };
const anonymousReads = allow({ Sid: "AllowAnonymousPatchRepoAccess", Resource: [`${al2023}/*`, `${al2}/*`] });
const ownPrincipals = allow({
  Sid: "AllowAccountPrincipals",
  Action: "s3:*",
  Resource: "*",
  Condition: { StringEquals: { "aws:PrincipalAccount": account } },
});

const ssmBuckets = [
  "aws-ssm-eu-west-1",
  "amazon-ssm-eu-west-1",
  "amazon-ssm-packages-eu-west-1",
  "eu-west-1-birdwatcher-prod",
  "aws-ssm-document-attachments-eu-west-1",
  "aws-patchmanager-macos-eu-west-1",
  "patch-baseline-snapshot-eu-west-1",
];
const ssm = allow({ Sid: "AllowSsmBuckets", Resource: objectsOf(ssmBuckets) });

/** One bucket per application and stage, as a platform team lists them. */
const applications = (count: number) =>
  Array.from({ length: count }, (_, i) => `example-application-${i}-${["dev", "staging", "prod"][i % 3]!}`);
const onApplications = (count: number) =>
  allow({
    Sid: "ApplicationBuckets",
    Action: ["s3:GetObject", "s3:PutObject", "s3:DeleteObject", "s3:ListBucket"],
    Resource: applications(count).flatMap((bucket) => [`arn:aws:s3:::${bucket}`, `arn:aws:s3:::${bucket}/*`]),
    Condition: { StringEquals: { "aws:PrincipalAccount": account } },
  });

const perimeter = [
  allow({
    Sid: "AllowRequestsByOrgsIdentitiesToOrgsResources",
    Action: "*",
    Resource: "*",
    Condition: { StringEquals: { "aws:PrincipalOrgID": "o-example1234", "aws:ResourceOrgID": "o-example1234" } },
  }),
  allow({
    Sid: "AllowRequestsByAWSServicePrincipals",
    Action: "*",
    Resource: "*",
    Condition: { Bool: { "aws:PrincipalIsAWSService": "true" } },
  }),
  allow({
    Sid: "AllowRequestsToAWSOwnedResources",
    Action: ["s3:GetObject", "s3:ListBucket"],
    Resource: objectsOf([
      ...ssmBuckets,
      "ec2imagebuilder-managed-resources-eu-west-1-prod",
      "aws-codedeploy-eu-west-1",
    ]),
    Condition: { StringEquals: { "aws:PrincipalOrgID": "o-example1234" } },
  }),
];

const document = (statements: readonly object[], indent?: number) =>
  JSON.stringify({ Version: "2012-10-17", Statement: statements }, undefined, indent);

/** By their purpose. */
export const corpus: Readonly<Record<string, string>> = {
  "all repositories, in short": document([
    allow({ Action: "s3:*", Resource: ["arn:aws:s3:::amazonlinux*", "arn:aws:s3:::al2023*"] }),
  ]),
  "the account only": document([ownPrincipals]),
  "the account and the repositories": document([ownPrincipals, anonymousReads]),
  "everything except buckets of another region": document(
    [
      everything,
      deny({
        NotResource: [`${al2023}/*`, `${al2}/*`],
        Condition: { StringNotEquals: { "aws:RequestedRegion": "eu-west-1" } },
      }),
    ],
    2,
  ),
  "the mirror lists only": document(
    [allow({ Resource: [`${al2023}/core/mirrors/*`, `${al2}/2/core/latest/*`] }), ssm],
    2,
  ),
  "the key prefixes that are read": document([
    allow({
      Sid: "Al2023",
      Resource: ["core/mirrors/*", "core/guids/*", "blobstore/*"].map((key) => `${al2023}/${key}`),
    }),
    allow({ Sid: "Al2", Resource: ["2/core/*", "blobstore/*"].map((key) => `${al2}/${key}`) }),
  ]),
  "the buckets of Systems Manager": document([ownPrincipals, ssm]),
  "a Deny for old clients and one for the blob store": document(
    [
      everything,
      deny({ Sid: "Tls", Resource: "*", Condition: { Bool: { "aws:SecureTransport": "false" } } }),
      deny({ Sid: "NoBlobs", Action: "s3:GetObject", Resource: `${al2023}/blobstore/*` }),
    ],
    2,
  ),
  "a data perimeter": document(perimeter, 2),
  "a data perimeter with the repositories": document([...perimeter, anonymousReads], 4),
  "a dozen applications": document([onApplications(12), ssm, anonymousReads], 2),
  "thirty applications": document([onApplications(30), ssm], 2),
};

/** An endpoint policy of exactly that size: the repositories, and the buckets of the account one by one. */
export function policyOfSize(characters: number): string {
  const withBuckets = (count: number) =>
    document([
      anonymousReads,
      allow({ Sid: "Own", Resource: ["arn:aws:s3:::example/*", ...objectsOf(applications(count))] }),
    ]);
  let buckets = 0;
  while (withBuckets(buckets + 1).length <= characters) buckets++;
  return withBuckets(buckets).padEnd(characters); // white space counts, as in AWS
}
