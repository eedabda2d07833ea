import { type Properties, asText, isObject } from "../values";
import { arnIn, known, knownText, knownTexts, oneOf, pattern, within } from "./checks";
import type { CheckFailure } from "../schema";
import { type Check, type TypeRow, arn, constant, idFromInput } from "./row";

/** Bounds: the service model of AWS Config (botocore 1.44.5), checked 2026-11-22. */
const longestName = 128;
const longestText = 256;
const longestParameters = 1024;

const name = pattern("name", new RegExp(`^(?=.*\\S).{1,${longestName}}$`), `1 to ${longestName} characters`);

const description = pattern(
  "description",
  new RegExp(`^.{0,${longestText}}$`, "s"),
  `at most ${longestText} characters`,
);

/** Parameters of a rule: a JSON object with string values. */
const ruleParameters: Check = ({ inputs }) => {
  const text = knownText(inputs, "inputParameters");
  if (text === undefined) return undefined;
  const wrong = (reason: string): CheckFailure => ({
    property: "inputParameters",
    reason: `${reason} (InvalidParameterValueException)`,
  });
  if (text.length > longestParameters) {
    return wrong(`has ${text.length} characters; expected at most ${longestParameters}`);
  }
  try {
    const parsed = JSON.parse(text) as Properties;
    const other = Object.entries(parsed).find(([, value]) => typeof value !== "string");
    return other ? wrong(`has \`${other[0]}\`, which is not a string; expected "true" for true`) : undefined;
  } catch {
    return wrong("is not JSON");
  }
};

/**
 * Regions without the rule: https://docs.aws.amazon.com/config/latest/developerguide/iam-policy-blacklisted-check.html,
 * checked 2026-11-21. It does not mention China and GovCloud, so nothing is rejected there.
 */
const withoutBlacklistedCheck = [
  ...["ap-east-2", "ap-south-2", "ap-southeast-4", "ap-southeast-5", "ap-southeast-6", "ap-southeast-7"],
  ...["ca-west-1", "eu-central-2", "eu-south-2", "il-central-1", "me-central-1", "mx-central-1"],
];

/** A managed rule that the region does not have. */
const ruleExistsHere: Check = ({ inputs, place: { region } }) => {
  const source = inputs["source"];
  const identifier = isObject(source) ? source["sourceIdentifier"] : undefined;
  if (identifier !== "IAM_POLICY_BLACKLISTED_CHECK" || !withoutBlacklistedCheck.includes(region)) return undefined;
  return {
    property: "source",
    reason: `the sourceIdentifier ${identifier} is invalid in ${region} (InvalidParameterValueException)`,
  };
};

const percentages: Check = (request) => {
  const controls = request.inputs["executionControls"];
  const ssmControls = isObject(controls) ? controls["ssmControls"] : undefined;
  if (!isObject(ssmControls)) return undefined;
  const inner = { ...request, inputs: ssmControls };
  return within("concurrentExecutionRatePercentage", 1, 100)(inner) ?? within("errorPercentage", 1, 100)(inner);
};

/** Automatic remediation requires its role in this parameter. Source: API_PutRemediationConfigurations, checked 2026-11-22. */
const roleOfAutomaticRemediation: Check = ({ inputs }) => {
  if (known(inputs, "automatic") !== true || parameterNames(inputs).includes("AutomationAssumeRole")) return undefined;
  return { property: "parameters", reason: "has no AutomationAssumeRole, which automatic remediation requires" };
};

/** Only parameters of the document, and all of those without a default. */
const parametersOfTheDocument: Check = ({ inputs, aws }) => {
  const document = aws.find("aws:ssm/document:Document", knownText(inputs, "targetId"));
  if (!document) return undefined; // a document of AWS, or not seen in this run
  const content = JSON.parse(asText(document.outputs["content"])) as { parameters?: Record<string, object> };
  const parameters = content.parameters ?? {};
  const names = parameterNames(inputs);
  const unknown = names.find((one) => !(one in parameters));
  const missing = Object.keys(parameters).find((one) => !("default" in parameters[one]!) && !names.includes(one));
  if (unknown === undefined && missing === undefined) return undefined;
  return {
    property: "parameters",
    reason: `${unknown === undefined ? `does not have ${missing ?? ""}` : `has ${unknown}`}; expected ${Object.keys(parameters).join(", ")} (InvalidParameterValueException)`,
  };
};

function parameterNames(inputs: Properties): string[] {
  const parameters = inputs["parameters"];
  return (Array.isArray(parameters) ? parameters : []).flatMap((one) =>
    isObject(one) && typeof one["name"] === "string" ? [one["name"]] : [],
  );
}

/** A list of types excludes recording all types. */
const recordingGroup: Check = ({ inputs }) => {
  const group = inputs["recordingGroup"];
  if (!isObject(group)) return undefined;
  const namesTypes = knownTexts(group, "resourceTypes").length > 0;
  if (namesTypes && (group["allSupported"] !== false || group["includeGlobalResourceTypes"] === true)) {
    return {
      property: "recordingGroup",
      reason:
        "has resourceTypes; expected allSupported false and includeGlobalResourceTypes false (InvalidRecordingGroupException)",
    };
  }
  return undefined;
};

/** An account has at most one of these in a region. */
const onlyOne =
  (type: string, error: string): Check =>
  ({ aws, urn }) => {
    const other = aws.ofType(type).find((one) => one.urn !== urn);
    return other && { property: "name", reason: `the region already has ${other.id} (${error})` };
  };

const recorder = "aws:cfg/recorder:Recorder";
const deliveryChannel = "aws:cfg/deliveryChannel:DeliveryChannel";

export const cfg: Readonly<Record<string, TypeRow>> = {
  "aws:cfg/rule:Rule": {
    id: idFromInput("name"),
    computed: {
      arn: arn("config", ({ hex }) => `config-rule/config-rule-${hex(6)}`),
      ruleId: ({ hex }) => `config-rule-${hex(6)}`,
      evaluationModes: constant([{ mode: "DETECTIVE" }]),
    },
    autoname: { input: "name", maxLength: longestName },
    replaceOn: ["name"],
    checks: [name, description, ruleParameters, ruleExistsHere],
  },
  "aws:cfg/remediationConfiguration:RemediationConfiguration": {
    id: idFromInput("configRuleName"),
    computed: {
      arn: arn("config", ({ hex, text }) => `remediation-configuration/${text("configRuleName")}/${hex(8)}`),
    },
    replaceOn: ["configRuleName"],
    checks: [
      oneOf("targetType", "SSM_DOCUMENT"),
      within("maximumAutomaticAttempts", 1, 25),
      within("retryAttemptSeconds", 1, 2_678_000),
      percentages,
      roleOfAutomaticRemediation,
      parametersOfTheDocument,
    ],
  },
  [recorder]: {
    id: idFromInput("name"),
    computed: { recordingGroup: constant({ allSupported: true, includeGlobalResourceTypes: false }) },
    autoname: { input: "name", maxLength: 256 },
    replaceOn: ["name"],
    checks: [arnIn("roleArn"), recordingGroup, onlyOne(recorder, "MaxNumberOfConfigurationRecordersExceededException")],
  },
  "aws:cfg/recorderStatus:RecorderStatus": {
    id: idFromInput("name"),
    replaceOn: ["name"],
  },
  [deliveryChannel]: {
    id: idFromInput("name"),
    autoname: { input: "name", maxLength: 256 },
    replaceOn: ["name"],
    checks: [onlyOne(deliveryChannel, "MaxNumberOfDeliveryChannelsExceededException")],
  },
};
