import { createHash } from "node:crypto";
import { isObject } from "../iam/problems";
import { type StackResource, regionOf } from "../stack/resource";
import { isSecretValue, secretText } from "../stack/special-values";
import { InputError } from "./input-error";
import { type Json, recordIn } from "./json-parts";
import { namesOf } from "./resource-names";

/** A resource as states and plans have it, as far as it is read here. */
export interface ResourceState {
  readonly urn: string;
  readonly type: string;
  readonly id: string | undefined;
  /** Replaced, and only not yet deleted. */
  readonly isDeleted: boolean;
  /** Read by `.get()`, not created. */
  readonly isRead: boolean;
  readonly inputs: Json;
  readonly outputs: Json;
  readonly provider: string;
  /** The URN of its parent; empty where it has none. */
  readonly parent: string;
  readonly propertyDependencies: Json;
}

/** @throws InputError for a value that is not a resource */
export function stateIn(file: string, where: string, value: unknown): ResourceState {
  const { urn, type, id, provider, parent } = isObject(value) ? value : {};
  if (!isObject(value) || typeof urn !== "string" || typeof type !== "string") {
    const missing = !isObject(value) ? "is not an object" : typeof urn !== "string" ? "has no `urn`" : "has no `type`";
    throw new InputError(`${file} is damaged: \`${where}\` ${missing}; create it again with the Pulumi CLI`);
  }
  return {
    urn,
    type,
    id: typeof id === "string" && id !== "" ? id : undefined,
    isDeleted: value["delete"] === true,
    isRead: value["external"] === true,
    inputs: recordIn(value, "inputs"),
    outputs: recordIn(value, "outputs"),
    provider: typeof provider === "string" ? provider : "",
    parent: typeof parent === "string" ? parent : "",
    propertyDependencies: recordIn(value, "propertyDependencies"),
  };
}

/** Outputs over inputs. What is a secret as one of them is treated as a secret as the other. */
export function propsOf({ inputs, outputs, id }: ResourceState): Json {
  const props: Record<string, unknown> = { ...withoutSecrets(inputs) };
  const known = withoutSecrets(outputs);
  for (const key of Object.keys(known)) {
    const value = known[key];
    if (props[key] !== secretText) props[key] = key === "userData" ? userDataOf(value, props[key]) : value;
  }
  if (id !== undefined) props["id"] = id;
  return props;
}

/**
 * User data is kept as its SHA-1 in the outputs of instances (before version 7 of the provider) and launch configurations.
 * The text is then that of the inputs, if it is still the same one; else the hash stays, which is read as unknown.
 */
function userDataOf(output: unknown, input: unknown): unknown {
  if (typeof output !== "string" || !/^[0-9a-f]{40}$/.test(output)) return output;
  if (typeof input !== "string") return output;
  const hashes = [Buffer.from(input), Buffer.from(input, "base64")].map((bytes) =>
    createHash("sha1").update(bytes).digest("hex"),
  );
  return hashes.includes(output) ? input : output;
}

/** The properties of a resource after the update: what it has, without what the program no longer sets, and over it what is new. */
export function mergedProps(old: ResourceState | undefined, state: ResourceState): Json {
  if (!old) return propsOf(state);
  const kept = Object.entries(propsOf(old)).filter(([key]) => !(key in old.inputs) || key in state.inputs);
  return { ...Object.fromEntries(kept), ...propsOf(state) };
}

/** No property of AWS's is nested more deeply: such a value is meant to exhaust the stack of its reader. */
const deepest = 100;

/** Secrets are read as unknown, in plain text too, so that none of them can appear in a report. */
function withoutSecrets(record: Json): Json {
  return anySecret(record, 1) ? (hidden(record, 0) as Json) : record;
}

/** Most values have no secret, and need no copy. */
function hasSecret(value: unknown, depth: number): boolean {
  if (depth > deepest || isSecretValue(value)) return true;
  return typeof value === "object" && value !== null && anySecret(value, depth + 1);
}

/** Of all values in a file, so without a copy of them. */
function anySecret(values: object, depth: number): boolean {
  for (const key in values) if (hasSecret((values as Json)[key], depth)) return true;
  return false;
}

function hidden(value: unknown, depth: number): unknown {
  if (depth > deepest || (depth > 0 && isSecretValue(value))) return secretText;
  if (typeof value !== "object" || value === null) return value;
  if (Array.isArray(value)) return value.map((one) => hidden(one, depth + 1));
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, hidden(inner, depth + 1)]));
}

/** Resources with their providers, and with the resources that their values come from. */
export function related(
  pairs: readonly (readonly [ResourceState, Json])[],
  region: string | undefined,
): StackResource[] {
  const propsByUrn = new Map(pairs.map(([state, props]) => [state.urn, props]));
  const names = namesOf(pairs);
  const regions = regionsByArns(pairs);
  const byUrn = new Map<unknown, StackResource>();
  const providers = new Map(
    [...new Set(pairs.map(([{ provider }]) => provider))].map((reference) => {
      const ofProvider = regions.get(reference) ?? region;
      const props = { ...(ofProvider !== undefined && { region: ofProvider }), ...propsByUrn.get(urnIn(reference)) };
      return [reference, { props }] as const;
    }),
  );
  const resources = pairs.map(([state, props]) => {
    const resource: StackResource = {
      type: state.type,
      urn: state.urn,
      name: names.get(state.urn)!,
      props,
      ...(state.isRead && { isRead: true }),
      provider: providers.get(state.provider)!,
      propertyDependencies: {},
    };
    byUrn.set(state.urn, resource);
    return resource;
  });
  for (const [i, [state]] of pairs.entries()) {
    const dependencies = resources[i]!.propertyDependencies as Record<string, StackResource[]>;
    for (const [property, urns] of Object.entries(state.propertyDependencies)) {
      dependencies[property] = Array.isArray(urns) ? urns.flatMap((urn) => byUrn.get(urn) ?? []) : [];
    }
  }
  return resources;
}

/** The URN in a reference to a provider, which its id follows. */
function urnIn(provider: string): string {
  return provider.slice(0, provider.lastIndexOf("::"));
}

/**
 * The region of each provider by the ARNs of its resources: where it comes from the environment, a state has it nowhere
 * else. A resource with a `region` of its own says nothing about its provider.
 */
function regionsByArns(pairs: readonly (readonly [ResourceState, Json])[]): ReadonlyMap<string, string> {
  const found = new Map<string, Set<string>>();
  for (const [{ type, urn, provider }, props] of pairs) {
    const region = "region" in props ? undefined : regionOf({ type, urn, name: "", props });
    if (provider === "" || region === undefined) continue;
    const ofProvider = found.get(provider);
    if (ofProvider) ofProvider.add(region);
    else found.set(provider, new Set([region]));
  }
  return new Map(
    [...found].flatMap(([provider, [region, ...others]]) => (others.length > 0 ? [] : [[provider, region!]])),
  );
}
