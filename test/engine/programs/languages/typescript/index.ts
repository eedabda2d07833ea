import * as aws from "@pulumi/aws";

/** The same stack as ../yaml and ../python: a fleet whose S3 endpoint keeps the repositories of Amazon Linux from it. */

const vpc = new aws.ec2.Vpc("net", { cidrBlock: "10.20.0.0/16", enableDnsSupport: true, enableDnsHostnames: true });
const subnet = new aws.ec2.Subnet("net-a", {
  vpcId: vpc.id,
  cidrBlock: "10.20.0.0/24",
  availabilityZone: "eu-central-1a",
});
const table = new aws.ec2.RouteTable("net-a", { vpcId: vpc.id });
new aws.ec2.RouteTableAssociation("net-a", { subnetId: subnet.id, routeTableId: table.id });

const ofEndpoints = new aws.ec2.SecurityGroup("endpoints", { vpcId: vpc.id, description: "Interface endpoints" });
const ofInstances = new aws.ec2.SecurityGroup("instances", {
  vpcId: vpc.id,
  description: "Instances",
  egress: [{ protocol: "tcp", fromPort: 443, toPort: 443, cidrBlocks: ["0.0.0.0/0"] }],
});
new aws.vpc.SecurityGroupIngressRule("into-endpoints", {
  securityGroupId: ofEndpoints.id,
  referencedSecurityGroupId: ofInstances.id,
  ipProtocol: "tcp",
  fromPort: 443,
  toPort: 443,
});
for (const service of ["ssm", "ssmmessages"]) {
  new aws.ec2.VpcEndpoint(service, {
    vpcId: vpc.id,
    serviceName: `com.amazonaws.eu-central-1.${service}`,
    vpcEndpointType: "Interface",
    privateDnsEnabled: true,
    subnetIds: [subnet.id],
    securityGroupIds: [ofEndpoints.id],
  });
}
new aws.ec2.VpcEndpoint("s3", {
  vpcId: vpc.id,
  serviceName: "com.amazonaws.eu-central-1.s3",
  vpcEndpointType: "Gateway",
  routeTableIds: [table.id],
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
  assumeRolePolicy: JSON.stringify({
    Version: "2012-10-17",
    Statement: [{ Effect: "Allow", Principal: { Service: "ec2.amazonaws.com" }, Action: "sts:AssumeRole" }],
  }),
});
new aws.iam.RolePolicyAttachment("web", {
  role: role.name,
  policyArn: "arn:aws:iam::aws:policy/AmazonSSMManagedInstanceCore",
});
const profile = new aws.iam.InstanceProfile("web", { role: role.name });
const template = new aws.ec2.LaunchTemplate("web", {
  imageId: "resolve:ssm:/aws/service/ami-amazon-linux-latest/al2023-ami-kernel-default-x86_64",
  instanceType: "t3.small",
  iamInstanceProfile: { arn: profile.arn },
  vpcSecurityGroupIds: [ofInstances.id],
  metadataOptions: { httpTokens: "required" },
});
new aws.autoscaling.Group("web", {
  minSize: 1,
  maxSize: 2,
  vpcZoneIdentifiers: [subnet.id],
  launchTemplate: { id: template.id, version: "$Latest" },
  tags: [{ key: "PatchGroup", value: "web", propagateAtLaunch: true }],
});
