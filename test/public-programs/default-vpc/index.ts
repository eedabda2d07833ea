/**
 * The default VPC as the stack of somebody who manages it: imported, with what AWS creates in it, and as AWS creates it. The
 * runner of public programs adds its state to those of programs that launch instances there, as their users could. Source:
 * https://docs.aws.amazon.com/vpc/latest/userguide/default-vpc-components.html, checked 2026-11-28.
 */
import * as aws from "@pulumi/aws";

export = async (): Promise<void> => {
  const found = await aws.ec2.getVpc({ default: true });
  const vpc = new aws.ec2.Vpc(
    "default",
    { cidrBlock: found.cidrBlock, enableDnsHostnames: found.enableDnsHostnames },
    { import: found.id, retainOnDelete: true },
  );
  const { ids } = await aws.ec2.getSubnets({ filters: [{ name: "vpc-id", values: [found.id] }] });
  const lookedUp = await Promise.all(ids.map((id) => aws.ec2.getSubnet({ id })));
  const subnets = lookedUp.map(
    ({ id, cidrBlock, availabilityZone, mapPublicIpOnLaunch }) =>
      new aws.ec2.Subnet(
        availabilityZone,
        { vpcId: vpc.id, cidrBlock, availabilityZone, mapPublicIpOnLaunch },
        { import: id, retainOnDelete: true },
      ),
  );
  const main = await aws.ec2.getRouteTable({ vpcId: found.id, routeTableId: found.mainRouteTableId });
  const routes = main.routes
    .filter(({ gatewayId }) => gatewayId.startsWith("igw-"))
    .map(({ cidrBlock, gatewayId }) => ({ cidrBlock, gatewayId }));
  new aws.ec2.DefaultRouteTable("main", { defaultRouteTableId: vpc.defaultRouteTableId, routes });
  const all = { protocol: "-1", ruleNo: 100, action: "allow", cidrBlock: "0.0.0.0/0", fromPort: 0, toPort: 0 };
  new aws.ec2.DefaultNetworkAcl("default", {
    defaultNetworkAclId: vpc.defaultNetworkAclId,
    subnetIds: subnets.map(({ id }) => id),
    ingress: [all],
    egress: [all],
  });
};
