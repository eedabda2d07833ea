import { deepStrictEqual, ok, strictEqual } from "node:assert/strict";
import { type SessionSettings, PatchTopology, Sessions } from "@patchpath/components";
import { bucketPolicy, keyPolicy, logGroupPolicy, sessionKeyPolicy } from "../../components/sessions/session-policy";
import { type Region, regions } from "../../policypack/facts/regions";
import { parsePolicy } from "../../policypack/iam/parse";
import { type Recorded, recorded } from "./with-mocks";

const region = "eu-west-1";
const documentName = "patchpath-dev-session";
const logGroupName = `/patchpath/${documentName}`;
const place = { region, accountId: "123456789012" } as const;

async function sessionsOf(settings: SessionSettings): Promise<Recorded[]> {
  return recorded((opts) => new Sessions("dev-sessions", { region, documentName, ...settings }, opts));
}

function only(resources: readonly Recorded[], type: string): Readonly<Record<string, unknown>> {
  const found = resources.filter((resource) => resource.type === type);
  strictEqual(found.length, 1, type);
  return found[0]!.inputs;
}

function preferences(resources: readonly Recorded[]): unknown {
  const { name, documentType, content } = only(resources, "aws:ssm/document:Document");
  deepStrictEqual({ name, documentType }, { name: documentName, documentType: "Session" });
  const { schemaVersion, sessionType, inputs } = JSON.parse(content as string) as Record<string, unknown>;
  deepStrictEqual({ schemaVersion, sessionType }, { schemaVersion: "1.0", sessionType: "Standard_Stream" });
  return inputs;
}

const unlogged = {
  s3BucketName: "",
  s3KeyPrefix: "",
  s3EncryptionEnabled: false,
  cloudWatchLogGroupName: "",
  cloudWatchEncryptionEnabled: false,
  cloudWatchStreamingEnabled: false,
  kmsKeyId: "",
  runAsEnabled: false,
  runAsDefaultUser: "",
};

describe("Sessions", () => {
  it("streams to its own log group by default", async () => {
    const resources = await sessionsOf({});
    deepStrictEqual(preferences(resources), {
      ...unlogged,
      cloudWatchLogGroupName: logGroupName,
      cloudWatchStreamingEnabled: true,
    });
    deepStrictEqual(only(resources, "aws:cloudwatch/logGroup:LogGroup"), {
      name: logGroupName,
      retentionInDays: 90,
      tags: {},
    });
    strictEqual(resources.length, 3);
  });

  it("creates only the document if nothing is logged", async () => {
    const resources = await sessionsOf({ logGroup: false });
    deepStrictEqual(preferences(resources), unlogged);
    deepStrictEqual(
      resources.map(({ type }) => type),
      ["aws:ssm/document:Document", "patchpath:sessions:Sessions"],
    );
  });

  it("logs to a bucket below its own prefix", async () => {
    deepStrictEqual(preferences(await sessionsOf({ logGroup: false, s3Bucket: "my-session-logs" })), {
      ...unlogged,
      s3BucketName: "my-session-logs",
      s3KeyPrefix: documentName,
    });
  });

  it("encrypts sessions and the log group with its own key, which rotates and is deleted 30 days after its stack", async () => {
    const resources = await sessionsOf({ encrypted: true, s3Bucket: "my-session-logs", retentionDays: 365 });
    const keyArn = "arn:aws:mock:::dev-sessions-key";
    deepStrictEqual(preferences(resources), {
      ...unlogged,
      s3BucketName: "my-session-logs",
      s3KeyPrefix: documentName,
      s3EncryptionEnabled: true,
      cloudWatchLogGroupName: logGroupName,
      cloudWatchEncryptionEnabled: true,
      cloudWatchStreamingEnabled: true,
      kmsKeyId: keyArn,
    });
    const { kmsKeyId, retentionInDays } = only(resources, "aws:cloudwatch/logGroup:LogGroup");
    deepStrictEqual({ kmsKeyId, retentionInDays }, { kmsKeyId: keyArn, retentionInDays: 365 });
    const { enableKeyRotation, deletionWindowInDays, policy } = only(resources, "aws:kms/key:Key");
    deepStrictEqual({ enableKeyRotation, deletionWindowInDays }, { enableKeyRotation: true, deletionWindowInDays: 30 });
    deepStrictEqual(JSON.parse(policy as string), keyPolicy(place, logGroupName));
    strictEqual(only(resources, "aws:kms/alias:Alias")["name"], `alias/${documentName}`);
  });
});

