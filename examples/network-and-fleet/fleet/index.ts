import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";

const network = new pulumi.StackReference("organization/network/prod");

const instances = new aws.ec2.SecurityGroup("payments", {
  vpcId: network.requireOutput("vpcId"),
  egress: [{ protocol: "tcp", fromPort: 443, toPort: 443, cidrBlocks: ["0.0.0.0/0"] }],
});
const role = new aws.iam.Role("payments", {
  assumeRolePolicy: aws.iam.assumeRolePolicyForPrincipal({ Service: "ec2.amazonaws.com" }),
});
new aws.iam.RolePolicyAttachment("payments", {
  role: role.name,
  policyArn: "arn:aws:iam::aws:policy/AmazonSSMManagedInstanceCore",
});
const profile = new aws.iam.InstanceProfile("payments", { role: role.name });
new aws.ec2.Instance("payments", {
  ami: "resolve:ssm:/aws/service/ami-amazon-linux-latest/al2023-ami-kernel-default-x86_64",
  instanceType: "t3.micro",
  subnetId: network.requireOutput("subnetId"),
  vpcSecurityGroupIds: [instances.id],
  iamInstanceProfile: profile.name,
  tags: { PatchGroup: "payments" },
});
