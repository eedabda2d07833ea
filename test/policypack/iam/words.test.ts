import { strictEqual } from "node:assert/strict";
import { type Caller, type RequestPath, requestContext } from "../../../policypack/iam/context";
import { decide } from "../../../policypack/iam/decide";
import { type Question, outcomes } from "../../../policypack/iam/judge";
import { ObjectSet } from "../../../policypack/iam/objects";
import { parsePolicy } from "../../../policypack/iam/parse";
import { nameOfStatement, outcomeInWords, reasonOfDecision } from "../../../policypack/iam/words";
import { accountId, allow, bucket, deny, policy, without } from "./cases/case";

const all = new ObjectSet("aws", "al2023-repos-eu-west-1-de612dc2", ["*"], true);
const questionOf = (caller: Caller, objects: ObjectSet, path: Partial<RequestPath>): Question => {
  const whole = { region: "eu-west-1", ...path };
  return { action: "s3:GetObject", caller, objects, context: requestContext(caller, whole), path: whole };
};
const reasonFor = (document: object, caller: Caller, path: Partial<RequestPath> = {}, objects = all) =>
  reasonOfDecision(decide(parsePolicy(document, "endpoint").document!, questionOf(caller, objects, path)));

const on = (operator: string, key: string, values: unknown) => ({ Condition: { [operator]: { [key]: values } } });
const own = "arn:aws:s3:::own/*";
const role = `arn:aws:iam::${accountId}:role/web`;
const first = `s3:GetObject on \`${bucket}/\``;
const not = (name: string, value: unknown) => ({ ...without(allow(), name), [`Not${name}`]: value });
const five = ["a", "b", "c", "d", "e"].map((name) => `arn:aws:s3:::${name}/*`);

