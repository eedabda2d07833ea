import * as aws from "@pulumi/aws";

const region = "eu-west-1";
const vpc = new aws.ec2.Vpc("shared", { cidrBlock: "10.0.0.0/16", enableDnsSupport: true, enableDnsHostnames: true });
const subnet = new aws.ec2.Subnet("private", {
  vpcId: vpc.id,
  cidrBlock: "10.0.0.0/24",
  availabilityZone: `${region}a`,
});
const routeTable = new aws.ec2.RouteTable("private", { vpcId: vpc.id });
new aws.ec2.RouteTableAssociation("private", { subnetId: subnet.id, routeTableId: routeTable.id });

const endpoints = new aws.ec2.SecurityGroup("endpoints", {
  vpcId: vpc.id,
  ingress: [{ protocol: "tcp", fromPort: 443, toPort: 443, cidrBlocks: [vpc.cidrBlock] }],
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
  routeTableIds: [routeTable.id],
});

export const vpcId = vpc.id;
export const subnetId = subnet.id;
