import { deepStrictEqual, strictEqual } from "node:assert/strict";
import { requestContext } from "../../../policypack/iam/context";
import { type Decision, decide } from "../../../policypack/iam/decide";
import { ObjectSet } from "../../../policypack/iam/objects";
import { parsePolicy } from "../../../policypack/iam/parse";
import { allow, bucket, deny, policy, without } from "./cases/case";

const name = "al2023-repos-eu-west-1-de612dc2";

/** The decision on unsigned reads of some keys. */
function ask(document: object, keys: readonly string[], objects = new ObjectSet("aws", name, keys, true)): Decision {
  const context = requestContext("anonymous", { region: "eu-west-1" });
  return decide(parsePolicy(document, "endpoint").document!, {
    action: "s3:GetObject",
    caller: "anonymous",
    objects,
    context,
  });
}

const everything = allow({ Resource: "*" });
const except = (Resource: unknown) => policy(everything, deny({ Resource }));
const only = (Resource: unknown) => policy(allow({ Resource }));

type Row = readonly [
  resource: string,
  key: string,
  allowed: Decision["verdict"],
  denied: Decision["verdict"],
  why: string,
];

/**
 * A resource, a key that is read, the verdict where only it is allowed and where only it is denied, and why. Source:
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_resource.html: a wildcard stands for text
 * within one segment of an ARN, and beyond it only as its last character. The last segment is compared as one text.
 */
const rows: readonly Row[] = [
  ["arn:aws:*:*", "a", "allow", "deny", "each wildcard ends its segment, so the last one goes on"],
  ["arn:*:s3:*", "a", "allow", "deny", "each wildcard ends its segment, so the last one goes on"],
  ["arn:aws:s?:*:*", "a", "unknown", "unknown", "with fewer than six segments, the question mark may be for a colon"],
  ["arn:aws:*:*:*:?*", "a", "allow", "deny", "it has six segments, and the last is for the object"],
  ["arn:aws:s3:::al2023-*/core/x", "core/x", "allow", "deny", "the wildcard is for the rest of the name"],
  ["arn:aws:s3:::al2023-*/x", "core/x", "allow", "unknown", "the wildcard has to be for a part of the key too"],
  ["arn:aws:s3:::al2023-*c2/core/x", "core/x", "allow", "deny", "the name ends so"],
  ["arn:aws:s3:::al2023-*-eu/core/x", "core/x", "deny", "allow", "the name does not end so, nor does the key"],
  ["arn:aws:s3:::al2023-*-eu/core/x", "a-eu/core/x", "allow", "unknown", "the key has it further on"],
  ["arn:aws:s3:::al2023-*2*/core/x", "core/x", "allow", "deny", "the wildcards are for the rest of the name"],
  ["arn:aws:s3:::al2023-*.list", "a.list", "allow", "deny", "without a slash it is for all objects that end so"],
  ["arn:aws:s3:::al2023-*.list", "a.lis", "deny", "allow", "the key ends otherwise"],
  ["arn:*:s3:::al2023-repos-eu-west-1-de612dc2/a", "a", "allow", "deny", "the name has no wildcard"],
  ["arn:aws:s3:::al2023-repos-eu-west-1-????????/a", "a", "allow", "deny", "a character is one of the name"],
  ["arn:*-cn:s3:::al2023-*/a", "a", "deny", "allow", "the partition is another"],
  ["arn:*-cn:s3:::al2023-*/*", "a", "deny", "allow", "the partition is another"],
  ["arn:*s:s3:::al2023-*/a", "a", "allow", "deny", "the wildcard is for a part of the partition"],
  ["arn:aws:s3:::al2023-*/a:b", "a:b", "allow", "deny", "a colon in a key is a character"],
  ["arn:aws:s3:::al2023-*/a:b", "ab", "deny", "allow", "a colon in a key is a character"],
  ["arn:aws:s3:::al2023-*/x:y/w", "z/x:y/w", "allow", "unknown", "the key has it further on"],
  ["arn:aws:s3:::al2023-*/x:y/w", "x:y/w", "allow", "deny", "a colon in a key is a character"],
];

