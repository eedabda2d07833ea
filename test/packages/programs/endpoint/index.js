"use strict";
// One instance whose packages come through an S3 gateway endpoint with the policy of policy.json. Written without
// @pulumi/aws, so that nothing but the package under test and what it brings is installed beside this file.
const { readFileSync } = require("node:fs");
const { join } = require("node:path");
const { CustomResource } = require("@pulumi/pulumi");

const region = "ap-northeast-1";
const make = (type, name, inputs) => new CustomResource(`aws:${type}`, name, inputs);

const vpc = make("ec2/vpc:Vpc", "vpc", { cidrBlock: "10.0.0.0/16", enableDnsSupport: true, enableDnsHostnames: true });
const subnet = make("ec2/subnet:Subnet", "web", {
  vpcId: vpc.id,
  cidrBlock: "10.0.1.0/24",
  availabilityZone: `${region}a`,
});
const gateway = make("ec2/internetGateway:InternetGateway", "internet", { vpcId: vpc.id });
const table = make("ec2/routeTable:RouteTable", "web", {
  vpcId: vpc.id,
  routes: [{ cidrBlock: "0.0.0.0/0", gatewayId: gateway.id }],
});
make("ec2/routeTableAssociation:RouteTableAssociation", "web", { subnetId: subnet.id, routeTableId: table.id });
make("ec2/vpcEndpoint:VpcEndpoint", "s3", {
  vpcId: vpc.id,
  serviceName: `com.amazonaws.${region}.s3`,
  routeTableIds: [table.id],
  policy: readFileSync(join(__dirname, "policy.json"), "utf8"),
});

const role = make("iam/role:Role", "web", {
  assumeRolePolicy: JSON.stringify({
    Version: "2012-10-17",
    Statement: [{ Effect: "Allow", Principal: { Service: "ec2.amazonaws.com" }, Action: "sts:AssumeRole" }],
  }),
});
make("iam/rolePolicyAttachment:RolePolicyAttachment", "web", {
  role: role.id,
  policyArn: "arn:aws:iam::aws:policy/AmazonSSMManagedInstanceCore",
});
const profile = make("iam/instanceProfile:InstanceProfile", "web", { role: role.id });
const group = make("ec2/securityGroup:SecurityGroup", "web", {
  vpcId: vpc.id,
  egress: [{ protocol: "tcp", fromPort: 443, toPort: 443, cidrBlocks: ["0.0.0.0/0"] }],
});
make("ec2/instance:Instance", "web", {
  ami: "resolve:ssm:/aws/service/ami-amazon-linux-latest/al2023-ami-kernel-default-x86_64",
  instanceType: "t3.micro",
  subnetId: subnet.id,
  associatePublicIpAddress: true,
  iamInstanceProfile: profile.id,
  vpcSecurityGroupIds: [group.id],
});
