import { isObject } from "../../iam/problems";
import { secretText, unknownText } from "../../stack/special-values";
import { type Json, recordIn } from "../json-parts";
import { referencesIn } from "./references";
import { type TerraformResource, indexInWords, masked, objectsIn, textIn } from "./resource";

/** The resources of `terraform show -json` of a state. Source: https://developer.hashicorp.com/terraform/internals/json-format, checked 2026-11-28. */
export function resourcesOfShownState(json: Json): TerraformResource[] {
  const values = isObject(json["values"]) ? json["values"] : {};
  return withOwnAddresses(resourcesOfModule(values["root_module"]));
}

function resourcesOfModule(module: unknown): TerraformResource[] {
  if (!isObject(module)) return [];
  const own = objectsIn(module["resources"])
    .filter((resource) => !("deposed_key" in resource))
    .map((resource): TerraformResource => ({
      ...identityOf(resource),
      address: addressIn(module, resource),
      values: masked(recordIn(resource, "values"), resource["sensitive_values"], secretText) as Json,
    }));
  return [...own, ...objectsIn(module["child_modules"]).flatMap(resourcesOfModule)];
}

/** Version 0.12 shows resources of a state by their types and names alone. */
function addressIn(module: Json, resource: Json): string {
  const [address, path] = [textIn(resource, "address"), textIn(module, "address")];
  const index = indexInWords(resource["index"]);
  return `${address.startsWith(path) ? "" : `${path}.`}${address}${address.endsWith(index) ? "" : index}`;
}

function identityOf(resource: Json): Omit<TerraformResource, "values"> {
  return {
    address: textIn(resource, "address"),
    mode: resource["mode"] === "data" ? "data" : "managed",
    type: textIn(resource, "type"),
    provider: textIn(resource, "provider_name"),
  };
}

/** The first versions of 0.12 show the instances of a resource without an index, so under one address. */
function withOwnAddresses(resources: readonly TerraformResource[]): TerraformResource[] {
  const seen = new Map<string, number>();
  return resources.map((resource) => {
    const before = seen.get(resource.address) ?? 0;
    seen.set(resource.address, before + 1);
    return before === 0 ? resource : { ...resource, address: `${resource.address}[${before}]` };
  });
}

/**
 * The resources of `terraform show -json` of a plan, as they are after the apply. What a plan with `-target` leaves out is
 * as it was.
 */
export function resourcesOfPlan(json: Json): TerraformResource[] {
  const before = isObject(json["prior_state"]) ? resourcesOfShownState(json["prior_state"]) : [];
  const changes = objectsIn(json["resource_changes"]);
  const changed = new Set(changes.map((change) => textIn(change, "address")));
  const moved = new Set(changes.map((change) => textIn(change, "previous_address")));
  const references = referencesIn(recordIn(json, "configuration"));
  const after = changes.flatMap((resource): TerraformResource[] => {
    const change = recordIn(resource, "change");
    const actions: readonly unknown[] = Array.isArray(change["actions"]) ? change["actions"] : [];
    const isGone = actions.every((action) => action === "delete" || action === "forget");
    if (isGone || "deposed" in resource) return [];
    const secret = masked(recordIn(change, "after"), change["after_sensitive"], secretText);
    const identity = identityOf(resource);
    return [
      {
        ...identity,
        values: masked(secret, change["after_unknown"], unknownText) as Json,
        ...references(identity.address),
      },
    ];
  });
  const unchanged = before.filter(({ address }) => !changed.has(address) && !moved.has(address));
  return [...after, ...unchanged];
}
