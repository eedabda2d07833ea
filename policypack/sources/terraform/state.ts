import { isObject } from "../../iam/problems";
import { secretText } from "../../stack/special-values";
import type { Json } from "../json-parts";
import { type TerraformResource, indexInWords, objectsIn, textIn } from "./resource";

/**
 * The resources of a `terraform.tfstate` of version 4. Objects that are only not yet destroyed (deposed) are left out.
 * Source: `stateV4` of hashicorp/terraform, internal/states/statefile/version4.go, checked 2026-11-28.
 */
export function resourcesOfTfstate(json: Json): TerraformResource[] {
  return objectsIn(json["resources"]).flatMap((resource) =>
    objectsIn(resource["instances"])
      .filter((instance) => !("deposed" in instance))
      .map((instance) => resourceIn(resource, instance)),
  );
}

function resourceIn(resource: Json, instance: Json): TerraformResource {
  const [module, type, name] = ["module", "type", "name"].map((key) => textIn(resource, key)) as [
    string,
    string,
    string,
  ];
  const mode = resource["mode"] === "data" ? "data" : "managed";
  const path = [module, mode === "data" ? "data" : "", type, `${name}${indexInWords(instance["index_key"])}`];
  return {
    address: path.filter((part) => part !== "").join("."),
    mode,
    type,
    values: type === "terraform_remote_state" ? withoutTypes(withoutSensitive(instance)) : withoutSensitive(instance),
    provider: textIn(resource, "provider"),
  };
}

/** `sensitive_attributes` lists paths: `[[{ "type": "get_attr", "value": "user_data" }]]`. */
function withoutSensitive(instance: Json): Json {
  const attributes = isObject(instance["attributes"]) ? instance["attributes"] : {};
  const paths = Array.isArray(instance["sensitive_attributes"]) ? (instance["sensitive_attributes"] as unknown[]) : [];
  const secret = paths.flatMap((path) => {
    const [step] = objectsIn(path);
    return step === undefined ? [] : [textIn(step, "value")];
  });
  return { ...attributes, ...Object.fromEntries(secret.map((name) => [name, secretText])) };
}

/** An attribute of any type is `{ "value": …, "type": … }` in a raw state, and its value in `terraform show -json`. */
function withoutTypes(attributes: Json): Json {
  return Object.fromEntries(
    Object.entries(attributes).map(([name, attribute]) => [
      name,
      isObject(attribute) && "value" in attribute && "type" in attribute ? attribute["value"] : attribute,
    ]),
  );
}
