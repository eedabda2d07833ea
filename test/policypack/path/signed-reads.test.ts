import { deepStrictEqual, strictEqual } from "node:assert/strict";
import { parsePolicy } from "../../../policypack/iam/parse";
import { type SignedRead, judgeSignedRead } from "../../../policypack/path/signed-reads";

const region = "eu-west-1";
const everything = { Effect: "Allow", Principal: "*", Action: "s3:GetObject", Resource: "*" };
const buckets = (...names: string[]) => ({ ...everything, Resource: names.map((name) => `arn:aws:s3:::${name}/*`) });

function judge(read: SignedRead, ...statements: object[]) {
  const { document } = parsePolicy({ Version: "2012-10-17", Statement: statements }, "endpoint");
  return judgeSignedRead(document!, read, region, {});
}

/** AWS documents several ways to sign these reads, and several buckets that may contain the payload. */
describe("the signed reads", () => {
  it("are allowed if they are for all ways of signing and all buckets", () => {
    strictEqual(judge("payload", everything).verdict, "allow");
    strictEqual(judge("snapshot", everything).verdict, "allow");
    strictEqual(judge("snapshot", buckets("patch-baseline-snapshot-eu-west-1")).verdict, "allow");
  });

  it("are denied if they are for all of them, with the reason for the instance's role", () => {
    const decision = judge("payload", buckets("somebody-elses"));
    strictEqual(decision.verdict, "deny");
    strictEqual(judge("snapshot", { ...everything, Effect: "Deny" }).verdict, "deny");
    const owned = { ...everything, Condition: { StringEquals: { "aws:ResourceAccount": "123456789012" } } };
    const refused = judge("snapshot", owned);
    strictEqual(refused.verdict === "deny" && refused.missed[0]?.because.is, "condition");
  });

  it("are unknown if it depends on who signs", () => {
    const account = { ...everything, Condition: { StringEquals: { "aws:PrincipalAccount": "123456789012" } } };
    deepStrictEqual(judge("snapshot", account), {
      verdict: "unknown",
      openQuestion: "whether this request is signed, and by whom",
      statement: undefined,
    });
  });

  it("are unknown if it depends on which bucket contains the payload", () => {
    const decision = judge("payload", buckets("aws-ssm-eu-west-1"));
    strictEqual(
      decision.verdict === "unknown" && decision.openQuestion,
      "which of the buckets `aws-ssm-eu-west-1`, `aws-patch-manager-eu-west-1-5522fb710` is read",
    );
  });

  it("are unknown in a region whose buckets AWS does not list, unless all or no buckets are allowed", () => {
    const inChina = (statement: object) => {
      const { document } = parsePolicy({ Statement: [statement] }, "endpoint");
      return judgeSignedRead(document!, "payload", "cn-north-1", {}).verdict;
    };
    strictEqual(inChina({ ...everything, Resource: "arn:aws-cn:s3:::aws-ssm-cn-north-1/*" }), "unknown");
    strictEqual(inChina(everything), "allow");
    strictEqual(inChina({ ...everything, Effect: "Deny" }), "deny");
    for (const own of ["arn:aws-cn:s3:::own/*", "arn:*:s3:::own/*", "arn:aws*:s3:::own-*/*"]) {
      strictEqual(inChina({ ...everything, Resource: own }), "deny", `a policy only for ${own}`);
    }
  });
});
