import { type RuleExamples, anonymousReads, json, role, s3Endpoint } from "./examples";

const longPolicy = (length: number) => {
  const policy = (sid: string) => json({ Sid: sid, Effect: "Allow", Action: "s3:GetObject", Resource: "*" });
  return policy("a".repeat(length - policy("").length));
};

export const examples: RuleExamples = {
  bad: [
    {
      title: "a misspelled condition operator",
      resources: [s3Endpoint(json({ ...anonymousReads, Condition: { StringEqualz: { "aws:SourceVpc": "vpc-1" } } }))],
      findings: [
        "`policy`: `Statement[0].Condition.StringEqualz` unknown operator; expected one of `Null`, `StringEquals`, `StringNotEquals`, `StringEqualsIgnoreCase`, `StringNotEqualsIgnoreCase`, `StringLike`, `StringNotLike`, `NumericEquals`, `NumericNotEquals`, `NumericLessThan`, `NumericLessThanEquals`, `NumericGreaterThan`, `NumericGreaterThanEquals`, `DateEquals`, `DateNotEquals`, `DateLessThan`, `DateLessThanEquals`, `DateGreaterThan`, `DateGreaterThanEquals`, `Bool`, `BinaryEquals`, `IpAddress`, `NotIpAddress`, `ArnEquals`, `ArnLike`, `ArnNotEquals`, `ArnNotLike`, with `IfExists`, `ForAnyValue:` or `ForAllValues:`",
      ],
    },
    {
      title: "a managed policy without a version, and a trust policy without an STS action",
      resources: [
        {
          type: "aws:iam/policy:Policy",
          name: "reads",
          props: { policy: JSON.stringify({ Statement: { Effect: "Allow", Action: "s3:Get*", Resource: "*foo" } }) },
        },
        {
          type: "aws:iam/role:Role",
          name: "web",
          props: {
            assumeRolePolicy: json({ Effect: "Allow", Principal: { Service: "ec2" }, Action: "s3:GetObject" }),
          },
        },
      ],
      findings: [
        "`policy`: `Version` is missing; a managed policy requires `2012-10-17`",
        "`policy`: `Statement[0].Resource` has `*foo`; expected `*` or an ARN, such as `arn:aws:s3:::bucket/*`",
        "`assumeRolePolicy`: `Statement[0].Principal.Service` has `ec2`; expected the name of a service, such as `ec2.amazonaws.com`",
        "`assumeRolePolicy`: `Statement[0].Action` has `s3:GetObject`; expected an action of STS, such as `sts:AssumeRole`",
      ],
    },
    {
      title: "inline policies that exceed the limit together",
      resources: [
        role("web", "ec2.amazonaws.com", {
          inlinePolicies: [
            { name: "a", policy: longPolicy(6_000) },
            { name: "b", policy: longPolicy(6_000) },
          ],
        }),
        role("db", "ec2.amazonaws.com", { inlinePolicies: [{ name: "a", policy: longPolicy(6_000) }] }),
        {
          type: "aws:iam/rolePolicy:RolePolicy",
          name: "more",
          props: { role: "db", policy: longPolicy(5_000) },
        },
      ],
      findings: [
        "The 2 inline policies of the role have 12000 characters together, without white space; expected at most 10240",
        "The 2 inline policies of the role have 11000 characters together, without white space; expected at most 10240",
      ],
    },
    {
      title: "a role policy with a principal, and an empty policy",
      resources: [
        {
          type: "aws:iam/rolePolicy:RolePolicy",
          name: "inline",
          props: {
            role: "web",
            policy: json({ Effect: "Allow", Principal: "*", Action: "s3:GetObject", Resource: "*" }),
          },
        },
        s3Endpoint(""),
      ],
      findings: [
        "`policy`: `Statement[0].Principal` is not allowed in an identity policy, which applies to the identity it is attached to",
        "`policy` is empty; expected a JSON object",
      ],
    },
  ],
  good: [
    {
      title: "documents that follow AWS's grammar",
      resources: [s3Endpoint(json(anonymousReads)), role("web", "ec2.amazonaws.com")],
      findings: [],
    },
    {
      title: "roles for web identities, whose condition keys contain the name of the provider",
      resources: [
        role("pod", "ec2.amazonaws.com", {
          assumeRolePolicy: json({
            Effect: "Allow",
            Principal: {
              Federated: "arn:aws:iam::123456789012:oidc-provider/oidc.eks.eu-west-1.amazonaws.com/id/EXAMPLE",
            },
            Action: "sts:AssumeRoleWithWebIdentity",
            Condition: {
              StringEquals: {
                "oidc.eks.eu-west-1.amazonaws.com/id/EXAMPLE:sub": "system:serviceaccount:default:app",
                "oidc.eks.eu-west-1.amazonaws.com/id/EXAMPLE:aud": "sts.amazonaws.com",
              },
            },
          }),
        }),
      ],
      findings: [],
    },
    {
      title: "a document that AWS accepts and reads differently than intended, which is advice",
      resources: [s3Endpoint(json({ ...anonymousReads, Principal: { AWS: "123456789012" } }))],
      findings: [],
    },
    {
      title: "a single statement instead of a list",
      resources: [s3Endpoint(JSON.stringify({ Statement: anonymousReads }))],
      findings: [],
    },
  ],
};
