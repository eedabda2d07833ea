import { type Case, allow, bucket, deny, policy, without } from "./case";

/** What `Resource` and `NotResource` match: wildcards, names, parts of a bucket, variables. */
export const resourceCases: readonly Case[] = [
  { name: "Resource *", why: "everything", policy: policy(allow({ Resource: "*" })), verdict: "allow" },
  {
    name: "Resource arn:aws:s3:::*",
    why: "every bucket",
    policy: policy(allow({ Resource: "arn:aws:s3:::*" })),
    verdict: "allow",
  },
  {
    name: "Resource arn:aws:s3:*",
    why: "a wildcard at the end of a segment goes on",
    policy: policy(allow({ Resource: "arn:aws:s3:*" })),
    verdict: "allow",
  },
  {
    name: "Resource of the bucket itself",
    why: "the bucket is none of its objects",
    policy: policy(allow({ Resource: bucket })),
    verdict: "deny",
  },
  {
    name: "Resource of the bucket and a wildcard without a slash",
    why: "the wildcard takes the slash too",
    policy: policy(allow({ Resource: `${bucket}*` })),
    verdict: "allow",
  },
  {
    name: "a wildcard for the suffix of the bucket",
    why: "covers every suffix",
    policy: policy(allow({ Resource: "arn:aws:s3:::al2023-repos-eu-west-1-*/*" })),
    verdict: "allow",
  },
  {
    name: "a wildcard for the region of the bucket",
    why: "covers every region",
    policy: policy(allow({ Resource: "arn:aws:s3:::al2023-repos-*-de612dc2/*" })),
    verdict: "allow",
  },
  {
    name: "question marks for the suffix",
    why: "as many as it has characters",
    policy: policy(allow({ Resource: "arn:aws:s3:::al2023-repos-eu-west-1-????????/*" })),
    verdict: "allow",
  },
  {
    name: "too few question marks",
    why: "one fewer than it has characters",
    policy: policy(allow({ Resource: "arn:aws:s3:::al2023-repos-eu-west-1-???????/*" })),
    verdict: "deny",
  },
  {
    name: "the bucket of another region",
    why: "another bucket",
    policy: policy(allow({ Resource: "arn:aws:s3:::al2023-repos-us-east-1-de612dc2/*" })),
    verdict: "deny",
  },
  {
    name: "the name without its suffix, as some samples have it",
    why: "another bucket",
    policy: policy(allow({ Resource: "arn:aws:s3:::al2023-repos-eu-west-1/*" })),
    verdict: "deny",
  },
  {
    name: "the bucket of the live patches",
    why: "another bucket",
    policy: policy(allow({ Resource: "arn:aws:s3:::al2023-eu-west-1/*" })),
    verdict: "deny",
  },
  {
    name: "another partition",
    why: "another ARN",
    policy: policy(allow({ Resource: bucket.replace("arn:aws:", "arn:aws-cn:") + "/*" })),
    verdict: "deny",
  },
  {
    name: "a bucket in other letters",
    why: "case matters in resources",
    policy: policy(allow({ Resource: `${bucket.replace("al2023", "AL2023")}/*` })),
    verdict: "deny",
  },
  {
    name: "mirror lists only",
    why: "metadata and packages are read too",
    policy: policy(allow({ Resource: `${bucket}/*/mirror.list` })),
    verdict: "deny",
    refusedKey: "blobstore/",
  },
  {
    name: "packages of one architecture only",
    why: "the blob store does not sort by architecture",
    policy: policy(allow({ Resource: [`${bucket}/core/*`, `${bucket}/blobstore/*.x86_64.rpm`] })),
    verdict: "deny",
    refusedKey: "blobstore/",
  },
  {
    name: "exactly what a client reads",
    why: "nothing else is needed",
    policy: policy(
      allow({
        Resource: [
          `${bucket}/core/mirrors/*/mirror.list`,
          `${bucket}/core/guids/*/repodata/*`,
          `${bucket}/blobstore/*`,
        ],
      }),
    ),
    verdict: "allow",
  },
  {
    name: "Deny with NotResource that lists the bucket",
    why: "the bucket is left out of the Deny",
    policy: policy(allow({ Resource: "*" }), { ...without(deny(), "Resource"), NotResource: [`${bucket}/*`] }),
    verdict: "allow",
  },
  {
    name: "Deny with NotResource that lists other buckets",
    why: "everything else is denied",
    policy: policy(allow({ Resource: "*" }), { ...without(deny(), "Resource"), NotResource: ["arn:aws:s3:::own/*"] }),
    verdict: "deny",
  },
  {
    name: "Allow with NotResource",
    why: "everything but the named",
    policy: policy({ ...without(allow(), "Resource"), NotResource: ["arn:aws:s3:::own/*"] }),
    verdict: "allow",
  },
  {
    name: "Allow with NotResource of a part",
    why: "that part is left out",
    policy: policy({ ...without(allow(), "Resource"), NotResource: [`${bucket}/blobstore/*`] }),
    verdict: "deny",
    refusedKey: "blobstore/",
  },
  {
    name: "a variable that has a value",
    why: "${aws:PrincipalAccount} is `anonymous` there",
    policy: policy(allow({ Resource: [`${bucket}/*`] }), deny({ Resource: `${bucket}/\${aws:PrincipalAccount}/*` })),
    verdict: "allow",
  },
  {
    name: "a variable without a value",
    why: "a resource with it matches nothing",
    policy: policy(allow({ Resource: "arn:aws:s3:::*${aws:PrincipalOrgID}*" })),
    verdict: "deny",
  },
  {
    name: "a variable without a value but with a default",
    why: "the default stands in",
    policy: policy(allow({ Resource: "arn:aws:s3:::${aws:PrincipalOrgID, 'al2023'}-repos-eu-west-1-de612dc2/*" })),
    verdict: "allow",
  },
  {
    name: "a variable in a document of 2008",
    why: "there it is plain text",
    policy: { Version: "2008-10-17", Statement: [allow(), deny({ Resource: `${bucket}/\${aws:PrincipalOrgID}*` })] },
    verdict: "allow",
  },
  {
    name: "a variable that nobody knows",
    why: "the resource may be any",
    policy: policy(allow(), deny({ Resource: `${bucket}/\${aws:CurrentTime}*` })),
    verdict: "unknown",
  },
  {
    name: "an escaped wildcard",
    why: "${*} is an asterisk and no wildcard",
    policy: policy(allow({ Resource: `${bucket}/\${*}` })),
    verdict: "deny",
  },
  {
    name: "the account of the caller as a variable in a condition",
    why: "`anonymous` is not AWS's account",
    policy: policy(allow({ Condition: { StringEquals: { "aws:PrincipalAccount": "${aws:PrincipalAccount}" } } })),
    verdict: "allow",
  },
];
