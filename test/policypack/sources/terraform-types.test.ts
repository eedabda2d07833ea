import { deepStrictEqual, ok } from "node:assert/strict";
import { existsSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { mappedTypes, snake, typeOf } from "../../../policypack/sources/terraform/types";
import { propsOfTerraform } from "../../../policypack/sources/terraform/properties";
import { resourceTypes } from "../../../policypack/stack/kinds";
import { objects, resource } from "../../../scripts/aws-types";

const sdk = dirname(createRequire(__filename).resolve("@pulumi/aws/package.json"));
const classic = Object.values(resourceTypes)
  .flat()
  .filter((type) => type.startsWith("aws:"));

/** Every name as Terraform writes it, with its value: a list of blocks in the singular, an object as a list of one. */
function asTerraform(inputs: Readonly<Record<string, string>>, around: readonly string[]): [object, object] {
  const both = Object.entries(inputs).map(([name, type]): [string, unknown, string, unknown] => {
    const [, object, list] = /^@([\w.]+)(\[\])?$/.exec(type) ?? [];
    if (object === undefined || around.includes(object)) {
      const value = type.endsWith("[]") ? ["value"] : type.endsWith("{}") ? { some_key: "value" } : "value";
      return [snake(name), value, name, value];
    }
    const [terraform, pulumi] = asTerraform(objects[object]!.inputs, [...around, object]);
    return [list ? snake(singular(name)) : snake(name), [terraform], name, list ? [pulumi] : pulumi];
  });
  return [
    Object.fromEntries(both.map(([name, value]) => [name, value])),
    Object.fromEntries(both.map(([, , name, value]) => [name, value])),
  ];
}

function singular(name: string): string {
  if (/(ingress|egress)$/i.test(name)) return name;
  return name
    .replace(/ies$/, "y")
    .replace(/sses$/, "ss")
    .replace(/([^s])s$/, "$1");
}

describe("the types of Terraform", () => {
  it("are mapped to types of @pulumi/aws", () => {
    const missing = [...mappedTypes.values()].filter((type) => {
      const [, path] = type.split(":");
      return !existsSync(join(sdk, `${path}.d.ts`));
    });
    deepStrictEqual(missing, []);
  });

  it("cover every type that the model reads", () => {
    const mapped = new Set(mappedTypes.values());
    deepStrictEqual(
      classic.filter((type) => !mapped.has(type)),
      [],
    );
  });

  it("keep their name if no part of a patch path can have that type", () => {
    deepStrictEqual(typeOf("aws_lambda_function"), "terraform:aws_lambda_function");
  });

  for (const type of classic) {
    it(`have the inputs of @pulumi/aws: ${type}`, () => {
      const { inputs } = resource(type);
      ok(Object.keys(inputs).length > 0);
      const [terraform, pulumi] = asTerraform(inputs, []);
      deepStrictEqual(propsOfTerraform(type, terraform as Record<string, unknown>), pulumi);
    });
  }
});
