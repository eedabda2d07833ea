import { deepStrictEqual, strictEqual } from "node:assert/strict";
import * as fc from "fast-check";
import { type Caller, callers, requestContext } from "../../../policypack/iam/context";
import { type Decision, decide } from "../../../policypack/iam/decide";
import { ObjectSet } from "../../../policypack/iam/objects";
import { parsePolicy } from "../../../policypack/iam/parse";
import { withoutContents } from "../../../policypack/iam/without-contents";
import { reasonOfDecision } from "../../../policypack/iam/words";
import { accountId, allow, bucket, deny, policy, without } from "./cases/case";
import { policyDocument } from "./documents";

const objects = new ObjectSet("aws", "al2023-repos-eu-west-1-de612dc2", ["*"], true);

function decisionOn(document: object, caller: Caller = "anonymous"): Decision {
  const context = requestContext(caller, { region: "eu-west-1", accountId });
  const question = { action: "s3:GetObject", caller, objects, context, path: { accountId } };
  return decide(parsePolicy(document, "endpoint").document!, question);
}

const wordsFor = (document: object, caller?: Caller) => reasonOfDecision(withoutContents(decisionOn(document, caller)));
const on = (key: string, value: string, operator = "StringEquals") => ({ Condition: { [operator]: { [key]: value } } });
const not = (name: string, value: unknown) => ({ ...without(allow(), name), [`Not${name}`]: value });
const denied = "no statement allows s3:GetObject on `[secret]`";

/** A document that is a secret, and all that is said of the decision on it. */
const rows: readonly (readonly [name: string, statements: readonly object[], words: string])[] = [
  [
    "a document that allows the read by two statements",
    [allow({ Sid: "Hunter2" }), allow({ Action: "s3:Put*" }), allow()],
    "allowed by Statement[0], Statement[2]",
  ],
  [
    "one with a Deny under a condition",
    [allow(), deny({ Sid: "Hunter2", ...on("aws:PrincipalOrgID", "o-hunter2", "StringNotEquals") })],
    "Statement[1] denies s3:GetObject on `[secret]`",
  ],
  ["one without an Allow", [deny({ Action: "s3:Put*" })], `${denied}, and there is no Allow statement at all`],
  [
    "one for another principal",
    [allow({ Principal: { AWS: [accountId, `arn:aws:iam::${accountId}:role/hunter2`] } })],
    `${denied}; Statement[0] applies to \`[secret]\`, and an unsigned request has no principal`,
  ],
  [
    "one for other actions and other buckets",
    [allow({ Sid: "Hunter2", Action: "s3:PutObject" }), allow({ Resource: "arn:aws:s3:::hunter2/*" })],
    `${denied}; Statement[0] applies to \`[secret]\`; Statement[1] applies to \`[secret]\``,
  ],
  [
    "one for all buckets but this",
    [not("Resource", `${bucket}/*`)],
    `${denied}; Statement[0] applies to every resource but \`[secret]\``,
  ],
  [
    "one with a condition that is not met",
    [allow({ Sid: "Hunter2", ...on("aws:PrincipalAccount", accountId) })],
    `${denied}; Statement[0] requires \`[secret]\` \`[secret]\` \`[secret]\`, and an unsigned request has another value`,
  ],
  [
    "one that is in doubt",
    [allow({ Sid: "Hunter2", ...on("aws:UserAgent", "hunter2") })],
    "whether the policy, which is a secret, allows the read (Statement[0])",
  ],
  [
    "one that is too complex",
    [not("Resource", `${bucket}/*a${"?".repeat(20)}`)],
    "whether the policy, which is a secret, allows the read",
  ],
];

describe("a decision on a policy that is a secret", () => {
  for (const [name, statements, words] of rows) {
    it(`shows the verdict, and indexes of statements only, of ${name}`, () => {
      strictEqual(wordsFor(policy(...(statements as Record<string, unknown>[]))), words);
    });
  }

  it("says of a signed read who signs, which is not in the policy", () => {
    const ofAnother = policy(allow({ Principal: { AWS: "210987654321" } }));
    strictEqual(
      wordsFor(ofAnother, "instanceRole"),
      `${denied}; Statement[0] applies to \`[secret]\`, and the read is signed by the instance's role`,
    );
  });

  it("keeps the verdict on any document, and no part of the document", () => {
    // What is in a decision without being in the document: its shape, and who asks.
    const own = new Set([
      ...[
        "allow",
        "deny",
        "unknown",
        "principal",
        "action",
        "resource",
        "condition",
        "[secret]",
        "any-value",
        ...callers,
      ],
      "whether the policy, which is a secret, allows the read",
    ]);
    const seen = { allow: 0, deny: 0, unknown: 0 };
    fc.assert(
      fc.property(policyDocument, fc.constantFrom(...callers), (document, caller) => {
        const decision = decisionOn(document, caller);
        const shown = withoutContents(decision);
        seen[decision.verdict]++;
        strictEqual(shown.verdict, decision.verdict);
        deepStrictEqual(
          textsIn(shown).filter((text) => !own.has(text)),
          [],
        );
      }),
    );
    deepStrictEqual(
      Object.values(seen).filter((count) => count === 0),
      [],
      JSON.stringify(seen),
    );
  });
});

/** Every text in a value, however deep. */
function textsIn(value: unknown): string[] {
  if (typeof value === "string") return [value];
  return typeof value === "object" && value !== null ? Object.values(value).flatMap(textsIn) : [];
}
