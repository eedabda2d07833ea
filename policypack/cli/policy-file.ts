import { nameOfFile, readText } from "../sources/input-file";
import { UsageError } from "./usage-error";

/** What a file is that holds a policy somewhere inside, and where to look for it. */
const containers: readonly {
  readonly is: (json: Readonly<Record<string, unknown>>) => boolean;
  readonly hint: string;
}[] = [
  {
    is: (json) => "AWSTemplateFormatVersion" in json || ("Resources" in json && typeof json["Resources"] === "object"),
    hint: "is a CloudFormation template; pass only the `PolicyDocument` of its AWS::EC2::VPCEndpoint",
  },
  {
    is: (json) => "terraform_version" in json || "planned_values" in json || "terraform" in json,
    hint: "is a Terraform plan or state; pass only the `policy` of its aws_vpc_endpoint",
  },
  {
    is: (json) => "deployment" in json || "steps" in json || "checkpoint" in json,
    hint: "is a Pulumi state or preview; pass only the `policy` of its VpcEndpoint",
  },
  {
    is: (json) => "VpcEndpoints" in json,
    hint: "is the output of `aws ec2 describe-vpc-endpoints`; pass only the `PolicyDocument` of one endpoint",
  },
  {
    is: (json) => "resource" in json && !("Statement" in json),
    hint: "is a Terraform file; pass only the `policy` of its aws_vpc_endpoint",
  },
];

const notJson: readonly { readonly is: RegExp; readonly hint: string }[] = [
  {
    is: /^\s*(resource|data|module|provider|variable|terraform|locals)\s+?("|\{)/m,
    hint: "is a Terraform file; pass the JSON of the policy, as `terraform show -json` or `jsonencode` creates it",
  },
  {
    is: /^(AWSTemplateFormatVersion|Resources):/m,
    hint: "is a CloudFormation template in YAML; pass only the policy document, as JSON",
  },
  {
    is: /^(name|runtime|resources|config):\s/m,
    hint: "is a Pulumi file in YAML; pass only the policy document, as JSON",
  },
  { is: /^(Version|Statement):/m, hint: "is a policy in YAML; pass it as JSON" },
  { is: /\b(import|new aws\.|from "@pulumi)/, hint: "is a program; give the policy document that it makes, as JSON" },
];

/**
 * Reads a policy document as text; `-` is standard input.
 *
 * @throws UsageError for a file that cannot be read, or that is not a policy but contains one
 */
export function readPolicyFile(file: string): string {
  const text = readText(file);
  const hint = hintFor(text);
  if (hint !== undefined) throw new UsageError(`${nameOfFile(file)} ${hint}`);
  return text;
}

function hintFor(text: string): string | undefined {
  let json: unknown;
  try {
    json = JSON.parse(text) as unknown;
  } catch {
    if (/^\s*[{[]/.test(text)) return undefined; // JSON with a mistake, which the parser names
    return notJson.find(({ is }) => is.test(text))?.hint;
  }
  if (typeof json === "string" && json.trim().startsWith("{")) {
    return "is a policy encoded as a JSON string, as AWS's APIs return it; pass the string's value (`jq -r .`)";
  }
  if (typeof json !== "object" || json === null || Array.isArray(json)) return undefined;
  return containers.find(({ is }) => is(json as Record<string, unknown>))?.hint;
}
