import { placeOfSyntaxError } from "../iam/json";
import { isObject } from "../iam/problems";
import { readContext } from "./context-file";
import { InputError, wanted } from "./input-error";
import { nameOfFile, readText } from "./input-file";
import { type Json, recordIn } from "./json-parts";
import { readPlan } from "./pulumi-plan";
import { readState } from "./pulumi-state";
import type { StackFile } from "./source";
import { readTerraformPlan, readTerraformState, readTfstate } from "./terraform/file";

/** Supported versions of the state format; the fourth adds features that no hop depends on. */
const versions: readonly unknown[] = [3, 4];

/** Other files that may be passed by mistake, and what to do. */
const others: readonly { readonly is: (json: Json) => boolean; readonly hint: string }[] = [
  {
    is: (json) => "AWSTemplateFormatVersion" in json || "Resources" in json,
    hint: `is a CloudFormation template, which has no ids; ${wanted}`,
  },
  { is: (json) => "Statement" in json, hint: "is a policy document; pass it to `patchpath policy`" },
  {
    is: (json) => "resourcePlans" in json,
    hint: "is a plan of `--save-plan`, which has no outputs; pass `pulumi preview --json --show-sames`",
  },
  {
    is: (json) => "deployment" in json && typeof json["version"] === "number" && json["version"] > 4,
    hint: "is a state of a version later than 4; update patchpath",
  },
  {
    is: (json) => "deployment" in json && !versions.includes(json["version"]),
    hint: "is a state of a version other than 3 or 4; export it again with a current Pulumi CLI: `pulumi stack export`",
  },
  {
    is: (json) => isTfstate(json) && json["version"] !== 4,
    hint: "is a state of Terraform of a version other than 4; pass `terraform show -json`",
  },
];

function isTfstate(json: Json): boolean {
  return "terraform_version" in json && !("format_version" in json);
}

/** Every kind of file that is read, by its content. */
const readers: readonly {
  readonly is: (json: Json) => boolean;
  readonly read: (name: string, file: string, json: Json, region: string | undefined) => StackFile;
}[] = [
  { is: (json) => json["patchpath"] === "context", read: (name, _, json) => readContext(name, json) },
  {
    is: (json) => "deployment" in json,
    read: (name, _, json, region) => readState(name, "deployment", json["deployment"], region),
  },
  {
    is: (json) => "checkpoint" in json,
    read: (name, _, json, region) =>
      readState(name, "checkpoint.latest", recordIn(json, "checkpoint")["latest"] ?? {}, region),
  },
  { is: (json) => "planned_values" in json || "resource_changes" in json, read: readTerraformPlan },
  { is: (json) => "terraform_version" in json && "format_version" in json, read: readTerraformState },
  { is: isTfstate, read: readTfstate },
  {
    is: (json) => "steps" in json || "changeSummary" in json,
    read: (name, _, json, region) => readPlan(name, json, region),
  },
];

/**
 * Reads a state or a plan of Pulumi or Terraform, whichever it is; `-` is standard input.
 *
 * @param region of the stack, if the file does not contain it
 * @throws InputError for anything else
 */
export function readStackFile(file: string, region: string | undefined): StackFile {
  const name = nameOfFile(file);
  const json = parse(name, readText(file));
  if (!isObject(json)) throw new InputError(`${name} is not a state or a plan; ${wanted}`);
  const other = others.find(({ is }) => is(json));
  if (other) throw new InputError(`${name} ${other.hint}`);
  const reader = readers.find(({ is }) => is(json));
  if (!reader) throw new InputError(`${name} is not a state or a plan; ${wanted}`);
  return reader.read(name, file, json, region);
}

/** The parser's own message quotes the text around the error, which may contain a secret: only the place is reported. */
function parse(name: string, text: string): unknown {
  if (text.trim() === "") throw new InputError(`${name} is empty; ${wanted}`);
  try {
    return JSON.parse(text) as unknown;
  } catch {
    throw new InputError(`${name} is not valid JSON, or is truncated: ${placeOfSyntaxError(text)}; ${wanted}`);
  }
}