describe("a resource with wildcards", () => {
  for (const [resource, key, allowed, denied, why] of rows) {
    it(`${resource}, where \`${key}\` is read: ${allowed} by an Allow, ${denied} by a Deny: ${why}`, () => {
      strictEqual(ask(only(resource), [key]).verdict, allowed);
      strictEqual(ask(except(resource), [key]).verdict, denied);
    });
  }

  it("takes a slash where it is not denied, as text", () => {
    const mirrors = "arn:aws:s3:::al2023-*/mirror.list";
    const keys = ["core/mirrors/*/mirror.list"];
    strictEqual(ask(only(mirrors), keys).verdict, "allow");
    const denyOthers = { ...without(deny(), "Resource"), NotResource: mirrors };
    strictEqual(ask(policy(everything, denyOthers), keys).verdict, "allow");
    const allowOthers = { ...without(allow(), "Resource"), NotResource: mirrors };
    strictEqual(ask(policy(allowOthers), keys).verdict, "deny");
  });

  it("leaves open whether a Deny extends beyond the name of the bucket, and says so", () => {
    const resource = "arn:aws:s3:::al2023-*/live/*";
    deepStrictEqual(ask(except(resource), ["core/*"]), {
      verdict: "unknown",
      openQuestion: `whether the wildcard in \`${resource}\` extends beyond the bucket name`,
      statement: { index: 1, sid: undefined },
    });
  });

  it("denies a bucket whose name is not confirmed", () => {
    const open = new ObjectSet("aws", "al2023-repos-eu-west-1-*", ["core/*"], false);
    strictEqual(ask(except("arn:aws:s3:::al2023-*/core/*"), [], open).verdict, "deny");
    strictEqual(ask(except("arn:aws:s3:::al2023-*/live/x"), [], open).verdict, "unknown");
  });
});

describe("the statement that a decision names", () => {
  const timed = { Condition: { DateLessThan: { "aws:CurrentTime": "2030-01-01" } } };

  it("is one that allows some of the objects, and none of others or in doubt", () => {
    const others = [
      "arn:aws:s3:::own/*",
      "arn:a*x:s3:::own/*",
      `${bucket}/\${aws:PrincipalOrgID}`,
      `${bucket}/\${aws:UserAgent}`,
      "arn:a*3:::al2023-repos-*/*",
    ];
    const document = policy(...others.map((Resource) => allow({ Resource })), allow());
    deepStrictEqual(ask(document, ["*"]), { verdict: "allow", by: [{ index: others.length, sid: undefined }] });
  });

  it("is the one in doubt, and none before it that does not match", () => {
    for (const other of [
      "arn:a?q*",
      "arn:aw?-cn:*",
      "arn:aws:s3:::al2023-?/core/y",
      `arn:*:s3:::${name}/core/y`,
      `${bucket}/x\${aws:PrincipalOrgID}`,
    ]) {
      const document = policy(deny({ Resource: other }), allow(timed));
      deepStrictEqual(
        ask(document, ["core/x"]),
        { verdict: "unknown", openQuestion: "the time of the request", statement: { index: 1, sid: undefined } },
        other,
      );
    }
  });

  it("is a Deny that surely denies the object, and none that may", () => {
    const keys = ["core/x/*"];
    for (const doubtful of [
      deny({ Resource: "arn:aws:s3:::al2023-*/x/*" }),
      deny(timed),
      deny({ Condition: { StringEqualz: { "aws:SourceVpc": "vpc-1" } } }),
    ]) {
      const decision = ask(policy(everything, doubtful, deny({ Sid: "This", Resource: `${bucket}/core/*` })), keys);
      deepStrictEqual(decision, {
        verdict: "deny",
        counterexample: `${bucket}/core/x/`,
        deniedBy: { index: 2, sid: "This", caller: "anonymous", conditions: [] },
        missed: [],
      });
    }
  });

  it("is no Deny where nothing allows the object and whether it is denied is in doubt", () => {
    for (const doubtful of [timed, { Condition: { StringEqualz: { "aws:SourceVpc": "vpc-1" } } }]) {
      const decision = ask(policy(deny(doubtful), allow({ Action: "s3:PutObject" })), ["a"]);
      deepStrictEqual(decision, {
        verdict: "deny",
        counterexample: `${bucket}/a`,
        deniedBy: undefined,
        missed: [{ index: 1, sid: undefined, because: { is: "action", found: ["s3:PutObject"], negated: false } }],
      });
    }
  });

  it("is the Deny of a key with a colon", () => {
    for (const resource of ["arn:aws:s3:::al2023-*/a:b", `arn:*:s3:::${name}/a:b`]) {
      const decision = ask(policy(everything, deny({ Sid: "This", Resource: resource })), ["a:b"]);
      strictEqual(decision.verdict === "deny" && decision.deniedBy?.sid, "This");
    }
  });
});
