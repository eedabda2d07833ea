import { type RuleExamples, anonymousReads, json, role, s3Endpoint } from "./examples";

export const examples: RuleExamples = {
  bad: [
    {
      title: "a misspelt condition operator",
      resources: [s3Endpoint(json({ ...anonymousReads, Condition: { StringEqualz: { "aws:SourceVpc": "vpc-1" } } }))],
      findings: [
        "`policy`: `Statement[0].Condition.StringEqualz` unknown operator; expected one of `Null`, `StringEquals`, `StringNotEquals`, `StringEqualsIgnoreCase`, `StringNotEqualsIgnoreCase`, `StringLike`, `StringNotLike`, `NumericEquals`, `NumericNotEquals`, `NumericLessThan`, `NumericLessThanEquals`, `NumericGreaterThan`, `NumericGreaterThanEquals`, `DateEquals`, `DateNotEquals`, `DateLessThan`, `DateLessThanEquals`, `DateGreaterThan`, `DateGreaterThanEquals`, `Bool`, `BinaryEquals`, `IpAddress`, `NotIpAddress`, `ArnEquals`, `ArnLike`, `ArnNotEquals`, `ArnNotLike`, with `IfExists`, `ForAnyValue:` or `ForAllValues:`",
      ],
    },
    {
      title: "a gateway endpoint's policy that names a principal",
      resources: [s3Endpoint(json({ ...anonymousReads, Principal: { AWS: "arn:aws:iam::123456789012:root" } }))],
      findings: [
        '`policy`: `Statement[0].Principal` names principals; expected `"*"` on a gateway endpoint, and a condition on `aws:PrincipalArn`',
      ],
    },
    {
      title: "a role policy with a principal, and no text at all",
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
        "`policy`: `Statement[0].Principal` stands in an identity policy; expected none, since it applies to whom it is attached",
        "`policy` is empty; expected a JSON object",
      ],
    },
  ],
  good: [
    {
      title: "documents as AWS's grammar allows them",
      resources: [s3Endpoint(json(anonymousReads)), role("web", "ec2.amazonaws.com")],
      findings: [],
    },
    {
      title: "a single statement in place of a list",
      resources: [s3Endpoint(JSON.stringify({ Statement: anonymousReads }))],
      findings: [],
    },
  ],
};
