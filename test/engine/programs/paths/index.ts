import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";

/** A private network with one instance for each variant in the config, each with its specific resources. */
const config = new pulumi.Config();
const region = "ap-northeast-1";
const https = { protocol: "tcp", fromPort: 443, toPort: 443 };
const ami = "resolve:ssm:/aws/service/ami-amazon-linux-latest/al2023-ami-kernel-default-x86_64";

function network(name: string, second: number): void {
  const is = (variant: string) => name === variant;
  const vpc = new aws.ec2.Vpc(name, {
    cidrBlock: `10.${second}.0.0/16`,
    enableDnsSupport: true,
    enableDnsHostnames: true,
  });
  const subnet = new aws.ec2.Subnet(name, {
    vpcId: vpc.id,
    cidrBlock: `10.${second}.1.0/24`,
    availabilityZone: `${region}a`,
  });
  const table = new aws.ec2.RouteTable(name, { vpcId: vpc.id });
  const usesMain = is("main-table") || is("wrong-table");
  if (!usesMain) new aws.ec2.RouteTableAssociation(name, { subnetId: subnet.id, routeTableId: table.id });
  const s3 = new aws.ec2.VpcEndpoint(`${name}-s3`, {
    vpcId: vpc.id,
    serviceName: `com.amazonaws.${region}.s3`,
    routeTableIds: [is("main-table") ? vpc.mainRouteTableId : table.id],
  });

  const web = new aws.ec2.SecurityGroup(`${name}-web`, { vpcId: vpc.id });
  const endpoints = new aws.ec2.SecurityGroup(`${name}-endpoints`, {
    vpcId: vpc.id,
    ingress: is("closed-group") ? [] : [{ ...https, securityGroups: [web.id] }],
  });
  const out = { securityGroupId: web.id, ipProtocol: "tcp", fromPort: 443, toPort: 443 };
  new aws.vpc.SecurityGroupEgressRule(name, { ...out, referencedSecurityGroupId: endpoints.id });
  if (!is("no-way-to-s3")) {
    new aws.vpc.SecurityGroupEgressRule(`${name}-s3`, { ...out, prefixListId: s3.prefixListId });
  }
  const isDefaultGroup = is("default-groups");
  for (const service of is("no-ssmmessages") ? ["ssm"] : ["ssm", "ssmmessages"]) {
    new aws.ec2.VpcEndpoint(`${name}-${service}`, {
      vpcId: vpc.id,
      serviceName: `com.amazonaws.${region}.${service}`,
      vpcEndpointType: "Interface",
      privateDnsEnabled: !is("no-private-dns"),
      subnetIds: [subnet.id],
      ...(!isDefaultGroup && { securityGroupIds: [endpoints.id] }),
    });
  }

  const role = new aws.iam.Role(name, {
    assumeRolePolicy: aws.iam.assumeRolePolicyForPrincipal({ Service: "ec2.amazonaws.com" }),
  });
  if (!is("no-core-policy")) {
    const policyArn = "arn:aws:iam::aws:policy/AmazonSSMManagedInstanceCore";
    new aws.iam.RolePolicyAttachment(name, { role: role.name, policyArn });
  }
  const profile = new aws.iam.InstanceProfile(name, { role: role.name });
  new aws.ec2.Instance(name, {
    ami,
    instanceType: "t3.micro",
    subnetId: subnet.id,
    iamInstanceProfile: profile.name,
    tags: { PatchGroup: "web" },
    ...(!isDefaultGroup && { vpcSecurityGroupIds: [web.id] }),
  });
}

config.requireObject<string[]>("variants").forEach((name, i) => {
  network(name, i + 1);
});
