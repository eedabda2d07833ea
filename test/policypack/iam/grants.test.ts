import { strictEqual } from "node:assert/strict";
import type { DocumentKind } from "../../../policypack/iam/document";
import { callContext } from "../../../policypack/iam/context";
import { grants } from "../../../policypack/iam/grants";
import { parsePolicy } from "../../../policypack/iam/parse";
import type { Truth } from "../../../policypack/iam/truth";
import { accountId, without } from "./cases/case";

const allow = { Effect: "Allow", Action: "ssm:*", Resource: "*" };
const deny = { ...allow, Effect: "Deny" };
const condition = { Condition: { StringEquals: { "aws:SourceVpc": "vpc-1" } } };
const part = { Resource: "arn:aws:ssm:*:*:document/own" };
const notPart = { ...without(allow, "Resource"), NotResource: part.Resource };

/** Statements, each in its own policy, whether together they grant `ssm:GetManifest`, and why. */
const identity: readonly (readonly [name: string, statements: readonly object[], grants: Truth, why: string])[] = [
  ["no policy", [], false, "nothing allows it"],
  ["an Allow", [allow], true, "it includes the action on all resources"],
  ["an Allow of the action in another case", [{ ...allow, Action: "SSM:getmanifest" }], true, "case does not matter"],
  ["an Allow of another action", [{ ...allow, Action: "s3:*" }], false, "nothing allows it"],
  ["an Allow of one action of several", [{ ...allow, Action: ["s3:*", "ssm:Get*"] }], true, "one is enough"],
  ["NotAction of another", [{ ...without(allow, "Action"), NotAction: "s3:*" }], true, "it includes all other actions"],
  ["NotAction of the action", [{ ...without(allow, "Action"), NotAction: "ssm:*" }], false, "it excludes the action"],
  ["an Allow on some resources", [{ ...allow, ...part }], "unknown", "they may include the resource of the call"],
  ["an Allow on all resources except some", [notPart], "unknown", "they may include the resource of the call"],
  [
    "an Allow on all resources except all",
    [{ ...notPart, NotResource: "*" }],
    "unknown",
    "resources are not evaluated",
  ],
  ["an Allow with a condition", [{ ...allow, ...condition }], "unknown", "it may hold"],
  ["an Allow that cannot be read", [{ ...allow, Action: "ssm" }], "unknown", "it may allow anything"],
  ["an Allow for some resources and one for all", [{ ...allow, ...part }, allow], true, "one is enough"],
  ["a Deny and an Allow", [allow, deny], false, "a Deny wins"],
  ["a Deny alone", [{ ...deny, ...condition }], false, "nothing allows it"],
  ["a Deny of another action", [allow, { ...deny, Action: "s3:*" }], true, "it does not matter"],
  ["a Deny on some resources", [allow, { ...deny, ...part }], "unknown", "they may include the resource of the call"],
  ["a Deny with a condition", [allow, { ...deny, ...condition }], "unknown", "it may hold"],
  ["a Deny and an Allow with a condition", [{ ...allow, ...condition }, deny], false, "a Deny wins"],
];

/** The same for an endpoint policy, which has principals. */
const endpoint: typeof identity = [
  ["an Allow for everyone", [{ ...allow, Principal: "*" }], true, "it includes every caller"],
  ["an Allow for one principal", [{ ...allow, Principal: { AWS: accountId } }], "unknown", "it may be the caller"],
  [
    "a Deny for all except everyone",
    [
      { ...allow, Principal: "*" },
      { ...deny, NotPrincipal: "*" },
    ],
    "unknown",
    "principals are not evaluated",
  ],
];

const documentsOf = (statements: readonly object[], kind: DocumentKind) =>
  statements.map((statement) => parsePolicy({ Version: "2012-10-17", Statement: statement }, kind).document!);

describe("what policies grant together", () => {
  for (const [kind, rows] of [
    ["identity", identity],
    ["endpoint", endpoint],
  ] as const) {
    for (const [name, statements, granted, why] of rows) {
      it(`is ${granted === "unknown" ? "unknown" : granted ? "the action" : "not the action"} with ${name}: ${why}`, () => {
        strictEqual(grants(documentsOf(statements, kind), "ssm:GetManifest"), granted);
      });
    }
  }

  it("is unknown in a trust policy, which has no resources", () => {
    const trust = { Effect: "Allow", Principal: "*", Action: "sts:AssumeRole" };
    strictEqual(grants(documentsOf([trust], "trust"), "sts:AssumeRole"), "unknown");
  });

  const call = {
    caller: "instanceRole",
    context: callContext({ region: "eu-west-1", vpcId: "vpc-1", accountId }),
  } as const;
  const toAll = { ...allow, Principal: "*" };
  const where = (key: string, value: string) => ({ ...toAll, Condition: { StringEquals: { [key]: value } } });
  for (const [name, statement, granted] of [
    ["a condition that the call meets", where("aws:SourceVpc", "vpc-1"), true],
    ["a condition that it does not meet", where("aws:PrincipalAccount", "210987654321"), false],
    ["a condition on a key whose value is not known", where("aws:SourceVpce", "vpce-1"), "unknown"],
    ["a condition on the resource, which is not a bucket of AWS", where("aws:ResourceAccount", accountId), "unknown"],
    ["a principal that is another service", { ...allow, Principal: { Service: "ec2.amazonaws.com" } }, false],
    [
      "a principal that may be the role",
      { ...allow, Principal: { AWS: `arn:aws:iam::${accountId}:role/a` } },
      "unknown",
    ],
  ] as const) {
    it(`is ${granted === "unknown" ? "unknown" : granted ? "the action" : "not the action"} for a call with ${name}`, () => {
      strictEqual(grants(documentsOf([statement], "endpoint"), "ssm:GetManifest", call), granted);
    });
  }

  it("is not removed by a Deny of requests without TLS", () => {
    const overHttp = { ...deny, Principal: "*", Condition: { Bool: { "aws:SecureTransport": "false" } } };
    strictEqual(grants(documentsOf([toAll, overHttp], "endpoint"), "ssm:GetManifest", call), true);
  });
});