/** Statements, and why they allow or deny unsigned reads. */
const decisions: readonly (readonly [name: string, statements: readonly object[], words: string])[] = [
  [
    "two Allow statements, and one of another action",
    [allow(), allow({ Action: "s3:PutObject" }), allow({ Sid: "Everyone" })],
    "allowed by Statement[0], Statement[2] (Everyone)",
  ],
  [
    "no Allow statement",
    [deny({ Action: "s3:PutObject" })],
    `no statement allows ${first}, and there is no Allow statement at all`,
  ],
  [
    "a Deny without a condition",
    [allow(), deny({ Sid: "DenyAll" })],
    `Statement[1] (DenyAll) denies s3:GetObject on \`${bucket}/\``,
  ],
  [
    "a Deny with two conditions that an unsigned request meets",
    [
      allow(),
      deny({
        Condition: {
          StringNotEquals: { "aws:PrincipalAccount": [accountId, "210987654321"] },
          Null: { "aws:PrincipalArn": "true" },
        },
      }),
    ],
    `Statement[1] denies ${first}, since an unsigned request meets \`StringNotEquals\` \`aws:PrincipalAccount\` ` +
      `\`${accountId}\`, \`210987654321\` and \`Null\` \`aws:PrincipalArn\` \`true\``,
  ],
  [
    "an Allow of another principal",
    [allow({ Sid: "Role", Principal: { AWS: role } })],
    `no statement allows ${first}; Statement[0] (Role) applies to \`${role}\`, and an unsigned request has no principal`,
  ],
  [
    "an Allow for nobody",
    [not("Principal", "*")],
    `no statement allows ${first}; Statement[0] applies to everyone but \`*\`, and an unsigned request has no principal`,
  ],
  [
    "an Allow of other actions, and one of all actions but this",
    [allow({ Action: ["s3:PutObject", "s3:List*"] }), not("Action", "s3:Get*")],
    `no statement allows ${first}; Statement[0] applies to \`s3:PutObject\`, \`s3:List*\`; ` +
      "Statement[1] applies to every action but `s3:Get*`",
  ],
  [
    "an Allow of another bucket, and one of all buckets but this",
    [allow({ Resource: own }), not("Resource", "arn:aws:s3:::al2023-*")],
    `no statement allows ${first}; Statement[0] applies to \`${own}\`; ` +
      "Statement[1] applies to every resource but `arn:aws:s3:::al2023-*`",
  ],
  [
    "an Allow of five other buckets, of which three are named",
    [allow({ Resource: five })],
    `no statement allows ${first}; Statement[0] applies to ` +
      "`arn:aws:s3:::a/*`, `arn:aws:s3:::b/*`, `arn:aws:s3:::c/*` and 2 more",
  ],
  [
    "five Allow statements of other buckets",
    five.map((Resource) => allow({ Resource })),
    `no statement allows ${first}; ` +
      "Statement[0] applies to `arn:aws:s3:::a/*`; Statement[1] applies to `arn:aws:s3:::b/*`; " +
      "Statement[2] applies to `arn:aws:s3:::c/*`; Statement[3] applies to `arn:aws:s3:::d/*`; " +
      "Statement[4] applies to `arn:aws:s3:::e/*`",
  ],
  [
    "seven Allow statements of other buckets, of which five are named",
    [...five, own, own].map((Resource) => allow({ Resource })),
    `no statement allows ${first}; ` +
      "Statement[0] applies to `arn:aws:s3:::a/*`; Statement[1] applies to `arn:aws:s3:::b/*`; " +
      "Statement[2] applies to `arn:aws:s3:::c/*`; Statement[3] applies to `arn:aws:s3:::d/*`; " +
      "Statement[4] applies to `arn:aws:s3:::e/*`; nor does any of 2 more",
  ],
  [
    "a condition on the account",
    [allow(on("StringEquals", "aws:PrincipalAccount", accountId))],
    `no statement allows ${first}; Statement[0] requires \`StringEquals\` \`aws:PrincipalAccount\` \`${accountId}\`, ` +
      "and an unsigned request has `anonymous`",
  ],
  [
    "a condition on a key that an unsigned request does not have",
    [allow(on("StringEquals", "aws:PrincipalOrgID", "o-example"))],
    `no statement allows ${first}; Statement[0] requires \`StringEquals\` \`aws:PrincipalOrgID\` \`o-example\`, ` +
      "and an unsigned request has no such key",
  ],
  [
    "a condition on the account of the bucket, which is one of AWS's",
    [allow(on("StringEquals", "aws:ResourceAccount", accountId))],
    `no statement allows ${first}; Statement[0] requires \`StringEquals\` \`aws:ResourceAccount\` \`${accountId}\`, ` +
      "and an unsigned request has a value that AWS sets there",
  ],
  [
    "a condition that no user agent meets",
    [allow(on("StringNotLike", "aws:UserAgent", "*"))],
    `no statement allows ${first}; Statement[0] requires \`StringNotLike\` \`aws:UserAgent\` \`*\`, ` +
      "and an unsigned request has another value",
  ],
  [
    "a line break and an invisible character",
    [allow({ Sid: "A\u200bB", ...on("StringEquals", "aws:PrincipalTag/a\n", "o\u202e1") })],
    `no statement allows ${first}; Statement[0] (A\\u200bB) requires \`StringEquals\` \`aws:PrincipalTag/a\\u000a\` ` +
      "`o\\u202e1`, and an unsigned request has no such key",
  ],
];

describe("the words for a decision on unsigned reads", () => {
  for (const [name, statements, words] of decisions) {
    it(`are these for ${name}`, () => {
      strictEqual(reasonFor({ Version: "2012-10-17", Statement: statements }, "anonymous"), words);
    });
  }

  it("say which address range a statement requires if the instance is outside it", () => {
    strictEqual(
      reasonFor(policy(allow(on("IpAddress", "aws:VpcSourceIp", "192.168.0.0/16"))), "anonymous", {
        vpcBlock: "10.0.0.0/16",
      }),
      `no statement allows ${first}; Statement[0] requires \`IpAddress\` \`aws:VpcSourceIp\` \`192.168.0.0/16\`, ` +
        "and an unsigned request has another value",
    );
  });

  it("say what cannot be determined, and in which statement", () => {
    const timed = allow({ Sid: "Timed", ...on("DateLessThan", "aws:CurrentTime", "2030-01-01") });
    strictEqual(reasonFor(policy(timed), "anonymous"), "the time of the request (Statement[0] (Timed))");
  });

  for (const [what, statement, words] of [
    ["a condition key", on("StringEquals", "x:a\n", "1"), "the value of `x:a\\u000a` in the request"],
    ["an operator", on("a\nb", "aws:SourceVpc", "vpc-1"), "what `Statement[0].Condition.a\\u000ab` means"],
    ["a variable", { Resource: `${bucket}/\${x:a\n}` }, "the value of `x:a\\u000a` in the request"],
    ["a pattern", { Resource: "arn:a*3:::*\n*" }, "how far the wildcard in `arn:a*3:::*\\u000a*` extends"],
  ] as const) {
    it(`show the code of a line break in ${what}`, () => {
      strictEqual(reasonFor(policy(deny(statement), allow()), "anonymous"), `${words} (Statement[0])`);
    });
  }

  it("name no statement where none of them is in doubt", () => {
    const open = new ObjectSet("aws", "bucket-*", ["a"], false);
    strictEqual(
      reasonFor(policy(allow({ Resource: "arn:aws:s3:::bucket-1/*" })), "anonymous", {}, open),
      "which objects are read from `bucket-*/a`",
    );
  });
});

