/** The files that Terraform writes, from their resources: states, `show -json` of states, `show -json` of plans. */

type Json = Readonly<Record<string, unknown>>;

/** Where a file is published, its license, and its versions. */
export interface PublicFile {
  readonly source: string;
  readonly license: string;
  readonly terraform: string;
  /** The version of the AWS provider. It is not in a file; its attributes show it. */
  readonly provider: number;
  readonly json: object;
}

/** A resource of a plan: its values, what is known after apply, and the references of its configuration. */
export interface Planned {
  readonly after: Json;
  readonly unknown?: Json;
  /** A list of names is a list of references; an object, or a list of objects, is blocks. */
  readonly references?: Json;
  readonly actions?: readonly string[];
}

const registry = "registry.terraform.io/hashicorp/aws";

/** `module.vpc.aws_subnet.private[0]` in its parts. */
function partsOf(address: string) {
  const found =
    /^(?<module>(?:module\.[\w-]+(?:\[[^\]]*\])?\.)*)(?<data>data\.)?(?<type>\w+)\.(?<name>[\w-]+)(?:\[(?<index>.*)\])?$/.exec(
      address,
    )!.groups!;
  const module = found["module"]!.replace(/\.$/, "");
  return {
    module,
    mode: found["data"] === undefined ? "managed" : "data",
    type: found["type"]!,
    name: found["name"]!,
    index: found["index"] === undefined ? undefined : (JSON.parse(found["index"]) as string | number),
  };
}

/** A `terraform.tfstate` of version 4. */
export function tfstate(terraform: string, resources: Readonly<Record<string, Json>>): object {
  const isOld = terraform.startsWith("0.12.");
  return {
    version: 4,
    terraform_version: terraform,
    serial: 1,
    lineage: "00000000-0000-0000-0000-000000000000",
    outputs: {},
    resources: Object.entries(resources).map(([address, attributes]) => {
      const { module, mode, type, name, index } = partsOf(address);
      return {
        ...(module !== "" && { module }),
        mode,
        type,
        name,
        provider: isOld ? "provider.aws" : `provider["${registry}"]`,
        instances: [{ ...(index !== undefined && { index_key: index }), schema_version: 1, attributes }],
      };
    }),
  };
}

/** `terraform show -json` of a state. */
export function shownState(terraform: string, resources: Readonly<Record<string, Json>>): object {
  const all = Object.entries(resources).map(([address, values]) => {
    const { module, ...parts } = partsOf(address);
    // Version 0.12 leaves out the module and the index.
    const shown = terraform.startsWith("0.12.") ? `${parts.type}.${parts.name}` : address;
    const json = { ...parts, address: shown, provider_name: registry, schema_version: 1, values };
    return { module, json };
  });
  const of = (module: string) => all.filter((one) => one.module === module).map(({ json }) => json);
  const modules = [...new Set(all.map(({ module }) => module))].filter((module) => module !== "");
  const child_modules = modules.map((address) => ({ address, resources: of(address) }));
  return {
    format_version: "0.1",
    terraform_version: terraform,
    values: { root_module: { resources: of(""), child_modules } },
  };
}

interface PlanParts {
  readonly region?: string;
  readonly resources: Readonly<Record<string, Planned>>;
  /** Data sources that are read before the plan. */
  readonly prior?: Readonly<Record<string, Json>>;
  /** The arguments of module calls, by module name. */
  readonly calls?: Readonly<Record<string, Json>>;
  readonly outputs?: Readonly<Record<string, Json>>;
}

/** `terraform show -json` of a plan. */
export function plan(terraform: string, { region, resources, prior, calls, outputs }: PlanParts): object {
  const isOld = terraform.startsWith("0.12.");
  const root = configured("", resources, calls, outputs);
  return {
    format_version: isOld ? "0.1" : "1.2",
    terraform_version: terraform,
    planned_values: { root_module: {} },
    resource_changes: Object.entries(resources).map(([address, { after, unknown = {}, actions = ["create"] }]) => {
      const { module, ...parts } = partsOf(address);
      return {
        address,
        ...(module !== "" && { module_address: module }),
        ...parts,
        provider_name: isOld ? "aws" : registry,
        change: { actions, before: null, after, after_unknown: { id: true, ...unknown } },
      };
    }),
    ...(prior && { prior_state: shownState(terraform, prior) }),
    configuration: {
      provider_config: {
        aws: { name: "aws", ...(region !== undefined && { expressions: { region: { constant_value: region } } }) },
      },
      root_module: root,
    },
  };
}

/** The configuration of a module, with those that it calls. */
function configured(
  module: string,
  resources: PlanParts["resources"],
  calls: PlanParts["calls"],
  outputs: PlanParts["outputs"],
): object {
  const withoutIndices = (text: string) => text.replace(/\[[^\]]*\]/g, "");
  const entries = Object.entries(resources).map(([address, { references = {} }]) => ({
    ...partsOf(address),
    references,
  }));
  const own = new Map(
    entries
      .filter((one) => withoutIndices(one.module) === module)
      .map(({ mode, type, name, references }) => {
        const address = `${mode === "data" ? "data." : ""}${type}.${name}`;
        return [
          address,
          { address, mode, type, name, provider_config_key: "aws", expressions: expressions(references) },
        ];
      }),
  );
  const prefix = module === "" ? "module." : `${module}.module.`;
  const children = new Set(
    entries
      .map((one) => withoutIndices(one.module))
      .filter((path) => path.startsWith(prefix))
      .map((path) => path.slice(prefix.length).split(".")[0]!),
  );
  return {
    resources: [...own.values()],
    outputs: expressions(outputs?.[module.split(".").at(-1)!] ?? {}, "expression"),
    module_calls: Object.fromEntries(
      [...children].map((name) => [
        name,
        {
          expressions: expressions(calls?.[name] ?? {}),
          module: configured(`${prefix}${name}`, resources, calls, outputs),
        },
      ]),
    ),
  };
}

function expressions(given: Json, wrap?: string): Json {
  const one = (value: unknown): unknown => {
    if (!Array.isArray(value)) return expressions(value as Json);
    return value.every((item) => typeof item === "string") ? { references: value } : value.map(one);
  };
  return Object.fromEntries(
    Object.entries(given).map(([name, value]) => [name, wrap === undefined ? one(value) : { [wrap]: one(value) }]),
  );
}
