import { deepStrictEqual, match, strictEqual, throws } from "node:assert/strict";
import { AwsObjects } from "../../../offline/aws/objects";
import { AwsResources } from "../../../offline/aws/resources";
import { type Properties, unknown } from "../../../offline/aws/values";
import { check, failuresOf, ref, stand, subnetRef, trust, vpcRef } from "./stand";

describe("the strictness of the stand-in AWS", () => {
  it("rejects an unsupported type by name", () => {
    throws(() => check(ref("aws:ec2/fleet:Fleet", "x"), {}), {
      message: "the stand-in AWS does not support the type aws:ec2/fleet:Fleet; add a row in offline/aws/types",
    });
  });

  const refused: [name: string, type: string, inputs: Properties, failure: RegExp][] = [
    [
      "an input that does not exist",
      "aws:ec2/vpc:Vpc",
      { cidr: "10.0.0.0/16" },
      /^cidr: is not an input of this type; its inputs are .*cidrBlock/,
    ],
    [
      "a nested input that does not exist",
      "aws:ec2/launchTemplate:LaunchTemplate",
      { metadataOptions: { httpToken: "required" } },
      /^metadataOptions\.httpToken: is not an input/,
    ],
    [
      "a required input that is missing",
      "aws:ec2/subnet:Subnet",
      { cidrBlock: "10.0.0.0/24" },
      /^vpcId: is required and missing$/,
    ],
    [
      "text instead of a list",
      "aws:ec2/vpcEndpoint:VpcEndpoint",
      { vpcId: "vpc-1", serviceName: "com.amazonaws.eu-west-1.s3", routeTableIds: "rtb-1" },
      /^routeTableIds: expected a list; got "rtb-1"$/,
    ],
    [
      "text instead of a number",
      "aws:ssm/maintenanceWindow:MaintenanceWindow",
      { schedule: "rate(7 days)", duration: "long", cutoff: 1 },
      /^duration: expected a number; got "long"$/,
    ],
    [
      "an address that is not the network address",
      "aws:ec2/vpc:Vpc",
      { cidrBlock: "10.0.0.1/16" },
      /did you mean "10\.0\.0\.0\/16"\?$/,
    ],
    [
      "a CIDR block that is too large",
      "aws:ec2/vpc:Vpc",
      { cidrBlock: "10.0.0.0/8" },
      /expected \/16 to \/28 \(InvalidVpc\.Range\)$/,
    ],
    [
      "a malformed endpoint policy",
      "aws:ec2/vpcEndpoint:VpcEndpoint",
      { vpcId: "vpc-1", serviceName: "com.amazonaws.eu-west-1.s3", policy: "{}" },
      /^policy: InvalidPolicyDocument: Statement is missing$/,
    ],
    [
      "the service of another region",
      "aws:ec2/vpcEndpoint:VpcEndpoint",
      { vpcId: "vpc-1", serviceName: "com.amazonaws.us-east-1.s3" },
      /does not exist in eu-west-1/,
    ],
    [
      "route tables on an interface endpoint",
      "aws:ec2/vpcEndpoint:VpcEndpoint",
      {
        vpcId: "vpc-1",
        serviceName: "com.amazonaws.eu-west-1.ssm",
        vpcEndpointType: "Interface",
        routeTableIds: ["rtb-1"],
      },
      /^routeTableIds: is for endpoints of type Gateway/,
    ],
    [
      "a trust policy without a principal",
      "aws:iam/role:Role",
      { assumeRolePolicy: '{"Statement":{"Effect":"Allow","Action":"sts:AssumeRole"}}' },
      /^assumeRolePolicy: MalformedPolicyDocument: Statement\[0\]: Missing required field Principal$/,
    ],
    [
      "a role name that is too long",
      "aws:iam/role:Role",
      { name: "x".repeat(65), assumeRolePolicy: trust },
      /^name: expected 1 to 64 letters/,
    ],
    [
      "eleven policies on a role",
      "aws:iam/role:Role",
      {
        assumeRolePolicy: trust,
        managedPolicyArns: Array.from({ length: 11 }, (_, i) => `arn:aws:iam::aws:policy/P${i}`),
      },
      /has 11 policies; expected at most 10/,
    ],
    [
      "a policy attachment without roles, users or groups",
      "aws:iam/policyAttachment:PolicyAttachment",
      { policyArn: "arn:aws:iam::aws:policy/X" },
      /no users, roles or groups/,
    ],
    [
      "a cutoff as long as the maintenance window",
      "aws:ssm/maintenanceWindow:MaintenanceWindow",
      { schedule: "rate(7 days)", duration: 2, cutoff: 2 },
      /expected cutoff < duration/,
    ],
    [
      "a cron expression with five fields",
      "aws:ssm/maintenanceWindow:MaintenanceWindow",
      { schedule: "cron(0 18 * * SUN)", duration: 2, cutoff: 1 },
      /has 5 fields; expected 6/,
    ],
    [
      "an offset for a schedule that is not a cron expression",
      "aws:ssm/maintenanceWindow:MaintenanceWindow",
      { schedule: "rate(7 days)", scheduleOffset: 2, duration: 2, cutoff: 1 },
      /^scheduleOffset: requires a cron expression; schedule is rate\(7 days\)/,
    ],
    [
      "a filter that the operating system does not have",
      "aws:ssm/patchBaseline:PatchBaseline",
      {
        operatingSystem: "UBUNTU",
        approvalRules: [{ approveAfterDays: 0, patchFilters: [{ key: "SEVERITY", values: ["*"] }] }],
      },
      /^approvalRules\[0\]: SEVERITY is not a filter of UBUNTU/,
    ],
    [
      "an approval rule without a delay or date",
      "aws:ssm/patchBaseline:PatchBaseline",
      { operatingSystem: "UBUNTU", approvalRules: [{ patchFilters: [{ key: "PRIORITY", values: ["*"] }] }] },
      /exactly one of approveAfterDays, approveUntilDate/,
    ],
    [
      "a patch policy in a region without them",
      "aws:ssm/quicksetupConfigurationManager:QuicksetupConfigurationManager",
      {
        configurationDefinition: {
          type: "AWSQuickSetupType-PatchPolicy",
          parameters: { PatchPolicyName: "p", TargetAccounts: "123456789012", TargetRegions: "eu-south-1" },
        },
      },
      /TargetRegions: patch policies are not offered in eu-south-1/,
    ],
    [
      "a Quick Setup configuration without targets",
      "aws:ssm/quicksetupConfigurationManager:QuicksetupConfigurationManager",
      {
        configurationDefinition: { type: "AWSQuickSetupType-SSMHostMgmt", parameters: { TargetRegions: "eu-west-1" } },
      },
      /TargetAccounts: expected TargetAccounts or TargetOrganizationalUnits; found neither/,
    ],
    [
      "a route without a target",
      "aws:ec2/route:Route",
      { routeTableId: "rtb-1", destinationCidrBlock: "0.0.0.0/0" },
      /expected exactly one of .*gatewayId.*; found none/,
    ],
    [
      "a group with a desired capacity above the maximum",
      "aws:autoscaling/group:Group",
      { minSize: 1, maxSize: 2, desiredCapacity: 3, launchTemplate: { id: "lt-1" } },
      /^desiredCapacity: 3 is not between/,
    ],
    [
      "user data that is not base64",
      "aws:ec2/launchTemplate:LaunchTemplate",
      { userData: "#!/bin/bash" },
      /must be base64-encoded/,
    ],
    [
      "an SSM document without a schema version",
      "aws:ssm/document:Document",
      { documentType: "Command", content: "{}" },
      /has no schemaVersion/,
    ],
    [
      "an SSM document of more than 64 KB",
      "aws:ssm/document:Document",
      { documentType: "Command", content: JSON.stringify({ schemaVersion: "2.2", description: "x".repeat(65_536) }) },
      /has 655\d\d bytes; expected at most 65536 \(MaxDocumentSizeExceeded\)/,
    ],
    [
      "a snapshot policy without a role",
      "aws:dlm/lifecyclePolicy:LifecyclePolicy",
      { description: "x", executionRoleArn: "snapshots", policyDetails: {} },
      /expected the ARN of a role/,
    ],
    [
      "a rule with two sources",
      "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule",
      { securityGroupId: "sg-1", ipProtocol: "-1", cidrIpv4: "10.0.0.0/8", prefixListId: "pl-1" },
      /exactly one of .* found cidrIpv4, prefixListId/,
    ],
  ];
  for (const [name, type, inputs, failure] of refused) {
    it(`rejects ${name}`, () => {
      const failures = failuresOf(type, inputs);
      strictEqual(failures.length, 1, failures.join("\n"));
      match(failures[0]!, failure);
    });
  }

  it("rejects a root device with an AMI from a parameter, for the instance or its launch template", () => {
    const failure =
      "rootBlockDevice: requires the id of the image, and the image is resolve:ssm:/aws/service/x (InvalidAMIID.Malformed)";
    const instance = "aws:ec2/instance:Instance";
    const rootBlockDevice = { encrypted: true };
    const ami = "resolve:ssm:/aws/service/x";
    deepStrictEqual(failuresOf(instance, { ami, rootBlockDevice }), [failure]);
    deepStrictEqual(failuresOf(instance, { ami }), []);

    const aws = stand();
    const template = aws.create(ref("aws:ec2/launchTemplate:LaunchTemplate", "t"), { name: "t", imageId: ami });
    const of = (launchTemplate: Properties) => failuresOf(instance, { launchTemplate, rootBlockDevice }, aws);
    deepStrictEqual(of({ id: template.id, version: "1" }), [failure]);
    deepStrictEqual(of({ name: "t" }), [failure]);
    deepStrictEqual(of({ id: unknown }), []);
    deepStrictEqual(of({ name: "other" }), []);
  });

  it("rejects a name that another stack of the account has, in its region", () => {
    const urnOf = (stack: string) => `urn:pulumi:${stack}::shop::aws:ssm/parameter:Parameter::state`;
    const type = "aws:ssm/parameter:Parameter";
    const outputs = { name: "/shop/state", region: "eu-west-1" };
    const elsewhere = [{ type, id: "/shop/state", urn: urnOf("prod"), outputs }];
    const failures = (stack: string, inputs: Properties) => {
      const aws = new AwsResources({ region: "eu-west-1", defaultTags: {} }, new AwsObjects(() => elsewhere));
      return aws.check({ type, name: "state", urn: urnOf(stack) }, {}, { type: "String", ...inputs }, "seed").failures;
    };
    deepStrictEqual(failures("staging", { name: "/shop/state" }), [
      {
        property: "name",
        reason: `"/shop/state" is the name of ${urnOf("prod")}; expected a name that is unique in the region (ParameterAlreadyExists)`,
      },
    ]);
    deepStrictEqual(failures("prod", { name: "/shop/state" }), [], "its own");
    deepStrictEqual(failures("staging", { name: "/shop/other" }), [], "another name");
    deepStrictEqual(failures("staging", { name: "/shop/state", region: "eu-west-2" }), [], "another region");
    deepStrictEqual(failures("staging", { name: unknown }), [], "a name that is not known yet");
  });

  it("accepts values that are not known yet", () => {
    deepStrictEqual(
      failuresOf("aws:ec2/vpcEndpoint:VpcEndpoint", {
        vpcId: unknown,
        serviceName: unknown,
        policy: unknown,
        routeTableIds: [unknown],
      }),
      [],
    );
  });

  it("rejects a subnet outside its VPC, an overlapping one, and a security group of another VPC", () => {
    const aws = stand();
    const vpc = aws.create(vpcRef, { cidrBlock: "10.0.0.0/16" });
    const other = aws.create(ref("aws:ec2/vpc:Vpc", "other"), { cidrBlock: "10.9.0.0/16" });
    const subnet = { vpcId: vpc.id, cidrBlock: "10.0.1.0/24" };
    aws.create(subnetRef, subnet);
    match(
      failuresOf("aws:ec2/subnet:Subnet", { ...subnet, cidrBlock: "10.9.1.0/24" }, aws)[0]!,
      /10\.9\.1\.0\/24 is outside 10\.0\.0\.0\/16 of vpc-/,
    );
    match(
      failuresOf("aws:ec2/subnet:Subnet", { ...subnet, cidrBlock: "10.0.0.0/20" }, aws)[0]!,
      /10\.0\.0\.0\/20 overlaps 10\.0\.1\.0\/24 of subnet-/,
    );
    const group = aws.create(ref("aws:ec2/securityGroup:SecurityGroup", "g"), { vpcId: other.id, name: "g" });
    const endpoint = {
      vpcId: vpc.id,
      serviceName: "com.amazonaws.eu-west-1.ssm",
      vpcEndpointType: "Interface",
      securityGroupIds: [group.id],
    };
    match(
      failuresOf("aws:ec2/vpcEndpoint:VpcEndpoint", endpoint, aws)[0]!,
      /^securityGroupIds: sg-.* is in vpc-.*; expected one in vpc-/,
    );
  });
});
