import * as pulumi from "@pulumi/pulumi";
import { type ObjectSpec, type PackageSchema, type TypeSpec, namedType } from "./schema";

/** What is wrong with an argument, by its path: `fleets[0].size.min`. */
export interface Problem {
  readonly propertyPath: string;
  readonly reason: string;
}

/** The state of an output. The SDK does not declare these members publicly. */
interface Resolvable {
  readonly isKnown: Promise<boolean>;
  readonly isSecret: Promise<boolean>;
  promise(): Promise<unknown>;
}

const notKnown =
  "is not known until the update; expected a value that is known at preview, since resources or policies follow from it";
const isSecret = "is a secret; expected a plain value, since it appears in policies and names";

/**
 * Reads the arguments of a component from a program in another language: values instead of outputs wherever the component expects
 * values. No compiler has checked them, so they are checked here.
 */
export async function readArguments(
  given: Readonly<Record<string, unknown>>,
  spec: Pick<ObjectSpec, "properties" | "required">,
  schema: Pick<PackageSchema, "types">,
): Promise<{ readonly args: Readonly<Record<string, unknown>>; readonly problems: readonly Problem[] }> {
  const reader = new ArgumentReader(schema);
  const args = await reader.object(given, spec, "", undefined);
  return { args, problems: reader.problems };
}

class ArgumentReader {
  readonly problems: Problem[] = [];

  constructor(readonly schema: Pick<PackageSchema, "types">) {}

  /** @param source the output that contains the value; its parts have the same dependencies */
  async object(
    given: Readonly<Record<string, unknown>>,
    { properties, required }: Pick<ObjectSpec, "properties" | "required">,
    path: string,
    source: pulumi.Output<unknown> | undefined,
  ): Promise<Readonly<Record<string, unknown>>> {
    const at = (name: string) => (path === "" ? name : `${path}.${name}`);
    const read: Record<string, unknown> = {};
    for (const [name, value] of Object.entries(given)) {
      const spec = properties[name];
      if (isAbsent(value)) continue;
      if (spec) read[name] = await this.#value(value, spec, at(name), source);
      else this.#reject(at(name), `is not an argument; expected one of ${listed(Object.keys(properties))}`);
    }
    for (const name of required) if (isAbsent(given[name])) this.#reject(at(name), "is required and missing");
    return read;
  }

  async #value(given: unknown, spec: TypeSpec, path: string, source?: pulumi.Output<unknown>): Promise<unknown> {
    if (pulumi.Output.isInstance(given)) return this.#later(given, spec, path);
    if (isOpaque(given)) return this.#later(pulumi.output(given), spec, path);
    const value = await this.#known(given, spec, path, source);
    return source && !spec.plain ? source.apply(() => value) : value;
  }

  async #later(given: pulumi.Output<unknown>, spec: TypeSpec, path: string): Promise<unknown> {
    if (!spec.plain) return given;
    const later = given as unknown as Resolvable;
    if (await later.isSecret) return this.#reject(path, isSecret);
    if (!(await later.isKnown)) return this.#reject(path, notKnown);
    const value = await later.promise();
    return isAbsent(value) ? undefined : this.#value(value, spec, path, given);
  }

  async #known(given: unknown, spec: TypeSpec, path: string, source?: pulumi.Output<unknown>): Promise<unknown> {
    if (spec.oneOf) return this.#anyOf(given, spec.oneOf, path, source);
    if (spec.$ref !== undefined) return this.#reference(given, spec.$ref, path, source);
    const { items, additionalProperties: values } = spec;
    if (items) {
      if (!Array.isArray(given)) return this.#expected("a list", given, path);
      return Promise.all(given.map((one, i) => this.#value(one, items, `${path}[${i}]`, source)));
    }
    if (values) {
      if (!isObject(given)) return this.#expected("a map", given, path);
      const entries = Object.entries(given).filter(([, one]) => !isAbsent(one));
      const read = entries.map(async ([key, one]) => [key, await this.#value(one, values, `${path}.${key}`, source)]);
      return Object.fromEntries((await Promise.all(read)) as [string, unknown][]);
    }
    return this.#scalar(given, spec.type, path);
  }

  #scalar(given: unknown, type: TypeSpec["type"], path: string): unknown {
    if (type === "string" && typeof given !== "string") return this.#expected("text", given, path);
    if (type === "boolean" && typeof given !== "boolean") return this.#expected("true or false", given, path);
    if (type === "integer" && !Number.isInteger(given)) return this.#expected("a whole number", given, path);
    return given;
  }

  #reference(given: unknown, reference: string, path: string, source?: pulumi.Output<unknown>): unknown {
    const type = namedType(this.schema, reference);
    if (!type) return given;
    if (type.type === "object") {
      return isObject(given) ? this.object(given, type, path, source) : this.#expected("an object", given, path);
    }
    const values = type.enum.map(({ value }) => value);
    return values.some((value) => value === given) ? given : this.#expected(`one of ${listed(values)}`, given, path);
  }

  /** The value by an alternative without problems, else the problems by the alternative with the fewest. */
  async #anyOf(
    given: unknown,
    alternatives: readonly TypeSpec[],
    path: string,
    source: pulumi.Output<unknown> | undefined,
  ): Promise<unknown> {
    const tries = await Promise.all(
      alternatives.map(async (alternative) => {
        const reader = new ArgumentReader(this.schema);
        return { value: await reader.#known(given, alternative, path, source), problems: reader.problems };
      }),
    );
    const [closest] = tries.sort((a, b) => a.problems.length - b.problems.length);
    this.problems.push(...closest!.problems);
    return closest!.value;
  }

  #expected(what: string, given: unknown, path: string): unknown {
    return this.#reject(path, `expected ${what}; got \`${shown(given)}\``);
  }

  #reject(propertyPath: string, reason: string): unknown {
    this.problems.push({ propertyPath, reason });
    return undefined;
  }
}

function isAbsent(value: unknown): value is null | undefined {
  return value === undefined || value === null;
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** Neither a list nor a map: above all the marker of the SDK for unknown values. */
function isOpaque(value: unknown): boolean {
  return isObject(value) && Object.getPrototypeOf(value) !== Object.prototype;
}

function listed(values: readonly string[]): string {
  return values.map((value) => `\`${value}\``).join(", ");
}

/** Omits outputs inside a value, since they may be secrets. */
function shown(value: unknown): string {
  const text = JSON.stringify(value, function (this: Readonly<Record<string, unknown>>, key: string, inner: unknown) {
    return pulumi.Output.isInstance(this[key]) ? "..." : inner;
  });
  return text.length > 100 ? `${text.slice(0, 100)}...` : text;
}
