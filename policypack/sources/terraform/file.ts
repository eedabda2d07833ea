import { nameOfStack } from "../input-file";
import { type Json, recordIn } from "../json-parts";
import type { StackFacts, StackFile } from "../source";
import { type TerraformResource, textIn } from "./resource";
import { regionOfProviders } from "./providers";
import { resourcesOfPlan, resourcesOfShownState } from "./show";
import { stackResourcesOf } from "./stack-resources";
import { resourcesOfTfstate } from "./state";

/** Reads what `terraform show -json` prints of a state. */
export function readTerraformState(name: string, file: string, json: Json, region: string | undefined): StackFile {
  const outputs = recordIn(recordIn(json, "values"), "outputs");
  return fileOf(name, file, resourcesOfShownState(json), { outputs }, () => region);
}

/** Reads a raw `terraform.tfstate` of version 4. */
export function readTfstate(name: string, file: string, json: Json, region: string | undefined): StackFile {
  const { serial } = json;
  const facts = {
    outputs: recordIn(json, "outputs"),
    lineage: textIn(json, "lineage") || undefined,
    serial: typeof serial === "number" ? serial : undefined,
  };
  return fileOf(name, file, resourcesOfTfstate(json), facts, () => region);
}

/** Reads what `terraform show -json` prints of a plan. */
export function readTerraformPlan(name: string, file: string, json: Json, region: string | undefined): StackFile {
  const ofProvider = regionOfProviders(json);
  const outputs = recordIn(recordIn(json, "planned_values"), "outputs");
  const isWhole = json["errored"] !== true;
  return {
    ...fileOf(name, file, resourcesOfPlan(json), { outputs }, (provider) => region ?? ofProvider(provider)),
    isPlan: true,
    partial: isWhole
      ? undefined
      : `${name} is a plan that ended with an error, so this report is partial; fix the error and create it again.`,
  };
}

function fileOf(
  name: string,
  file: string,
  resources: readonly TerraformResource[],
  facts: Pick<StackFacts, "outputs" | "lineage" | "serial">,
  regionOfProvider: (provider: string) => string | undefined,
): StackFile {
  const stack = `terraform/${nameOfStack(file)}`;
  const remotes = resources.filter(({ type }) => type === "terraform_remote_state");
  return {
    file: name,
    resources: stackResourcesOf(resources, stack, regionOfProvider),
    stacks: [
      {
        name: stack,
        ...facts,
        outputs: valuesOf(facts.outputs),
        reads: remotes.map(({ address, values }) => ({
          name: placeOf(values) || address,
          outputs: recordIn(values, "outputs"),
        })),
      },
    ],
    isPlan: false,
    partial: undefined,
  };
}

/** Outputs have a value each, beside its type and whether it is sensitive. */
function valuesOf(outputs: Json): Json {
  return Object.fromEntries(
    Object.keys(outputs).flatMap((key) => {
      const output = recordIn(outputs, key);
      return output["sensitive"] === true ? [] : [[key, output["value"]]];
    }),
  );
}

/** Where the other state is kept: a key of a bucket, a path, or a workspace of HCP Terraform. */
function placeOf(values: Json): string {
  const config = recordIn(values, "config");
  const places = [
    ...["key", "path", "prefix"].map((key) => textIn(config, key)),
    textIn(recordIn(config, "workspaces"), "name"),
  ];
  return places.find((place) => place !== "") ?? "";
}
