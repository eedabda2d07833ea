import { deepStrictEqual } from "node:assert/strict";
import { findingsIn } from "../../../policypack/cli/policy-events";

const event = {
  resourceUrn: "urn:pulumi:dev::shop::aws:ec2/vpcEndpoint:VpcEndpoint::s3",
  message: "<{%fg 13%}>What the rule is about.\nWhat it says of `s3`.<{%reset%}>\n",
  color: "raw",
  policyName: "some-rule",
  policyPackName: "some-pack",
  policyPackVersion: "1.0.0",
  policyPackVersionTag: "1.0.0",
  enforcementLevel: "mandatory",
  severity: "high",
};
const line = (policyEvent: object) => JSON.stringify({ sequence: 1, timestamp: 2, policyEvent });

/** Events in the engine's format, which test/ci/pull-request.test.ts verifies. */
describe("the findings in an engine's event log", () => {
  it("contain what the rule says about the resource, without its description and without color directives", () => {
    deepStrictEqual(findingsIn(`${line(event)}\n`), [
      {
        pack: "some-pack",
        rule: "some-rule",
        isMandatory: true,
        severity: "high",
        urn: "urn:pulumi:dev::shop::aws:ec2/vpcEndpoint:VpcEndpoint::s3",
        message: "What it says of `s3`.",
      },
    ]);
  });

  it("can be for the whole stack, advisory, without a severity, and one line long", () => {
    const { severity: _severity, resourceUrn: _urn, ...bare } = event;
    deepStrictEqual(findingsIn(line({ ...bare, enforcementLevel: "advisory", message: "One line.\n" })), [
      {
        pack: "some-pack",
        rule: "some-rule",
        isMandatory: false,
        severity: undefined,
        urn: undefined,
        message: "One line.",
      },
    ]);
  });

  it("do not come from other events or from a truncated line", () => {
    const others = [
      JSON.stringify({ diagnosticEvent: { message: 'it says "policyEvent"', severity: "info" } }),
      JSON.stringify({ policyLoadEvent: {} }),
      line(event).slice(0, -20),
      "",
    ];
    deepStrictEqual(findingsIn(others.join("\n")), []);
  });
});
