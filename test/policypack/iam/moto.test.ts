import { deepStrictEqual, ok, strictEqual } from "node:assert/strict";
import { parsePolicy } from "../../../policypack/iam/parse";
import { Emulator } from "../../components/remediation/emulator";
import { type Judgeable, corpus } from "./moto/corpus";
import { disagreements } from "./moto/disagreements";

const RoleName = "judged";
const trust = JSON.stringify({
  Version: "2012-10-17",
  Statement: { Effect: "Allow", Principal: { Service: "ec2.amazonaws.com" }, Action: "sts:AssumeRole" },
});

/** The call that sends AWS a document. moto's CreateRole accepts any trust policy, UpdateAssumeRolePolicy does not. */
function callWith({ kind, text }: Judgeable, i: number): [service: string, operation: string, parameters: object] {
  switch (kind) {
    case "identity":
      return ["iam", "put_role_policy", { RoleName, PolicyName: "judged", PolicyDocument: text }];
    case "managed":
      return ["iam", "create_policy", { PolicyName: `judged-${i}`, PolicyDocument: text }];
    case "trust":
      return ["iam", "update_assume_role_policy", { RoleName, PolicyDocument: text }];
  }
}

describe("the rejected documents, compared with moto", () => {
  let refusals: (string | null)[];

  before(async () => {
    const emulator = await Emulator.start();
    try {
      const role = ["iam", "create_role", { RoleName, AssumeRolePolicyDocument: trust }] as const;
      const [ofRole, ...ofDocuments] = await emulator.refusalsOf([role, ...corpus.map(callWith)]);
      strictEqual(ofRole, null);
      refusals = ofDocuments;
    } finally {
      emulator.stop();
    }
  });

  /** By name: both results, if they differ. */
  const disputed = () =>
    new Map(
      corpus.flatMap(({ name, kind, text }, i): [string, string][] => {
        const isRefused = parsePolicy(text, kind).problems.length > 0;
        const ofMoto = refusals[i] ?? null;
        if (isRefused ? ofMoto !== null : ofMoto === null) return [];
        return [[name, isRefused ? "refused by us, accepted by moto" : `accepted by us, refused by moto: ${ofMoto}`]];
      }),
    );

  it("agree on every document of these tests, except those in the table", () => {
    const explained = new Set(disagreements.map(({ document }) => document));
    const unexplained = [...disputed()].filter(([name]) => !explained.has(name));
    deepStrictEqual(unexplained, []);
  });

  it("have no row for a document on which both agree", () => {
    const found = disputed();
    const idle = disagreements.map(({ document }) => document).filter((document) => !found.has(document));
    deepStrictEqual(idle, []);
  });

  it("are enough of both", () => {
    ok(corpus.length > 300, `${corpus.length} documents`);
    strictEqual(new Set(corpus.map(({ name }) => name)).size, corpus.length, "names");
    const refused = refusals.filter((refusal) => refusal !== null).length;
    ok(refused > 60 && refused < corpus.length - 60, `${refused} of ${corpus.length} are refused`);
  });
});
