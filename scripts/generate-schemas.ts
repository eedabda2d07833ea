import { join } from "node:path";
import { createGenerator } from "ts-json-schema-generator";
import { z } from "zod";
import { stackConfig } from "../config";
import { levels } from "../policypack/config";
import { regions } from "../policypack/facts/regions";
import { rules } from "../policypack/rules";
import type { Rule } from "../policypack/rules/rule";
import type { GeneratedPages } from "./generated-pages";

const root = join(__dirname, "..");

/** JSON Schema of draft 7, which every editor reads. */
export type Schema = Readonly<Record<string, unknown>>;

const draft = "http://json-schema.org/draft-07/schema#";

/** The types of the JSON output of commands, with their files. Fields may be added without a new `version`, so all objects are open. */
const outputs = {
  explain: ["report/path-report.ts", "ExplainOutput"],
  policy: ["report/policy-report.ts", "PolicyOutput"],
  roles: ["report/roles-report.ts", "RolesReport"],
} as const;

/** Writes `policypack/schemas/`: the schemas of files and outputs, from the code that reads and prints them. */
export async function writeSchemas(pages: GeneratedPages): Promise<void> {
  for (const [name, schema] of Object.entries(allSchemas())) {
    await pages.put(`policypack/schemas/${name}.json`, JSON.stringify(schema));
  }
}

function allSchemas(): Readonly<Record<string, Schema>> {
  return {
    "policy-pack-config": packConfigSchema(),
    "stack-config": stackConfigSchema(),
    ...Object.fromEntries(
      Object.entries(outputs).map(([name, [file, type]]) => [name, outputSchema(name, file, type)]),
    ),
  };
}

function outputSchema(command: string, file: string, type: string): Schema {
  const generator = createGenerator({
    path: join(root, "policypack", file),
    tsconfig: join(root, "policypack", "tsconfig.json"),
    type,
    topRef: false,
    additionalProperties: true,
    skipTypeCheck: true,
  });
  return {
    $schema: draft,
    title: `patchpath ${command} --format json`,
    ...generator.createSchema(type),
    description: "Fields may be added without a new `version`.",
  };
}

function packConfigSchema(): Schema {
  return {
    $schema: draft,
    title: "Policy-pack config of patchpath",
    description:
      "The file for `pulumi preview --policy-pack-config FILE`. In addition, `patchpath config FILE` checks that no exemption has ended.",
    type: "object",
    properties: {
      all: {
        description: "The enforcement level of all rules.",
        anyOf: [level(levels), entry({ enforcementLevel: level(levels) }, ["enforcementLevel"])],
      },
      environments: {
        description: "Pulumi ESC environments, for a backend that supports them.",
        type: "array",
        items: { type: "string" },
      },
      ...Object.fromEntries(rules.map((rule) => [rule.name, ruleSchema(rule)])),
    },
    additionalProperties: false,
  };
}

function ruleSchema(rule: Rule): Schema {
  const own = level(rule.remediateResource ? levels : levels.filter((one) => one !== "remediate"));
  const { exempt, ...options } = rule.configSchema.properties;
  return {
    description: `${rule.description} Default: \`${rule.enforcementLevel}\`.`,
    anyOf: [own, entry({ enforcementLevel: own, ...options, exempt: strictExemptions(exempt as Exempt) })],
  };
}

interface Exempt extends Schema {
  readonly items: { readonly properties: Readonly<Record<"resource" | "reason" | "until", Schema>> } & Schema;
}

/** At run time, the pack reports an exemption without a reason or an end date; a file is valid only with both. */
function strictExemptions(exempt: Exempt): Schema {
  const { resource, reason, until } = exempt.items.properties;
  const properties = {
    resource,
    reason: { ...reason, pattern: "\\S" },
    until: { ...until, pattern: "^\\d{4}-\\d{2}-\\d{2}$" },
  };
  return { ...exempt, items: { ...exempt.items, properties, required: Object.keys(properties) } };
}

function level(names: readonly string[]): Schema {
  return { type: "string", enum: names };
}

function entry(properties: Schema, required: readonly string[] = []): Schema {
  return { type: "object", properties, ...(required.length > 0 && { required }), additionalProperties: false };
}

/** The schema of `Pulumi.STACK.yaml`, which allows other namespaces and keys. */
function stackConfigSchema(): Schema {
  const { properties = {} } = z.toJSONSchema(stackConfig, { io: "input", target: "draft-7", unrepresentable: "any" });
  const ours = Object.entries(properties).map(([name, schema]): [string, Schema] => [
    `patchpath:${name}`,
    typeof schema === "object" && schema.type === "string" ? (schema as Schema) : orAsText(schema),
  ]);
  return {
    $schema: draft,
    title: "Stack config of patchpath",
    description:
      "The keys `patchpath:*` of `Pulumi.STACK.yaml`, each checked separately. The program checks address blocks, dates, schedules and combinations of keys, and reports all problems.",
    type: "object",
    properties: {
      config: {
        type: "object",
        properties: {
          "aws:region": { description: "The region of the stack.", type: "string", enum: Object.keys(regions) },
          ...Object.fromEntries(ours),
        },
        propertyNames: { anyOf: [{ not: { pattern: "^patchpath:" } }, { enum: ours.map(([name]) => name) }] },
      },
    },
    definitions: {
      text: {
        description: "The value as `pulumi config set` stores it: as JSON text, or encrypted.",
        anyOf: [{ type: "string", pattern: "^\\s*[\\[{]" }, entry({ secure: { type: "string" } }, ["secure"])],
      },
    },
  };
}

function orAsText(schema: unknown): Schema {
  const { description, ...others } = schema as Schema;
  return { ...(description !== undefined && { description }), anyOf: [others, { $ref: "#/definitions/text" }] };
}
