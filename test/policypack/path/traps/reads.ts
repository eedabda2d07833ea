import { accountOnly, anonymousReads, json } from "../../rules/examples";
import { aws, endpointOnly, images, natAndGateway, plus, set, stack } from "./bases";
import type { Trap } from "./trap";

const reads = (Resource: readonly string[]) => ({ Effect: "Allow", Principal: "*", Action: "s3:GetObject", Resource });
const payloadBuckets = ["arn:aws:s3:::aws-ssm-eu-west-1/*", "arn:aws:s3:::aws-patch-manager-eu-west-1-5522fb710/*"];
const snapshotBucket = "arn:aws:s3:::patch-baseline-snapshot-eu-west-1/*";
const ssmReads = reads([...payloadBuckets, snapshotBucket]);
const admitting = (...statements: readonly object[]) => set("s3", { policy: json(...statements) });

/** The reason for objects that no statement allows. */
const noStatementFor = (object: string, ...others: readonly string[]) =>
  [`no statement allows s3:GetObject on \`arn:aws:s3:::${object}\``, ...others].join("; ");
const isFor = (statement: string, arns: readonly string[]) =>
  `${statement} applies to ${arns.map((arn) => `\`${arn}\``).join(", ")}`;

const starved = noStatementFor(
  "al2023-repos-eu-west-1-de612dc2/blobstore/",
  isFor("Statement[0]", ssmReads.Resource),
  "Statement[1] (AllowAccountPrincipals) requires `StringEquals` `aws:PrincipalAccount` `123456789012`, and an unsigned request has `anonymous`",
);
const fixIsFor = isFor("Statement[0] (AllowAnonymousPatchRepoAccess)", anonymousReads.Resource);
const noPayload = noStatementFor(
  "aws-ssm-eu-west-1/patchbaselineoperations/",
  fixIsFor,
  isFor("Statement[1]", [snapshotBucket]),
);
const noSnapshot = (admitted: readonly string[]) =>
  noStatementFor("patch-baseline-snapshot-eu-west-1/", fixIsFor, isFor("Statement[1]", admitted));
const ofAnotherRegion = [...payloadBuckets, "arn:aws:s3:::patch-baseline-snapshot-us-east-1/*"];
const denyingLivePatches = {
  ...reads(["arn:aws:s3:::al2023-repos-eu-west-1-de612dc2/kernel-livepatch/*"]),
  Effect: "Deny",
};
const amazonLinux2 = ["arn:aws:s3:::amazonlinux-2-repos-eu-west-1/*"];

export const reading: readonly Trap[] = [
  {
    title: "the default endpoint policy",
    why: "it allows all requests",
    resources: stack(endpointOnly, set("s3", { policy: undefined })),
  },
  {
    title: "an endpoint policy for the account's own principals",
    why: "dnf does not sign its requests, so they have no account",
    resources: stack(endpointOnly, admitting(ssmReads, accountOnly)),
    blocks: ["repository", starved],
  },
  {
    title: "an endpoint policy for the account's own principals, with NAT",
    why: "the gateway endpoint's route is more specific than the default route, so its policy applies",
    resources: stack(natAndGateway, admitting(ssmReads, accountOnly)),
    blocks: ["repository", starved],
  },
  {
    title: "an endpoint policy for the account's own principals, with the statement of the fix",
    why: "reads of the repositories no longer require an account; whether reads of the SSM buckets are signed is not confirmed",
    resources: stack(endpointOnly, admitting(anonymousReads, accountOnly)),
    leavesUnknown: ["payload", "snapshot"],
  },
  {
    title: "an endpoint policy that does not include the payload buckets",
    why: "no statement allows reads of them",
    resources: stack(endpointOnly, admitting(anonymousReads, reads([snapshotBucket]))),
    blocks: ["payload", noPayload],
  },
  {
    title: "an endpoint policy that does not include the snapshot bucket",
    why: "no statement allows reads of it",
    resources: stack(endpointOnly, admitting(anonymousReads, reads(payloadBuckets))),
    blocks: ["snapshot", noSnapshot(payloadBuckets)],
  },
  {
    title: "an endpoint policy with the snapshot bucket of another Region",
    why: "each Region has its own bucket",
    resources: stack(endpointOnly, admitting(anonymousReads, reads(ofAnotherRegion))),
    blocks: ["snapshot", noSnapshot(ofAnotherRegion)],
  },
  {
    title: "an endpoint policy with the repository of Amazon Linux 2 only",
    why: "the instance runs Amazon Linux 2023",
    resources: stack(endpointOnly, admitting(reads(amazonLinux2), ssmReads)),
    blocks: [
      "repository",
      noStatementFor(
        "al2023-repos-eu-west-1-de612dc2/blobstore/",
        isFor("Statement[0]", amazonLinux2),
        isFor("Statement[1]", ssmReads.Resource),
      ),
    ],
  },
  {
    title: "an endpoint policy that denies the extras of Amazon Linux 2 to an Amazon Linux 2 instance",
    why: "its kernel patches come from the extras, and yum skips a repository that it cannot read",
    resources: stack(
      endpointOnly,
      set("web", { ami: images.amazonLinux2 }),
      admitting(reads(["*"]), { ...reads(["arn:aws:s3:::amazonlinux-2-repos-eu-west-1/2/extras/*"]), Effect: "Deny" }),
    ),
    blocks: [
      "repository",
      "Statement[1] denies s3:GetObject on `arn:aws:s3:::amazonlinux-2-repos-eu-west-1/2/extras//repodata/`",
    ],
    advice: ["past-support"],
  },
  {
    title: "an endpoint policy that denies live patches",
    why: "their repository is enabled on the image, but kernels are patched without it",
    resources: stack(endpointOnly, admitting(reads(["*"]), denyingLivePatches)),
    advice: ["note-repository"],
  },
  {
    title: "an endpoint policy that denies live patches to a fleet that installs them",
    why: "its user data enables live patching",
    resources: stack(
      endpointOnly,
      set("web", { userData: "#!/bin/sh\ndnf kernel-livepatch -y auto\n" }),
      admitting(reads(["*"]), denyingLivePatches),
    ),
    blocks: [
      "repository",
      "Statement[1] denies s3:GetObject on `arn:aws:s3:::al2023-repos-eu-west-1-de612dc2/kernel-livepatch/guids//repodata/`",
    ],
  },
  {
    title: "an endpoint policy that denies S3 requests without TLS",
    why: "dnf reads over HTTPS; AWS says that the agent reads the SSM buckets over HTTP by default",
    resources: stack(
      endpointOnly,
      admitting(anonymousReads, ssmReads, {
        Effect: "Deny",
        Principal: "*",
        Action: "s3:*",
        Resource: "*",
        Condition: { Bool: { "aws:SecureTransport": "false" } },
      }),
    ),
    leavesUnknown: ["payload", "snapshot"],
  },
  {
    title: "an endpoint policy for requests from the VPC",
    why: "an unsigned request also comes from the VPC",
    resources: stack(
      endpointOnly,
      admitting({
        ...reads(["*"]),
        Condition: { StringEquals: { "aws:SourceVpc": "vpc-0a1b2c3d4e5f67890" } },
      }),
    ),
    unknownAtPreview: ["payload", "snapshot", "repository"],
  },
  {
    title: "a VpcEndpointPolicy instead of the endpoint's own policy",
    why: "it replaces the policy of the endpoint",
    resources: stack(
      endpointOnly,
      plus(
        aws("ec2/vpcEndpointPolicy:VpcEndpointPolicy", "attached", {
          vpcEndpointId: "vpce-s3",
          policy: json(ssmReads, accountOnly),
        }),
      ),
    ),
    blocks: ["repository", starved],
  },
];
