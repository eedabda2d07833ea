import { deepStrictEqual, ok } from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { Page } from "./pages/page";
import { explainedWith } from "./pages/shown-commands";

const examples = join(__dirname, "..", "examples");
const text = (file: string) => readFileSync(join(examples, "own-vpc", file), "utf8");

interface Statement {
  readonly Sid: string;
  readonly Condition?: Readonly<Record<string, Readonly<Record<string, string>>>>;
}
const { Version, Statement } = JSON.parse(text("policy.fixed.json")) as { Version: string; Statement: Statement[] };
const [ofAccount, ofBuckets] = Statement as [Statement, Statement];
const vpcId = ofBuckets.Condition?.["StringEquals"]?.["aws:SourceVpc"];

/** The policy of the example, with this condition on the statement for the buckets. */
function policyWith(key: string | undefined, value = ""): string {
  const { Condition: _, ...unconditional } = ofBuckets;
  const statement =
    key === undefined ? unconditional : { ...unconditional, Condition: { StringEquals: { [key]: value } } };
  return JSON.stringify({ Version, Statement: [ofAccount, statement] });
}

/** The recorded state of the example, with another policy on its S3 endpoint. */
function stateWith(policy: string): string {
  const state = JSON.parse(text("state.json")) as { resources: { name: string; props: Record<string, unknown> }[] };
  const endpoint = state.resources.find(({ name }) => name === "s3");
  ok(endpoint);
  endpoint.props["policy"] = policy;
  return JSON.stringify(state);
}

/** What docs/how-to/prowler-fails-the-right-policy.md says of Patchpath; what it says of Prowler was tried by hand. */
describe("policies that Prowler judges", () => {
  const cases: Readonly<Record<string, readonly [policy: string, repository: string]>> = {
    "only the account: the fix that Prowler prints": [JSON.stringify({ Version, Statement: [ofAccount] }), "blocked"],
    "a statement without a condition": [policyWith(undefined), "open"],
    "with aws:VpceAccount": [policyWith("aws:VpceAccount", "123456789012"), "open"],
    "with aws:SourceVpc": [policyWith("aws:SourceVpc", vpcId), "open"],
    "with aws:PrincipalAccount": [policyWith("aws:PrincipalAccount", "123456789012"), "blocked"],
    "with aws:PrincipalArn": [policyWith("aws:PrincipalArn", "arn:aws:iam::123456789012:role/web"), "blocked"],
    "with aws:ResourceAccount": [policyWith("aws:ResourceAccount", "123456789012"), "blocked"],
    "with aws:SourceVpc of another VPC": [policyWith("aws:SourceVpc", "vpc-0a1b2c3d4e5f67890"), "blocked"],
  };

  it("are judged as the page says", () => {
    const judged = explainedWith(Object.values(cases).map(([policy]) => stateWith(policy))).map(
      (report) => report.fleets[0]?.hops.find(({ hop }) => hop === "repository")?.verdict,
    );
    deepStrictEqual(
      Object.fromEntries(Object.keys(cases).map((name, i) => [name, judged[i]])),
      Object.fromEntries(Object.entries(cases).map(([name, [, verdict]]) => [name, verdict])),
    );
  });

  it("have the statement that the page shows", () => {
    const [shown] = new Page("docs/how-to/prowler-fails-the-right-policy.md").blocks.filter(
      ({ language }) => language === "json",
    );
    deepStrictEqual(JSON.parse(shown!.text.replace("vpc-VPC", vpcId!)), ofBuckets);
  });
});
