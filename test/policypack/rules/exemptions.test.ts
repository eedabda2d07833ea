import { deepStrictEqual, match, strictEqual } from "node:assert/strict";
import { wrongExemption } from "../../../policypack/rules/exemptions";
import { endpointPolicyHasAnAllow } from "../../../policypack/rules/endpoint-policy-has-an-allow";
import { s3EndpointAdmitsAnonymousRepoReads } from "../../../policypack/rules/s3-endpoint-admits-anonymous-repo-reads";
import { findingsOf, withConfig } from "./analyze";
import { accountOnly, json, s3Endpoint } from "./examples";

const future = "2999-12-31";

describe("an exemption", () => {
  it("applies with a reason, until the end of its last day", () => {
    const exemption = { resource: "s3", reason: "no dnf in here", until: "2026-11-22" };
    strictEqual(wrongExemption(exemption, "2026-11-22"), undefined);
    match(wrongExemption(exemption, "2026-11-23") ?? "", /^ended on `2026-11-22`/);
  });

  it("says what is missing in it", () => {
    match(wrongExemption({ resource: "s3", until: future }) ?? "", /^has no `reason`/);
    match(wrongExemption({ resource: "s3", reason: " ", until: future }) ?? "", /^has no `reason`/);
    match(wrongExemption({ resource: "s3", reason: "tests" }) ?? "", /^has no `until`/);
    match(wrongExemption({ resource: "s3", reason: "tests", until: "soon" }) ?? "", /^has `until` as `soon`/);
  });

  const rule = s3EndpointAdmitsAnonymousRepoReads;
  const starved = s3Endpoint(json(accountOnly));
  const messages = async (resource: string, others: object) =>
    (
      await findingsOf(withConfig(rule, { repositories: ["amazon-linux-2"], exempt: [{ resource, ...others }] }), [
        starved,
      ])
    ).map(({ message }) => message.slice(0, 40));

  it("suppresses the findings on its resource, by name or by URN", async () => {
    const holds = { reason: "no dnf in here", until: future };
    deepStrictEqual(await messages("s3", holds), []);
    deepStrictEqual(await messages("urn:pulumi:test::test::aws:ec2/vpcEndpoint:VpcEndpoint::s3", holds), []);
    deepStrictEqual(await messages("other", holds), ["The unsigned reads of Amazon Linux 2 (`a"]);
  });

  it("is a finding itself without a reason or after its last day, and suppresses nothing", async () => {
    deepStrictEqual(await messages("s3", { until: future }), [
      "The unsigned reads of Amazon Linux 2 (`a",
      "The exemption of `s3` has no `reason`; e",
    ]);
    deepStrictEqual(await messages("s3", { reason: "tests", until: "2020-01-01" }), [
      "The unsigned reads of Amazon Linux 2 (`a",
      "The exemption of `s3` ended on `2020-01-",
    ]);
  });

  it("is a finding once, at its resource, even if the rule has none", async () => {
    const config = { exempt: [{ resource: "s3", reason: "tests", until: "2020-01-01" }] };
    const found = await findingsOf(withConfig(rule, config), [s3Endpoint(), { ...s3Endpoint(), name: "other" }]);
    deepStrictEqual(
      found.map(({ resource }) => resource),
      ["s3"],
    );
  });

  it("applies in the stack face as well", async () => {
    const attached = {
      type: "aws:ec2/vpcEndpointPolicy:VpcEndpointPolicy",
      name: "attached",
      props: { vpcEndpointId: "vpce-1", policy: json(accountOnly) },
    };
    const stack = [{ ...s3Endpoint(), props: { ...s3Endpoint().props, id: "vpce-1" } }, attached];
    strictEqual((await findingsOf(rule, stack)).length, 1);
    const config = { exempt: [{ resource: "attached", reason: "tests", until: future }] };
    deepStrictEqual(await findingsOf(withConfig(rule, config), stack), []);
  });

  it("is an option of every rule", async () => {
    const config = { exempt: [{ resource: "s3", reason: "tests", until: future }] };
    const nothingAllowed = s3Endpoint(json({ Effect: "Deny", Principal: "*", Action: "*", Resource: "*" }));
    strictEqual((await findingsOf(endpointPolicyHasAnAllow, [nothingAllowed])).length, 1);
    deepStrictEqual(await findingsOf(withConfig(endpointPolicyHasAnAllow, config), [nothingAllowed]), []);
  });
});
