import { type RuleExamples, accountOnly, anonymousReads, json, s3Endpoint } from "./examples";

const statement = `{"Sid":"AllowAnonymousPatchRepoAccess","Effect":"Allow","Principal":"*","Action":"s3:GetObject","Resource":["arn:aws:s3:::al2023-repos-eu-west-1-de612dc2/*","arn:aws:s3:::amazonlinux-2-repos-eu-west-1/*"]}`;
const object = {
  "Amazon Linux 2": "`arn:aws:s3:::amazonlinux-2-repos-eu-west-1/blobstore/`",
  "Amazon Linux 2023": "`arn:aws:s3:::al2023-repos-eu-west-1-de612dc2/blobstore/`",
};

/** The findings for both generations, which differ in the name and the object only. */
const refused = (because: (object: string) => string, remedy = `Add this statement: ${statement}`) =>
  Object.entries(object).map(
    ([system, arn]) => `The unsigned reads of ${system} are refused: ${because(arn)}. ${remedy}`,
  );

export const examples: RuleExamples = {
  bad: [
    {
      title: "a policy that admits the account's own principals only",
      resources: [s3Endpoint(json(accountOnly))],
      findings: refused(
        (arn) =>
          `no statement allows s3:GetObject on ${arn}; Statement[0] (AllowAccountPrincipals) wants \`StringEquals\` \`aws:PrincipalAccount\` \`123456789012\`, and an unsigned request has \`anonymous\``,
      ),
    },
    {
      title: "a policy that lists the packages of one generation, but not its metadata",
      resources: [
        s3Endpoint(json({ ...anonymousReads, Resource: "arn:aws:s3:::al2023-repos-eu-west-1-de612dc2/blobstore/*" })),
      ],
      findings: [
        `The unsigned reads of Amazon Linux 2 are refused: no statement allows s3:GetObject on \`arn:aws:s3:::amazonlinux-2-repos-eu-west-1/blobstore/\`; Statement[0] (AllowAnonymousPatchRepoAccess) is for \`arn:aws:s3:::al2023-repos-eu-west-1-de612dc2/blobstore/*\`. Add this statement: ${statement}`,
        `The unsigned reads of Amazon Linux 2023 are refused: no statement allows s3:GetObject on \`arn:aws:s3:::al2023-repos-eu-west-1-de612dc2/core/guids//repodata/\`; Statement[0] (AllowAnonymousPatchRepoAccess) is for \`arn:aws:s3:::al2023-repos-eu-west-1-de612dc2/blobstore/*\`. Add this statement: ${statement}`,
      ],
    },
    {
      title: "a Deny for whoever is not in the organization",
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
      findings: refused(
        (arn) =>
          `Statement[1] (DenyStrangers) denies s3:GetObject on ${arn}, since an unsigned request meets \`StringNotEqualsIfExists\` \`aws:PrincipalOrgID\` \`o-example\``,
        `Leave these resources out of Statement[1] (DenyStrangers): ["arn:aws:s3:::al2023-repos-eu-west-1-de612dc2/*","arn:aws:s3:::amazonlinux-2-repos-eu-west-1/*"]`,
      ),
    },
    {
      title: "an endpoint policy that is a resource of its own",
      resources: [
        s3Endpoint(undefined, { id: "vpce-0a1b2c3d4e5f67890" }),
        {
          type: "aws:ec2/vpcEndpointPolicy:VpcEndpointPolicy",
          name: "attached",
          props: { vpcEndpointId: "vpce-0a1b2c3d4e5f67890", policy: json(accountOnly) },
        },
      ],
      findings: refused(
        (arn) =>
          `no statement allows s3:GetObject on ${arn}; Statement[0] (AllowAccountPrincipals) wants \`StringEquals\` \`aws:PrincipalAccount\` \`123456789012\`, and an unsigned request has \`anonymous\``,
      ),
    },
  ],
  good: [
    {
      title: "the same policy with the statement of the finding added",
      resources: [s3Endpoint(json(accountOnly, anonymousReads))],
      findings: [],
    },
    {
      title: "an endpoint without a policy, since AWS's default admits everything",
      resources: [s3Endpoint()],
      findings: [],
    },
    {
      title: "a perimeter by the network, which unsigned requests carry too",
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
      title: "an interface endpoint for S3, whose private names dnf and yum do not use",
      resources: [
        s3Endpoint(json(accountOnly), { vpcEndpointType: "Interface", privateDnsEnabled: true, ipAddressType: "ipv4" }),
      ],
      findings: [],
    },
  ],
};
