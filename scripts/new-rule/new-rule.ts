/**
 * `npm run new-rule ID`: creates the files of a rule from the templates in this folder, and adds the rule to the lists of rules.
 * Placeholders mark what is left to write, and the tests of the rules fail until it is written.
 */
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { format, resolveConfig } from "prettier";

const usage = "usage: npm run new-rule ID, where ID is lower case words with hyphens, such as patch-group-is-known";

/** The files of a rule in a checkout. */
function filesOf(id: string) {
  return {
    rule: `policypack/rules/${id}.ts`,
    examples: `test/policypack/rules/${id}.examples.ts`,
    page: `docs/rules/${id}.md`,
  };
}

/** `patchGroupIsKnown` */
const variableOf = (id: string) => id.replace(/-(.)/g, (_, letter: string) => letter.toUpperCase());

/** `Patch group is known` */
const titleOf = (id: string) => `${id.charAt(0).toUpperCase()}${id.slice(1)}`.replaceAll("-", " ");

function fromTemplate(name: string, id: string): string {
  return readFileSync(join(__dirname, `${name}.template`), "utf8")
    .replaceAll("VARIABLE", variableOf(id))
    .replaceAll("TITLE", titleOf(id))
    .replaceAll('"ID"', `"${id}"`);
}

/** Inserts an import in the order of module names. */
function withImport(source: string, line: string): string {
  const from = (one: string) => /^import .* from "(\.[^"]*)";$/.exec(one)?.[1] ?? "";
  const imports = source.split("\n").filter((one) => from(one) !== "");
  const next = imports.find((one) => from(one) > from(line));
  const last = imports.at(-1) ?? "";
  return next === undefined ? source.replace(last, `${last}\n${line}`) : source.replace(next, `${line}\n${next}`);
}

/** Appends a line to the only list or table of a file. */
function withLastLine(source: string, line: string): string {
  return source.replace(/(\n\];|\n\};)\s*$/, `\n  ${line},$1\n`);
}

/**
 * Creates the files of a rule in a checkout.
 *
 * @param root the folder of the checkout
 * @returns the files that were written
 * @throws Error if the id is not valid or is already used
 */
export async function newRule(root: string, id: string): Promise<string[]> {
  if (!/^[a-z][a-z0-9]*(-[a-z0-9]+)+$/.test(id)) throw new Error(`\`${id}\` is not an id of a rule; ${usage}`);
  const files = filesOf(id);
  const taken = Object.values(files).find((file) => existsSync(join(root, file)));
  if (taken !== undefined) throw new Error(`${taken} already exists; expected a new id`);
  const [index, all] = ["policypack/rules/index.ts", "test/policypack/rules/all-examples.ts"];
  const [variable, sourceOf] = [variableOf(id), (file: string) => readFileSync(join(root, file), "utf8")];
  const written: Readonly<Record<string, string>> = {
    [files.rule]: fromTemplate("rule", id),
    [files.examples]: fromTemplate("examples", id),
    [files.page]: fromTemplate("page", id),
    [index]: withLastLine(withImport(sourceOf(index), `import { ${variable} } from "./${id}";`), variable),
    [all]: withLastLine(
      withImport(sourceOf(all), `import { examples as ${variable} } from "./${id}.examples";`),
      `"${id}": ${variable}`,
    ),
  };
  for (const [file, text] of Object.entries(written)) {
    const filepath = join(root, file);
    writeFileSync(filepath, await format(text, { ...(await resolveConfig(filepath)), filepath }));
  }
  return Object.keys(written);
}

async function main([id = ""]: readonly string[]): Promise<void> {
  try {
    const files = await newRule(join(__dirname, "..", ".."), id);
    process.stdout.write(
      `${files.join("\n")}\nWrite what says "to be written", then: npm run docs && npx mocha test/policypack/rules/rules.test.ts\n`,
    );
  } catch (error) {
    process.stderr.write(`${(error as Error).message}\n`);
    process.exitCode = 2;
  }
}

if (require.main === module) void main(process.argv.slice(2));
