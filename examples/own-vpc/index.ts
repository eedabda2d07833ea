import { readFileSync } from "node:fs";
import { PatchWindow } from "@patchpath/components";
import * as aws from "@pulumi/aws";

const region = "eu-west-1";
const vpc = new aws.ec2.Vpc("shop", { cidrBlock: "10.0.0.0/16", enableDnsSupport: true, enableDnsHostnames: true });
const subnet = new aws.ec2.Subnet("web", {
  vpcId: vpc.id,
  cidrBlock: "10.0.0.0/24",
  availabilityZone: `${region}a`,
});
const routeTable = new aws.ec2.RouteTable("web", { vpcId: vpc.id });
new aws.ec2.RouteTableAssociation("web", { subnetId: subnet.id, routeTableId: routeTable.id });

const https = { protocol: "tcp", fromPort: 443, toPort: 443 };
const instances = new aws.ec2.SecurityGroup("web", {
  vpcId: vpc.id,
  egress: [{ ...https, cidrBlocks: ["0.0.0.0/0"] }],
});
const endpoints = new aws.ec2.SecurityGroup("endpoints", {
  vpcId: vpc.id,
  ingress: [{ ...https, securityGroups: [instances.id] }],
});
for (const service of ["ssm", "ssmmessages"]) {
  new aws.ec2.VpcEndpoint(service, {
    vpcId: vpc.id,
    serviceName: `com.amazonaws.${region}.${service}`,
    vpcEndpointType: "Interface",
    privateDnsEnabled: true,
    subnetIds: [subnet.id],
    securityGroupIds: [endpoints.id],
  });
}
new aws.ec2.VpcEndpoint("s3", {
  vpcId: vpc.id,
  serviceName: `com.amazonaws.${region}.s3`,
  vpcEndpointType: "Gateway",
  routeTableIds: [routeTable.id],
  policy: readFileSync("policy.json", "utf8"),
});

const role = new aws.iam.Role("web", {
  assumeRolePolicy: aws.iam.assumeRolePolicyForPrincipal({ Service: "ec2.amazonaws.com" }),
});
new aws.iam.RolePolicyAttachment("web", {
  role: role.name,
  policyArn: "arn:aws:iam::aws:policy/AmazonSSMManagedInstanceCore",
});
const profile = new aws.iam.InstanceProfile("web", { role: role.name });
new aws.ec2.Instance("web", {
  ami: "resolve:ssm:/aws/service/ami-amazon-linux-latest/al2023-ami-kernel-default-x86_64",
  instanceType: "t3.micro",
  subnetId: subnet.id,
  vpcSecurityGroupIds: [instances.id],
  iamInstanceProfile: profile.name,
  tags: { PatchGroup: "web" },
});
new PatchWindow("sunday", {
  region,
  patchGroup: "web",
  operation: "Install",
  schedule: "cron(0 3 ? * SUN *)",
  timezone: "Etc/UTC",
  duration: 3,
  cutoff: 1,
});
