import { strictEqual } from "node:assert/strict";
import { type PolicyKind, policyRefusal } from "../../../offline/aws/policy-grammar";

/**
 * The policy documents that the stand-in rejects, for each call, with whole messages; and those that it must accept,
 * because AWS accepts them or no rejection is known. It does not prove that AWS answers the same: each check has sources.
 */
describe("policy documents in the stand-in AWS", () => {
  const statement = { Effect: "Allow", Action: "s3:GetObject", Resource: "*" };
  const anyone = { ...statement, Principal: "*" };
  const assume = { Effect: "Allow", Principal: { Service: "ec2.amazonaws.com" }, Action: "sts:AssumeRole" };
  const of = (...statements: unknown[]) => ({ Version: "2012-10-17", Statement: statements });
  const withCondition = (Condition: unknown) => of({ ...statement, Condition });

  const refused: [name: string, kind: PolicyKind, document: unknown, refusal: string][] = [
    [
      "text that is not JSON",
      "managed",
      "Statement",
      `MalformedPolicyDocument: Syntax errors in policy: Unexpected token 'S', "Statement" is not valid JSON`,
    ],
    ["a list", "bucket", "[]", "MalformedPolicy: Syntax errors in policy: expected a JSON object"],
    ["null", "role", "null", "MalformedPolicyDocument: Syntax errors in policy: expected a JSON object"],
    [
      "a dash outside Latin-1",
      "role",
      of({ ...statement, Resource: "arn:aws:s3:::a–b" }),
      "MalformedPolicyDocument: has a character outside U+0020 to U+00FF",
    ],
    [
      "an unknown field",
      "endpoint",
      { Statement: [anyone], Comment: "x" },
      "InvalidPolicyDocument: Unknown field Comment",
    ],
    ["a lowercase field", "trust", { statement: [assume] }, "MalformedPolicyDocument: Unknown field statement"],
    [
      "an unknown field of a statement",
      "key",
      of({ ...anyone, Principals: "*" }),
      "MalformedPolicyDocumentException: Statement[0]: Unknown field Principals",
    ],
    [
      "no version",
      "managed",
      { Statement: [statement] },
      "MalformedPolicyDocument: Policy document must be version 2012-10-17 or greater; found missing",
    ],
    [
      "the older version",
      "managed",
      { Version: "2008-10-17", Statement: [statement] },
      'MalformedPolicyDocument: Policy document must be version 2012-10-17 or greater; found "2008-10-17"',
    ],
    [
      "a version that does not exist",
      "endpoint",
      { Version: "2012-10-18", Statement: [anyone] },
      'InvalidPolicyDocument: Version is "2012-10-18"; expected 2012-10-17 or 2008-10-17',
    ],
    ["no statement", "endpoint", {}, "InvalidPolicyDocument: Statement is missing"],
    [
      "an empty list of statements",
      "role",
      of(),
      "MalformedPolicyDocument: Syntax errors in policy: Statement is empty",
    ],
    [
      "a statement that is text",
      "bucket",
      of(anyone, "Allow"),
      'MalformedPolicy: Statement[1] is "Allow"; expected an object',
    ],
    [
      "a lowercase effect",
      "bucket",
      of({ ...anyone, Effect: "allow" }),
      'MalformedPolicy: Statement[0].Effect is "allow"; expected Allow or Deny',
    ],
    [
      "no effect",
      "trust",
      of({ ...assume, Effect: undefined }),
      "MalformedPolicyDocument: Statement[0].Effect is missing; expected Allow or Deny",
    ],
    [
      "a Sid with a space",
      "user",
      of({ ...statement, Sid: "read objects" }),
      'MalformedPolicyDocument: Statement[0].Sid: Statement IDs (SID) must be alpha-numeric; found "read objects"',
    ],
    [
      "a Sid that is a number",
      "bucket",
      of({ ...anyone, Sid: 1 }),
      "MalformedPolicy: Statement[0].Sid is 1; expected a string",
    ],
    [
      "a Sid twice",
      "group",
      of({ ...statement, Sid: "A" }, { ...statement, Sid: "A" }),
      'MalformedPolicyDocument: Statement IDs (SID) in a single policy must be unique; found "A" twice',
    ],
    [
      "a principal in an identity policy",
      "managed",
      of(anyone),
      "MalformedPolicyDocument: Statement[0]: Policy document should not specify a principal",
    ],
    [
      "no principal in a trust policy",
      "trust",
      of({ Effect: "Allow", Action: "sts:AssumeRole" }),
      "MalformedPolicyDocument: Statement[0]: Missing required field Principal",
    ],
    [
      "no principal in an endpoint policy",
      "endpoint",
      of(statement),
      "InvalidPolicyDocument: Statement[0]: Missing required field Principal",
    ],
    [
      "both kinds of principal",
      "bucket",
      of({ ...anyone, Effect: "Deny", NotPrincipal: "*" }),
      "MalformedPolicy: Statement[0] has Principal and NotPrincipal; expected exactly one",
    ],
    [
      "a principal as plain text",
      "trust",
      of({ ...assume, Principal: "ec2.amazonaws.com" }),
      'MalformedPolicyDocument: Statement[0]: Invalid principal in policy: "ec2.amazonaws.com"',
    ],
    [
      "an unknown type of principal",
      "trust",
      of({ ...assume, Principal: { Services: "ec2.amazonaws.com" } }),
      'MalformedPolicyDocument: Statement[0]: Invalid principal in policy: unknown type "Services"',
    ],
    [
      "no action",
      "endpoint",
      of({ Effect: "Allow", Principal: "*", Resource: "*" }),
      "InvalidPolicyDocument: Statement[0]: Policy statement must contain actions",
    ],
    [
      "an empty list of actions",
      "role",
      of({ ...statement, Action: [] }),
      "MalformedPolicyDocument: Statement[0]: Policy statement must contain actions",
    ],
    [
      "Action and NotAction",
      "managed",
      of({ ...statement, NotAction: "iam:*" }),
      "MalformedPolicyDocument: Statement[0] has Action and NotAction; expected exactly one",
    ],
    [
      "an action that is an object",
      "role",
      of({ ...statement, NotAction: [{}], Action: undefined }),
      "MalformedPolicyDocument: Statement[0].NotAction has {}; expected a string",
    ],
    [
      "an action without a service prefix",
      "role",
      of({ ...statement, Action: ["s3:*", "GetObject"] }),
      'MalformedPolicyDocument: Statement[0]: Actions/Conditions must be prefaced by a vendor, e.g., iam, sdb, ec2, etc.; found "GetObject"',
    ],
    [
      "an action with two colons",
      "role",
      of({ ...statement, Action: "arn:s3:GetObject" }),
      'MalformedPolicyDocument: Statement[0]: Actions/Condition can contain only one colon; found "arn:s3:GetObject"',
    ],
    [
      "a wildcard as the service of an action",
      "managed",
      of({ ...statement, Action: "*:Untag*" }),
      'MalformedPolicyDocument: Statement[0]: Action vendors (e.g., aws, ec2, etc.) must not contain wildcards; found "*:Untag*"',
    ],
    [
      "a resource in a trust policy",
      "trust",
      of({ ...assume, Resource: "*" }),
      "MalformedPolicyDocument: Statement[0]: Has prohibited field Resource",
    ],
    [
      "no resource",
      "role",
      of({ Effect: "Allow", Action: "s3:GetObject" }),
      "MalformedPolicyDocument: Statement[0]: Policy statement must contain resources",
    ],
    [
      "Resource and NotResource",
      "bucket",
      of({ ...anyone, NotResource: "*" }),
      "MalformedPolicy: Statement[0] has Resource and NotResource; expected exactly one",
    ],
    [
      "a resource name instead of an ARN",
      "managed",
      of({ ...statement, Resource: "my-bucket" }),
      'MalformedPolicyDocument: Statement[0]: Resource my-bucket must be in ARN format or "*"',
    ],
    [
      "a wildcard as the service of an ARN",
      "role",
      of({ ...statement, Resource: "arn:aws:*:*:123456789012:*" }),
      'MalformedPolicyDocument: Statement[0]: Resource vendor must be fully qualified and cannot contain regexes; found "arn:aws:*:*:123456789012:*"',
    ],
    [
      "a condition that is a list",
      "endpoint",
      of({ ...anyone, Condition: [] }),
      "InvalidPolicyDocument: Statement[0].Condition is []; expected an object",
    ],
    [
      "a condition in the form of the SDK's function",
      "endpoint",
      of({ ...anyone, Condition: { test: "StringEquals", variable: "aws:SourceVpc", values: ["vpc-1"] } }),
      'InvalidPolicyDocument: Statement[0].Condition.test is "StringEquals"; expected an object of condition keys',
    ],
    [
      "an unknown operator",
      "role",
      withCondition({ StringEqual: { "aws:SourceVpc": "vpc-1" } }),
      "MalformedPolicyDocument: Statement[0].Condition: Invalid Condition type : StringEqual",
    ],
    [
      "a condition key without a service prefix",
      "role",
      withCondition({ StringEquals: { SourceVpc: "vpc-1" } }),
      'MalformedPolicyDocument: Statement[0].Condition.StringEquals: Actions/Conditions must be prefaced by a vendor, e.g., iam, sdb, ec2, etc.; found "SourceVpc"',
    ],
  ];
  for (const [name, kind, document, refusal] of refused) {
    it(`rejects ${name} (${kind})`, () => {
      strictEqual(policyRefusal(typeof document === "string" ? document : JSON.stringify(document), kind), refusal);
    });
  }

  const accepted: [name: string, kind: PolicyKind, document: unknown][] = [
    ["AWS's default endpoint policy, without a version", "endpoint", { Statement: [{ ...anyone, Action: "*" }] }],
    ["the older version in an endpoint policy", "endpoint", { Version: "2008-10-17", Statement: anyone }],
    ["a named principal on an endpoint", "endpoint", of({ ...anyone, Principal: { AWS: "123456789012" } })],
    ["a Sid with spaces outside IAM", "endpoint", of({ ...anyone, Sid: "read objects" })],
    ["element names in another case outside IAM", "bucket", { version: "2012-10-17", statement: [anyone] }],
    ["an empty list of statements outside IAM", "endpoint", of()],
    ["a bucket policy's Id and names", "bucket", { Id: "x", ...of({ ...anyone, Resource: "bucket/*" }) }],
    ["an inline policy without a version", "role", { Statement: statement }],
    [
      "a Deny of everyone except one principal",
      "bucket",
      of({ ...anyone, Effect: "Deny", Principal: undefined, NotPrincipal: "*" }),
    ],
    ["an action and resource of any service", "managed", of({ ...statement, Action: "*", Resource: ["*"] })],
    ["an ARN with too few segments", "managed", of({ ...statement, Resource: ["arn:aws:s3:*", "arn:*"] })],
    ["a variable as a resource", "managed", of({ ...statement, Resource: "${aws:PrincipalTag/bucket}" })],
    [
      "operators in all their forms",
      "managed",
      withCondition({
        "ForAllValues:StringEqualsIfExists": { "aws:TagKeys": ["a"] },
        "ForAnyValue:StringNotLike": { "aws:TagKeys": "a" },
        NumericLessThanEquals: { "aws:MultiFactorAuthAge": 3600 },
        DateGreaterThan: { "aws:CurrentTime": "2026-11-28T00:00:00Z" },
        ArnNotLikeIfExists: { "aws:PrincipalArn": "arn:aws:iam::*:role/x" },
        NotIpAddress: { "aws:SourceIp": "10.0.0.0/8" },
        Bool: { "aws:SecureTransport": true },
        BinaryEquals: { "x:y": "QQ==" },
        StringEqualsIgnoreCase: { "aws:username": "x" },
        Null: { "aws:PrincipalArn": true },
        bool: { "aws:SecureTransport": "true" },
      }),
    ],
  ];
  for (const [name, kind, document] of accepted) {
    it(`accepts ${name} (${kind})`, () => {
      strictEqual(policyRefusal(JSON.stringify(document), kind), undefined);
    });
  }

  /** A document with the given number of characters, not counting white space. */
  const sized = (characters: number, kind: PolicyKind) => {
    const written = (filling: string) =>
      JSON.stringify(
        of({ ...(kind === "trust" ? assume : kind === "endpoint" ? anyone : statement), Action: filling }),
      );
    const filling = "s3:" + "x".repeat(characters - written("s3:").length);
    return written(filling);
  };
  const sizes: [kind: PolicyKind, longest: number, refusal: string][] = [
    ["managed", 6144, "LimitExceeded: Cannot exceed quota for PolicySize: 6144; found 6145 characters"],
    ["role", 10_240, "LimitExceeded: Maximum policy size of 10240 bytes exceeded for the role; found 10241 characters"],
    ["user", 2048, "LimitExceeded: Maximum policy size of 2048 bytes exceeded for the user; found 2049 characters"],
    ["group", 5120, "LimitExceeded: Maximum policy size of 5120 bytes exceeded for the group; found 5121 characters"],
    ["trust", 2048, "LimitExceeded: Cannot exceed quota for ACLSizePerRole: 2048; found 2049 characters"],
    [
      "endpoint",
      20_480,
      "InvalidPolicyDocument: the size of an endpoint policy cannot exceed 20480 characters; found 20481 characters",
    ],
  ];
  for (const [kind, longest, refusal] of sizes) {
    it(`counts at most ${longest} characters (${kind}), ${kind === "endpoint" ? "with" : "without"} white space`, () => {
      const blanks = " ".repeat(kind === "endpoint" ? 0 : 1000);
      strictEqual(policyRefusal(sized(longest, kind) + blanks, kind), undefined);
      strictEqual(policyRefusal(sized(longest + 1, kind) + blanks, kind), refusal);
      if (kind === "endpoint") strictEqual(policyRefusal(sized(longest, kind) + " ", kind), refusal);
    });
  }
});
