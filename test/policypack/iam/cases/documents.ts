import type { DocumentKind } from "../../../../policypack/iam/document";

export const statement = { Effect: "Allow", Principal: "*", Action: "s3:GetObject", Resource: "*" };
const withPart = (part: object, kind?: DocumentKind) => ({
  Version: "2012-10-17",
  Statement: [{ ...statement, ...part }],
  kind,
});
const identity = { Effect: "Allow", Action: "s3:GetObject", Resource: "*" };

const operators =
  "`Null`, `StringEquals`, `StringNotEquals`, `StringEqualsIgnoreCase`, `StringNotEqualsIgnoreCase`, `StringLike`, `StringNotLike`, `NumericEquals`, `NumericNotEquals`, `NumericLessThan`, `NumericLessThanEquals`, `NumericGreaterThan`, `NumericGreaterThanEquals`, `DateEquals`, `DateNotEquals`, `DateLessThan`, `DateLessThanEquals`, `DateGreaterThan`, `DateGreaterThanEquals`, `Bool`, `BinaryEquals`, `IpAddress`, `NotIpAddress`, `ArnEquals`, `ArnLike`, `ArnNotEquals`, `ArnNotLike`, with `IfExists`, `ForAnyValue:` or `ForAllValues:`";

/** A document of a kind, what AWS rejects in it, and what it reads differently than intended. */
export type Row = readonly [
  name: string,
  source: unknown,
  kind: DocumentKind,
  problems: readonly string[],
  advice?: readonly string[],
];

