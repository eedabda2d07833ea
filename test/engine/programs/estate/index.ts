import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";

/** The stack of a network, or with `subnetId` that of an instance in it. The network closes a hop if configured. */
const config = new pulumi.Config("estate");
const region = "ap-northeast-1";

function network(closes: string | undefined): object {
  const vpc = new aws.ec2.Vpc("vpc", { cidrBlock: "10.0.0.0/16", enableDnsHostnames: true, enableDnsSupport: true });
  const [outer, inner] = ["outer", "inner"].map((name, i) => {
    const cidrBlock = `10.0.${i}.0/24`;
    const subnet = new aws.ec2.Subnet(name, { vpcId: vpc.id, cidrBlock, availabilityZone: `${region}a` });
    const table = new aws.ec2.RouteTable(name, { vpcId: vpc.id });
    new aws.ec2.RouteTableAssociation(name, { subnetId: subnet.id, routeTableId: table.id });
    return { subnet, table };
  }) as [Part, Part];
  const internet = new aws.ec2.InternetGateway("internet", { vpcId: vpc.id });
  new aws.ec2.Route("outer", {
    routeTableId: outer.table.id,
    destinationCidrBlock: "0.0.0.0/0",
    gatewayId: internet.id,
  });
  const address = new aws.ec2.Eip("nat", { domain: "vpc" });
  const nat = new aws.ec2.NatGateway("nat", { allocationId: address.id, subnetId: outer.subnet.id });
  new aws.ec2.Route("inner", {
    routeTableId: inner.table.id,
    destinationCidrBlock: closes === "route" ? "192.0.2.0/24" : "0.0.0.0/0",
    natGatewayId: nat.id,
  });
  new aws.ec2.VpcEndpoint("s3", {
    vpcId: vpc.id,
    serviceName: `com.amazonaws.${region}.s3`,
    routeTableIds: [inner.table.id],
    policy: reads(closes === "policy" ? "arn:aws:s3:::customers/*" : "*"),
  });
  const egress = { protocol: "tcp", fromPort: 443, toPort: 443, cidrBlocks: ["0.0.0.0/0"] };
  const group = new aws.ec2.SecurityGroup("group", { vpcId: vpc.id, egress: closes === "group" ? [] : [egress] });
  return { subnetId: inner.subnet.id, groupId: group.id };
}

interface Part {
  readonly subnet: aws.ec2.Subnet;
  readonly table: aws.ec2.RouteTable;
}

function reads(resource: string): string {
  return JSON.stringify({
    Version: "2012-10-17",
    Statement: [{ Effect: "Allow", Principal: "*", Action: "s3:GetObject", Resource: resource }],
  });
}

function workload(subnetId: string): object {
  const role = new aws.iam.Role("role", {
    assumeRolePolicy: aws.iam.assumeRolePolicyForPrincipal({ Service: "ec2.amazonaws.com" }),
  });
  const policyArn = "arn:aws:iam::aws:policy/AmazonSSMManagedInstanceCore";
  new aws.iam.RolePolicyAttachment("core", { role: role.name, policyArn });
  const profile = new aws.iam.InstanceProfile("profile", { role: role.name });
  const web = new aws.ec2.Instance("web", {
    ami: "resolve:ssm:/aws/service/ami-amazon-linux-latest/al2023-ami-kernel-default-x86_64",
    instanceType: "t3.micro",
    subnetId,
    iamInstanceProfile: profile.name,
    vpcSecurityGroupIds: [config.require("groupId")],
    tags: { PatchGroup: "web" },
  });
  return { instanceId: web.id };
}

const subnetId = config.get("subnetId");
export const outputs = subnetId === undefined ? network(config.get("closes")) : workload(subnetId);
