import { deepStrictEqual, match, ok, strictEqual } from "node:assert/strict";
import { objectsOf, ssmBuckets } from "../../../policypack/facts/buckets";
import { conditionKeyFacts, conditionKeys } from "../../../policypack/facts/condition-keys";
import { architectureOf, imageParameter } from "../../../policypack/facts/images";
import { hasIamPolicyBlacklistedCheck } from "../../../policypack/facts/config-rules";
import {
  deprecatedPolicies,
  deprecatedPolicyArn,
  deprecatedPolicyOf,
  replacementArns,
} from "../../../policypack/facts/managed-policies";
import { managedPolicyVersions } from "../../../policypack/facts/managed-policy-actions";
import { type Region, isRegion, regions } from "../../../policypack/facts/regions";
import { patchPolicyRegions } from "../../../policypack/facts/quick-setup";
import { anonymousReadsStatement, repositoryOf, repositorySystems } from "../../../policypack/facts/repositories";
import { systems } from "../../../policypack/facts/systems";
import { parsePolicy } from "../../../policypack/iam/parse";

const allRegions = Object.keys(regions) as Region[];
const commercial = allRegions.filter((region) => regions[region].partition.id === "aws");
const legalBucketName = /^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$/;
const sorted = (values: readonly string[]) => [...values].sort();

