import { type Mutation, type Props, blocked, edit, s3, unknown, web } from "./mutation";

interface Statement {
  readonly Sid: string;
  readonly Resource: string | readonly string[];
}

/** Changes the statements of the S3 endpoint's policy. */
const onS3 = (change: (statements: Statement[]) => object[]) => ({
  edit: {
    [s3]: ({ policy: text }: Props) => {
      const { Version, Statement } = JSON.parse(text as string) as { Version: string; Statement: Statement[] };
      return { policy: JSON.stringify({ Version, Statement: change(Statement) }) };
    },
  },
});
const withResources = (sid: string, change: (resources: string[]) => string[]) =>
  onS3((statements) =>
    statements.map((one) => (one.Sid === sid ? { ...one, Resource: change([one.Resource].flat()) } : one)),
  );
const without = (...names: string[]) =>
  withResources("AllowSystemsManagerBucketReads", (arns) =>
    arns.filter((arn) => !names.some((name) => arn.startsWith(`arn:aws:s3:::${name}`))),
  );
const denied = (...buckets: string[]) =>
  onS3((statements) => [
    ...statements,
    { Effect: "Deny", Principal: "*", Action: "s3:*", Resource: buckets.map((bucket) => `arn:aws:s3:::${bucket}*/*`) },
  ]);

const payload: Mutation[] = [
  unknown(
    "payload",
    "without its buckets, only for the account's principals",
    without("aws-ssm-eu", "aws-patch-manager"),
  ),
  unknown("payload", "without one of its two buckets", without("aws-patch-manager")),
  unknown("payload", "without the other of its two buckets", without("aws-ssm-eu")),
  blocked("payload", "denied", denied("aws-ssm-eu-west-1", "aws-patch-manager-")),
];

const snapshot: Mutation[] = [
  unknown("snapshot", "without its bucket, only for the account's principals", without("patch-baseline-snapshot")),
  unknown(
    "snapshot",
    "the bucket of another region",
    withResources("AllowSystemsManagerBucketReads", (arns) =>
      arns.map((arn) => arn.replace("snapshot-eu-west-1", "snapshot-us-east-1")),
    ),
  ),
  unknown(
    "snapshot",
    "the bucket, but not its objects",
    withResources("AllowSystemsManagerBucketReads", (arns) =>
      arns.map((arn) => (arn.includes("snapshot") ? arn.replace("/*", "") : arn)),
    ),
  ),
  blocked("snapshot", "denied", denied("patch-baseline-snapshot-")),
];

const anonymous = "AllowAnonymousPatchRepoAccess";
const userData = (text: string) => edit(web, { userData: Buffer.from(`#!/bin/bash\n${text}\n`).toString("base64") });

const repository: Mutation[] = [
  blocked(
    "repository",
    "without the statement for unsigned reads",
    onS3((statements) => statements.filter(({ Sid }) => Sid !== anonymous)),
  ),
  blocked(
    "repository",
    "with a condition on the account",
    onS3((statements) =>
      statements.map((one) =>
        one.Sid === anonymous
          ? { ...one, Condition: { StringEquals: { "aws:PrincipalAccount": "123456789012" } } }
          : one,
      ),
    ),
  ),
  blocked(
    "repository",
    "only the other generation",
    withResources(anonymous, (arns) => arns.filter((arn) => arn.includes("amazonlinux-2"))),
  ),
  blocked(
    "repository",
    "the packages, but not their metadata",
    withResources(anonymous, () => ["arn:aws:s3:::al2023-repos-eu-west-1-de612dc2/blobstore/*"]),
  ),
  blocked(
    "repository",
    "the buckets of another region",
    withResources(anonymous, (arns) => arns.map((arn) => arn.replace("eu-west-1", "us-east-1"))),
  ),
  blocked("repository", "denied", denied("al2023-repos-")),
  blocked("repository", "EPEL, which is on the internet", userData("dnf install -y epel-release")),
  blocked(
    "repository",
    "a custom repository on the internet",
    userData("dnf config-manager --add-repo https://packages.example.com/x.repo"),
  ),
];

export const s3PolicyMutations: readonly Mutation[] = [...payload, ...snapshot, ...repository];
