import Ajv, { type ErrorObject } from "ajv";
import { levels, silentProblemsOf } from "../config";
import { parseJson } from "../iam/json";
import { list } from "../iam/problems";
import { rules } from "../rules";
import { type Exemption, wrongExemption } from "../rules/exemptions";
import { nameOfFile, readText } from "../sources/input-file";
import { UsageError } from "./usage-error";

/**
 * `patchpath config FILE`: a policy-pack config, checked strictly.
 *
 * @throws UsageError for a file that cannot be read
 */
export function configCommand(file: string): { output: string; code: number } {
  const { $schema, environments, ...config } = readConfig(file);
  const problems = [
    ...schemaReference($schema),
    ...wrongEnvironments(environments),
    ...silentProblemsOf(config),
    ...wrongValuesIn(config),
    ...brokenExemptionsIn(config),
  ];
  if (problems.length === 0) return { output: `${nameOfFile(file)} is valid.`, code: 0 };
  return {
    output: [`${nameOfFile(file)} is not valid:`, ...problems.map((problem) => `  - ${problem}`)].join("\n"),
    code: 1,
  };
}

function readConfig(file: string): Record<string, unknown> {
  const problems: string[] = [];
  const json = parseJson(readText(file), (_check, where, message) =>
    problems.push(`${where} ${message}`.trim()),
  )?.value;
  if (problems.length > 0) throw new UsageError(`${nameOfFile(file)} ${problems.join("; ")}`);
  if (typeof json === "object" && json !== null && !Array.isArray(json)) return json as Record<string, unknown>;
  throw new UsageError(`${nameOfFile(file)} is not a JSON object; expected one with an entry for each rule`);
}

/** Editors would use it, but the engine (3.255.0) reads it as the level of a rule and fails. */
function schemaReference($schema: unknown): string[] {
  return $schema === undefined
    ? []
    : ["`$schema` is not accepted by the engine; remove it, and set the schema in your editor."];
}

/** Of Pulumi ESC: the engine removes them before it reads the entries of the rules. */
function wrongEnvironments(environments: unknown): string[] {
  const isList = Array.isArray(environments) && environments.every((one) => typeof one === "string");
  return environments === undefined || isList
    ? []
    : [`\`environments\` is \`${JSON.stringify(environments)}\`; expected a list of names.`];
}

/** What the schemas of the rules find; the engine reports the same, one at a time. */
function wrongValuesIn(config: Readonly<Record<string, unknown>>): string[] {
  const ajv = new Ajv({ allErrors: true, strict: false, verbose: true });
  return Object.entries(config).flatMap(([name, value]) => {
    const rule = rules.find((one) => one.name === name);
    if (!rule && name !== "all") return [];
    if (typeof value === "string") return wrongLevel(name, value);
    if (typeof value !== "object" || value === null || Array.isArray(value))
      return [`\`${name}\` is \`${JSON.stringify(value)}\`; expected a level or an object of options.`];
    const { enforcementLevel, ...options } = value as Record<string, unknown>;
    const own = enforcementLevel === undefined ? noLevel(name) : wrongLevel(name, enforcementLevel);
    ajv.validate({ type: "object", properties: rule?.configSchema.properties ?? {} }, options);
    return [...own, ...(ajv.errors ?? []).map((error) => inWords(name, error))];
  });
}

function inWords(rule: string, { instancePath, keyword, params, data, message = "" }: ErrorObject): string {
  const place = instancePath.replace(/\/(\d+)/g, "[$1]").replaceAll("/", ".");
  const allowed = keyword === "enum" ? `one of ${list(params["allowedValues"] as string[])}` : undefined;
  return `\`${rule}${place}\` is \`${JSON.stringify(data)}\`; ${allowed ? `expected ${allowed}` : `it ${message}`}.`;
}

function wrongLevel(name: string, level: unknown): string[] {
  if (levels.includes(level as string)) return [];
  return [`\`${name}\` has the level \`${String(level)}\`; expected one of ${list(levels)}.`];
}

/** A rule has its own level; `all` has none, and the engine then fails with "invalid enforcement level". */
function noLevel(name: string): string[] {
  return name === "all" ? ["`all` has no `enforcementLevel`; expected one."] : [];
}

function isExemption(value: unknown): value is Exemption {
  const { resource, reason = "", until = "" } = (value ?? {}) as Record<string, unknown>;
  return [resource, reason, until].every((part) => typeof part === "string");
}

function brokenExemptionsIn(config: Readonly<Record<string, unknown>>): string[] {
  return Object.entries(config).flatMap(([name, value]) => {
    const exempt = (value as { exempt?: unknown } | null)?.exempt;
    if (!Array.isArray(exempt)) return [];
    return exempt.flatMap((exemption: unknown, i) => {
      if (!isExemption(exemption)) return []; // the schema has found that
      const wrong = wrongExemption(exemption);
      return wrong === undefined ? [] : [`\`${name}.exempt[${i}]\` ${wrong}.`];
    });
  });
}
