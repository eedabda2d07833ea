import { deepStrictEqual, match, strictEqual } from "node:assert/strict";
import { AwsObjects } from "../../../offline/aws/objects";
import { AwsResources } from "../../../offline/aws/resources";
import type { Properties } from "../../../offline/aws/values";
import { check, failuresOf, ref, stand } from "./stand";

const rule = "aws:cfg/rule:Rule";
const remediation = "aws:cfg/remediationConfiguration:RemediationConfiguration";
const document = "aws:ssm/document:Document";
const source = { owner: "AWS", sourceIdentifier: "IAM_POLICY_BLACKLISTED_CHECK" };
const target = { configRuleName: "r", targetType: "SSM_DOCUMENT", targetId: "d" };
const automation = (content: object) => ({ documentType: "Automation", content: JSON.stringify(content) });

describe("the strictness of the stand-in AWS Config and of Automation documents", () => {
  const refused: [name: string, type: string, inputs: Properties, failure: RegExp][] = [
    [
      "parameters of a rule that are too long",
      rule,
      { source, inputParameters: JSON.stringify({ policyArns: "x".repeat(1010) }) },
      /^inputParameters: has 1027 characters; expected at most 1024/,
    ],
    ["parameters of a rule that are not JSON", rule, { source, inputParameters: "policyArns" }, /is not JSON/],
    [
      "parameters of a rule that are not text",
      rule,
      { source, inputParameters: '{"a":["b"]}' },
      /has `a`, which is not a string/,
    ],
    ["a remediation of another kind", remediation, { ...target, targetType: "LAMBDA" }, /expected one of SSM_DOCUMENT/],
    [
      "a concurrency of more than 100 percent",
      remediation,
      { ...target, executionControls: { ssmControls: { concurrentExecutionRatePercentage: 101 } } },
      /^concurrentExecutionRatePercentage: expected 1 to 100; got 101/,
    ],
    [
      "an error limit of zero",
      remediation,
      { ...target, executionControls: { ssmControls: { errorPercentage: 0 } } },
      /^errorPercentage: expected 1 to 100; got 0/,
    ],
    ["too many attempts", remediation, { ...target, maximumAutomaticAttempts: 26 }, /expected 1 to 25; got 26/],
    [
      "automatic remediation without its role",
      remediation,
      { ...target, automatic: true, parameters: [{ name: "ResourceId", resourceValue: "RESOURCE_ID" }] },
      /has no AutomationAssumeRole/,
    ],
    [
      "a recorder of all types with a list of types",
      "aws:cfg/recorder:Recorder",
      { roleArn: "arn:aws:iam::123456789012:role/r", recordingGroup: { resourceTypes: ["AWS::IAM::Role"] } },
      /has resourceTypes; expected allSupported false/,
    ],
    [
      "an Automation document with another schema version",
      document,
      automation({ schemaVersion: "2.2", mainSteps: [] }),
      /has the schemaVersion 2\.2; expected 0\.3 \(InvalidDocumentContent\)/,
    ],
    [
      "a document with two steps of the same name",
      document,
      automation({ schemaVersion: "0.3", mainSteps: [{ name: "A" }, { name: "B" }, { name: "A" }] }),
      /has two steps with the name A/,
    ],
    [
      "a document whose next step after a failure does not exist",
      document,
      automation({ schemaVersion: "0.3", mainSteps: [{ name: "A", onFailure: "step:B" }] }),
      /refers to the step B, which does not exist/,
    ],
  ];
  for (const [name, type, inputs, failure] of refused) {
    it(`rejects ${name}`, () => {
      const failures = failuresOf(type, inputs);
      strictEqual(failures.length, 1, failures.join("\n"));
      match(failures[0]!, failure);
    });
  }

  it("rejects the rule in a region that does not have it", () => {
    const inputs = { source };
    deepStrictEqual(failuresOf(rule, inputs), []);
    const elsewhere = new AwsResources({ region: "eu-south-2", defaultTags: {} }, new AwsObjects());
    match(failuresOf(rule, inputs, elsewhere)[0]!, /IAM_POLICY_BLACKLISTED_CHECK is invalid in eu-south-2/);
  });

  it("rejects parameters that the document of a remediation does not have, and missing ones", () => {
    const aws = stand();
    const parameters = { A: { type: "String" }, B: { type: "String", default: "b" } };
    const { id } = aws.create(
      ref(document, "d"),
      check(ref(document, "d"), automation({ schemaVersion: "0.3", parameters, mainSteps: [] }), aws).inputs,
    );
    const withParameters = (...names: string[]) =>
      failuresOf(
        remediation,
        { ...target, targetId: id, parameters: names.map((name) => ({ name, staticValue: "x" })) },
        aws,
      );
    deepStrictEqual(withParameters("A"), []);
    match(withParameters("A", "C")[0]!, /^parameters: has C; expected A, B/);
    match(withParameters("B")[0]!, /^parameters: does not have A; expected A, B/);
  });

  it("rejects a second recorder and a second delivery channel", () => {
    const second = (type: string, inputs: Properties) => {
      const aws = stand();
      const first = ref(type, "first");
      aws.create(first, check(first, inputs, aws).inputs);
      return failuresOf(type, inputs, aws)[0]!;
    };
    match(
      second("aws:cfg/recorder:Recorder", { roleArn: "arn:aws:iam::123456789012:role/r" }),
      /MaxNumberOfConfigurationRecordersExceededException/,
    );
    match(
      second("aws:cfg/deliveryChannel:DeliveryChannel", { s3BucketName: "bucket" }),
      /MaxNumberOfDeliveryChannelsExceededException/,
    );
  });
});