// These tests cannot show whether a fact is true; each fact has its source and the date when it was checked.
describe("the facts", () => {
  describe("about regions", () => {
    it("cover all three partitions, in order", () => {
      deepStrictEqual(allRegions, sorted(allRegions));
      strictEqual(commercial.length, 34);
      deepStrictEqual(sorted([...new Set(Object.values(regions).map(({ partition }) => partition.id))]), [
        "aws",
        "aws-cn",
        "aws-us-gov",
      ]);
    });

    it("have each region in the partition of its name", () => {
      for (const region of allRegions) {
        const prefix =
          { cn: "aws-cn", us: region.startsWith("us-gov-") ? "aws-us-gov" : "aws" }[region.slice(0, 2)] ?? "aws";
        strictEqual(regions[region].partition.id, prefix, region);
      }
    });

    it("do not contain names of object properties", () => {
      strictEqual(isRegion("toString"), false);
    });
  });

  describe("about buckets", () => {
    it("exist for every commercial region, and for no other", () => {
      deepStrictEqual(
        allRegions.filter((region) => ssmBuckets(region)),
        commercial,
      );
    });

    it("are valid unique names that contain the region", () => {
      const names = commercial.flatMap((region) => {
        const buckets = ssmBuckets(region)!.map(({ name }) => name);
        for (const name of buckets) ok(legalBucketName.test(name) && name.includes(region), name);
        return buckets;
      });
      ok(names.length > 300);
      strictEqual(new Set(names).size, names.length);
    });

    it("have the snapshot bucket with a suffix in the ten regions that have one, and without in the others", () => {
      const suffixed = commercial.filter((region) => {
        const [snapshot] = ssmBuckets(region)!.filter(({ purpose }) => purpose === "snapshot");
        return snapshot!.name !== `patch-baseline-snapshot-${region}`;
      });
      deepStrictEqual(suffixed, [
        "af-south-1",
        "ap-east-2",
        "ap-south-2",
        "ap-southeast-3",
        "ap-southeast-4",
        "ap-southeast-6",
        "ap-southeast-7",
        "eu-south-2",
        "me-south-1",
        "mx-central-1",
      ]);
    });

    it("have two buckets for the payload", () => {
      for (const region of commercial) {
        const payload = ssmBuckets(region)!
          .filter(({ purpose }) => purpose === "payload")
          .map(({ name }) => name);
        strictEqual(payload[0], `aws-ssm-${region}`);
        match(payload[1]!, new RegExp(`^aws-patch-manager-${region}-[0-9a-f]{9}$`));
      }
    });

    it("have ARNs in their own partition", () => {
      strictEqual(objectsOf("b", "cn-north-1"), "arn:aws-cn:s3:::b/*");
    });
  });

  describe("about repositories", () => {
    it("are confirmed in every commercial region, with valid names", () => {
      for (const region of commercial) {
        for (const system of repositorySystems) {
          const { bucket, bucketConfirmed } = repositoryOf(system, region);
          ok(bucketConfirmed && legalBucketName.test(bucket) && bucket.includes(region), bucket);
        }
      }
    });

    it("are patterns where they are not confirmed", () => {
      strictEqual(repositoryOf("amazon-linux-2023", "us-gov-west-1").bucket, "al2023-repos-us-gov-west-1-*");
      strictEqual(repositoryOf("amazon-linux-2023", "cn-north-1").bucketConfirmed, false);
      strictEqual(repositoryOf("amazon-linux-2", "cn-north-1").bucket, "amazonlinux-2-repos-cn-north-1");
    });

    it("result in the statement of the fix", () => {
      deepStrictEqual(anonymousReadsStatement("ap-northeast-1"), {
        Sid: "AllowAnonymousPatchRepoAccess",
        Effect: "Allow",
        Principal: "*",
        Action: "s3:GetObject",
        Resource: [
          "arn:aws:s3:::al2023-repos-ap-northeast-1-de612dc2/*",
          "arn:aws:s3:::amazonlinux-2-repos-ap-northeast-1/*",
        ],
      });
    });

    it("result in no such statement where a name is not confirmed: a pattern would allow any account's bucket", () => {
      for (const region of allRegions) {
        strictEqual(anonymousReadsStatement(region) === undefined, !commercial.includes(region), region);
      }
    });

    it("belong to known systems", () => {
      for (const system of repositorySystems) strictEqual(systems[system].updateSource, "amazon-linux-repositories");
    });
  });

  describe("about condition keys", () => {
    it("are lowercase and in order", () => {
      const names = Object.keys(conditionKeys);
      deepStrictEqual(names, sorted(names.map((name) => name.toLowerCase())));
      ok(names.length >= 60);
    });

    it("are found in any case, and members by their family", () => {
      strictEqual(conditionKeyFacts("AWS:PrincipalAccount"), conditionKeys["aws:principalaccount"]);
      strictEqual(conditionKeyFacts("aws:PrincipalTag/Team"), conditionKeys["aws:principaltag/*"]);
      strictEqual(conditionKeyFacts("aws:PrincipalTag"), undefined);
      strictEqual(conditionKeyFacts("constructor"), undefined);
    });

    it("include that an unsigned request has an account: `anonymous`", () => {
      deepStrictEqual(conditionKeyFacts("aws:PrincipalAccount")?.anonymous, { is: "present", value: "anonymous" });
      deepStrictEqual(conditionKeyFacts("aws:PrincipalArn")?.anonymous, { is: "absent" });
    });
  });

  describe("about managed policies", () => {
    it("are unique, with AmazonEC2RoleforSSM first", () => {
      strictEqual(deprecatedPolicies[0]?.name, "AmazonEC2RoleforSSM");
      strictEqual(new Set(deprecatedPolicies.map(({ name }) => name)).size, deprecatedPolicies.length);
      strictEqual(deprecatedPolicies.length, 76);
      const [, , ...flagged] = deprecatedPolicies.map(({ name }) => name);
      deepStrictEqual(flagged, sorted(flagged));
    });

    it("have no successor that is deprecated itself", () => {
      const names = new Set(deprecatedPolicies.map(({ name }) => name));
      for (const { replacements } of deprecatedPolicies) for (const one of replacements) ok(!names.has(one), one);
    });

    for (const [arn, found] of [
      ["arn:aws:iam::aws:policy/service-role/AmazonEC2RoleforSSM", true],
      ["arn:aws-cn:iam::aws:policy/service-role/AmazonEC2RoleforSSM", true],
      ["arn:aws-us-gov:iam::aws:policy/service-role/AmazonEC2RoleforSSM", true],
      ["arn:aws-iso:iam::aws:policy/service-role/AmazonEC2RoleforSSM", true],
      ["arn:aws:iam::123456789012:policy/service-role/AmazonEC2RoleforSSM", false],
      ["arn:aws:iam::aws:policy/service-role/AmazonEC2RoleforSSMx", false],
      ["arn:aws:iam::aws:policy/AmazonSSMManagedInstanceCore", false],
      ["arn:aws:iam::aws:role/AmazonEC2RoleforSSM", false],
      ["AmazonEC2RoleforSSM", false],
      ["arn:aws:iam::aws:policy/\u001b[31m/AmazonEC2RoleforSSM", false],
    ] as const) {
      it(`${found ? "contain" : "do not contain"} ${JSON.stringify(arn)}`, () => {
        strictEqual(deprecatedPolicyOf(arn) !== undefined, found);
      });
    }

    it("have the successor in the partition of the policy that it replaces", () => {
      const arn = "arn:aws-us-gov:iam::aws:policy/service-role/AmazonEC2RoleforSSM";
      deepStrictEqual(replacementArns(arn, deprecatedPolicyOf(arn)!), [
        "arn:aws-us-gov:iam::aws:policy/AmazonSSMManagedInstanceCore",
      ]);
    });

    it("have a path if the policy is intended for instances and its ARN is published", () => {
      const arns = deprecatedPolicies.flatMap((policy) => deprecatedPolicyArn("aws-cn", policy) ?? []);
      deepStrictEqual(arns, [
        "arn:aws-cn:iam::aws:policy/service-role/AmazonEC2RoleforSSM",
        "arn:aws-cn:iam::aws:policy/service-role/AmazonElasticMapReduceforEC2Role",
        "arn:aws-cn:iam::aws:policy/AWSOpsWorksCMInstanceProfileRole",
        "arn:aws-cn:iam::aws:policy/AWSOpsWorksCloudWatchLogs",
        "arn:aws-cn:iam::aws:policy/AWSOpsWorksInstanceRegistration",
        "arn:aws-cn:iam::aws:policy/AWSOpsWorksRegisterCLI_EC2",
      ]);
    });

    it("have what each successor and addition of AmazonEC2RoleforSSM allows, as a document that is valid in AWS's grammar", () => {
      const [first] = deprecatedPolicies;
      for (const name of [first!.name, ...first!.replacements, ...first!.additions]) {
        ok(managedPolicyVersions[name], name);
      }
      for (const [name, version] of Object.entries(managedPolicyVersions)) {
        match(version!.versionId, /^v\d+$/);
        deepStrictEqual(parsePolicy(version!.document, "identity").problems, [], name);
        const actions = version!.document.Statement.flatMap(({ Action }) => Action);
        strictEqual(new Set(actions).size, actions.length, name);
      }
    });

    it("have the successor with its own path", () => {
      const arn = "arn:aws:iam::aws:policy/service-role/AmazonEC2SpotFleetRole";
      deepStrictEqual(replacementArns(arn, deprecatedPolicyOf(arn)!), [
        "arn:aws:iam::aws:policy/service-role/AmazonEC2SpotFleetTaggingRole",
      ]);
    });
  });

  describe("about rules of AWS Config", () => {
    it("do not have iam-policy-blacklisted-check in twelve commercial regions, and contain nothing about other partitions", () => {
      const regionsBy = (has: boolean | undefined) =>
        allRegions.filter((region) => hasIamPolicyBlacklistedCheck[region] === has);
      deepStrictEqual(regionsBy(false), [
        "ap-east-2",
        "ap-south-2",
        "ap-southeast-4",
        "ap-southeast-5",
        "ap-southeast-6",
        "ap-southeast-7",
        "ca-west-1",
        "eu-central-2",
        "eu-south-2",
        "il-central-1",
        "me-central-1",
        "mx-central-1",
      ]);
      deepStrictEqual(
        regionsBy(undefined),
        allRegions.filter((region) => !commercial.includes(region)),
      );
    });
  });

  describe("about Quick Setup", () => {
    it("have patch policies in sixteen commercial regions, unique and in order", () => {
      strictEqual(patchPolicyRegions.length, 16);
      deepStrictEqual([...new Set(patchPolicyRegions)].sort(), patchPolicyRegions);
      ok(patchPolicyRegions.every((region) => regions[region].partition.id === "aws"));
    });
  });

  describe("about images", () => {
    for (const [type, architecture] of [
      ["t3.micro", "x86_64"],
      ["t4g.small", "arm64"],
      ["m7gd.large", "arm64"],
      ["c7gn.xlarge", "arm64"],
      ["im4gn.large", "arm64"],
      ["g5g.xlarge", "arm64"],
      ["a1.medium", "arm64"],
      ["g4dn.xlarge", "x86_64"],
      ["g5.xlarge", "x86_64"],
      ["m5.large", "x86_64"],
      ["m6a.large", "x86_64"],
      ["u-6tb1.metal", "x86_64"],
      ["mac2.metal", "x86_64"],
    ] as const) {
      it(`have ${architecture} for ${type}`, () => {
        strictEqual(architectureOf(type), architecture);
      });
    }

    it("have AWS's public parameters", () => {
      strictEqual(
        imageParameter("amazon-linux-2023", "arm64"),
        "/aws/service/ami-amazon-linux-latest/al2023-ami-kernel-default-arm64",
      );
      strictEqual(
        imageParameter("amazon-linux-2", "x86_64"),
        "/aws/service/ami-amazon-linux-latest/amzn2-ami-kernel-5.10-hvm-x86_64-gp2",
      );
    });
  });
});
