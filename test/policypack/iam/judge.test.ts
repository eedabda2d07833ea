import { deepStrictEqual } from "node:assert/strict";
import { type Caller, requestContext } from "../../../policypack/iam/context";
import type { DocumentKind } from "../../../policypack/iam/document";
import type { Mismatch } from "../../../policypack/iam/explanation";
import { type Reach, outcomes } from "../../../policypack/iam/judge";
import { ObjectSet } from "../../../policypack/iam/objects";
import { parsePolicy } from "../../../policypack/iam/parse";
import { accountId, allow, bucket, deny, policy, without } from "./cases/case";

const objects = new ObjectSet("aws", "al2023-repos-eu-west-1-de612dc2", ["*"], true);
const outcomesOf = (document: object, caller: Caller = "anonymous", kind: DocumentKind = "endpoint") =>
  outcomes(parsePolicy(document, kind).document!, {
    action: "s3:GetObject",
    caller,
    objects,
    context: requestContext(caller, { region: "eu-west-1" }),
  });

const all: Reach = { reach: "all" };
const some: Reach = { reach: "some" };
const unknown = (openQuestion: string): Reach => ({ reach: "unknown", openQuestion });
const none = (mismatch: Mismatch): Reach => ({ reach: "none", mismatch });

const on = (operator: string, key: string, value: string) => ({ Condition: { [operator]: { [key]: value } } });
const caller = "anonymous";
const blob = `${bucket}/blobstore/*`;
const own = "arn:aws:s3:::own/*";
const role = `arn:aws:iam::${accountId}:role/web`;
const userAgentIsNot = on("StringNotLike", "aws:UserAgent", "*");
const organizationIs = on("StringEquals", "aws:ResourceOrgID", "o-x");

const rows: readonly (readonly [name: string, statement: object, expected: Reach])[] = [
  ["an Allow of the bucket", allow(), all],
  ["an Allow of a part of the bucket", allow({ Resource: blob }), some],
  ["an Allow of another bucket", allow({ Resource: own }), none({ is: "resource", found: [own], negated: false })],
  ["NotResource of another", { ...without(allow(), "Resource"), NotResource: own }, all],
  ["NotResource of a part", { ...without(allow(), "Resource"), NotResource: blob }, some],
  [
    "NotResource of everything",
    { ...without(allow(), "Resource"), NotResource: ["arn:aws:s3:::*"] },
    none({ is: "resource", found: ["arn:aws:s3:::*"], negated: true }),
  ],
  [
    "another action",
    allow({ Action: ["s3:PutObject"] }),
    none({ is: "action", found: ["s3:PutObject"], negated: false }),
  ],
  [
    "NotAction of the action",
    { ...without(allow(), "Action"), NotAction: "s3:Get*" },
    none({ is: "action", found: ["s3:Get*"], negated: true }),
  ],
  [
    "a principal by name",
    allow({ Principal: { Service: "ssm.amazonaws.com" } }),
    none({ is: "principal", caller, found: ["ssm.amazonaws.com"], negated: false }),
  ],
  [
    "NotPrincipal of everyone",
    { ...without(deny(), "Principal"), NotPrincipal: { AWS: "*" } },
    none({ is: "principal", caller, found: ["*"], negated: true }),
  ],
  ["NotPrincipal of a role", { ...without(deny(), "Principal"), NotPrincipal: { AWS: role } }, all],
  [
    "a condition that no user agent meets",
    allow(userAgentIsNot),
    none({
      is: "condition",
      caller,
      condition: { operator: "StringNotLike", key: "aws:UserAgent", values: ["*"] },
      actual: "any-value",
    }),
  ],
  [
    "a condition on an organization that AWS's account has, if it has one",
    allow(organizationIs),
    none({
      is: "condition",
      caller,
      condition: { operator: "StringEquals", key: "aws:ResourceOrgID", values: ["o-x"] },
      actual: "aws-internal",
    }),
  ],
  [
    "a condition that cannot be decided",
    allow(on("StringLike", "aws:UserAgent", "dnf*")),
    unknown("the user agent that the client sends"),
  ],
  [
    "two conditions that cannot be decided, the first of which is reported",
    allow({ Condition: { StringLike: { "aws:UserAgent": "dnf*", "aws:CurrentTime": "2026*" } } }),
    unknown("the user agent that the client sends"),
  ],
  [
    "a part of the bucket with a condition that cannot be decided",
    allow({ Resource: blob, ...on("StringLike", "aws:UserAgent", "dnf*") }),
    unknown("the user agent that the client sends"),
  ],
  [
    "a resource with a variable whose value is not known",
    allow({ Resource: `${bucket}/\${aws:CurrentTime}/*` }),
    unknown("the time of the request"),
  ],
  [
    "a wildcard that may match beyond its segment",
    allow({ Resource: "arn:a*3:::al2023-repos-*/*" }),
    unknown("how far the wildcard in `arn:a*3:::al2023-repos-*/*` extends"),
  ],
  [
    "a document that AWS rejects",
    allow({ Condition: { StringEqualz: { "aws:SourceVpc": "vpc-1" } } }),
    unknown("what `Statement[0].Condition.StringEqualz` means"),
  ],
];

describe("what a statement does for the objects of a read", () => {
  for (const [name, statement, expected] of rows) {
    it(`${expected.reach}: ${name}`, () => {
      const { Effect: effect } = statement as { Effect: "Allow" | "Deny" };
      deepStrictEqual(outcomesOf(policy(statement as never)), [{ index: 0, sid: undefined, effect, ...expected }]);
    });
  }

  it("reports the role as missing before anything else", () => {
    const [outcome] = outcomesOf(
      policy(allow({ Principal: { AWS: role }, ...on("StringLike", "aws:UserAgent", "dnf*") })),
      "instanceRole",
    );
    deepStrictEqual(outcome, {
      index: 0,
      sid: undefined,
      effect: "Allow",
      ...unknown("the ARN of the instance's role"),
    });
  });

  it("is none in a trust policy, which has no resources", () => {
    const trust = { Effect: "Allow", Principal: "*", Action: "*" };
    deepStrictEqual(outcomesOf({ Statement: trust }, "anonymous", "trust"), [
      { index: 0, sid: undefined, effect: "Allow", ...none({ is: "resource", found: [], negated: false }) },
    ]);
  });

  it("is reported for each statement, in order and by name", () => {
    deepStrictEqual(
      outcomesOf(policy(allow({ Sid: "First" }), deny({ Resource: own }))).map(({ index, sid, effect, reach }) => [
        index,
        sid,
        effect,
        reach,
      ]),
      [
        [0, "First", "Allow", "all"],
        [1, undefined, "Deny", "none"],
      ],
    );
  });
});
