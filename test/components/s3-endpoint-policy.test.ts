import { deepStrictEqual, ok } from "node:assert/strict";
import { s3EndpointPolicy } from "../../components/endpoints/s3-endpoint-policy";
import type { TrustBoundary } from "../../components/endpoints/trust-boundary";
import { ssmBuckets } from "../../policypack/facts/buckets";
import { endpointPolicyMaxCharacters } from "../../policypack/facts/endpoints";
import { type Region, regions } from "../../policypack/facts/regions";
import { repositorySystems } from "../../policypack/facts/repositories";
import { parsePolicy } from "../../policypack/iam/parse";
import { judgeRepository } from "../../policypack/path/repository-reads";

const account = { boundary: "account", accountId: "123456789012" } as const;
const boundaries: readonly TrustBoundary[] = [
  account,
  { boundary: "organization", organizationId: "o-a1b2c3d4e5" },
  { boundary: "vpc", vpcId: "vpc-0123456789abcdef0" },
  { boundary: "none" },
];
function verdictsOf(policy: object, region: Region): string[] {
  const { document } = parsePolicy(policy, "endpoint");
  return repositorySystems.map((system) => judgeRepository(document!, system, region, {}).decision.verdict);
}
const confirmed = (Object.keys(regions) as Region[]).filter((region) => ssmBuckets(region));

describe("the policy of the S3 endpoint", () => {
  it("has the buckets of the configured services, by name", () => {
    deepStrictEqual(s3EndpointPolicy("eu-west-1", account, [], ["ecr", "codedeploy"]).Statement.at(-1), {
      Sid: "AllowServiceBuckets",
      Effect: "Allow",
      Principal: "*",
      Action: "s3:GetObject",
      Resource: ["arn:aws:s3:::prod-eu-west-1-starport-layer-bucket/*", "arn:aws:s3:::aws-codedeploy-eu-west-1/*"],
    });
  });

  it("has the statement for the account, the unsigned reads and the SSM buckets", () => {
    const { Statement: statements } = s3EndpointPolicy("eu-west-1", account);
    deepStrictEqual(statements.slice(0, 2), [
      {
        Sid: "AllowAccountPrincipals",
        Effect: "Allow",
        Principal: "*",
        Action: "s3:*",
        Resource: "*",
        Condition: { StringEquals: { "aws:PrincipalAccount": "123456789012" } },
      },
      {
        Sid: "AllowAnonymousPatchRepoAccess",
        Effect: "Allow",
        Principal: "*",
        Action: "s3:GetObject",
        Resource: ["arn:aws:s3:::al2023-repos-eu-west-1-de612dc2/*", "arn:aws:s3:::amazonlinux-2-repos-eu-west-1/*"],
      },
    ]);
    deepStrictEqual(
      statements.slice(2).map(({ Sid, Principal, Action, Condition }) => ({ Sid, Principal, Action, Condition })),
      [{ Sid: "AllowSystemsManagerBucketReads", Principal: "*", Action: "s3:GetObject", Condition: undefined }],
    );
  });

  it("is well-formed, within the size limit, and allows the reads of both generations in every region and with every boundary", () => {
    ok(confirmed.length > 30);
    for (const region of confirmed) {
      for (const trust of boundaries) {
        const text = JSON.stringify(s3EndpointPolicy(region, trust));
        deepStrictEqual(parsePolicy(text, "gateway-endpoint").problems, [], region);
        ok(text.length <= endpointPolicyMaxCharacters);
        deepStrictEqual(
          verdictsOf(JSON.parse(text) as object, region),
          ["allow", "allow"],
          `${region} ${trust.boundary}`,
        );
      }
    }
  });

  it("denies both generations without the statement for unsigned reads", () => {
    for (const region of confirmed) {
      const { Statement: statements } = s3EndpointPolicy(region, account);
      const broken = {
        Version: "2012-10-17",
        Statement: statements.filter(({ Sid }) => Sid !== "AllowAnonymousPatchRepoAccess"),
      };
      deepStrictEqual(verdictsOf(broken, region), ["deny", "deny"], region);
    }
  });

  it("uses patterns where bucket names are unconfirmed, which allow the reads of both generations", () => {
    const text = JSON.stringify(s3EndpointPolicy("us-gov-west-1", account));
    deepStrictEqual(parsePolicy(text, "gateway-endpoint").problems, []);
    ok(text.includes('"arn:aws-us-gov:s3:::aws-patch-manager-us-gov-west-1-*/*"'));
    deepStrictEqual(verdictsOf(JSON.parse(text) as object, "us-gov-west-1"), ["allow", "allow"]);
  });
});
