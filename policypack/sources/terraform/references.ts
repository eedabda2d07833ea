import { isObject } from "../../iam/problems";
import { type Json, recordIn } from "../json-parts";
import { objectsIn, textIn } from "./resource";

/** What a plan's configuration says of a resource. */
export interface Configured {
  readonly provider?: string;
  readonly references?: ReadonlyMap<string, readonly string[]>;
}

/** A module of the configuration, with the call that it belongs to. */
interface Module {
  readonly json: Json;
  /** `module.network`, empty for the root. */
  readonly path: string;
  readonly parent: Module | undefined;
  /** What the call gives to its variables. */
  readonly given: Json;
}

/**
 * A function that tells for the address of a resource which provider configuration it has, and for each attribute that the
 * configuration sets which resources its value may come from, by their addresses without indices except the last one where
 * it is written. What cannot be followed, a local value above all, stands for itself: `local.subnet_ids`.
 */
export function referencesIn(configuration: Json): (address: string) => Configured {
  const byAddress = new Map<string, { readonly json: Json; readonly module: Module }>();
  collect({ json: recordIn(configuration, "root_module"), path: "", parent: undefined, given: {} }, byAddress);
  const found = new Map<string, Configured>();
  return (address) => {
    const key = withoutIndices(address);
    let configured = found.get(key);
    if (!configured) {
      const resource = byAddress.get(key);
      configured = resource ? configuredBy(resource.json, resource.module) : {};
      found.set(key, configured);
    }
    return configured;
  };
}

/** `module.network[0].aws_subnet.private["a"]` is configured by `module.network.aws_subnet.private`. */
export function withoutIndices(address: string): string {
  return address.replace(/\[(?:\d+|"(?:[^"\\]|\\.)*")\]/g, "");
}

function collect(module: Module, into: Map<string, { readonly json: Json; readonly module: Module }>): void {
  for (const resource of objectsIn(module.json["resources"])) {
    into.set(within(module, textIn(resource, "address")), { json: resource, module });
  }
  for (const name of Object.keys(recordIn(module.json, "module_calls"))) collect(calledBy(module, name)!, into);
}

function calledBy(module: Module, name: string): Module | undefined {
  const call = recordIn(module.json, "module_calls")[name];
  if (!isObject(call)) return undefined;
  const path = within(module, `module.${name}`);
  return { json: recordIn(call, "module"), path, parent: module, given: recordIn(call, "expressions") };
}

function within({ path }: Module, address: string): string {
  return path === "" ? address : `${path}.${address}`;
}

function configuredBy(resource: Json, module: Module): Configured {
  const each = referencesOf(resource["for_each_expression"]);
  const entries = Object.entries(recordIn(resource, "expressions")).map(([attribute, expression]) => {
    const names = referencesOf(expression).flatMap((name) => (name.startsWith("each.") ? each : [name]));
    return [attribute, [...new Set(mostPrecise(names).flatMap((name) => followed(name, module, 0)))]] as const;
  });
  return { provider: textIn(resource, "provider_config_key"), references: new Map(entries) };
}

/** All references of an expression, or of the blocks in it. */
function referencesOf(expression: unknown): string[] {
  if (Array.isArray(expression)) return expression.flatMap(referencesOf);
  if (!isObject(expression)) return [];
  const own = expression["references"];
  if (Array.isArray(own)) return own.filter((name) => typeof name === "string");
  return "constant_value" in expression ? [] : Object.values(expression).flatMap(referencesOf);
}

/** Of `aws_subnet.a[0].id`, `aws_subnet.a[0]` and `aws_subnet.a`, which Terraform lists for one reference, the first. */
function mostPrecise(names: readonly string[]): string[] {
  return names.filter((name) => !names.some((other) => other.startsWith(`${name}.`) || other.startsWith(`${name}[`)));
}

/** No configuration passes a value through more modules. */
const deepest = 50;

/** The addresses of resources that a reference in a module leads to. */
function followed(name: string, module: Module, depth: number): string[] {
  if (depth > deepest) return [name];
  const [first = "", second = "", third = ""] = name.match(/[\w-]+(?:\[[^\]]*\])?/g) ?? [];
  const follow = (expression: unknown, where: Module) =>
    mostPrecise(referencesOf(expression)).flatMap((one) => followed(one, where, depth + 1));
  switch (first) {
    case "var":
      return module.parent ? follow(module.given[second.replace(/\[.*/, "")], module.parent) : [];
    case "module": {
      const called = calledBy(module, second.replace(/\[.*/, ""));
      const output = called && recordIn(called.json, "outputs")[third.replace(/\[.*/, "")];
      return called && isObject(output) ? follow(output["expression"], called) : [name];
    }
    case "each":
    case "count":
    case "path":
    case "terraform":
    case "self":
      return [];
    case "data":
      return [within(module, `data.${second}.${third}`)];
    case "local":
      return [name];
    default:
      return second === "" ? [name] : [within(module, `${first}.${second}`)];
  }
}