describe("the words for a decision on signed reads", () => {
  const known = { accountId, roleArn: role, endpointType: "Interface" } as const;

  it("say who signs", () => {
    const ofAnother = policy(allow({ Principal: { AWS: "210987654321" } }));
    const applies = `no statement allows ${first}; Statement[0] applies to \`210987654321\`, and the read is `;
    strictEqual(reasonFor(ofAnother, "instanceRole", known), `${applies}signed by the instance's role`);
    strictEqual(reasonFor(ofAnother, "awsAccount", known), `${applies}presigned by an AWS service account`);
  });

  it("say what the request of the role has", () => {
    strictEqual(
      reasonFor(policy(allow(on("StringEquals", "aws:PrincipalAccount", "210987654321"))), "instanceRole", known),
      `no statement allows ${first}; Statement[0] requires \`StringEquals\` \`aws:PrincipalAccount\` \`210987654321\`, ` +
        `and a request of the instance's role has \`${accountId}\``,
    );
  });

  it("say what a presigned request has", () => {
    strictEqual(
      reasonFor(policy(allow(on("StringEquals", "aws:PrincipalAccount", accountId))), "awsAccount", known),
      `no statement allows ${first}; Statement[0] requires \`StringEquals\` \`aws:PrincipalAccount\` \`${accountId}\`, ` +
        "and a request presigned by an AWS service account has a value that AWS sets there",
    );
  });

  it("say whose request meets the conditions of a Deny", () => {
    const strangers = policy(allow(), deny(on("StringNotEquals", "aws:PrincipalAccount", "210987654321")));
    const meets = "meets `StringNotEquals` `aws:PrincipalAccount` `210987654321`";
    for (const [caller, request] of [
      ["anonymous", "an unsigned request"],
      ["instanceRole", "a request of the instance's role"],
      ["awsAccount", "a request presigned by an AWS service account"],
    ] as const) {
      strictEqual(reasonFor(strangers, caller, known), `Statement[1] denies ${first}, since ${request} ${meets}`);
    }
  });
});

/** A statement, and what it does for unsigned reads of a bucket. */
const statements: readonly (readonly [name: string, statement: object, words: string])[] = [
  ["an Allow of the bucket", allow(), "allows every object"],
  ["a Deny of everything", deny(), "denies every object"],
  ["an Allow of a part of the bucket", allow({ Resource: `${bucket}/core/*` }), "allows a part of the objects"],
  ["a Deny of a part of the bucket", deny({ Resource: `${bucket}/core/*` }), "denies a part of the objects"],
  ["an Allow of another bucket", allow({ Resource: own }), `does not apply: it applies to \`${own}\``],
  [
    "a Deny of requests by HTTP",
    deny(on("Bool", "aws:SecureTransport", "false")),
    "does not apply: it requires `Bool` `aws:SecureTransport` `false`, and an unsigned request has `true`",
  ],
  [
    "a Deny at some time",
    deny(on("DateLessThan", "aws:CurrentTime", "2030-01-01")),
    "may apply; cannot determine the time of the request",
  ],
];

describe("the words for a statement", () => {
  it("are its place and its Sid", () => {
    strictEqual(nameOfStatement({ index: 2, sid: "Patches" }), "Statement[2] (Patches)");
    strictEqual(nameOfStatement({ index: 0, sid: undefined }), "Statement[0]");
    strictEqual(nameOfStatement({ index: 0, sid: "" }), "Statement[0]");
    strictEqual(nameOfStatement({ index: 0, sid: "a\nb" }), "Statement[0] (a\\u000ab)");
  });

  for (const [name, statement, words] of statements) {
    it(`are these for ${name}`, () => {
      const { document } = parsePolicy({ Version: "2012-10-17", Statement: statement }, "endpoint");
      const [outcome] = outcomes(document!, questionOf("anonymous", all, {}));
      strictEqual(outcomeInWords(outcome!), words);
    });
  }
});
