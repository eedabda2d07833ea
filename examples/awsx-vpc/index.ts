import * as aws from "@pulumi/aws";
import * as awsx from "@pulumi/awsx";

const vpc = new awsx.ec2.Vpc("shop", {
  cidrBlock: "10.0.0.0/16",
  numberOfAvailabilityZones: 2,
  natGateways: { strategy: "Single" },
  enableDnsHostnames: true,
});
new aws.ec2.VpcEndpoint("s3", {
  vpcId: vpc.vpcId,
  serviceName: "com.amazonaws.eu-west-1.s3",
  routeTableIds: vpc.routeTables.apply((tables) => tables.map(({ id }) => id)),
  policy: JSON.stringify({
    Version: "2012-10-17",
    Statement: [
      {
        Sid: "AllowAccountPrincipals",
        Effect: "Allow",
        Principal: "*",
        Action: "s3:*",
        Resource: "*",
        Condition: { StringEquals: { "aws:PrincipalAccount": "123456789012" } },
      },
    ],
  }),
});

const role = new aws.iam.Role("web", {
  assumeRolePolicy: aws.iam.assumeRolePolicyForPrincipal({ Service: "ec2.amazonaws.com" }),
});
new aws.iam.RolePolicyAttachment("web", {
  role: role.name,
  policyArn: "arn:aws:iam::aws:policy/AmazonSSMManagedInstanceCore",
});
const profile = new aws.iam.InstanceProfile("web", { role: role.name });
const instances = new aws.ec2.SecurityGroup("web", {
  vpcId: vpc.vpcId,
  egress: [{ protocol: "tcp", fromPort: 443, toPort: 443, cidrBlocks: ["0.0.0.0/0"] }],
});
const template = new aws.ec2.LaunchTemplate("web", {
  imageId: "resolve:ssm:/aws/service/ami-amazon-linux-latest/al2023-ami-kernel-default-x86_64",
  instanceType: "t3.micro",
  iamInstanceProfile: { arn: profile.arn },
  vpcSecurityGroupIds: [instances.id],
});
new aws.autoscaling.Group("web", {
  minSize: 2,
  maxSize: 4,
  vpcZoneIdentifiers: vpc.privateSubnetIds,
  launchTemplate: { id: template.id, version: "$Latest" },
  tags: [{ key: "PatchGroup", value: "web", propagateAtLaunch: true }],
});
