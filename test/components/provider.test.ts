import { deepStrictEqual, strictEqual } from "node:assert/strict";
import * as pulumi from "@pulumi/pulumi";
import { readArguments } from "../../components/provider/arguments";
import { outputsOf } from "../../components/provider/outputs";
import { type PackageSchema, readSchema } from "../../components/provider/schema";

/** How the engine passes a value that is not known until the update. */
const unknown = pulumi.output(pulumi.runtime.deserializeProperty(pulumi.runtime.unknownValue, true));

const schema: Pick<PackageSchema, "types"> = {
  types: {
    "patchpath:test:Size": {
      type: "object",
      properties: { min: { type: "integer", plain: true }, id: { type: "string" } },
      required: ["min"],
    },
    "patchpath:test:Tag": { type: "object", properties: { key: { type: "string", plain: true } }, required: ["key"] },
    "patchpath:test:Level": { type: "string", enum: [{ value: "high" }, { value: "low" }] },
  },
};
const size = { $ref: "#/types/patchpath:test:Size", plain: true } as const;
const spec = {
  properties: {
    name: { type: "string", plain: true },
    vpcId: { type: "string" },
    on: { type: "boolean", plain: true },
    level: { $ref: "#/types/patchpath:test:Level", plain: true },
    size,
    either: { oneOf: [size, { $ref: "#/types/patchpath:test:Tag", plain: true }], plain: true },
    tags: { type: "object", additionalProperties: { type: "string", plain: true }, plain: true },
    ids: { type: "array", items: { type: "string" }, plain: true },
    statements: { type: "array", items: { $ref: "pulumi.json#/Any", plain: true }, plain: true },
  },
  required: [],
} as const;

const read = (given: Readonly<Record<string, unknown>>, required: readonly string[] = []) =>
  readArguments(given, { ...spec, required }, schema);

describe("arguments from programs in other languages", () => {
  it("reach the component as values, and as outputs where it accepts outputs", async () => {
    const given = {
      name: pulumi.output("web"),
      vpcId: unknown,
      on: false,
      level: "low",
      size: { min: 1, id: unknown },
      either: { key: "a" },
      tags: { a: pulumi.output("b"), none: null },
      ids: [unknown, "i"],
      statements: [{ Sid: "A", Action: ["s3:GetObject"] }],
    };
    const { args, problems } = await read(given);
    deepStrictEqual(problems, []);
    deepStrictEqual(args, { ...given, name: "web", tags: { a: "b" } });
  });

  it("keep the dependencies of an object that is an output as a whole", async () => {
    const { args, problems } = await read({ size: pulumi.output({ min: 1, id: "i" }) });
    deepStrictEqual(problems, []);
    const { min, id } = args["size"] as { min: unknown; id: unknown };
    deepStrictEqual([min, pulumi.Output.isInstance(id)], [1, true]);
  });

  it("may be absent, which is null in Python", async () => {
    deepStrictEqual(await read({ name: null, vpcId: undefined }), { args: {}, problems: [] });
  });

  const later =
    "is not known until the update; expected a value that is known at preview, since resources or policies follow from it";
  for (const [what, given, path, reason] of [
    ["missing", {}, "on", "is required and missing"],
    [
      "unknown to the component",
      { on: true, of: 1 },
      "of",
      `is not an argument; expected one of \`${Object.keys(spec.properties).join("`, `")}\``,
    ],
    ["not text", { on: true, name: 1 }, "name", "expected text; got `1`"],
    ["not text, although it may be an output", { on: true, vpcId: ["v"] }, "vpcId", 'expected text; got `["v"]`'],
    ["not true or false", { on: "yes" }, "on", 'expected true or false; got `"yes"`'],
    ["not whole", { on: true, size: { min: 1.5 } }, "size.min", "expected a whole number; got `1.5`"],
    [
      "not one of the allowed values",
      { on: true, level: "mid" },
      "level",
      'expected one of `high`, `low`; got `"mid"`',
    ],
    ["not a list", { on: true, ids: "i" }, "ids", 'expected a list; got `"i"`'],
    ["not a map", { on: true, tags: [] }, "tags", "expected a map; got `[]`"],
    ["not an object", { on: true, size: 3 }, "size", "expected an object; got `3`"],
    ["invalid in an item", { on: true, ids: ["i", 2] }, "ids[1]", "expected text; got `2`"],
    [
      "invalid for the closest alternative",
      { on: true, either: { min: "1" } },
      "either.min",
      'expected a whole number; got `"1"`',
    ],
    ["not known yet", { on: true, name: unknown }, "name", later],
    ["not known yet, in another value", { on: true, tags: { a: unknown } }, "tags.a", later],
    [
      "secret",
      { on: true, name: pulumi.secret("s3cr3t") },
      "name",
      "is a secret; expected a plain value, since it appears in policies and names",
    ],
    [
      "invalid, with a secret that is not shown",
      { on: true, name: { is: pulumi.secret("s3cr3t") } },
      "name",
      'expected text; got `{"is":"..."}`',
    ],
  ] as const) {
    it(`are rejected if one is ${what}`, async () => {
      const { problems } = await read(given, ["on"]);
      deepStrictEqual(problems, [{ propertyPath: path, reason }]);
    });
  }
});

describe("the outputs of a component for other languages", () => {
  it("are those of the schema, also for a component in an output", () => {
    const role = { roleArn: "arn", roleName: "name", instanceProfileArn: "profile", urn: "of no use to anybody" };
    const securityGroupId = pulumi.output("sg");
    const fleet = { autoScalingGroupName: "asg", launchTemplateId: "lt", securityGroupId, role, other: 1 };
    const all = readSchema();
    const { urn: _, ...ofRole } = role;
    const outputs = outputsOf(fleet, all.resources["patchpath:fleet:Fleet"]!, all);
    deepStrictEqual(
      { ...outputs, securityGroupId: undefined },
      {
        autoScalingGroupName: "asg",
        launchTemplateId: "lt",
        securityGroupId: undefined,
        role: ofRole,
      },
    );
    strictEqual(outputs["securityGroupId"], securityGroupId);
  });
});
