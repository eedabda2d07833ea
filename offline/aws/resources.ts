import { type Place, hex, placeOf } from "./account";
import { groupInStacks } from "./cloudformation";
import { partOfDefaultVpc } from "./default-vpc";
import { injectedFault } from "./fault";
import type { AwsObjects } from "./objects";
import { type CheckFailure, awsInputs, wrongInputs } from "./schema";
import { types } from "./types";
import type { Created, TypeRow } from "./types/row";
import { takenName } from "./unique-names";
import {
  type Properties,
  type Value,
  asText,
  equal,
  holdsSecret,
  holdsUnknown,
  isObject,
  reveal,
  secret,
  unknown,
} from "./values";

/** A resource as the engine identifies it in every call. */
export interface ResourceRef {
  readonly urn: string;
  readonly type: string;
  readonly name: string;
}

/** The configured provider: `aws:region`, default tags. */
export interface ProviderConfig {
  readonly region: string;
  readonly defaultTags: Properties;
}

export interface Checked {
  readonly inputs: Properties;
  readonly failures: readonly CheckFailure[];
}

/** The effect of a change of inputs. */
export interface Difference {
  readonly changed: readonly string[];
  readonly replaces: readonly string[];
  readonly deleteBeforeReplace: boolean;
}

/** The state keeps the names of the inputs that the provider filled in under this key. */
const defaultsKey = "__defaults";

/** The lifecycle of resources in the account of the stand-in, without state of its own: the engine keeps the state. */
export class AwsResources {
  readonly #config: ProviderConfig;
  readonly #aws: AwsObjects;

  constructor(config: ProviderConfig, aws: AwsObjects) {
    this.#config = config;
    this.#aws = aws;
  }

