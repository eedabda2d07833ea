import { deepStrictEqual, ok, strictEqual } from "node:assert/strict";
import { failuresOf } from "../../offline/aws/stand";
import type { Recorded } from "../with-mocks";
import { inputsIn, made } from "./made-server";

// These tests do not show whether the scripts work on Windows. They were not run on it.
describe("WsusServer", () => {
  let resources: Recorded[];
  before(async () => {
    resources = await made();
  });

  const find = (type: string, name: string) => inputsIn(resources, type, name);

  // Public: a change here renames or replaces resources of live stacks, so it needs an alias and a changelog line.
  it("creates exactly these resources, with these names", () => {
    deepStrictEqual(
      resources.map(({ type, name }) => `${type} ${name}`),
      [
        "aws:cloudwatch/logGroup:LogGroup prod-wsus-setup-log",
        "aws:cloudwatch/metricAlarm:MetricAlarm prod-wsus-alarms-content-full",
        "aws:cloudwatch/metricAlarm:MetricAlarm prod-wsus-alarms-service-down",
        "aws:cloudwatch/metricAlarm:MetricAlarm prod-wsus-alarms-synchronization-failed",
        "aws:cloudwatch/metricAlarm:MetricAlarm prod-wsus-alarms-synchronization-old",
        "aws:dlm/lifecyclePolicy:LifecyclePolicy prod-wsus-backup-daily",
        "aws:ebs/volume:Volume prod-wsus-content",
        "aws:ec2/instance:Instance prod-wsus-server",
        "aws:ec2/launchTemplate:LaunchTemplate prod-wsus-image",
        "aws:ec2/securityGroup:SecurityGroup prod-wsus-server",
        "aws:ec2/volumeAttachment:VolumeAttachment prod-wsus-content",
        "aws:iam/instanceProfile:InstanceProfile prod-wsus-instance-profile",
        "aws:iam/role:Role prod-wsus-backup-role",
        "aws:iam/role:Role prod-wsus-instance-role",
        "aws:iam/rolePolicy:RolePolicy prod-wsus-instance-ssm-buckets",
        "aws:iam/rolePolicy:RolePolicy prod-wsus-reports",
        "aws:iam/rolePolicyAttachment:RolePolicyAttachment prod-wsus-backup-policy",
        "aws:iam/rolePolicyAttachment:RolePolicyAttachment prod-wsus-instance-core",
        "aws:ssm/association:Association prod-wsus-setup-cleanup",
        "aws:ssm/association:Association prod-wsus-setup-health",
        "aws:ssm/association:Association prod-wsus-setup-server",
        "aws:ssm/document:Document prod-wsus-setup-cleanup",
        "aws:ssm/document:Document prod-wsus-setup-health",
        "aws:ssm/document:Document prod-wsus-setup-server",
        "aws:ssm/parameter:Parameter prod-wsus-setup-certificate",
        "aws:ssm/parameter:Parameter prod-wsus-setup-state",
        "aws:vpc/securityGroupEgressRule:SecurityGroupEgressRule prod-wsus-to-443",
        "aws:vpc/securityGroupEgressRule:SecurityGroupEgressRule prod-wsus-to-80",
        "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule prod-wsus-into-endpoints",
        "patchpath:fleet:InstanceRole prod-wsus-instance",
        "patchpath:wsus:WsusAlarms prod-wsus-alarms",
        "patchpath:wsus:WsusBackup prod-wsus-backup",
        "patchpath:wsus:WsusServer prod-wsus",
        "patchpath:wsus:WsusSetup prod-wsus-setup",
      ],
    );
  });

  it("has a parent for each child, whose name starts with that of the parent", () => {
    for (const { type, name, parent } of resources) {
      if (type === "patchpath:wsus:WsusServer") continue;
      ok(parent, `${type} ${name} has no parent`);
      ok(name.startsWith(`${parent}-`), `${type} ${name} is below ${parent}`);
    }
  });

  it("is accepted by the stand-in AWS", () => {
    const refused = resources
      .filter(({ type }) => type.startsWith("aws:"))
      // The mocks' ARNs have no account.
      .flatMap(({ type, name, inputs }) =>
        failuresOf(type, {
          ...inputs,
          ...("executionRoleArn" in inputs && { executionRoleArn: "arn:aws:iam::123456789012:role/x" }),
        }).map((failure) => `${name}: ${failure}`),
      );
    deepStrictEqual(refused, []);
  });

  it("is an instance without a public address or key pair, with IMDSv2 and an encrypted disk", () => {
    deepStrictEqual(find("aws:ec2/instance:Instance", "prod-wsus-server"), {
      launchTemplate: { id: "prod-wsus-image-id", version: "1" },
      instanceType: "m6i.large",
      subnetId: "subnet-1",
      vpcSecurityGroupIds: ["prod-wsus-server-id"],
      iamInstanceProfile: "arn:aws:mock:::prod-wsus-instance-profile",
      associatePublicIpAddress: false,
      metadataOptions: { httpEndpoint: "enabled", httpTokens: "required", httpPutResponseHopLimit: 1 },
      tags: { Name: "prod-wsus-server", PatchGroup: "prod-group", WsusServer: "prod-wsus" },
    });
  });

  it("is created from the latest image of its operating system, by a template with an encrypted root volume", () => {
    const template = find("aws:ec2/launchTemplate:LaunchTemplate", "prod-wsus-image");
    const { imageId, blockDeviceMappings, tagSpecifications } = template;
    strictEqual(imageId, "resolve:ssm:/aws/service/ami-windows-latest/Windows_Server-2025-English-Full-Base");
    deepStrictEqual(blockDeviceMappings, [
      {
        deviceName: "/dev/sda1",
        ebs: { encrypted: "true", volumeType: "gp3", volumeSize: 80, deleteOnTermination: "true" },
      },
    ]);
    deepStrictEqual(tagSpecifications, [{ resourceType: "volume", tags: { Name: "prod-wsus-root" } }]);
  });

  // Two stacks of a program have components with the same names in one account.
  it("has unique names for all that is unique in the account", async () => {
    const own = await made({ uniqueName: "shop-staging-wsus" });
    const inputs = (type: string, name: string) => inputsIn(own, type, name);
    const named = (name: string) => inputs("aws:ssm/parameter:Parameter", `prod-wsus-setup-${name}`)["name"];
    deepStrictEqual(
      [
        named("state"),
        named("certificate"),
        inputs("aws:cloudwatch/logGroup:LogGroup", "prod-wsus-setup-log")["name"],
        (inputs("aws:ebs/volume:Volume", "prod-wsus-content")["tags"] as Record<string, string>)["WsusServer"],
        inputs("aws:cloudwatch/metricAlarm:MetricAlarm", "prod-wsus-alarms-service-down")["dimensions"],
        (inputs("aws:ssm/association:Association", "prod-wsus-setup-health")["parameters"] as Record<string, string>)[
          "Server"
        ],
      ],
      [
        "/patchpath/shop-staging-wsus/state",
        "/patchpath/shop-staging-wsus/certificate",
        "/patchpath/shop-staging-wsus",
        "shop-staging-wsus",
        { Server: "shop-staging-wsus" },
        "shop-staging-wsus",
      ],
    );
  });

  it("keeps the update files on a separate encrypted volume in the Availability Zone of the server", () => {
    deepStrictEqual(find("aws:ebs/volume:Volume", "prod-wsus-content"), {
      availabilityZone: "eu-west-1a",
      size: 300,
      type: "gp3",
      encrypted: true,
      tags: { Name: "prod-wsus-content", WsusServer: "prod-wsus" },
    });
    deepStrictEqual(find("aws:ec2/volumeAttachment:VolumeAttachment", "prod-wsus-content"), {
      instanceId: "prod-wsus-server-id",
      volumeId: "prod-wsus-content-id",
      deviceName: "xvdf",
      stopInstanceBeforeDetaching: true,
    });
  });

  it("allows egress on 443 and 80 only, and no ingress", () => {
    const rules = resources.filter(({ type }) => type.startsWith("aws:vpc/securityGroup"));
    deepStrictEqual(
      rules.map(({ name, inputs: { description: _, ...inputs } }) => [name, inputs]),
      [
        [
          "prod-wsus-to-443",
          {
            securityGroupId: "prod-wsus-server-id",
            ipProtocol: "tcp",
            fromPort: 443,
            toPort: 443,
            cidrIpv4: "0.0.0.0/0",
          },
        ],
        [
          "prod-wsus-to-80",
          {
            securityGroupId: "prod-wsus-server-id",
            ipProtocol: "tcp",
            fromPort: 80,
            toPort: 80,
            cidrIpv4: "0.0.0.0/0",
          },
        ],
        [
          "prod-wsus-into-endpoints",
          {
            securityGroupId: "sg-endpoints",
            referencedSecurityGroupId: "prod-wsus-server-id",
            ipProtocol: "tcp",
            fromPort: 443,
            toPort: 443,
          },
        ],
      ],
    );
  });

  it("may write only its own parameters, log and metrics", () => {
    deepStrictEqual(JSON.parse(find("aws:iam/rolePolicy:RolePolicy", "prod-wsus-reports")["policy"] as string), {
      Version: "2012-10-17",
      Statement: [
        {
          Sid: "WriteStateAndCertificate",
          Effect: "Allow",
          Action: ["ssm:GetParameter", "ssm:PutParameter"],
          Resource: [
            "arn:aws:ssm:eu-west-1:123456789012:parameter/patchpath/prod-wsus/state",
            "arn:aws:ssm:eu-west-1:123456789012:parameter/patchpath/prod-wsus/certificate",
          ],
        },
        {
          Sid: "WriteLog",
          Effect: "Allow",
          Action: ["logs:CreateLogStream", "logs:DescribeLogStreams", "logs:PutLogEvents"],
          Resource: "arn:aws:logs:eu-west-1:123456789012:log-group:/patchpath/prod-wsus:*",
        },
        {
          Sid: "WriteMetrics",
          Effect: "Allow",
          Action: "cloudwatch:PutMetricData",
          Resource: "*",
          Condition: { StringEquals: { "cloudwatch:namespace": "Patchpath/WSUS" } },
        },
      ],
    });
  });

  it("has, if configured, a name that stays the same if the server is replaced, in a hosted zone for only that name", async () => {
    const serverName = "wsus.corp.example";
    const named = await made({ serverName });
    deepStrictEqual(inputsIn(named, "aws:route53/zone:Zone", "prod-wsus-name"), {
      name: serverName,
      comment: "Name of a WSUS server",
      vpcs: [{ vpcId: "vpc-1" }],
      tags: { Name: "prod-wsus-name" },
    });
    deepStrictEqual(inputsIn(named, "aws:route53/record:Record", "prod-wsus-name"), {
      zoneId: "prod-wsus-name-id",
      name: serverName,
      type: "A",
      ttl: 60,
      records: ["10.20.160.5"],
    });
    const { parameters } = inputsIn(named, "aws:ssm/association:Association", "prod-wsus-setup-server");
    strictEqual((parameters as Record<string, string>)["ServerName"], serverName);
  });

  it("may read only the secret with the certificate of the organization", async () => {
    const arn = "arn:aws:secretsmanager:eu-west-1:123456789012:secret:wsus-AbCdEf";
    const own = await made({ certificateSecretArn: arn });
    const key = "arn:aws:kms:eu-west-1:123456789012:key/1234abcd-12ab-34cd-56ef-1234567890ab";
    const decrypting = await made({ certificateSecretArn: arn, certificateKeyArn: key });
    const reports = decrypting.find(({ name, type }) => type.endsWith(":RolePolicy") && name === "prod-wsus-reports");
    deepStrictEqual((JSON.parse(reports!.inputs["policy"] as string) as { Statement: unknown[] }).Statement.at(-1), {
      Sid: "DecryptCertificate",
      Effect: "Allow",
      Action: "kms:Decrypt",
      Resource: key,
    });
    const policy = own.find(
      ({ name, type }) => type === "aws:iam/rolePolicy:RolePolicy" && name === "prod-wsus-reports",
    );
    const { Statement } = JSON.parse(policy!.inputs["policy"] as string) as { Statement: unknown[] };
    deepStrictEqual(Statement.at(-1), {
      Sid: "ReadCertificate",
      Effect: "Allow",
      Action: "secretsmanager:GetSecretValue",
      Resource: arn,
    });
    const association = own.find(
      ({ name, type }) => type === "aws:ssm/association:Association" && name === "prod-wsus-setup-server",
    );
    strictEqual((association!.inputs["parameters"] as Record<string, string>)["CertificateSecret"], arn);
  });
});
