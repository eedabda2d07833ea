import { type RuleExamples, accountOnly, anonymousReads, json, s3Endpoint } from "./examples";

const statement = `{"Sid":"AllowAnonymousPatchRepoAccess","Effect":"Allow","Principal":"*","Action":"s3:GetObject","Resource":["arn:aws:s3:::al2023-repos-eu-west-1-de612dc2/*","arn:aws:s3:::amazonlinux-2-repos-eu-west-1/*"]}`;
const bucket = "arn:aws:s3:::al2023-repos-eu-west-1-de612dc2";
const skips =
  "dnf skips a repository that it cannot read (`skip_if_unavailable`), so Patch Manager reports Success and nothing is installed";
const addStatement = `Add this statement: ${statement}`;

/** The finding on an endpoint alone, which does not show whether a fleet needs it. */
const refused = (because: string, remedy = addStatement) =>
  `The unsigned reads of Amazon Linux 2023 (\`amazonlinux\`) are denied: ${because}; ${skips}. In a stack without Amazon Linux, set \`repositories\` to \`[]\`. ${remedy}`;
/** The same finding with the whole stack. */
const refusedInStack = (because: string) =>
  `The unsigned reads of Amazon Linux 2023 (\`amazonlinux\`) are denied: ${because}; ${skips}. ${addStatement}`;

const hasNoAccount = (arn: string) =>
  `no statement allows s3:GetObject on \`${arn}\`; Statement[0] (AllowAccountPrincipals) requires \`StringEquals\` \`aws:PrincipalAccount\` \`123456789012\`, and an unsigned request has \`anonymous\``;

/** A fleet of Amazon Linux 2, by its image. */
const amazonLinux2Fleet = {
  type: "aws:ec2/instance:Instance",
  name: "old",
  props: { ami: "resolve:ssm:/aws/service/ami-amazon-linux-latest/amzn2-ami-kernel-5.10-hvm-x86_64-gp2" },
};
const amazonLinux2 = "arn:aws:s3:::amazonlinux-2-repos-eu-west-1";

export const examples: RuleExamples = {
  bad: [
    {
      title: "a policy that allows only principals of the account",
      resources: [s3Endpoint(json(accountOnly))],
      findings: [refused(hasNoAccount(`${bucket}/blobstore/`))],
    },
    {
      title: "a policy that allows the packages of Amazon Linux 2023, but not the metadata",
      resources: [
        s3Endpoint(json({ ...anonymousReads, Resource: "arn:aws:s3:::al2023-repos-eu-west-1-de612dc2/blobstore/*" })),
      ],
      findings: [
        refused(
          `no statement allows s3:GetObject on \`${bucket}/core/guids//repodata/\`; Statement[0] (AllowAnonymousPatchRepoAccess) applies to \`${bucket}/blobstore/*\``,
        ),
      ],
    },
    {
      title: "a Deny for everyone outside the organization",
      resources: [
        s3Endpoint(
          json(anonymousReads, {
            Sid: "DenyStrangers",
            Effect: "Deny",
            Principal: "*",
            Action: "*",
            Resource: "*",
            Condition: { StringNotEqualsIfExists: { "aws:PrincipalOrgID": "o-example" } },
          }),
        ),
      ],
      findings: [
        refused(
          `Statement[1] (DenyStrangers) denies s3:GetObject on \`${bucket}/blobstore/\`, since an unsigned request meets \`StringNotEqualsIfExists\` \`aws:PrincipalOrgID\` \`o-example\``,
          `Exclude these resources from Statement[1] (DenyStrangers): ["${bucket}/*","${amazonLinux2}/*"]`,
        ),
      ],
    },
    {
      title: "an endpoint policy in a separate resource",
      resources: [
        s3Endpoint(undefined, { id: "vpce-0a1b2c3d4e5f67890" }),
        {
          type: "aws:ec2/vpcEndpointPolicy:VpcEndpointPolicy",
          name: "attached",
          props: { vpcEndpointId: "vpce-0a1b2c3d4e5f67890", policy: json(accountOnly) },
        },
      ],
      findings: [refusedInStack(hasNoAccount(`${bucket}/blobstore/`))],
    },
    {
      title: "a policy without the repositories of Amazon Linux 2, if a fleet runs it",
      resources: [s3Endpoint(json({ ...anonymousReads, Resource: `${bucket}/*` })), amazonLinux2Fleet],
      findings: [
        `The unsigned reads of Amazon Linux 2 (\`amzn2-core\`) are denied: no statement allows s3:GetObject on \`${amazonLinux2}/blobstore/\`; Statement[0] (AllowAnonymousPatchRepoAccess) applies to \`${bucket}/*\`; yum fails when it cannot read its core repository, so patching fails with an error. ${addStatement}`,
      ],
    },
    {
      title: "a policy without the extras of Amazon Linux 2, which contain the kernel patches",
      resources: [
        s3Endpoint(
          json({
            ...anonymousReads,
            Resource: [`${bucket}/*`, `${amazonLinux2}/2/core/*`, `${amazonLinux2}/blobstore/*`],
          }),
        ),
        amazonLinux2Fleet,
      ],
      findings: [
        `The unsigned reads of Amazon Linux 2 (\`amzn2extra-*\`) are denied: no statement allows s3:GetObject on \`${amazonLinux2}/2/extras//repodata/\`; Statement[0] (AllowAnonymousPatchRepoAccess) applies to \`${bucket}/*\`, \`${amazonLinux2}/2/core/*\`, \`${amazonLinux2}/blobstore/*\`; yum skips an extras repository that it cannot read (\`skip_if_unavailable\`), so Patch Manager reports Success and no kernel or Docker patch is installed. ${addStatement}`,
      ],
    },
  ],
  good: [
    {
      title: "exactly what clients of Amazon Linux 2023 read, if all fleets run it",
      resources: [
        s3Endpoint(
          json({
            ...anonymousReads,
            Resource: ["core/mirrors/*/mirror.list", "core/guids/*/repodata/*", "blobstore/*"].map(
              (key) => `${bucket}/${key}`,
            ),
          }),
        ),
      ],
      findings: [],
    },
    {
      title: "the same policy with the statement of the finding added",
      resources: [s3Endpoint(json(accountOnly, anonymousReads))],
      findings: [],
    },
    {
      title: "an endpoint without a policy, since AWS's default allows everything",
      resources: [s3Endpoint()],
      findings: [],
    },
    {
      title: "a condition on the VPC, which unsigned requests meet too",
      resources: [
        s3Endpoint(
          json({
            Effect: "Allow",
            Principal: "*",
            Action: "*",
            Resource: "*",
            Condition: { StringEquals: { "aws:SourceVpc": "vpc-0a1b2c3d4e5f67890" } },
          }),
        ),
      ],
      findings: [],
    },
    {
      title: "an interface endpoint for S3, whose private DNS names dnf and yum do not use",
      resources: [
        s3Endpoint(json(accountOnly), { vpcEndpointType: "Interface", privateDnsEnabled: true, ipAddressType: "ipv4" }),
      ],
      findings: [],
    },
  ],
};
