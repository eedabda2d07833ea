import { type Case, accountId, allow, bucket, deny, policy, vpcId, without } from "./case";

/** The grammar of statements: principals, actions, resources, versions, and how statements add up. */
export const languageCases: readonly Case[] = [
  {
    name: "AWS's default policy",
    why: "everything is admitted",
    policy: { Statement: [{ Effect: "Allow", Principal: "*", Action: "*", Resource: "*" }] },
    verdict: "allow",
  },
  {
    name: "one statement in place of a list",
    why: "both are allowed",
    policy: { Statement: allow() },
    verdict: "allow",
  },
  { name: "no statement at all", why: "nothing is allowed", policy: policy(), verdict: "deny" },
  {
    name: "nothing but a Deny that does not apply",
    why: "nothing is allowed",
    policy: policy(deny({ Action: "s3:PutObject" })),
    verdict: "deny",
  },
  { name: "an Allow after a Deny", why: "order does not matter", policy: policy(deny(), allow()), verdict: "deny" },
  { name: "an Allow before a Deny", why: "order does not matter", policy: policy(allow(), deny()), verdict: "deny" },
  {
    name: "two Allows that together admit everything that is read",
    why: "what one does not admit, another does",
    policy: policy(allow({ Resource: [`${bucket}/core/*`] }), allow({ Resource: [`${bucket}/blobstore/*`] })),
    verdict: "allow",
  },
  {
    name: "a Deny of a part that is read",
    why: "one object refused is enough",
    policy: policy(allow(), deny({ Resource: `${bucket}/core/mirrors/*/x86_64/mirror.list` })),
    verdict: "deny",
    refusedKey: "core/mirrors//x86_64/mirror.list",
  },
  {
    name: "a Deny of a part that is not read",
    why: "no object that a client reads is refused",
    policy: policy(allow(), deny({ Resource: `${bucket}/debuginfo/*` })),
    verdict: "allow",
  },
  {
    name: "Principal {AWS: *}",
    why: "the same as * for unsigned requests",
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
    why: "everybody else is denied, so nobody as well",
    policy: policy(allow(), {
      ...without(deny(), "Principal"),
      NotPrincipal: { AWS: `arn:aws:iam::${accountId}:role/web` },
    }),
    verdict: "deny",
  },
  {
    name: "Deny with NotPrincipal *",
    why: "nobody is left to be denied",
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
    why: "one character too many",
    policy: policy(allow({ Action: "s3:GetObject?" })),
    verdict: "deny",
  },
  {
    name: "Action s3:GetObjectVersion",
    why: "another action",
    policy: policy(allow({ Action: "s3:GetObjectVersion" })),
    verdict: "deny",
  },
  {
    name: "Action s3:ListBucket",
    why: "another action",
    policy: policy(allow({ Action: "s3:ListBucket" })),
    verdict: "deny",
  },
  { name: "Action ec2:*", why: "another service", policy: policy(allow({ Action: "ec2:*" })), verdict: "deny" },
  {
    name: "Allow with NotAction s3:PutObject",
    why: "everything else, so reads too",
    policy: policy({ ...without(allow(), "Action"), NotAction: "s3:PutObject" }),
    verdict: "allow",
  },
  {
    name: "Allow with NotAction s3:Get*",
    why: "everything but reads",
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
    name: "what is unknown beside what is false",
    why: "false decides",
    policy: policy(allow({ Condition: { StringEquals: { "aws:UserAgent": "x", "aws:PrincipalAccount": accountId } } })),
    verdict: "deny",
  },
  {
    name: "an unknown Allow beside a sure one",
    why: "the sure one is enough",
    policy: policy(allow({ Condition: { StringEquals: { "aws:UserAgent": "x" } } }), allow()),
    verdict: "allow",
  },
  {
    name: "an unknown Deny beside a sure one",
    why: "the sure one is enough",
    policy: policy(allow(), deny({ Condition: { StringEquals: { "aws:UserAgent": "x" } } }), deny()),
    verdict: "deny",
  },
  {
    name: "a Deny of insecure transport, as most policies have it",
    why: "the mirror lists are read by https",
    policy: policy(allow(), deny({ Condition: { Bool: { "aws:SecureTransport": "false" } } })),
    verdict: "allow",
  },
  {
    name: "a perimeter of identities with an exception for AWS's services",
    why: "an unsigned request is no service, and IfExists does not help",
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
    name: "a perimeter of resources",
    why: "the bucket is AWS's",
    policy: policy(
      allow({ Resource: "*" }),
      deny({ Condition: { StringNotEquals: { "aws:ResourceOrgID": "o-example" } } }),
    ),
    verdict: "deny",
  },
  {
    name: "a statement with an operator that does not exist",
    why: "nobody knows what it admits",
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
    name: "an Allow beside a statement whose effect does not exist",
    why: "it may be a Deny, which would refuse what the Allow admits",
    policy: policy(allow(), deny({ Effect: "deny" })),
    verdict: "unknown",
  },
  {
    name: "an Allow beside a statement that is none",
    why: "nobody knows what it denies",
    policy: { Statement: [allow(), "Deny *"] },
    verdict: "unknown",
  },
];
