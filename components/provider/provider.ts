import { readFileSync } from "node:fs";
import * as pulumi from "@pulumi/pulumi";
import type { ConstructResult, Provider } from "@pulumi/pulumi/provider";
import * as components from "../index";
import { readArguments } from "./arguments";
import { outputsOf } from "./outputs";
import { type PackageSchema, readSchema, schemaFile } from "./schema";

type Component = new (
  name: string,
  args: Readonly<Record<string, unknown>>,
  opts?: pulumi.ComponentResourceOptions,
) => pulumi.ComponentResource;

/** The provider of the package `patchpath`: it constructs the components of the schema for programs in any language. */
export class ComponentProvider implements Provider {
  /** As a text: SDKs before `getSchema` read this property alone. */
  readonly schema = readFileSync(schemaFile, "utf8");
  readonly #schema: PackageSchema = readSchema(this.schema);
  readonly version = this.#schema.version;

  construct = async (
    name: string,
    type: string,
    inputs: pulumi.Inputs,
    options: pulumi.ComponentResourceOptions,
  ): Promise<ConstructResult> => {
    const spec = this.#schema.resources[type];
    if (!spec) {
      const known = Object.keys(this.#schema.resources).join("`, `");
      throw new Error(`the package \`patchpath\` has no component \`${type}\`; expected one of \`${known}\``);
    }
    const { args, problems } = await readArguments(
      inputs,
      { properties: spec.inputProperties, required: spec.requiredInputs },
      this.#schema,
    );
    if (problems.length > 0) {
      throw new pulumi.InputPropertiesError({ message: `invalid arguments of ${type}`, errors: [...problems] });
    }
    const className = type.split(":").at(-1) as keyof typeof components;
    const component = new (components[className] as unknown as Component)(name, args, options);
    return { urn: component.urn, state: outputsOf(component, spec, this.#schema) };
  };
}