  /** Fills in the defaults of the provider, and returns everything that the provider or AWS would reject. */
  check(resource: ResourceRef, olds: Properties, news: Properties, seed: string): Checked {
    const row = rowOf(resource.type);
    const shape = awsInputs().types[resource.type]!;
    const inputs = withDefaults(resource, row, olds, this.#asText(shape.inputs, news), seed);
    const plain = reveal(inputs) as Properties;
    const failures = wrongInputs(plain, shape);
    return { inputs, failures: failures.length > 0 ? failures : this.#failures(resource, row, plain) };
  }

  diff(
    resource: ResourceRef,
    id: string,
    state: Properties,
    olds: Properties,
    news: Properties,
    ignored: readonly string[],
  ): Difference {
    const row = rowOf(resource.type);
    this.#remember(resource, id, state);
    const names = new Set([...Object.keys(olds), ...Object.keys(news)].filter((name) => !name.startsWith("__")));
    const changed = [...names].filter((name) => !ignored.includes(name) && !equal(olds[name], news[name])).sort();
    const replaces = changed.filter(
      (name) => row.replaceOn.includes(name) && !(news[name] === undefined && row.computed?.[name]),
    );
    const nameInput = row.autoname?.input;
    const ownName = nameInput !== undefined && !defaultsOf(news).includes(nameInput) && news[nameInput] !== undefined;
    return {
      changed,
      replaces,
      // Two resources cannot have the same name, so the provider deletes first if the user set the name.
      deleteBeforeReplace: replaces.length > 0 && ownName && equal(olds[nameInput], news[nameInput]),
    };
  }

  /** The planned resource: outputs that AWS computes are unknown. */
  preview(resource: ResourceRef, state: Properties, inputs: Properties): Properties {
    return this.#outputs(resource, inputs, state, () => unknown);
  }

  create(resource: ResourceRef, inputs: Properties): { id: string; outputs: Properties } {
    failIfInjected("create", resource);
    const row = rowOf(resource.type);
    this.#rejectInvalid(resource, row, inputs); // again, since a conflicting resource may have been created in the meantime
    const created = this.#created(resource, row, inputs);
    const id = row.id(created);
    const outputs = this.#outputs(resource, inputs, {}, (compute) => compute({ ...created, id }));
    this.#remember(resource, id, { ...outputs, id });
    return { id, outputs: { ...outputs, id } };
  }

  #rejectInvalid(resource: ResourceRef, row: TypeRow, inputs: Properties): void {
    const failure = this.#failures(resource, row, reveal(inputs) as Properties)[0];
    if (failure) throw new Error(`${failure.property}: ${failure.reason}`);
  }

  #failures(resource: ResourceRef, row: TypeRow, inputs: Properties): CheckFailure[] {
    const place = this.#placeOf(inputs);
    const taken = takenName(resource, inputs, place.region, this.#aws);
    const wrong = (row.checks ?? []).flatMap(
      (check) => check({ inputs, aws: this.#aws, place, urn: resource.urn }) ?? [],
    );
    return taken ? [...wrong, taken] : wrong;
  }

  update(resource: ResourceRef, id: string, state: Properties, inputs: Properties): Properties {
    failIfInjected("update", resource);
    const created = this.#created(resource, rowOf(resource.type), inputs);
    const outputs = { ...this.#outputs(resource, inputs, state, (compute) => compute({ ...created, id })), id };
    this.#remember(resource, id, outputs);
    return outputs;
  }

  /** @throws Error for a resource that no stack has created: the account of the stand-in contains nothing else. */
  read(resource: ResourceRef, id: string, state: Properties): Properties {
    failIfInjected("read", resource);
    const row = rowOf(resource.type);
    const ofStacks = () => this.#aws.everywhere(resource.type).find((one) => one.id === id)?.outputs;
    const found = Object.keys(state).length > 0 ? state : ofStacks();
    if (!found) {
      const existing = this.#existing(resource, row, id);
      if (existing) return existing;
      throw new Error(
        `${resource.type} ${id}: the account of the stand-in AWS contains only what its stacks created, so this resource cannot be read or imported by its id`,
      );
    }
    this.#remember(resource, id, found);
    return found;
  }

  /** The inputs that would have led to a state, as an import takes them over. */
  inputsOf({ type }: ResourceRef, state: Properties): Properties {
    const { inputs } = awsInputs().types[type]!;
    const isGiven = (name: string, value: Value) => name in inputs && name !== "region" && value !== "";
    return Object.fromEntries(Object.entries(state).filter(([name, value]) => isGiven(name, value)));
  }

  /** What is in the account although no stack created it, or another resource of a stack did. */
  #existing(resource: ResourceRef, row: TypeRow, id: string): Properties | undefined {
    const found =
      resource.type === "aws:autoscaling/group:Group"
        ? groupInStacks(id, this.#aws.everywhere("aws:cloudformation/stack:Stack"))
        : partOfDefaultVpc(resource.type, id, this.#placeOf({}));
    if (!found) return undefined;
    const declared = awsInputs().types[resource.type]!.outputs;
    const shown = Object.fromEntries(Object.entries(found).filter(([name]) => declared.includes(name)));
    const inputs = { ...row.defaults, ...shown };
    const created = { ...this.#created(resource, row, inputs), id };
    return { ...this.#outputs(resource, inputs, {}, (compute) => compute(created)), id };
  }

  delete(resource: ResourceRef, id: string): void {
    failIfInjected("delete", resource);
    this.#aws.forget(resource.type, id);
  }

  #placeOf(inputs: Properties): Place {
    const own = inputs["region"];
    return placeOf(typeof own === "string" && own !== unknown ? own : this.#config.region);
  }

  #remember(resource: ResourceRef, id: string, outputs: Properties): void {
    this.#aws.remember({ type: resource.type, urn: resource.urn, id, outputs: reveal(outputs) as Properties });
  }

  #created(resource: ResourceRef, row: TypeRow, inputs: Properties): Created {
    const plain = reveal(inputs) as Properties;
    // A resource has the same ids in every run. Its replacement has other ids, from the inputs that caused it.
    const identity = JSON.stringify(row.replaceOn.map((name) => plain[name] ?? null));
    return {
      inputs: plain,
      text: (input) => asText(plain[input]),
      place: this.#placeOf(plain),
      urn: resource.urn,
      aws: this.#aws,
      id: "",
      hex: (length, salt = "") => hex(length, resource.urn, identity, salt),
    };
  }

  #outputs(
    resource: ResourceRef,
    inputs: Properties,
    state: Properties,
    valueOf: (compute: (created: Created) => Value) => Value,
  ): Properties {
    const row = rowOf(resource.type);
    const declared = awsInputs().types[resource.type]!.outputs;
    const outputs: Properties = {};
    for (const [name, compute] of Object.entries(row.computed ?? {})) {
      const before = state[name];
      const advance = row.advances?.[name];
      if (before === undefined) outputs[name] = valueOf(compute);
      else outputs[name] = advance ? valueOf(() => advance(before)) : before;
    }
    for (const [name, value] of Object.entries(inputs)) if (!name.startsWith("__")) outputs[name] = value;
    for (const [name, parts] of Object.entries(row.completes ?? {})) {
      const [given, before] = [outputs[name], state[name]];
      if (!isObject(given) || holdsSecret(given)) continue;
      const made = Object.entries(parts).map(([part, compute]): [string, Value] => [
        part,
        (isObject(before) ? before[part] : undefined) ?? valueOf(compute),
      ]);
      outputs[name] = { ...Object.fromEntries(made), ...given };
    }
    if (declared.includes("tagsAll")) outputs["tagsAll"] = this.#allTags(inputs["tags"] ?? {});
    if (declared.includes("region") && !row.global) outputs["region"] ??= this.#config.region;
    return outputs;
  }

  #allTags(tags: Value): Value {
    if (holdsUnknown(tags) && !isObject(tags)) return unknown;
    const all = { ...this.#config.defaultTags, ...(reveal(tags) as Properties) };
    return holdsSecret(tags) ? secret(all) : all;
  }

  /** Documents may be objects, which the provider converts to JSON. */
  #asText(types: Readonly<Record<string, string>>, inputs: Properties): Properties {
    return Object.fromEntries(
      Object.entries(inputs).map(([name, value]) => {
        const takesText = types[name]?.split("|").includes("string") && types[name].includes("@");
        return [name, takesText && isObject(value) && !holdsSecret(value) ? textOf(value) : value];
      }),
    );
  }
}

function textOf(document: Value): string {
  return holdsUnknown(document) ? unknown : JSON.stringify(document);
}

function rowOf(type: string): TypeRow {
  const row = types[type];
  if (row) return row;
  throw new Error(`the stand-in AWS does not support the type ${type}; add a row in offline/aws/types`);
}

function failIfInjected(operation: string, { urn }: ResourceRef): void {
  const error = injectedFault(operation, urn);
  if (error !== undefined) throw new Error(error);
}

function defaultsOf(inputs: Properties): string[] {
  const names = inputs[defaultsKey];
  return Array.isArray(names) ? names.map(String) : [];
}

function withDefaults(
  resource: ResourceRef,
  row: TypeRow,
  olds: Properties,
  news: Properties,
  seed: string,
): Properties {
  const inputs: Properties = { ...news };
  const filled: string[] = [];
  const fill = (name: string, value: Value) => {
    inputs[name] = value;
    filled.push(name);
  };
  for (const [name, value] of Object.entries(row.defaults ?? {})) if (inputs[name] === undefined) fill(name, value);
  const auto = row.autoname;
  if (auto && inputs[auto.input] === undefined) {
    const kept = defaultsOf(olds).includes(auto.input) ? olds[auto.input] : undefined;
    const prefix = reveal(inputs[`${auto.input}Prefix`] ?? "");
    fill(
      auto.input,
      kept ??
        (typeof prefix === "string" && prefix !== ""
          ? `${prefix}${hex(10, seed)}`
          : autoName(auto.lowercase ? resource.name.toLowerCase() : resource.name, auto.maxLength, seed)),
    );
  }
  return { ...inputs, [defaultsKey]: filled.sort() };
}

/** A logical name, a hyphen and seven random hex digits, shortened to the length that AWS allows. */
function autoName(name: string, maxLength: number, seed: string): string {
  return `${name.slice(0, maxLength - 8)}-${hex(7, seed)}`;
}
