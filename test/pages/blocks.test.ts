import { deepStrictEqual, doesNotThrow, ok } from "node:assert/strict";
import { join } from "node:path";
import * as ts from "typescript";
import { parse } from "yaml";
import { type Block, type Page, allPages, root } from "./page";
import { helpOf } from "./shown-commands";

const pages = allPages();

function blocksIn(...languages: string[]): { readonly page: Page; readonly block: Block }[] {
  return pages.flatMap((page) =>
    page.blocks.filter(({ language }) => languages.includes(language)).map((block) => ({ page, block })),
  );
}

const placeOf = (page: Page, block: Block) => `${page.path}, line ${block.line + 1}`;

/** What stands in the code blocks of all pages. What commands print is in test/readme.test.ts. */
describe("the code blocks of the pages", () => {
  it("are documents, where they are JSON or YAML", () => {
    const blocks = blocksIn("json", "yaml");
    ok(blocks.length >= 20, `${blocks.length} blocks`);
    for (const { page, block } of blocks) {
      const read = block.language === "json" ? JSON.parse : (text: string) => parse(text, { strict: true }) as unknown;
      doesNotThrow(() => void read(block.text), placeOf(page, block));
    }
  });

  it("use options of `patchpath` that exist", () => {
    const used = blocksIn("sh", "yaml").flatMap(({ page, block }) =>
      [...block.text.replaceAll("\\\n", " ").matchAll(/\bpatchpath (?!-)([a-z]+)\b([^\n|#&)]*)/g)].map(
        ([, command = "", rest = ""]) => ({ command, rest, place: placeOf(page, block) }),
      ),
    );
    ok(used.length > 60, `${used.length} commands`);
    const help = helpOf([...new Set(used.map(({ command }) => command))]);
    const unknown = used.flatMap(({ command, rest, place }) => {
      const text = help.get(command)!;
      if (!text.startsWith(`Usage: patchpath ${command} `)) return [`${place}: ${command}`];
      const options = [...(rest.split(" -- ")[0] ?? "").matchAll(/(?<=\s)--[a-z-]+/g)].map(([option]) => option);
      return options.filter((option) => !new RegExp(`${option}\\b`).test(text)).map((option) => `${place}: ${option}`);
    });
    deepStrictEqual(unknown, []);
  });

  // The types of @pulumi/aws take a quarter of a minute.
  if (process.env["PATCHPATH_WHOLE_MATRICES"]) {
    it("compile, where they are TypeScript", () => {
      // The programs of docs/components are compiled by test/packages/components.test.ts, as their users would; the examples of
      // docs/rules are generated from resources that are run through the rules, and refer to others that they do not show.
      const blocks = blocksIn("ts").filter(({ page }) => !/^docs\/(components|rules)\//.test(page.path));
      ok(blocks.length >= 5);
      deepStrictEqual(problemsOf(blocks), []);
    });
  }
});

/** What a block without imports refers to. */
const prelude = `import * as aws from "@pulumi/aws";\ndeclare const vpc: aws.ec2.Vpc;\n`;

function problemsOf(blocks: readonly { readonly page: Page; readonly block: Block }[]): string[] {
  const files = new Map(
    blocks.map(({ page, block }, i) => [
      join(root, "docs", `block-${i}.ts`),
      { place: placeOf(page, block), text: block.text.startsWith("import ") ? block.text : prelude + block.text },
    ]),
  );
  const { config } = ts.readConfigFile(join(root, "tsconfig.json"), (path) => ts.sys.readFile(path)) as {
    config: object;
  };
  const { options } = ts.parseJsonConfigFileContent({ ...config, include: [], files: [] }, ts.sys, root);
  const ofDisk = ts.createCompilerHost(options);
  const host: ts.CompilerHost = {
    ...ofDisk,
    readFile: (path) => files.get(path)?.text ?? ofDisk.readFile(path),
    fileExists: (path) => files.has(path) || ofDisk.fileExists(path),
    getSourceFile: (path, language, ...rest) => {
      const own = files.get(path);
      return own ? ts.createSourceFile(path, own.text, language) : ofDisk.getSourceFile(path, language, ...rest);
    },
  };
  const unused = { noUnusedLocals: false, noUnusedParameters: false };
  const program = ts.createProgram([...files.keys()], { ...options, ...unused }, host);
  return ts
    .getPreEmitDiagnostics(program)
    .map(
      ({ file, messageText }) =>
        `${files.get(file?.fileName ?? "")?.place ?? ""}: ${ts.flattenDiagnosticMessageText(messageText, " ")}`,
    );
}
