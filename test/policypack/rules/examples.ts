import type { ExampleResource } from "./analyze";

/** An example stack of a rule: run as a test, and shown in the rule's documentation with the findings. */
export interface Example {
  /** What is shown, as a clause that follows "rejects" or "accepts". */
  readonly title: string;
  readonly resources: readonly ExampleResource[];
  /** The findings, whole; empty for a stack that the rule accepts. */
  readonly findings: readonly string[];
}

/** The examples of one rule. A reader sees the first bad and the first good one first. */
export interface RuleExamples {
  readonly bad: readonly Example[];
  readonly good: readonly Example[];
}

export const json = (...statements: readonly object[]) =>
  JSON.stringify({ Version: "2012-10-17", Statement: statements });

export const accountOnly = {
  Sid: "AllowAccountPrincipals",
  Effect: "Allow",
  Principal: "*",
  Action: "s3:*",
  Resource: "*",
  Condition: { StringEquals: { "aws:PrincipalAccount": "123456789012" } },
};

export const anonymousReads = {
  Sid: "AllowAnonymousPatchRepoAccess",
  Effect: "Allow",
  Principal: "*",
  Action: "s3:GetObject",
  Resource: ["arn:aws:s3:::al2023-repos-eu-west-1-de612dc2/*", "arn:aws:s3:::amazonlinux-2-repos-eu-west-1/*"],
};

/** An S3 gateway endpoint; without a policy it has AWS's default. */
export const s3Endpoint = (policy?: unknown, others: Readonly<Record<string, unknown>> = {}): ExampleResource => ({
  type: "aws:ec2/vpcEndpoint:VpcEndpoint",
  name: "s3",
  props: {
    vpcId: "vpc-0a1b2c3d4e5f67890",
    serviceName: "com.amazonaws.eu-west-1.s3",
    ...(policy === undefined ? {} : { policy }),
    ...others,
  },
});

export const role = (
  name: string,
  service: string,
  others: Readonly<Record<string, unknown>> = {},
): ExampleResource => ({
  type: "aws:iam/role:Role",
  name,
  props: {
    name,
    assumeRolePolicy: json({ Effect: "Allow", Action: "sts:AssumeRole", Principal: { Service: service } }),
    ...others,
  },
});

export const attachment = (name: string, roleName: unknown, policyArn: unknown): ExampleResource => ({
  type: "aws:iam/rolePolicyAttachment:RolePolicyAttachment",
  name,
  props: { role: roleName, policyArn },
});
