import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";

/** A network and, once the config has its VPC, an instance in a VPC that is created here or read by its ID. */
const region = "ap-northeast-1";
const existing = new pulumi.Config().get("vpcId");
const own = new aws.ec2.Vpc("own", { cidrBlock: "10.1.0.0/16", enableDnsSupport: true, enableDnsHostnames: true });
export const vpcId = own.id;

if (existing !== undefined) {
  const vpc = existing === "own" ? own : aws.ec2.Vpc.get("read", existing);
  const subnet = new aws.ec2.Subnet("private", {
    vpcId: vpc.id,
    cidrBlock: "10.1.1.0/24",
    availabilityZone: `${region}a`,
  });
  const table = new aws.ec2.RouteTable("private", { vpcId: vpc.id });
  new aws.ec2.RouteTableAssociation("private", { subnetId: subnet.id, routeTableId: table.id });
  const group = new aws.ec2.SecurityGroup("web", {
    vpcId: vpc.id,
    egress: [{ protocol: "-1", fromPort: 0, toPort: 0, cidrBlocks: ["0.0.0.0/0"] }],
  });
  new aws.ec2.Instance("web", {
    ami: "resolve:ssm:/aws/service/ami-amazon-linux-latest/al2023-ami-kernel-default-x86_64",
    instanceType: "t3.micro",
    subnetId: subnet.id,
    vpcSecurityGroupIds: [group.id],
    tags: { PatchGroup: "prod" },
  });
}
