import { mappedTypes, snake } from "../../../policypack/sources/terraform/types";
import type { StackResource } from "../../../policypack/stack/resource";
import { objects, resource } from "../../../scripts/aws-types";
import { unknown } from "../rules/analyze";

/**
 * Stacks in the form of Terraform: the types of @pulumi/aws decide what is a list of blocks, or an object as a list of
 * one. This does not prove that Terraform names all attributes the same: the recorded states do.
 */

const terraformTypes = new Map([...mappedTypes].map(([terraform, pulumi]) => [pulumi, terraform]));

/** Whether Terraform has all types of a stack. */
export function hasTwin(resources: readonly { readonly type: string }[]): boolean {
  return resources.every(({ type }) => terraformTypes.has(type));
}

export function addressOf({ type, name }: Pick<StackResource, "type" | "name">): string {
  return `${terraformTypes.get(type)!}.${name}`;
}

type Json = Record<string, unknown>;

const inputsOf = new Map<string, Readonly<Record<string, string>>>();

function attributesOf({ type, props }: Pick<StackResource, "type" | "props">): Json {
  let inputs = inputsOf.get(type);
  if (!inputs) inputsOf.set(type, (inputs = resource(type).inputs));
  return asBlocks(props, inputs);
}

function asBlocks(props: Readonly<Json>, inputs: Readonly<Record<string, string>>): Json {
  return Object.fromEntries(
    Object.entries(withoutAbsent(props)).map(([name, value]) => {
      const [, object, list] = /^@([\w.]+)(\[\])?$/.exec(inputs[name] ?? "") ?? [];
      if (object === undefined || value === unknown) return [attributeOf(name, object !== undefined && !!list), value];
      const block = (one: unknown) =>
        typeof one === "object" && one !== null ? asBlocks(one as Json, objects[object]!.inputs) : one;
      const blocks = list && Array.isArray(value) ? value.map(block) : [block(value)];
      return [attributeOf(name, list !== undefined), blocks];
    }),
  );
}

function withoutAbsent(props: Readonly<Json>): Json {
  return Object.fromEntries(Object.entries(props).filter(([, value]) => value !== undefined));
}

/** The names that are plural in @pulumi/aws although they are not blocks. */
const others: Readonly<Record<string, string>> = { vpcZoneIdentifiers: "vpc_zone_identifier" };

function attributeOf(name: string, isListOfBlocks: boolean): string {
  if (others[name] !== undefined) return others[name];
  if (!isListOfBlocks || /(ingress|egress|targets)$/i.test(name)) return snake(name);
  return snake(name.replace(/ies$/, "y").replace(/(?<!s)s$/, ""));
}

/** `terraform.tfstate`. */
export function tfstateOf(resources: readonly Pick<StackResource, "type" | "name" | "props">[], lineage = "twin") {
  return {
    version: 4,
    terraform_version: "1.9.8",
    serial: 7,
    lineage,
    outputs: {},
    resources: resources.map((one) => ({
      mode: "managed",
      type: terraformTypes.get(one.type),
      name: one.name,
      provider: 'provider["registry.terraform.io/hashicorp/aws"]',
      instances: [{ schema_version: 1, attributes: withRegion(one, attributesOf(one)), sensitive_attributes: [] }],
    })),
    check_results: null,
  };
}

/** A Terraform state shows its region only in ARNs, Availability Zones and service names. */
function withRegion({ type }: { readonly type: string }, attributes: Json): Json {
  return type === "aws:ec2/vpc:Vpc" ? { arn: "arn:aws:ec2:eu-west-1:123456789012:vpc/vpc", ...attributes } : attributes;
}

/** `terraform show -json` of a state. */
export function shownStateOf(resources: readonly Pick<StackResource, "type" | "name" | "props">[]) {
  return {
    format_version: "1.0",
    terraform_version: "1.9.8",
    values: {
      outputs: {},
      root_module: {
        resources: resources.map((one) => ({
          address: addressOf(one),
          mode: "managed",
          type: terraformTypes.get(one.type),
          name: one.name,
          provider_name: "registry.terraform.io/hashicorp/aws",
          schema_version: 1,
          values: withRegion(one, attributesOf(one)),
          sensitive_values: {},
        })),
      },
    },
  };
}

/** `terraform show -json` of a plan that creates everything. */
export function planOf(resources: readonly StackResource[]) {
  const changes = resources.map((one) => {
    const attributes = attributesOf(one);
    return {
      address: addressOf(one),
      mode: "managed",
      type: terraformTypes.get(one.type),
      name: one.name,
      provider_name: "registry.terraform.io/hashicorp/aws",
      change: {
        actions: ["create"],
        before: null,
        after: withoutUnknown(attributes),
        after_unknown: maskOf(attributes),
        before_sensitive: false,
        after_sensitive: {},
      },
    };
  });
  return {
    format_version: "1.2",
    terraform_version: "1.9.8",
    planned_values: { root_module: {} },
    resource_changes: changes,
    configuration: {
      provider_config: { aws: { name: "aws", expressions: { region: { constant_value: "eu-west-1" } } } },
      root_module: {
        resources: resources.map((one) => ({
          address: addressOf(one),
          mode: "managed",
          type: terraformTypes.get(one.type),
          name: one.name,
          provider_config_key: "aws",
          expressions: Object.fromEntries(
            Object.entries(one.propertyDependencies ?? {}).map(([property, origins]): [string, object] => [
              Object.keys(attributesOf({ type: one.type, props: { [property]: unknown } }))[0]!,
              { references: origins.flatMap((origin) => [`${addressOf(origin)}.id`, addressOf(origin)]) },
            ]),
          ),
        })),
      },
    },
    errored: false,
  };
}

function withoutUnknown(value: unknown): unknown {
  if (Array.isArray(value)) return value.map((one) => (one === unknown ? null : withoutUnknown(one)));
  if (typeof value !== "object" || value === null) return value;
  const known = Object.entries(value).filter(([, one]) => one !== unknown);
  return Object.fromEntries(known.map(([key, one]) => [key, withoutUnknown(one)]));
}

function maskOf(value: unknown): unknown {
  if (value === unknown) return true;
  if (Array.isArray(value)) return value.map(maskOf);
  if (typeof value !== "object" || value === null) return false;
  return Object.fromEntries(
    Object.entries(value).flatMap(([key, one]) => {
      const mask = maskOf(one);
      return mask === false ? [] : [[key, mask]];
    }),
  );
}
