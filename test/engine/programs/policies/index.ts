import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";

/** An S3 gateway endpoint and an instance role, with the policies in the config. */
const config = new pulumi.Config();

const vpc = new aws.ec2.Vpc("vpc", { cidrBlock: "10.0.0.0/16" });
const policy = config.get("endpointPolicy");
const known =
  policy ?? JSON.stringify({ Statement: [{ Effect: "Allow", Principal: "*", Action: "*", Resource: "*" }] });

// With `policyKnown: at up`, the policy depends on the VPC's ID, so it is unknown at preview.
// With `policyKnown: by invoke`, it comes from an invoke whose arguments depend on the VPC's ID: usual in Pulumi,
// and without a resource that the engine records.
const byInvoke = aws.iam.getPolicyDocumentOutput({
  statements: [
    {
      sid: "AllowVpc",
      principals: [{ type: "*", identifiers: ["*"] }],
      actions: ["s3:GetObject"],
      resources: ["*"],
      conditions: [{ test: "StringEquals", variable: "aws:PrincipalOrgID", values: [vpc.id] }],
    },
  ],
}).json;

const policies: Record<string, pulumi.Input<string>> = {
  "at up": vpc.id.apply(() => known),
  "by invoke": byInvoke,
};

const endpoint = new aws.ec2.VpcEndpoint("s3", {
  vpcId: vpc.id,
  serviceName: pulumi.interpolate`com.amazonaws.${aws.getRegionOutput().region}.s3`,
  policy: policies[config.get("policyKnown") ?? ""] ?? known,
});

if (config.get("attachedPolicy")) {
  new aws.ec2.VpcEndpointPolicy("attached", { vpcEndpointId: endpoint.id, policy: config.require("attachedPolicy") });
}

const managedPolicy = config.get("managedPolicy");
if (managedPolicy) {
  const role = new aws.iam.Role("instance", {
    assumeRolePolicy: aws.iam.assumeRolePolicyForPrincipal({ Service: "ec2.amazonaws.com" }),
  });
  new aws.iam.RolePolicyAttachment("managed", { role: role.name, policyArn: managedPolicy });
}
