import { type Case, accountId, allow, bucket, deny, policy, vpcId, without } from "./case";

/** The grammar of statements: principals, actions, resources, versions, and how statements add up. */
export const languageCases: readonly Case[] = [
  {
    name: "AWS's default policy",
    why: "all requests are allowed",
    policy: { Statement: [{ Effect: "Allow", Principal: "*", Action: "*", Resource: "*" }] },
    verdict: "allow",
  },
  {
    name: "one statement instead of a list",
    why: "both are allowed",
    policy: { Statement: allow() },
    verdict: "allow",
  },
  { name: "a policy without statements", why: "nothing is allowed", policy: policy(), verdict: "deny" },
  {
    name: "only a Deny that does not apply",
    why: "nothing is allowed",
    policy: policy(deny({ Action: "s3:PutObject" })),
    verdict: "deny",
  },
  { name: "an Allow after a Deny", why: "order does not matter", policy: policy(deny(), allow()), verdict: "deny" },
  { name: "an Allow before a Deny", why: "order does not matter", policy: policy(allow(), deny()), verdict: "deny" },
  {
    name: "two Allows that together allow everything that is read",
    why: "what one does not allow, the other does",
    policy: policy(allow({ Resource: [`${bucket}/core/*`] }), allow({ Resource: [`${bucket}/blobstore/*`] })),
    verdict: "allow",
  },
  {
    name: "a Deny of a part that is read",
    why: "one denied object is enough",
    policy: policy(allow(), deny({ Resource: `${bucket}/core/mirrors/*/x86_64/mirror.list` })),
    verdict: "deny",
    refusedKey: "core/mirrors//x86_64/mirror.list",
  },
  {
    name: "a Deny of a part that is not read",
    why: "no object that a client reads is denied",
    policy: policy(allow(), deny({ Resource: `${bucket}/debuginfo/*` })),
    verdict: "allow",
  },
  {
    name: "Principal {AWS: *}",
    why: "it is the same as * for unsigned requests",
    policy: policy(allow({ Principal: { AWS: "*" } })),
    verdict: "allow",
  },
  {
    name: "Principal {AWS: [*]}",
    why: "a list of one",
    policy: policy(allow({ Principal: { AWS: ["*"] } })),
    verdict: "allow",
  },
  {
    name: "Principal of an account",
    why: "an unsigned request has none",
    policy: policy(allow({ Principal: { AWS: accountId } })),
    verdict: "deny",
  },
  {
    name: "Principal of a service",
    why: "an unsigned request has none",
    policy: policy(allow({ Principal: { Service: "ssm.amazonaws.com" } })),
    verdict: "deny",
  },
  {
    name: "Deny with NotPrincipal of a role",
    why: "every other principal is denied, including the anonymous one",
    policy: policy(allow(), {
      ...without(deny(), "Principal"),
      NotPrincipal: { AWS: `arn:aws:iam::${accountId}:role/web` },
    }),
    verdict: "deny",
  },
  {
    name: "Deny with NotPrincipal *",
    why: "no principal remains to be denied",
    policy: policy(allow(), { ...without(deny(), "Principal"), NotPrincipal: "*" }),
    verdict: "allow",
  },
  { name: "Action s3:*", why: "covers it", policy: policy(allow({ Action: "s3:*" })), verdict: "allow" },
  { name: "Action *", why: "covers it", policy: policy(allow({ Action: "*" })), verdict: "allow" },
  {
    name: "Action in another case",
    why: "case does not matter in actions",
    policy: policy(allow({ Action: "S3:GETOBJECT" })),
    verdict: "allow",
  },
  {
    name: "Action s3:Get*",
    why: "covers it",
    policy: policy(allow({ Action: ["s3:List*", "s3:Get*"] })),
    verdict: "allow",
  },
  { name: "Action s3:*Object", why: "covers it", policy: policy(allow({ Action: "s3:*Object" })), verdict: "allow" },
  {
    name: "Action s3:GetObject?",
    why: "it has one extra character",
    policy: policy(allow({ Action: "s3:GetObject?" })),
    verdict: "deny",
  },
  {
    name: "Action s3:GetObjectVersion",
    why: "it is another action",
    policy: policy(allow({ Action: "s3:GetObjectVersion" })),
    verdict: "deny",
  },
  {
    name: "Action s3:ListBucket",
    why: "it is another action",
    policy: policy(allow({ Action: "s3:ListBucket" })),
    verdict: "deny",
  },
  { name: "Action ec2:*", why: "it is another service", policy: policy(allow({ Action: "ec2:*" })), verdict: "deny" },
  {
    name: "Allow with NotAction s3:PutObject",
    why: "it allows everything else, so reads too",
    policy: policy({ ...without(allow(), "Action"), NotAction: "s3:PutObject" }),
    verdict: "allow",
  },
  {
    name: "Allow with NotAction s3:Get*",
    why: "it allows everything except reads",
    policy: policy({ ...without(allow(), "Action"), NotAction: "s3:Get*" }),
    verdict: "deny",
  },
  {
    name: "two operators",
    why: "both must hold",
    policy: policy(
      allow({ Condition: { StringEquals: { "aws:SourceVpc": vpcId }, Bool: { "aws:SecureTransport": "false" } } }),
    ),
    verdict: "deny",
  },
  {
    name: "two keys of one operator",
    why: "both must hold",
    policy: policy(
      allow({ Condition: { StringEquals: { "aws:SourceVpc": vpcId, "aws:PrincipalAccount": accountId } } }),
    ),
    verdict: "deny",
  },
  {
    name: "an unknown condition and a false one",
    why: "the false one decides",
    policy: policy(allow({ Condition: { StringEquals: { "aws:UserAgent": "x", "aws:PrincipalAccount": accountId } } })),
    verdict: "deny",
  },
  {
    name: "an unknown Allow and a certain one",
    why: "the certain one is enough",
    policy: policy(allow({ Condition: { StringEquals: { "aws:UserAgent": "x" } } }), allow()),
    verdict: "allow",
  },
  {
    name: "an unknown Deny and a certain one",
    why: "the certain one is enough",
    policy: policy(allow(), deny({ Condition: { StringEquals: { "aws:UserAgent": "x" } } }), deny()),
    verdict: "deny",
  },
  {
    name: "the usual Deny of insecure transport",
    why: "the mirror lists are read over HTTPS",
    policy: policy(allow(), deny({ Condition: { Bool: { "aws:SecureTransport": "false" } } })),
    verdict: "allow",
  },
  {
    name: "an identity perimeter with an exception for AWS services",
    why: "an unsigned request is not from a service, and IfExists does not exempt it",
    policy: policy(
      allow(),
      deny({
        Condition: {
          StringNotEqualsIfExists: { "aws:PrincipalOrgID": "o-example" },
          BoolIfExists: { "aws:PrincipalIsAWSService": "false" },
        },
      }),
    ),
    verdict: "deny",
  },
  {
    name: "a resource perimeter",
    why: "the bucket is AWS's",
    policy: policy(
      allow({ Resource: "*" }),
      deny({ Condition: { StringNotEquals: { "aws:ResourceOrgID": "o-example" } } }),
    ),
    verdict: "deny",
  },
  {
    name: "a statement with an operator that does not exist",
    why: "what it allows is not known",
    policy: policy(allow({ Condition: { StringEqualz: { "aws:SourceVpc": vpcId } } })),
    verdict: "unknown",
  },
  {
    name: "a Deny with an operator that does not exist",
    why: "it may deny",
    policy: policy(allow(), deny({ Condition: { StringEqualz: { "aws:SourceVpc": vpcId } } })),
    verdict: "unknown",
  },
  {
    name: "an Allow and a statement whose effect does not exist",
    why: "it may be a Deny, which would deny what the Allow allows",
    policy: policy(allow(), deny({ Effect: "deny" })),
    verdict: "unknown",
  },
  {
    name: "an Allow and a statement that is not an object",
    why: "what it denies is not known",
    policy: { Statement: [allow(), "Deny *"] },
    verdict: "unknown",
  },
];
