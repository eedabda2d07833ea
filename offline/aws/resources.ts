import { type Place, hex, placeOf } from "./account";
import { injectedFault } from "./fault";
import type { AwsObjects } from "./objects";
import { type CheckFailure, awsInputs, wrongInputs } from "./schema";
import { types } from "./types";
import type { Created, TypeRow } from "./types/row";
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

/** A resource as the engine names it in every call. */
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

/** What a change of inputs means. */
export interface Difference {
  readonly changed: readonly string[];
  readonly replaces: readonly string[];
  readonly deleteBeforeReplace: boolean;
}

/** Keys of an input record that the provider and not the program put there; kept in the state under this name. */
const defaultsKey = "__defaults";

/** The life of resources in the stand-in's account, as pure as it can be: the engine keeps what happened. */
export class AwsResources {
  readonly #config: ProviderConfig;
  readonly #aws: AwsObjects;

  constructor(config: ProviderConfig, aws: AwsObjects) {
    this.#config = config;
    this.#aws = aws;
  }

  /** Fills in what the provider fills in, and says everything that it or AWS would refuse. */
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
      // Two resources of one name can't exist side by side, so the provider deletes first where the name is the user's.
      deleteBeforeReplace: replaces.length > 0 && ownName && equal(olds[nameInput], news[nameInput]),
    };
  }

  /** What the resource will be: outputs that AWS computes are unknown yet. */
  preview(resource: ResourceRef, state: Properties, inputs: Properties): Properties {
    return this.#outputs(resource, inputs, state, () => unknown);
  }

  create(resource: ResourceRef, inputs: Properties): { id: string; outputs: Properties } {
    failIfAsked("create", resource);
    const row = rowOf(resource.type);
    this.#refuse(resource, row, inputs); // again, since what it conflicts with may have been made in between
    const created = this.#created(resource, row, inputs);
    const id = row.id(created);
    const outputs = this.#outputs(resource, inputs, {}, (compute) => compute({ ...created, id }));
    this.#remember(resource, id, { ...outputs, id });
    return { id, outputs: { ...outputs, id } };
  }

  #refuse(resource: ResourceRef, row: TypeRow, inputs: Properties): void {
    const failure = this.#failures(resource, row, reveal(inputs) as Properties)[0];
    if (failure) throw new Error(`${failure.property}: ${failure.reason}`);
  }

  #failures(resource: ResourceRef, row: TypeRow, inputs: Properties): CheckFailure[] {
    const place = this.#placeOf(inputs);
    return (row.checks ?? []).flatMap((check) => check({ inputs, aws: this.#aws, place, urn: resource.urn }) ?? []);
  }

  update(resource: ResourceRef, id: string, state: Properties, inputs: Properties): Properties {
    failIfAsked("update", resource);
    const created = this.#created(resource, rowOf(resource.type), inputs);
    const outputs = { ...this.#outputs(resource, inputs, state, (compute) => compute({ ...created, id })), id };
    this.#remember(resource, id, outputs);
    return outputs;
  }

  /** @throws Error for a resource that no state tells of: the stand-in's account holds nothing else. */
  read(resource: ResourceRef, id: string, state: Properties): Properties {
    failIfAsked("read", resource);
    rowOf(resource.type);
    if (Object.keys(state).length === 0) {
      throw new Error(
        `${resource.type} ${id}: the stand-in's account holds only what its stacks made, so it can't be read or imported by its id`,
      );
    }
    this.#remember(resource, id, state);
    return state;
  }

  delete(resource: ResourceRef, id: string): void {
    failIfAsked("delete", resource);
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
    // The same resource has the same ids in every run; one that replaces another differs in what made AWS replace it.
    const identity = JSON.stringify(row.replaceOn.map((name) => plain[name] ?? null));
    return {
      inputs: plain,
      text: (input) => asText(plain[input]),
      place: this.#placeOf(plain),
      urn: resource.urn,
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
    if (declared.includes("tagsAll")) outputs["tagsAll"] = this.#allTags(inputs["tags"] ?? {});
    if (declared.includes("region") && !row.global) outputs["region"] ??= this.#config.region;
    return outputs;
  }

  #allTags(tags: Value): Value {
    if (holdsUnknown(tags) && !isObject(tags)) return unknown;
    const all = { ...this.#config.defaultTags, ...(reveal(tags) as Properties) };
    return holdsSecret(tags) ? secret(all) : all;
  }

  /** Documents may be given as objects; the provider makes text of them. */
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
  throw new Error(`the stand-in AWS does not know the type ${type}; it needs a row in offline/aws/types`);
}

function failIfAsked(operation: string, { urn }: ResourceRef): void {
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
          : autoName(resource.name, auto.maxLength, seed)),
    );
  }
  return { ...inputs, [defaultsKey]: filled.sort() };
}

/** A logical name, a hyphen and seven random hex digits, cut to what AWS takes. */
function autoName(name: string, maxLength: number, seed: string): string {
  return `${name.slice(0, maxLength - 8)}-${hex(7, seed)}`;
}
