import { patchPolicyRegions, regions, ssmBuckets, systems } from "patchpath/facts";
import { retentionDays } from "@patchpath/components";
import { z } from "zod";
import { sections } from "../config";
import { type Field, fieldsOf, namedForms } from "../config/section";
import { namesIn } from "../config/values";
import { type GeneratedPages, replacePart, textOf } from "./generated-pages";

const file = "docs/config.md";

/** Longer lists are at the end of the page. */
const longestList = 12;

type Row = readonly string[];

function table(head: Row, rows: readonly Row[]): string {
  const line = (cells: Row) => `| ${cells.map((cell) => cell.replaceAll("|", "\\|")).join(" | ")} |`;
  return [line(head), line(head.map(() => "---")), ...rows.map(line)].join("\n");
}

/** A key with its schema, and the variants of its section that have it. */
interface Documented extends Field {
  readonly forms: readonly string[];
}

/** The keys of a section, without duplicates, in the order of its variants. */
export function documentedKeys(section: z.ZodType): Documented[] {
  const element = section instanceof z.ZodDefault ? (section.unwrap() as z.ZodType) : section;
  const schema = element instanceof z.ZodArray ? (element.element as z.ZodType) : element;
  const forms = namedForms(schema).map(({ name, form }) => ({ name, fields: fieldsOf(form) }));
  const paths = new Set(forms.flatMap(({ fields }) => fields.map(({ path }) => path)));
  return [...paths].map((path) => {
    const having = forms.flatMap(({ name, fields }) =>
      fields.filter((one) => one.path === path).map((field) => ({ name, field })),
    );
    return { ...having[0]!.field, forms: having.length === forms.length ? [] : having.map(({ name }) => name) };
  });
}

function sectionTable(name: string, section: z.ZodType): string {
  const keys = documentedKeys(section);
  const hasForms = keys.some(({ forms }) => forms.length > 0);
  return table(
    ["key", "default", ...(hasForms ? ["only"] : []), "description"],
    keys.map(({ path, schema, forms }) => [
      `\`${path}\``,
      defaultOf(schema),
      ...(hasForms ? [forms.join(", ")] : []),
      descriptionOf(schema, `${name}.${path}`),
    ]),
  );
}

/** @throws Error for a key without a description */
function descriptionOf(schema: z.ZodType, path: string): string {
  const description =
    schema.description ?? (schema instanceof z.ZodDefault ? (schema.unwrap() as z.ZodType) : schema).description;
  if (description === undefined) throw new Error(`the config key ${path} has no description; add \`.describe(...)\``);
  const values = valuesOf(schema);
  if (values.length === 0) return description;
  const list = values.length > longestList ? "[values](#long-lists-of-values)" : values.map(code).join(", ");
  return `${description} (${list})`;
}

/** The values of an enum, or of a list of enum values. */
function valuesOf(schema: z.ZodType): readonly string[] {
  if (schema instanceof z.ZodOptional || schema instanceof z.ZodDefault) return valuesOf(schema.unwrap() as z.ZodType);
  if (schema instanceof z.ZodArray) return valuesOf(schema.element as z.ZodType);
  if (schema instanceof z.ZodEnum) return schema.options.map(String);
  return schema instanceof z.ZodLiteral && schema.values.size > 1 ? [...schema.values].map(String) : [];
}

function defaultOf(schema: z.ZodType): string {
  if (schema instanceof z.ZodDefault) return inCode(schema.def.defaultValue);
  return schema.safeParse(undefined).success ? "" : "required";
}

function inCode(value: unknown): string {
  if (Array.isArray(value)) return value.length === 0 ? "none" : value.map(inCode).join(", ");
  if (typeof value === "object") return "none";
  return code(typeof value === "string" ? value : JSON.stringify(value));
}

const code = (text: string) => `\`${text}\``;

const lists: Readonly<Record<string, readonly (string | number)[]>> = {
  "Operating systems of fleets": namesIn(systems),
  "Regions whose bucket names are confirmed": namesIn(regions).filter((region) => ssmBuckets(region)),
  "Other regions, with `endpointPolicy.unconfirmedBuckets`": namesIn(regions).filter((region) => !ssmBuckets(region)),
  "Regions with patch policies": patchPolicyRegions,
  "Days that CloudWatch keeps events": retentionDays,
};

/** Writes the tables of docs/config.md from the schemas of the stack config. */
export async function writeConfigPage(pages: GeneratedPages): Promise<void> {
  const parts: Record<string, string> = {
    "region and topology": table(
      ["key", "default", "description"],
      [
        [
          "`aws:region`",
          "required",
          "the region ([values](#long-lists-of-values)); in China and GovCloud bucket names are unconfirmed, see `endpointPolicy`",
        ],
        ["`patchpath:topology`", defaultOf(sections.topology), descriptionOf(sections.topology, "topology")],
      ],
    ),
    values: Object.entries(lists)
      .map(([name, values]) => `- ${name}: ${values.map((value) => code(String(value))).join(", ")}`)
      .join("\n"),
  };
  for (const [name, section] of Object.entries(sections)) {
    if (name !== "topology") parts[name] = sectionTable(name, section);
  }
  const page = Object.entries(parts).reduce(
    (text, [part, content]) => replacePart(text, part, content, file),
    textOf(file) ?? "",
  );
  await pages.put(file, page);
}
