import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";

/** An instance marked for patching, without a route to Systems Manager, in a program that can fail at several points. */
const fails = new pulumi.Config().get("fails") ?? "";
const policies: Record<string, string> = {
  core: "arn:aws:iam::aws:policy/AmazonSSMManagedInstanceCore",
  deprecated: "arn:aws:iam::aws:policy/service-role/AmazonEC2RoleforSSM",
};

const vpc = new aws.ec2.Vpc("vpc", { cidrBlock: fails.includes("check") ? "10.0.0.0/8" : "10.0.0.0/16" });
const subnet = new aws.ec2.Subnet("private", { vpcId: vpc.id, cidrBlock: "10.0.1.0/24" });
if (fails.includes("exception")) throw new Error("the program gives up");
if (fails.includes("invoke")) {
  const bucket = aws.s3.getBucketOutput({ bucket: "none" }); // not supported by the stand-in
  new aws.ec2.Subnet("behind", { vpcId: vpc.id, cidrBlock: bucket.arn });
}
if (fails.includes("read")) aws.ec2.Vpc.get("existing", "vpc-00000000000000000");

const role = new aws.iam.Role("instance", {
  assumeRolePolicy: aws.iam.assumeRolePolicyForPrincipal({ Service: "ec2.amazonaws.com" }),
});
new aws.iam.RolePolicyAttachment("managed", {
  role: role.name,
  policyArn: policies[fails.includes("resource face") ? "deprecated" : "core"]!,
});
const profile = new aws.iam.InstanceProfile("instance", { role: role.name });
new aws.ec2.Instance("web", {
  ami: "resolve:ssm:/aws/service/ami-amazon-linux-latest/al2023-ami-kernel-default-x86_64",
  instanceType: "t3.micro",
  subnetId: subnet.id,
  iamInstanceProfile: profile.name,
  tags: { PatchGroup: "web" },
});
if (fails.includes("late")) throw new Error("the program gives up, late");