describe("the policies of sessions", () => {
  it("allow an instance to write to one log group", () => {
    deepStrictEqual(logGroupPolicy(place, logGroupName).Statement, [
      {
        Sid: "AllowSessionLogs",
        Effect: "Allow",
        Action: ["logs:CreateLogStream", "logs:DescribeLogStreams", "logs:PutLogEvents"],
        Resource: `arn:aws:logs:eu-west-1:123456789012:log-group:${logGroupName}:*`,
      },
      { Sid: "AllowLogGroupLookup", Effect: "Allow", Action: "logs:DescribeLogGroups", Resource: "*" },
    ]);
  });

  it("allow CloudWatch Logs to use the key for that log group only, with the principal of the region", () => {
    const logs = (region: Region) => keyPolicy({ ...place, region }, logGroupName).Statement[1];
    deepStrictEqual(logs("cn-north-1"), {
      Sid: "AllowLogGroup",
      Effect: "Allow",
      Principal: { Service: "logs.cn-north-1.amazonaws.com.cn" },
      Action: ["kms:Encrypt", "kms:Decrypt", "kms:ReEncrypt*", "kms:GenerateDataKey*", "kms:Describe*"],
      Resource: "*",
      Condition: {
        ArnEquals: {
          "kms:EncryptionContext:aws:logs:arn": `arn:aws-cn:logs:cn-north-1:123456789012:log-group:${logGroupName}`,
        },
      },
    });
    deepStrictEqual(logs("eu-west-1")?.Principal, { Service: "logs.eu-west-1.amazonaws.com" });
    strictEqual(keyPolicy(place, undefined).Statement.length, 1);
  });

  it("are valid policy documents in every region", () => {
    for (const region of Object.keys(regions) as Region[]) {
      const here = { ...place, region };
      const ofRoles = [
        logGroupPolicy(here, logGroupName),
        bucketPolicy(here, "my-session-logs", documentName),
        sessionKeyPolicy(here, `alias/${documentName}`),
      ];
      for (const policy of ofRoles) deepStrictEqual(parsePolicy(JSON.stringify(policy), "identity").problems, []);
      deepStrictEqual(parsePolicy(JSON.stringify(keyPolicy(here, logGroupName)), "resource").problems, []);
    }
  });
});

describe("PatchTopology with sessions", () => {
  it("adds what sessions require to each role, and each endpoint once to the VPC", async () => {
    const fleet = {
      operatingSystem: "amazon-linux-2023",
      repositories: [],
      size: { min: 1, max: 1 },
      instanceType: "t3.micro",
      managedPolicies: [],
      tags: {},
    } as const;
    const patching = { schedule: "rate(7 days)", timezone: "Etc/UTC", duration: 3, cutoff: 1 } as const;
    const resources = await recorded(
      (opts) =>
        new PatchTopology(
          "dev",
          {
            region,
            topology: "endpoint-only",
            network: { cidrBlock: "10.20.0.0/16", availabilityZones: 1 },
            fleets: [
              { ...fleet, name: "web" },
              { ...fleet, name: "batch" },
            ],
            endpoints: { optionalServices: ["kms"] },
            sessions: { documentName, encrypted: true },
            patching: { ...patching, operation: "Scan" },
            patchGroup: "dev",
          },
          opts,
        ),
    );
    const named = (type: string) => resources.filter((one) => one.type === type).map(({ name }) => name);
    deepStrictEqual(named("aws:ec2/vpcEndpoint:VpcEndpoint"), [
      "dev-endpoints-kms",
      "dev-endpoints-logs",
      "dev-endpoints-s3",
      "dev-endpoints-ssm",
      "dev-endpoints-ssmmessages",
    ]);
    deepStrictEqual(named("aws:iam/rolePolicy:RolePolicy"), [
      "dev-batch-instance-session-key",
      "dev-batch-instance-session-logs",
      "dev-batch-instance-ssm-buckets",
      "dev-patch-role",
      "dev-web-instance-session-key",
      "dev-web-instance-session-logs",
      "dev-web-instance-ssm-buckets",
    ]);
    const policy = resources.find(({ name }) => name === "dev-web-instance-session-key")?.inputs["policy"];
    ok(policy);
    deepStrictEqual(JSON.parse(policy as string), sessionKeyPolicy(place, `alias/${documentName}`));
  });
});
