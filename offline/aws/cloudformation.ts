import { parseDocument } from "yaml";
import type { AwsObject } from "./objects";
import { type Properties, type Value, asText, isObject } from "./values";

/** A template as data. Short forms of intrinsic functions become the long ones: `!Ref Group` is `{ Ref: "Group" }`. */
function readTemplate(text: string): Properties {
  const long = (name: string) => ({
    tag: `!${name}`,
    resolve: (value: string) => ({ [name === "Ref" ? name : `Fn::${name}`]: value }),
  });
  const document = parseDocument(text, { customTags: ["Ref", "GetAtt", "Sub"].map(long), logLevel: "silent" });
  const template = document.toJS() as Value;
  return isObject(template) ? template : {};
}

const section = (template: Properties, name: string): Properties => {
  const value = template[name];
  return isObject(value) ? value : {};
};

/** The logical id that an output refers to. */
function referenceOf(output: Value | undefined): string | undefined {
  const value = isObject(output) ? output["Value"] : undefined;
  const name = isObject(value) ? value["Ref"] : undefined;
  return typeof name === "string" ? name : undefined;
}

/** The outputs of a stack. A resource is named as CloudFormation does: stack, logical id and random letters. */
export function outputsOfTemplate(text: string, stackName: string, letters: string): Properties {
  return Object.fromEntries(
    Object.entries(section(readTemplate(text), "Outputs")).map(([name, output]) => {
      const logicalId = referenceOf(output);
      const value = isObject(output) ? output["Value"] : undefined;
      return [name, logicalId === undefined ? asText(value) : `${stackName}-${logicalId}-${letters}`];
    }),
  );
}

/**
 * An Auto Scaling group that a CloudFormation stack created, for `aws.autoscaling.Group.get`: what its template says.
 * `undefined` if no stack has it as an output.
 */
export function groupInStacks(id: string, stacks: readonly AwsObject[]): Properties | undefined {
  for (const { outputs } of stacks) {
    const named = Object.entries(isObject(outputs["outputs"]) ? outputs["outputs"] : {}).find(
      ([, value]) => value === id,
    );
    if (!named) continue;
    const template = readTemplate(asText(outputs["templateBody"]));
    const logicalId = referenceOf(section(template, "Outputs")[named[0]]);
    const resource = section(template, "Resources")[logicalId ?? ""];
    if (!isObject(resource) || resource["Type"] !== "AWS::AutoScaling::AutoScalingGroup") continue;
    const properties = section(resource, "Properties");
    const subnets = properties["VPCZoneIdentifier"];
    return {
      name: id,
      launchConfiguration: asText(properties["LaunchConfigurationName"]),
      vpcZoneIdentifiers: Array.isArray(subnets) ? subnets : asText(subnets).split(",").filter(Boolean),
      minSize: Number(properties["MinSize"] ?? 0),
      maxSize: Number(properties["MaxSize"] ?? 0),
      desiredCapacity: Number(properties["DesiredCapacity"] ?? properties["MinSize"] ?? 0),
    };
  }
  return undefined;
}
