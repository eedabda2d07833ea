"use strict";
// 300 resources, of types that the pack reads and types that it skips, for a preview of a larger stack.
const aws = require("@pulumi/aws");

const trust = aws.iam.assumeRolePolicyForPrincipal({ Service: "ec2.amazonaws.com" });
const vpc = new aws.ec2.Vpc("vpc", { cidrBlock: "10.0.0.0/16" });
new aws.ec2.VpcEndpoint("s3", {
  vpcId: vpc.id,
  serviceName: "com.amazonaws.ap-northeast-1.s3",
  policy: JSON.stringify({
    Version: "2012-10-17",
    Statement: [{ Effect: "Allow", Principal: "*", Action: "s3:*", Resource: "*" }],
  }),
});
for (let i = 0; i < 30; i++) {
  const role = new aws.iam.Role(`role-${i}`, { assumeRolePolicy: trust });
  new aws.iam.RolePolicyAttachment(`core-${i}`, {
    role: role.name,
    policyArn: "arn:aws:iam::aws:policy/AmazonSSMManagedInstanceCore",
  });
}
for (let i = 0; i < 238; i++) {
  new aws.cloudwatch.LogGroup(`log-${i}`, { name: `/bench/${i}`, retentionInDays: 30, tags: { Name: `log ${i}` } });
}