export const documents: readonly Row[] = [
  ["a valid document", { Version: "2012-10-17", Id: "x", Statement: [statement] }, "endpoint", []],
  ["a single statement", { Statement: statement }, "endpoint", []],
  [
    "numbers and booleans instead of text",
    withPart({ Condition: { NumericLessThan: { "s3:TlsVersion": 1.2 }, Bool: { "aws:SecureTransport": false } } }),
    "endpoint",
    [],
  ],
  [
    "an operator in another case",
    withPart({ Condition: { stringequals: { "aws:SourceVpc": "vpc-1" } } }),
    "endpoint",
    [],
  ],
  ["no text", "", "endpoint", [": is empty; expected a JSON object"]],
  ["white space", " \n", "endpoint", [": is empty; expected a JSON object"]],
  ["text that is not JSON", '{\n "Statement": [}', "endpoint", [": is not JSON: value expected at line 2, column 16"]],
  ["an extra comma", '{"Statement": [],}', "endpoint", [": is not JSON: property name expected at line 1, column 18"]],
  ["a list", [], "endpoint", [": is an empty list; expected a JSON object with `Statement`"]],
  ["a number", 5, "endpoint", [": is `5`; expected a JSON object with `Statement`"]],
  ["nothing", null, "endpoint", [": is null; expected a JSON object with `Statement`"]],
  ["no statement", {}, "endpoint", ["Statement: is missing; expected a statement or a list of them"]],
  [
    "an empty list of statements",
    { Statement: [] },
    "endpoint",
    ["Statement: is an empty list; expected at least one statement"],
  ],
  ["a statement that is not an object", { Statement: ["x"] }, "endpoint", ["Statement[0]: is `x`; expected an object"]],
  [
    "a version that does not exist",
    { Version: "2012-10-18", Statement: statement },
    "endpoint",
    ["Version: is `2012-10-18`; expected one of `2012-10-17`, `2008-10-17`"],
  ],
  [
    "an element that does not exist",
    { Statement: statement, Statment: [] },
    "endpoint",
    ["Statment: unknown element; expected one of `Version`, `Id`, `Statement`"],
  ],
  [
    "an element of a statement that does not exist",
    withPart({ Resources: "*" }),
    "endpoint",
    [
      "Statement[0].Resources: unknown element; expected one of `Sid`, `Effect`, `Principal`, `NotPrincipal`, `Action`, `NotAction`, `Resource`, `NotResource`, `Condition`",
    ],
  ],
  [
    "an effect in another case",
    withPart({ Effect: "allow" }),
    "endpoint",
    ["Statement[0].Effect: is `allow`; expected `Allow` or `Deny`"],
  ],
  [
    "no effect",
    withPart({ Effect: undefined }),
    "endpoint",
    ["Statement[0].Effect: is missing; expected `Allow` or `Deny`"],
  ],
  [
    "an empty statement, with every problem reported",
    { Statement: {} },
    "endpoint",
    [
      "Statement[0].Effect: is missing; expected `Allow` or `Deny`",
      'Statement[0].Principal: is missing; expected `Principal`, such as `"*"`',
      "Statement[0].Action: is missing; expected `Action` or `NotAction`",
      "Statement[0].Resource: is missing; expected `Resource` or `NotResource`",
    ],
  ],
  [
    "no action",
    withPart({ Action: undefined }),
    "endpoint",
    ["Statement[0].Action: is missing; expected `Action` or `NotAction`"],
  ],
  [
    "an action without a service prefix",
    withPart({ Action: "GetObject" }),
    "endpoint",
    [],
    ["Statement[0].Action: has `GetObject`; expected `*` or `service:Action`, such as `s3:GetObject`"],
  ],
  [
    "actions with text before or after them",
    withPart({ Action: ["in s3:GetObject", "s3:GetObject once", "s3:Get:Object"] }),
    "endpoint",
    [],
    [
      "Statement[0].Action: has `in s3:GetObject`; expected `*` or `service:Action`, such as `s3:GetObject`",
      "Statement[0].Action: has `s3:GetObject once`; expected `*` or `service:Action`, such as `s3:GetObject`",
      "Statement[0].Action: has `s3:Get:Object`; expected `*` or `service:Action`, such as `s3:GetObject`",
    ],
  ],
  [
    "an empty string as an action",
    withPart({ Action: ["", "s3:GetObject"] }),
    "endpoint",
    ["Statement[0].Action: has an empty text; expected text"],
  ],
  [
    "an empty list of actions",
    withPart({ Action: [] }),
    "endpoint",
    ["Statement[0].Action: is an empty list; expected at least one text"],
  ],
  [
    "Action and NotAction",
    withPart({ NotAction: "s3:PutObject" }),
    "endpoint",
    ["Statement[0].NotAction: appears together with `Action`; expected exactly one of them"],
  ],
  [
    "no resource",
    withPart({ Resource: undefined }),
    "endpoint",
    ["Statement[0].Resource: is missing; expected `Resource` or `NotResource`"],
  ],
  [
    "a resource that is not an ARN",
    withPart({ Resource: ["*", "my-bucket/*"] }),
    "endpoint",
    [],
    ["Statement[0].Resource: has `my-bucket/*`; expected `*` or an ARN, such as `arn:aws:s3:::bucket/*`"],
  ],
  [
    "an ARN with too few segments",
    withPart({ Resource: "arn:aws:s3" }),
    "endpoint",
    [],
    ["Statement[0].Resource: has `arn:aws:s3`; expected `*` or an ARN, such as `arn:aws:s3:::bucket/*`"],
  ],
  [
    "a resource that is an object",
    withPart({ Resource: { Ref: "Bucket" } }),
    "endpoint",
    ["Statement[0].Resource: has an object; expected text"],
  ],
  [
    "Resource and NotResource",
    withPart({ NotResource: "*" }),
    "endpoint",
    ["Statement[0].NotResource: appears together with `Resource`; expected exactly one of them"],
  ],
  ["a resource that is a variable", withPart({ Resource: "${aws:PrincipalTag/home}" }), "endpoint", []],
  [
    "an ARN with too few segments that ends with a wildcard",
    withPart({ Resource: "arn:aws:s3*" }),
    "endpoint",
    [],
    [
      "Statement[0].Resource: has `arn:aws:s3*`, with a wildcard in the service; expected its name, or `*` for all resources",
    ],
  ],
  [
    "no principal on an endpoint",
    withPart({ Principal: undefined }),
    "endpoint",
    ['Statement[0].Principal: is missing; expected `Principal`, such as `"*"`'],
  ],
  [
    "a principal that is text",
    withPart({ Principal: "arn:aws:iam::123456789012:root" }),
    "endpoint",
    ['Statement[0].Principal: is `arn:aws:iam::123456789012:root`; expected `"*"` or an object such as `{"AWS": "*"}`'],
  ],
  [
    "an empty object as the principal",
    withPart({ Principal: {} }),
    "endpoint",
    ['Statement[0].Principal: is an object; expected `"*"` or an object such as `{"AWS": "*"}`'],
  ],
  [
    "an empty list of principals",
    withPart({ Principal: { AWS: [] } }),
    "endpoint",
    ["Statement[0].Principal.AWS: is an empty list; expected at least one text"],
  ],
  [
    "a principal of an unknown type",
    withPart({ Principal: { Aws: "*" } }),
    "endpoint",
    [
      "Statement[0].Principal.Aws: unknown type of principal; expected one of `AWS`, `Service`, `Federated`, `CanonicalUser`",
    ],
  ],
  [
    "Principal and NotPrincipal",
    withPart({ NotPrincipal: "*", Effect: "Deny" }),
    "endpoint",
    ["Statement[0].NotPrincipal: appears together with `Principal`; expected exactly one of them"],
  ],
  [
    "Allow with NotPrincipal",
    { Statement: { Effect: "Allow", NotPrincipal: { AWS: "*" }, Action: "*", Resource: "*" } },
    "endpoint",
    [],
    ["Statement[0].NotPrincipal: is not supported with `Effect: Allow`; expected `Principal` and a condition"],
  ],
  [
    "a named principal on a gateway endpoint",
    withPart({ Principal: { AWS: "123456789012" } }),
    "gateway-endpoint",
    [],
    [
      'Statement[0].Principal: names principals; expected `"*"` on a gateway endpoint, and a condition on `aws:PrincipalArn`',
    ],
  ],
  [
    "every service on a gateway endpoint",
    withPart({ Principal: { Service: "*" } }),
    "gateway-endpoint",
    [],
    [
      'Statement[0].Principal: names principals; expected `"*"` on a gateway endpoint, and a condition on `aws:PrincipalArn`',
    ],
  ],
  ["all principals on a gateway endpoint", withPart({ Principal: { AWS: ["*"] } }), "gateway-endpoint", []],
  [
    "a named NotPrincipal on a gateway endpoint",
    {
      Statement: {
        Effect: "Deny",
        NotPrincipal: { AWS: "arn:aws:iam::123456789012:root" },
        Action: "*",
        Resource: "*",
      },
    },
    "gateway-endpoint",
    [],
  ],
  ["a named principal on an interface endpoint", withPart({ Principal: { AWS: "123456789012" } }), "endpoint", []],
  [
    "an operator that does not exist",
    withPart({ Condition: { StringEqualz: { "aws:SourceVpc": "x" } } }),
    "endpoint",
    [`Statement[0].Condition.StringEqualz: unknown operator; expected one of ${operators}`],
  ],
  [
    "Null with IfExists",
    withPart({ Condition: { NullIfExists: { "aws:SourceVpc": "true" } } }),
    "endpoint",
    [],
    [`Statement[0].Condition.NullIfExists: unknown operator; expected one of ${operators}`],
  ],
  [
    "an operator without keys",
    withPart({ Condition: { Bool: {} } }),
    "endpoint",
    [],
    ["Statement[0].Condition.Bool: is empty, so it requires nothing; remove it or add a condition key"],
  ],
  [
    "a condition that is a list",
    withPart({ Condition: [] }),
    "endpoint",
    ["Statement[0].Condition: is an empty list; expected an object of operators"],
  ],
  [
    "a condition key without a service prefix",
    withPart({ Condition: { Bool: { SecureTransport: "true" } } }),
    "endpoint",
    [],
    [
      "Statement[0].Condition.Bool.SecureTransport: has no service prefix, so no request contains it; expected a condition key such as `aws:SourceVpc`",
    ],
  ],
  [
    "a condition key with text before its service prefix",
    withPart({ Condition: { Bool: { "the aws:SecureTransport": "true" } } }),
    "endpoint",
    [],
    [
      "Statement[0].Condition.Bool.the aws:SecureTransport: has no service prefix, so no request contains it; expected a condition key such as `aws:SourceVpc`",
    ],
  ],
  [
    "null among values",
    withPart({ Condition: { Bool: { "aws:SecureTransport": [null, true] } } }),
    "endpoint",
    [],
    ["Statement[0].Condition.Bool.aws:SecureTransport: has null; expected text, a number or a boolean"],
  ],
  [
    "no values",
    withPart({ Condition: { StringEquals: { "aws:SourceVpc": [] } } }),
    "endpoint",
    [],
    [
      "Statement[0].Condition.StringEquals.aws:SourceVpc: is an empty list, which AWS does not define; expected at least one value",
    ],
  ],
  [
    "a value that is an object",
    withPart({ Condition: { StringEquals: { "aws:SourceVpc": { Ref: "Vpc" } } } }),
    "endpoint",
    ["Statement[0].Condition.StringEquals.aws:SourceVpc: has an object; expected text, a number or a boolean"],
  ],
  [
    "an invalid boolean",
    withPart({ Condition: { Bool: { "aws:SecureTransport": "yes" } } }),
    "endpoint",
    [],
    ["Statement[0].Condition.Bool.aws:SecureTransport: has `yes`; expected `true` or `false`"],
  ],
  [
    "Null with the name of something that every object has",
    withPart({ Condition: { Null: { "aws:PrincipalArn": "constructor" } } }),
    "endpoint",
    [],
    ["Statement[0].Condition.Null.aws:PrincipalArn: has `constructor`; expected `true` or `false`"],
  ],
  [
    "Null with something else",
    withPart({ Condition: { Null: { "aws:PrincipalArn": "maybe" } } }),
    "endpoint",
    [],
    ["Statement[0].Condition.Null.aws:PrincipalArn: has `maybe`; expected `true` or `false`"],
  ],
  [
    "an invalid number",
    withPart({ Condition: { NumericEquals: { "s3:max-keys": "ten" } } }),
    "endpoint",
    [],
    ["Statement[0].Condition.NumericEquals.s3:max-keys: has `ten`; expected a number"],
  ],
  [
    "an invalid date",
    withPart({ Condition: { DateLessThan: { "aws:CurrentTime": "tomorrow" } } }),
    "endpoint",
    [],
    [
      "Statement[0].Condition.DateLessThan.aws:CurrentTime: has `tomorrow`; expected a date, such as `2026-11-21T00:00:00Z`",
    ],
  ],
  [
    "a value that is not base64",
    withPart({ Condition: { BinaryEquals: { "aws:PrincipalTag/key": ["QmluYXJ5", "a b"] } } }),
    "endpoint",
    [],
    ["Statement[0].Condition.BinaryEquals.aws:PrincipalTag/key: has `a b`; expected base64"],
  ],
  [
    "an invalid address",
    withPart({ Condition: { IpAddress: { "aws:SourceIp": ["10.0.0.0/33", "::1"] } } }),
    "endpoint",
    [],
    [
      "Statement[0].Condition.IpAddress.aws:SourceIp: has `10.0.0.0/33`; expected an address or a range of them, such as `10.0.0.0/8`",
    ],
  ],
  [
    "an invalid ARN",
    withPart({ Condition: { ArnLike: { "aws:PrincipalArn": "role/web" } } }),
    "endpoint",
    [],
    [
      "Statement[0].Condition.ArnLike.aws:PrincipalArn: has `role/web`; expected an ARN, with `*` and `?` within its segments",
    ],
  ],
  [
    "almost valid ARNs",
    withPart({ Condition: { ArnLike: { "aws:PrincipalArn": ["*", "arn:aws:iam::1", "arm:aws:iam::1:role/web"] } } }),
    "endpoint",
    [],
    ["arn:aws:iam::1", "arm:aws:iam::1:role/web"].map(
      (value) =>
        `Statement[0].Condition.ArnLike.aws:PrincipalArn: has \`${value}\`; expected an ARN, with \`*\` and \`?\` within its segments`,
    ),
  ],
  [
    "a variable as a value",
    withPart({ Condition: { ArnLike: { "aws:PrincipalArn": "${aws:PrincipalArn}" } } }),
    "endpoint",
    [],
  ],
  [
    "a variable in a document without a version",
    { Statement: { ...statement, Resource: "arn:aws:s3:::${aws:username}/*" } },
    "endpoint",
    [],
    ["Version: is not `2012-10-17`, so `${aws:username}` is read as plain text; expected `2012-10-17`"],
  ],
  [
    "a key that appears twice",
    '{"Statement":{"Effect":"Allow","Effect":"Deny","Principal":"*","Action":"*","Resource":"*"}}',
    "endpoint",
    [],
    ["Statement.Effect: appears twice; expected one, because JSON parsers keep only the last"],
  ],
  [
    "an operator that appears twice",
    '{"Statement":[{"Effect":"Allow","Principal":"*","Action":"*","Resource":"*","Condition":{"Bool":{"aws:SecureTransport":"true"},"Bool":{"aws:ViaAWSService":"true"}}}]}',
    "endpoint",
    [],
    ["Statement[0].Condition.Bool: appears twice; expected one, because JSON parsers keep only the last"],
  ],
  [
    "a key that appears twice in a list with one statement",
    '{"Statement":[{"Effect":"Allow","Effect":"Deny","Principal":"*","Action":"*","Resource":"*"}]}',
    "endpoint",
    [],
    ["Statement[0].Effect: appears twice; expected one, because JSON parsers keep only the last"],
  ],
  [
    "a key that appears twice, in addition to one with a space before its colon",
    '{"Statement" \n:{"Effect":"Allow","Effect":"Deny","Principal":"*","Action":"*","Resource":"*"}}',
    "endpoint",
    [],
    ["Statement.Effect: appears twice; expected one, because JSON parsers keep only the last"],
  ],
  [
    "a key that appears twice, once with an escape",
    '{"Statement":{"Effect":"Allow","\\u0045ffect":"Deny","Principal":"*","Action":"*","Resource":"*"}}',
    "endpoint",
    [],
    ["Statement.Effect: appears twice; expected one, because JSON parsers keep only the last"],
  ],
  ["text that ends with a backslash", withPart({ Sid: "\\" }), "endpoint", []],
  [
    "a comment",
    '{"Statement": [] /* none */}',
    "endpoint",
    [": is not JSON: invalid comment token at line 1, column 18"],
  ],
  [
    "an extra comma after more statements than the nesting limit",
    `{"Statement":[${"{},".repeat(150)}${"[],".repeat(150)}]}`,
    "endpoint",
    [": is not JSON: value expected at line 1, column 915"],
  ],
  [
    "objects without end",
    '{"a":'.repeat(200),
    "endpoint",
    [": is not JSON: too many nested brackets; expected a policy document, which has 6 levels"],
  ],
  [
    "a quotation mark within text",
    withPart({ Condition: { StringEquals: { "aws:UserAgent": 'say \\"hi\\": "x"' } } }),
    "endpoint",
    [],
  ],
  ["a Sid with spaces on an endpoint, as in use", withPart({ Sid: "Allow all" }), "endpoint", []],
  [
    "a Sid with spaces in an identity policy",
    { Statement: { ...identity, Sid: "Allow all" } },
    "identity",
    ["Statement[0].Sid: is `Allow all`; expected letters and digits only"],
  ],
  [
    "a Sid that appears twice in an identity policy",
    {
      Statement: [
        { ...identity, Sid: "Same" },
        { ...identity, Sid: "Same" },
      ],
    },
    "identity",
    ["Statement[1].Sid: is `Same`, which appears twice; expected a unique Sid"],
  ],
  [
    "a Sid that appears twice in a trust policy",
    {
      Statement: ["ec2.amazonaws.com", "ssm.amazonaws.com"].map((Service) => ({
        Sid: "Same",
        Effect: "Allow",
        Principal: { Service },
        Action: "sts:AssumeRole",
      })),
    },
    "trust",
    ["Statement[1].Sid: is `Same`, which appears twice; expected a unique Sid"],
  ],
  [
    "an empty Sid that appears twice, which counts as no Sid",
    {
      Statement: [
        { ...identity, Sid: "" },
        { ...identity, Sid: "" },
      ],
    },
    "identity",
    [],
  ],
  [
    "a Sid that appears twice on an endpoint, for which AWS documents nothing",
    {
      Statement: [
        { ...statement, Sid: "Same" },
        { ...statement, Sid: "Same" },
      ],
    },
    "endpoint",
    [],
  ],
  [
    "a Sid with a dash in a trust policy",
    { Statement: { Sid: "a-1", Effect: "Allow", Principal: "*", Action: "sts:AssumeRole" } },
    "trust",
    ["Statement[0].Sid: is `a-1`; expected letters and digits only"],
  ],
  ["a Sid of letters and digits in an identity policy", { Statement: { ...identity, Sid: "Read2" } }, "identity", []],
  ["a Sid that is a number", withPart({ Sid: 1 }), "endpoint", ["Statement[0].Sid: is `1`; expected text"]],
  ["a valid identity policy", { Statement: identity }, "identity", []],
  [
    "a principal in an identity policy",
    { Statement: statement },
    "identity",
    ["Statement[0].Principal: is not allowed in an identity policy, which applies to the identity it is attached to"],
  ],
  [
    "a valid trust policy",
    { Statement: { Effect: "Allow", Principal: { Service: "ec2.amazonaws.com" }, Action: "sts:AssumeRole" } },
    "trust",
    [],
  ],
  [
    "a resource in a trust policy",
    { Statement: statement },
    "trust",
    [
      "Statement[0].Action: has `s3:GetObject`; expected an action of STS, such as `sts:AssumeRole`",
      "Statement[0].Resource: is not allowed in a trust policy, because the role is the resource",
    ],
  ],
  [
    "NotResource in a trust policy",
    { Statement: { Effect: "Allow", Principal: "*", Action: "sts:AssumeRole", NotResource: "*" } },
    "trust",
    ["Statement[0].NotResource: is not allowed in a trust policy, because the role is the resource"],
  ],
  [
    "two problems",
    withPart({ Effect: "allow", Action: "Get" }),
    "endpoint",
    ["Statement[0].Effect: is `allow`; expected `Allow` or `Deny`"],
    ["Statement[0].Action: has `Get`; expected `*` or `service:Action`, such as `s3:GetObject`"],
  ],
  [
    "a misspelled global key, which never holds",
    withPart({ Condition: { StringEquals: { "aws:PrincpalAccount": "123456789012" } } }),
    "endpoint",
    [],
    [
      "Statement[0].Condition.StringEquals.aws:PrincpalAccount: is not a condition key that AWS documents, so this condition never holds; did you mean `aws:PrincipalAccount`?",
    ],
  ],
  ...(
    [
      ["StringNotEquals", "so this condition always holds"],
      ["StringEqualsIfExists", "so this condition always holds"],
      ["ForAllValues:StringLike", "so this condition always holds"],
      ["ForAnyValue:StringNotLike", "so this condition never holds"],
      ["Null", "so it always counts as missing"],
    ] as const
  ).map(([operator, meaning]): Row => [
    `a misspelled global key with ${operator}`,
    withPart({ Condition: { [operator]: { "aws:SourceVpcs": operator === "Null" ? "true" : "vpc-1" } } }),
    "gateway-endpoint",
    [],
    [
      `Statement[0].Condition.${operator}.aws:SourceVpcs: is not a condition key that AWS documents, ${meaning}; did you mean \`aws:SourceVpc\`?`,
    ],
  ]),
  [
    "an unknown global key that is not similar to any, which may be new",
    withPart({ Condition: { StringEquals: { "aws:SomethingNew": "x", "aws:PrincipalTag/team": "y" } } }),
    "endpoint",
    [],
  ],
  [
    "one key in two cases",
    withPart({ Condition: { StringEquals: { "aws:SourceVpc": "vpc-1", "AWS:sourcevpc": "vpc-2" } } }),
    "endpoint",
    [],
    [
      "Statement[0].Condition.StringEquals.AWS:sourcevpc: is the same key as `aws:SourceVpc`, because condition keys are not case-sensitive; expected one key with all values",
    ],
  ],
  [
    "what the guide for endpoints advises against in identifiers",
    withPart({
      Condition: {
        StringLike: { "aws:PrincipalAccount": ["1234567890*", "*"] },
        NumericEquals: { "aws:ResourceAccount": "123456789012" },
      },
    }),
    "endpoint",
    [],
    [
      "Statement[0].Condition.StringLike.aws:PrincipalAccount: has `1234567890*`; endpoint policies do not allow a wildcard in an identifier",
      "Statement[0].Condition.NumericEquals.aws:ResourceAccount: is an identifier, which endpoint policies cannot compare as a number",
    ],
  ],
  [
    "what the guide for endpoints advises against in other elements",
    withPart({
      Resource: "arn:aws:sqs:*:1234*:queue",
      Condition: {
        StringLike: { "aws:PrincipalTag/team": ["web*", "*platform", "*", "a?platform", "a?b"] },
        ArnLike: { "aws:PrincipalArn": ["arn:aws:iam::12*:role/web", "arn:aws:iam::*:role/web"] },
      },
    }),
    "endpoint",
    [],
    [
      "Statement[0].Resource: has `arn:aws:sqs:*:1234*:queue`; on an endpoint the account of an ARN is a number or a wildcard, not both",
      "Statement[0].Condition.StringLike.aws:PrincipalTag/team: has `web*`; endpoint policies require six characters before or after each wildcard",
      "Statement[0].Condition.StringLike.aws:PrincipalTag/team: has `a?b`; endpoint policies require six characters before or after each wildcard",
      "Statement[0].Condition.ArnLike.aws:PrincipalArn: has `arn:aws:iam::12*:role/web`; on an endpoint the account of an ARN is a number or a wildcard, not both",
    ],
  ],
  [
    "the same in an identity policy, where nothing advises against it",
    {
      Statement: {
        ...identity,
        Condition: { StringLike: { "aws:PrincipalTag/team": "web*", "aws:SourceVpc": "vpc-*" } },
      },
    },
    "identity",
    [],
  ],
  [
    "impossible principals",
    withPart({ Principal: { AWS: ["arn:aws:iam::123456789012:role/*", "my-role", "AROAEXAMPLEEXAMPLE123", "*"] } }),
    "endpoint",
    [
      'Statement[0].Principal.AWS: has `arn:aws:iam::123456789012:role/*`; a principal cannot contain a wildcard; expected `"*"` and a condition on `aws:PrincipalArn`',
      "Statement[0].Principal.AWS: has `my-role`; expected an account id or the ARN of a user or role",
    ],
  ],
  [
    "principals that are almost one",
    withPart({
      Principal: {
        AWS: [
          "1234567890123",
          "12345678901",
          "account 123456789012",
          "123456789012 and more",
          "arn:aws:s3:::bucket",
          "a".repeat(63),
          "g".repeat(64),
        ],
      },
    }),
    "endpoint",
    [
      ...["1234567890123", "12345678901", "account 123456789012", "123456789012 and more", "arn:aws:s3:::bucket"],
      ...["a".repeat(63), "g".repeat(64)],
    ].map((name) => `Statement[0].Principal.AWS: has \`${name}\`; expected an account id or the ARN of a user or role`),
  ],
  [
    "principals of every kind",
    withPart({
      Principal: {
        AWS: ["123456789012", "arn:aws-cn:iam::123456789012:root", "arn:aws:sts::123456789012:assumed-role/a/b"],
        CanonicalUser: "a".repeat(64),
        Service: "ec2.amazonaws.com",
      },
      Sid: "Named",
    }),
    "endpoint",
    [],
  ],
  [
    "a canonical user id for an account, which S3 accepts",
    withPart({ Principal: { AWS: "0123456789abcdef".repeat(4) } }),
    "endpoint",
    [],
  ],
  [
    "a service principal without its domain on an endpoint",
    withPart({ Principal: { Service: "ec2" } }),
    "endpoint",
    [],
    ["Statement[0].Principal.Service: has `ec2`; expected the name of a service, such as `ec2.amazonaws.com`"],
  ],
  ["a valid managed policy", { Version: "2012-10-17", Statement: identity }, "managed", []],
  [
    "a managed policy without a version, or with the old one",
    { Version: "2008-10-17", Statement: identity },
    "managed",
    ["Version: is `2008-10-17`; a managed policy requires `2012-10-17`"],
  ],
  [
    "any action in a trust policy",
    {
      Version: "2012-10-17",
      Statement: { Effect: "Allow", Principal: { Service: "ec2.amazonaws.com" }, Action: "*" },
    },
    "trust",
    [],
    ["Statement[0].Action: is `*`; expected an action of STS, such as `sts:AssumeRole`"],
  ],
  ["an Id that is not text", { Id: 5, Statement: statement }, "endpoint", [], ["Id: is `5`; expected text"]],
  [
    "characters that IAM does not allow",
    { Statement: { ...identity, Condition: { StringEquals: { "aws:PrincipalTag/team": "web \u2013 front" } } } },
    "identity",
    [": contains U+2013; IAM accepts tabs, line breaks and U+0020 to U+00FF only"],
  ],
  [
    "the same characters on an endpoint, for which AWS documents nothing",
    withPart({ Condition: { StringEquals: { "aws:PrincipalTag/team": "web \u2013 front" } } }),
    "endpoint",
    [],
  ],
];
