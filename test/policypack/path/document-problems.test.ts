import { deepStrictEqual } from "node:assert/strict";
import { documentProblems, inlinePoliciesTooLong } from "../../../policypack/path/document-problems";
import { knowingSecrets } from "../../../policypack/stack/secrets";
import { type ExampleResource, unknown } from "../rules/analyze";
import { json, role } from "../rules/examples";
import { asState } from "./traps/trap";

const allow = { Effect: "Allow", Action: "s3:GetObject", Resource: "*" };

/** A valid policy with a given number of characters, without white space, as IAM counts them. */
function policyOf(characters: number): string {
  const withSid = (sid: string) => json({ ...allow, Sid: sid });
  return withSid("a".repeat(characters - withSid("").length));
}

const spaced = (policy: string) => JSON.stringify(JSON.parse(policy), null, 8);
const web = (...policies: readonly unknown[]) =>
  role("web", "ec2.amazonaws.com", { inlinePolicies: policies.map((policy, i) => ({ name: `p${i}`, policy })) });
const rolePolicy = (policy: unknown): ExampleResource => ({
  type: "aws:iam/rolePolicy:RolePolicy",
  name: "more",
  props: { role: "web", policy },
});
const refusedOf = (one: ExampleResource, state = asState([one])) => documentProblems(state.resources[0]!).refused;
const tooLong = (count: number, characters: number) =>
  `The ${count} inline policies of the role have ${characters} characters together, without white space; expected at most 10240`;

describe("the inline policies of a role", () => {
  it("have at most 10240 characters together, without white space", () => {
    deepStrictEqual(refusedOf(web(policyOf(5_120), policyOf(5_120))), []);
    deepStrictEqual(refusedOf(web(policyOf(5_121), policyOf(5_120))), [tooLong(2, 10_241)]);
    deepStrictEqual(refusedOf(web(spaced(policyOf(5_120)), spaced(policyOf(5_120)))), []);
    deepStrictEqual(refusedOf(web(spaced(policyOf(5_121)), spaced(policyOf(5_120)))), [tooLong(2, 10_241)]);
  });

  it("are counted as JSON text where they are objects", () => {
    const native = (...policies: readonly string[]): ExampleResource => ({
      type: "aws-native:iam:Role",
      name: "web",
      props: {
        policies: policies.map((policy, i) => ({ policyName: `p${i}`, policyDocument: JSON.parse(policy) as object })),
      },
    });
    deepStrictEqual(refusedOf(native(policyOf(5_120), policyOf(5_120))), []);
    deepStrictEqual(refusedOf(native(policyOf(5_121), policyOf(5_120))), [tooLong(2, 10_241)]);
  });

  const together = (...resources: readonly ExampleResource[]) =>
    inlinePoliciesTooLong(asState(resources)).map(({ resource, message }) => [resource.name, message]);

  it("are counted together with those of RolePolicy, at which it is reported", () => {
    deepStrictEqual(together(web(policyOf(5_120)), rolePolicy(policyOf(5_120))), []);
    deepStrictEqual(together(web(policyOf(5_120)), rolePolicy(policyOf(5_121))), [["more", tooLong(2, 10_241)]]);
    deepStrictEqual(together(web(policyOf(500)), rolePolicy(policyOf(500))), []);
  });

  it("are not reported twice: one policy by itself, and those of the role alone", () => {
    deepStrictEqual(together(web(), rolePolicy(policyOf(10_241))), []);
    deepStrictEqual(together(web(policyOf(5_121), policyOf(5_120)), rolePolicy(unknown)), []);
  });
});

describe("a policy document that is a secret", () => {
  const refusedAsSecret = (policy: string) => {
    const state = asState([rolePolicy(policy)]);
    const secrets = new Map([[state.resources[0]!.urn, new Set(["policy"])]]);
    return knowingSecrets(secrets, () => documentProblems(state.resources[0]!).refused);
  };

  it("is reported by its statement, without a part of it", () => {
    const wrong = { ...allow, Action: "hunter2" };
    const statements = [...Array.from({ length: 12 }, () => allow), wrong];
    deepStrictEqual(refusedAsSecret(json(...statements)), [
      "`policy`: `Statement[12]` is not as AWS expects it; it is a secret, so no part of it is shown",
    ]);
    deepStrictEqual(refusedAsSecret("hunter2"), [
      "`policy`: the document is not as AWS expects it; it is a secret, so no part of it is shown",
    ]);
  });
});
