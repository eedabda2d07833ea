import { unknown } from "./analyze";
import { type RuleExamples, anonymousReads, attachment, json, role, s3Endpoint } from "./examples";
import { attachedFleet, changed, patchedStack } from "./network";

const vpc = { type: "aws:ec2/vpc:Vpc", name: "vpc", props: { cidrBlock: "10.0.0.0/16", id: unknown } };

export const examples: RuleExamples = {
  bad: [
    {
      title: "a policy that depends on an output of another resource",
      resources: [vpc, { ...s3Endpoint(unknown), from: { policy: ["vpc"] } }],
      findings: [
        "Whether the unsigned reads of Amazon Linux 2023 are allowed is unknown: cannot determine the policy of the endpoint.",
      ],
    },
    {
      title: "a policy that depends on an invoke, for which the engine reports no resource",
      resources: [s3Endpoint(unknown)],
      findings: [
        "Whether the unsigned reads of Amazon Linux 2023 are allowed is unknown: cannot determine the policy of the endpoint.",
      ],
    },
    {
      title: "a deprecated policy on a role whose trust policy is not known yet",
      resources: [
        { ...role("web", "ec2.amazonaws.com"), props: { name: "web", assumeRolePolicy: unknown } },
        attachment("lambda", "web", "arn:aws:iam::aws:policy/AWSLambdaFullAccess"),
      ],
      findings: [
        "`policyArn` has the deprecated `arn:aws:iam::aws:policy/AWSLambdaFullAccess`; whether EC2 instances use the role is unknown: its trust policy and instance profiles are not known until the update.",
      ],
    },
    {
      title: "a policy of aws-native with a part that is not known yet",
      resources: [
        {
          type: "aws-native:ec2:VpcEndpoint",
          name: "s3",
          props: {
            serviceName: "com.amazonaws.eu-west-1.s3",
            policyDocument: {
              Version: "2012-10-17",
              Statement: [{ ...anonymousReads, Condition: { StringEquals: { "aws:SourceVpc": unknown } } }],
            },
          },
          from: { policyDocument: ["vpc"] },
        },
        vpc,
      ],
      findings: [
        "Whether the unsigned reads of Amazon Linux 2023 are allowed is unknown: cannot determine the policy of the endpoint.",
      ],
    },
    {
      title: "a condition on a value that is known only at the request",
      resources: [
        s3Endpoint(
          json({
            ...anonymousReads,
            Condition: { DateLessThan: { "aws:CurrentTime": "2030-01-01T00:00:00Z" } },
          }),
        ),
      ],
      findings: [
        "Whether the unsigned reads of Amazon Linux 2023 are allowed is unknown: cannot determine the time of the request (Statement[0] (AllowAnonymousPatchRepoAccess)).",
      ],
    },
    {
      title: "a managed policy whose ARN is not known yet",
      resources: [role("web", "ec2.amazonaws.com"), attachment("own", "web", unknown)],
      findings: ["Whether `policyArn` is a deprecated policy is unknown: its value is not known until the update."],
    },
    {
      title: "a fleet that may be in a resource group that a task patches",
      resources: patchedStack({
        ...changed("web", { tags: {} }),
        ...changed("window-target", { targets: [{ key: "resource-groups:Name", values: ["servers"] }] }),
        core: undefined,
      }),
      findings: ["Whether anything patches `web` is unknown: cannot determine whether `patch` does."],
    },
    {
      title: "existing instances that the stack patches and does not show",
      resources: patchedStack({ "prod-legacy": attachedFleet }),
      findings: [
        "Whether `prod-legacy` can be patched is unknown: cannot determine the configuration of the existing instances with the tag `Environment=prod`, which are not in this stack (agent, identity, dns, control-plane, security-groups, network-acls, s3-route, payload, snapshot, repository).",
      ],
    },
    {
      title: "a policy that may belong to either of two endpoints",
      resources: [
        s3Endpoint(undefined, { id: unknown }),
        { ...s3Endpoint(undefined, { id: unknown }), name: "other" },
        {
          type: "aws:ec2/vpcEndpointPolicy:VpcEndpointPolicy",
          name: "attached",
          props: { vpcEndpointId: unknown, policy: json(anonymousReads) },
          from: { vpcEndpointId: ["s3", "other"] },
        },
      ],
      findings: [
        ...["other", "s3"].map(
          (name) =>
            `Whether the unsigned reads of Amazon Linux 2023 are allowed is unknown: cannot determine whether the policy \`attached\` is the one of the endpoint \`${name}\`.`,
        ),
        "The policy is not judged: cannot determine which endpoint it belongs to.",
      ],
    },
  ],
  good: [
    {
      title: "a managed policy that the stack creates",
      resources: [
        role("web", "ec2.amazonaws.com"),
        { ...attachment("own", "web", unknown), from: { policyArn: ["policy"] } },
        { type: "aws:iam/policy:Policy", name: "policy", props: { arn: unknown } },
      ],
      findings: [],
    },
    { title: "a policy that is known", resources: [s3Endpoint(json(anonymousReads))], findings: [] },
    {
      title: "an endpoint and a role with default settings only, where AWS computes the rest",
      resources: [
        { ...s3Endpoint(), computed: { policy: unknown } },
        { ...role("web", "ec2.amazonaws.com"), computed: { managedPolicyArns: unknown } },
      ],
      findings: [],
    },
  ],
};
