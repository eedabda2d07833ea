import { deepStrictEqual, ok, strictEqual } from "node:assert/strict";
import * as fc from "fast-check";
import { type Caller, requestContext } from "../../../policypack/iam/context";
import { type Decision, decide } from "../../../policypack/iam/decide";
import { ObjectSet } from "../../../policypack/iam/objects";
import { parsePolicy } from "../../../policypack/iam/parse";
import { accountId, allow, bucket, deny, policy, without } from "./cases/case";
import { policyDocument, requiredKeys } from "./documents";

const all = new ObjectSet("aws", "al2023-repos-eu-west-1-de612dc2", ["*"], true);
const ask = (document: object, objects = all, caller: Caller = "anonymous", path = {}): Decision =>
  decide(parsePolicy(document, "endpoint").document!, {
    action: "s3:GetObject",
    caller,
    objects,
    context: requestContext(caller, { region: "eu-west-1", ...path }),
    path,
  });

const denier = (index: number) => ({ index, sid: "This", caller: "anonymous", conditions: [] });

describe("a decision", () => {
  it("lists the statements that allow", () => {
    deepStrictEqual(ask(policy(allow({ Sid: "No", Action: "s3:PutObject" }), allow({ Sid: "Yes" }))), {
      verdict: "allow",
      by: [{ index: 1, sid: "Yes" }],
    });
  });

  it("has the Deny that applies", () => {
    deepStrictEqual(
      ask(
        policy(
          allow(),
          deny({ Sid: "Other", Action: "s3:PutObject" }),
          deny({ Sid: "This", Resource: `${bucket}/b*` }),
        ),
      ),
      {
        verdict: "deny",
        counterexample: `${bucket}/b`,
        deniedBy: denier(2),
        missed: [],
      },
    );
  });

  it("has the Deny that applies, even if another of its resources depends on something unknown", () => {
    const decision = ask(
      policy(allow({}), deny({ Sid: "This", Resource: [`${bucket}/*`, "arn:aws:s3:::${aws:UserAgent}"] })),
    );
    deepStrictEqual(decision.verdict === "deny" && decision.deniedBy, denier(1));
  });

  it("is unknown if the effect of a statement appears twice", () => {
    const text = JSON.stringify(policy(allow({}))).replace('"Effect":', '"Effect":"Deny","Effect":');
    const { document } = parsePolicy(text, "endpoint");
    const context = requestContext("anonymous", { region: "eu-west-1" });
    const question = { action: "s3:GetObject", caller: "anonymous", objects: all, context } as const;
    strictEqual(decide(document!, question).verdict, "unknown");
  });

  it("has the Deny of that object, and no Deny of others", () => {
    const own = "arn:aws:s3:::own/*";
    const other = deny({ Sid: "Other", Resource: own });
    const rows = [
      [deny({ Sid: "This", Resource: [own, `${bucket}/b*`] }), `${bucket}/b`],
      [deny({ Sid: "This", Resource: `${bucket}/b` }), `${bucket}/b`],
      [{ ...without(deny({ Sid: "This" }), "Resource"), NotResource: [own, `${bucket}/?*`] }, `${bucket}/`],
    ] as const;
    for (const [denying, counterexample] of rows) {
      deepStrictEqual(ask(policy(allow(), other, denying)), {
        verdict: "deny",
        counterexample,
        deniedBy: denier(2),
        missed: [],
      });
    }
  });

  it("explains only for Allow statements why they do not apply", () => {
    const decision = ask(policy(deny({ Action: "s3:PutObject" }), allow({ Action: "s3:PutObject" })));
    deepStrictEqual(decision.verdict === "deny" && decision.missed.map(({ index }) => index), [1]);
  });

  it("explains for each Allow why it does not apply", () => {
    const condition = { operator: "StringEquals", key: "aws:PrincipalAccount", values: [accountId] };
    deepStrictEqual(
      ask(
        policy(
          allow({ Principal: { AWS: accountId } }),
          allow({ Action: ["s3:PutObject", "s3:List*"] }),
          allow({ Resource: "arn:aws:s3:::own/*" }),
          allow({ Condition: { StringEquals: { "aws:PrincipalAccount": accountId } } }),
          allow({ Condition: { StringEquals: { "aws:PrincipalOrgID": "o-example" } } }),
          allow({ Condition: { StringEquals: { "aws:ResourceAccount": accountId } } }),
        ),
      ),
      {
        verdict: "deny",
        counterexample: `${bucket}/`,
        deniedBy: undefined,
        missed: [
          {
            index: 0,
            sid: undefined,
            because: { is: "principal", caller: "anonymous", found: [accountId], negated: false },
          },
          { index: 1, sid: undefined, because: { is: "action", found: ["s3:PutObject", "s3:List*"], negated: false } },
          { index: 2, sid: undefined, because: { is: "resource", found: ["arn:aws:s3:::own/*"], negated: false } },
          {
            index: 3,
            sid: undefined,
            because: { is: "condition", caller: "anonymous", condition, actual: ["anonymous"] },
          },
          {
            index: 4,
            sid: undefined,
            because: {
              is: "condition",
              caller: "anonymous",
              condition: { ...condition, key: "aws:PrincipalOrgID", values: ["o-example"] },
              actual: "absent",
            },
          },
          {
            index: 5,
            sid: undefined,
            because: {
              is: "condition",
              caller: "anonymous",
              condition: { ...condition, key: "aws:ResourceAccount" },
              actual: "aws-internal",
            },
          },
        ],
      },
    );
  });

  it("has the shortest object that is denied", () => {
    const objects = new ObjectSet("aws", "bucket", ["core/*", "blob/*"], true);
    const document = policy(allow({ Resource: ["arn:aws:s3:::bucket/core/*", "arn:aws:s3:::bucket/blob/??*"] }));
    const decision = ask(document, objects);
    strictEqual(decision.verdict === "deny" && decision.counterexample, "arn:aws:s3:::bucket/blob/");
  });

  it("says what is not known, and in which statement", () => {
    deepStrictEqual(
      ask(policy(allow({ Sid: "Timed", Condition: { DateLessThan: { "aws:CurrentTime": "2030-01-01" } } }))),
      {
        verdict: "unknown",
        openQuestion: "the time of the request",
        statement: { index: 0, sid: "Timed" },
      },
    );
  });

  describe("on a bucket whose name is not confirmed", () => {
    const open = new ObjectSet("aws-us-gov", "al2023-repos-us-gov-west-1-*", ["blobstore/*"], false);
    const govBucket = "arn:aws-us-gov:s3:::al2023-repos-us-gov-west-1";

    it("allows if every possible name is allowed", () => {
      strictEqual(ask(policy(allow({ Resource: `${govBucket}-*` })), open).verdict, "allow");
    });
    it("denies if none is", () => {
      strictEqual(ask(policy(allow({ Resource: "arn:aws-us-gov:s3:::own/*" })), open).verdict, "deny");
    });
    it("denies if every allowed name is allowed for other objects", () => {
      const decision = ask(policy(allow({ Resource: `${govBucket}-de612dc2/core` })), open);
      strictEqual(decision.verdict === "deny" && decision.counterexample, `${govBucket}-/blobstore/`);
    });
    it("is unknown otherwise", () => {
      deepStrictEqual(ask(policy(allow({ Resource: `${govBucket}-de612dc2/*` })), open), {
        verdict: "unknown",
        openQuestion: "which objects are read from `al2023-repos-us-gov-west-1-*/blobstore/*`",
        statement: undefined,
      });
    });
  });

  describe("on a signed request", () => {
    const ours = policy(allow({ Condition: { StringEquals: { "aws:PrincipalAccount": accountId } } }));

    it("uses the account of the instance's role, if it is known", () => {
      strictEqual(ask(ours, all, "instanceRole", { accountId }).verdict, "allow");
      strictEqual(ask(ours, all, "instanceRole", { accountId: "210987654321" }).verdict, "deny");
      strictEqual(ask(ours, all, "instanceRole").verdict, "unknown");
    });
    it("treats an account of AWS as different from the role's", () => {
      strictEqual(ask(ours, all, "awsAccount", { accountId }).verdict, "deny");
    });
    it("reads an account principal as its root user on a gateway endpoint, and as all of its roles on others", () => {
      const ofAccount = policy(allow({ Principal: { AWS: accountId } }));
      const through = (endpointType: "Gateway" | "Interface") =>
        ask(ofAccount, all, "instanceRole", { accountId, endpointType }).verdict;
      deepStrictEqual([through("Gateway"), through("Interface")], ["deny", "allow"]);
      strictEqual(ask(ofAccount, all, "instanceRole", { accountId }).verdict, "unknown");
    });
    it("is unknown if a principal is a role", () => {
      const role = policy(allow({ Principal: { AWS: `arn:aws:iam::${accountId}:role/web` } }));
      strictEqual(ask(role, all, "instanceRole").verdict, "unknown");
      strictEqual(ask(role, all, "awsAccount").verdict, "deny");
    });
  });

  describe("for random documents", () => {
    const decideWith = (document: object, keys: readonly string[]) =>
      ask(document, new ObjectSet("aws", "bucket", keys, true)).verdict;
    const statements = (document: { Statement: unknown }) => [document.Statement].flat() as object[];
    const rank = { deny: 0, unknown: 1, allow: 2 };

    it("never changes from allow to deny with another Allow, nor from deny to allow with another Deny", () => {
      fc.assert(
        fc.property(policyDocument, policyDocument, requiredKeys, (document, other, keys) => {
          const more = (effect: string) =>
            statements(other).filter((one) => (one as { Effect: string }).Effect === effect);
          const with_ = (added: object[]) =>
            decideWith({ ...document, Statement: [...statements(document), ...added] }, keys);
          const before = rank[decideWith(document, keys)];
          ok(rank[with_(more("Allow"))] >= before);
          ok(rank[with_(more("Deny"))] <= before);
        }),
      );
    });

    it("does not depend on the order of statements, on white space, or on lists with one item", () => {
      fc.assert(
        fc.property(policyDocument, requiredKeys, (document, keys) => {
          const verdict = decideWith(document, keys);
          strictEqual(decideWith({ ...document, Statement: statements(document).reverse() }, keys), verdict);
          strictEqual(decideWith(JSON.stringify(document, undefined, 4) as never, keys), verdict);
          strictEqual(decideWith({ ...document, Statement: statements(document).map(listed) }, keys), verdict);
        }),
      );
    });

    it("is never reversed by what becomes known", () => {
      const whole = { vpcId: "vpc-1", endpointId: "vpce-1", accountId };
      fc.assert(
        fc.property(policyDocument, requiredKeys, (document, keys) => {
          const objects = new ObjectSet("aws", "bucket", keys, true);
          const before = ask(document, objects).verdict;
          if (before !== "unknown") strictEqual(ask(document, objects, "anonymous", whole).verdict, before);
        }),
        { numRuns: 1000 },
      );
    });

    it("is refined by what becomes known", () => {
      const conditions = fc.constantFrom("aws:SourceVpc", "aws:SourceVpce", "aws:VpceAccount");
      fc.assert(
        fc.property(
          conditions,
          fc.constantFrom("StringEquals", "StringNotEquals"),
          fc.constantFrom("Allow", "Deny"),
          (key, operator, effect) => {
            const one = { Condition: { [operator]: { [key]: "known" } } };
            const document = policy(...(effect === "Allow" ? [allow(one)] : [allow(), deny(one)]));
            strictEqual(ask(document).verdict, "unknown");
            const known = ask(document, all, "anonymous", { vpcId: "known", endpointId: "known", accountId: "known" });
            ok(known.verdict !== "unknown");
          },
        ),
      );
    });
  });
});

/** A statement with a list of one item wherever a single text is possible. */
function listed(statement: object): object {
  const list = (value: unknown): unknown => (typeof value === "string" && value !== "*" ? [value] : value);
  const inside = (value: unknown, change: (inner: unknown) => unknown): unknown =>
    typeof value === "object" && value !== null && !Array.isArray(value)
      ? Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, change(inner as unknown)]))
      : value;
  return Object.fromEntries(
    Object.entries(statement).map(([name, value]) => {
      if (/^(Not)?(Action|Resource)$/.test(name)) return [name, list(value)];
      if (name.endsWith("Principal")) return [name, inside(value, list)];
      return [name, name === "Condition" ? inside(value, (keys) => inside(keys, list)) : (value as unknown)];
    }),
  );
}
