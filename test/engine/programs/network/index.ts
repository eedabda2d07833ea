import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";

/** A small network whose parts depend on the config, so that a test can change or break one of them. */
const config = new pulumi.Config();

const vpc = new aws.ec2.Vpc("vpc", {
  cidrBlock: config.get("cidrBlock") ?? "10.0.0.0/16",
  tags: { stage: config.get("stage") ?? "first" },
});
const subnet = new aws.ec2.Subnet("subnet", {
  vpcId: vpc.id,
  cidrBlock: config.get("subnetCidrBlock") ?? "10.0.1.0/24",
});
const token = new aws.ssm.Parameter("token", { type: "SecureString", value: pulumi.secret("hush-hush") });

export const vpcId = vpc.id;
export const subnetId = subnet.id;
export const tokenName = token.name;
