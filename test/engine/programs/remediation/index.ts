import { DeprecatedPolicyRemediation, type DeprecatedPolicyRemediationArgs } from "@patchpath/components";
import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";

/** The remediation in an account without a recorder, and a role that it applies to. */
const config = new pulumi.Config();

const role = new aws.iam.Role("legacy", {
  assumeRolePolicy: aws.iam.assumeRolePolicyForPrincipal({ Service: "ec2.amazonaws.com" }),
});
new aws.iam.RolePolicyAttachment("legacy-policy", {
  role: role.name,
  policyArn: "arn:aws:iam::aws:policy/service-role/AmazonEC2RoleforSSM",
});
new aws.iam.InstanceProfile("legacy-profile", { role: role.name });

new DeprecatedPolicyRemediation("fix", {
  region: aws.config.requireRegion() as DeprecatedPolicyRemediationArgs["region"],
  mode: config.require<DeprecatedPolicyRemediationArgs["mode"]>("mode"),
  needs: { cloudWatchAgent: true, directory: true },
  outputBuckets: ["outputs"],
  exceptions: [
    { kind: "role", name: "vendor", reason: "belongs to a vendor" },
    { kind: "user", name: "operator", reason: "leaves in May" },
  ],
  recorder: "new",
});
