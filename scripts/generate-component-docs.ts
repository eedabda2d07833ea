import { format } from "prettier";
import { type ComponentSource, type Property, readComponents } from "./component-source";
import { type GeneratedPages, filesOf, replacePart, textOf } from "./generated-pages";

const newPage = `<!-- generated: header -->
<!-- end: header -->

## Notes

(Say here what nobody can generate: when to use it, what it costs, what it leaves alone.)

<!-- generated: reference -->
<!-- end: reference -->
`;

/** `PatchTopology` is `patch-topology` as a file. */
function fileName(component: string): string {
  return component.replace(/(?<!^)[A-Z]/g, "-$&").toLowerCase();
}

async function header({ name, token, file, description, makes }: ComponentSource): Promise<string> {
  const made = makes.map((type) => (type.startsWith("aws.") ? `\`${type}\`` : `[\`${type}\`](${fileName(type)}.md)`));
  return [
    `# ${name}`,
    `\`${token}\` · [${file}](../../${file})`,
    description,
    `**Makes** ${made.join(", ")}.`,
    "```ts",
    (await exampleOf(name)).trim(),
    "```",
  ].join("\n\n");
}

/** The program that tests run, with shorter lines. */
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

/** `@default - none` is in words, `@default true` is a value. */
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

/** The components by name, for readers who have the package and not the checkout. */
function tableOfComponents(components: readonly ComponentSource[]): string {
  const pages = "https://github.com/patchpath/patchpath/blob/main/docs/components";
  const rows = components.map(({ name, description }) => {
    const [sentence = ""] = /^.*?[.:](?=\s|$)/s.exec(description) ?? [];
    return `| [\`${name}\`](${pages}/${fileName(name)}.md) | ${cell(sentence.replace(/:$/, "."))} |`;
  });
  return ["| component | |", "| --- | --- |", ...rows].join("\n");
}

/**
 * Writes what the sources of the components say into docs/components/*.md and the README of their package.
 *
 * @throws when a page or an example is of no component
 */
export async function writeComponentPages(pages: GeneratedPages): Promise<void> {
  const components = readComponents();
  const names = components.map(({ name }) => fileName(name));
  refuseOthers("docs/components", ".md", names);
  refuseOthers("test/components/examples", ".ts", names);
  for (const component of components) {
    const file = `docs/components/${fileName(component.name)}.md`;
    const withHeader = replacePart(textOf(file) ?? newPage, "header", await header(component), file);
    await pages.put(file, replacePart(withHeader, "reference", reference(component), file));
  }
  const readme = "components/README.md";
  await pages.put(readme, replacePart(textOf(readme) ?? "", "components", tableOfComponents(components), readme));
}

/** Not removed, since what stands there by hand may belong on the page of a component with a new name. */
function refuseOthers(folder: string, extension: string, components: readonly string[]): void {
  const others = filesOf(folder).filter((file) => !components.some((name) => file === `${name}${extension}`));
  if (others.length === 0) return;
  throw new Error(`${folder} has ${others.join(", ")}, of no component; delete or rename what is there`);
}
