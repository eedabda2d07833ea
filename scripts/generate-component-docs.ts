import { format } from "prettier";
import { type ComponentSource, type Property, readComponents } from "./component-source";
import { type GeneratedPages, filesOf, replacePart, textOf } from "./generated-pages";

const newPage = `<!-- generated: header -->
<!-- end: header -->

## Notes

(Write here what cannot be generated: when to use it, what it costs, what it does not change.)

<!-- generated: reference -->
<!-- end: reference -->
`;

/** `PatchTopology` is `patch-topology` as a file. */
function fileName(component: string): string {
  return component.replace(/(?<!^)[A-Z]/g, "-$&").toLowerCase();
}

async function header({ name, token, file, description, creates }: ComponentSource): Promise<string> {
  const created = creates.map((type) =>
    type.startsWith("aws.") ? `\`${type}\`` : `[\`${type}\`](${fileName(type)}.md)`,
  );
  return [
    `# ${name}`,
    `\`${token}\` · [${file}](../../${file})`,
    description,
    `**Creates** ${created.length > 0 ? created.join(", ") : "no resources"}.`,
    "```ts",
    (await exampleOf(name)).trim(),
    "```",
  ].join("\n\n");
}

/** The program that the tests run, with shorter lines. */
function exampleOf(component: string): Promise<string> {
  const file = `test/components/examples/${fileName(component)}.ts`;
  const text = textOf(file);
  if (text === undefined) throw new Error(`${component} has no example; write ${file}`);
  return format(text, { parser: "typescript", printWidth: 100 });
}

function reference({ args, interfaces, outputs }: ComponentSource): string {
  return [
    "## Arguments",
    argumentsTable(args),
    ...interfaces.flatMap(({ name, properties }) => [`### ${name}`, argumentsTable(properties)]),
    "## Outputs",
    table(
      ["output", "type", ""],
      outputs.map((one) => [one.name, code(one.type), cell(one.description)]),
    ),
  ].join("\n\n");
}

function argumentsTable(properties: readonly Property[]): string {
  return table(
    ["argument", "type", "default", ""],
    properties.map((one) => [one.name, code(one.type), defaultOf(one), cell(one.description)]),
  );
}

function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]) => `| ${cells.join(" | ")} |`;
  const body = rows.map(([name = "", ...rest]) => line([`\`${name}\``, ...rest]));
  return [line(head), line(head.map(() => "---")), ...body].join("\n");
}

/** `@default - none` is a description, `@default true` is a value. */
function defaultOf({ name, isOptional, default: text }: Property): string {
  if (!isOptional) return "required";
  if (text === undefined) throw new Error(`the optional argument ${name} has no @default`);
  return text.startsWith("-") ? cell(text.slice(1)) : code(text);
}

function code(text: string): string {
  return `\`${cell(text)}\``;
}

function cell(text: string): string {
  return text.replace(/\s+/g, " ").trim().replaceAll("|", "\\|");
}

/** A table of the components, with links for readers without a checkout. */
function tableOfComponents(components: readonly ComponentSource[]): string {
  const pages = "https://github.com/patchpath/patchpath/blob/main/docs/components";
  const rows = components.map(({ name, description }) => {
    const [sentence = ""] = /^.*?[.:](?=\s|$)/s.exec(description) ?? [];
    return `| [\`${name}\`](${pages}/${fileName(name)}.md) | ${cell(sentence.replace(/:$/, "."))} |`;
  });
  return ["| component | |", "| --- | --- |", ...rows].join("\n");
}

/**
 * Writes docs/components/*.md and the table in the README of the package from the sources of the components.
 *
 * @throws Error if a page or an example does not belong to a component
 */
export async function writeComponentPages(pages: GeneratedPages): Promise<void> {
  const components = readComponents();
  const names = components.map(({ name }) => fileName(name));
  rejectOthers("docs/components", ".md", names);
  rejectOthers("test/components/examples", ".ts", names);
  for (const component of components) {
    const file = `docs/components/${fileName(component.name)}.md`;
    const withHeader = replacePart(textOf(file) ?? newPage, "header", await header(component), file);
    await pages.put(file, replacePart(withHeader, "reference", reference(component), file));
  }
  const readme = "components/README.md";
  await pages.put(readme, replacePart(textOf(readme) ?? "", "components", tableOfComponents(components), readme));
}

/** Such files are not removed, since handwritten parts may belong to a renamed component. */
function rejectOthers(folder: string, extension: string, components: readonly string[]): void {
  const others = filesOf(folder).filter((file) => !components.some((name) => file === `${name}${extension}`));
  if (others.length === 0) return;
  throw new Error(`${folder} has ${others.join(", ")}, which belong to no component; delete or rename them`);
}
