import { readFileSync, readdirSync } from "node:fs";
import { createRequire } from "node:module";
import { basename, join } from "node:path";
import { Language, type Node, Parser } from "web-tree-sitter";

const folder = join(__dirname, "..", "..", "..", "components", "wsus");

/** A PowerShell text and its syntax tree. */
export interface PowerShell {
  readonly name: string;
  readonly text: string;
  readonly root: Node;
}

let parser: Promise<Parser> | undefined;

async function createParser(): Promise<Parser> {
  await Parser.init();
  const grammar = createRequire(__filename).resolve("tree-sitter-powershell/tree-sitter-powershell.wasm");
  return new Parser().setLanguage(await Language.load(grammar));
}

export async function parse(name: string, text: string): Promise<PowerShell> {
  const tree = (await (parser ??= createParser())).parse(text);
  if (!tree) throw new Error(`the grammar gave no tree for ${name}`);
  return { name, text, root: tree.rootNode };
}

/** The scripts of components/wsus. */
export function scriptFiles(): Promise<PowerShell[]> {
  const files = readdirSync(folder).filter((file) => file.endsWith(".ps1"));
  return Promise.all(files.map((file) => parse(basename(file, ".ps1"), readFileSync(join(folder, file), "utf8"))));
}

export function nodesOf(root: Node, ...types: string[]): Node[] {
  return root.descendantsOfType(types);
}

/** Where the text is not valid PowerShell, as `line: text`. */
export function syntaxErrors({ root }: PowerShell): string[] {
  const broken = (node: Node): Node[] =>
    node.isError || node.isMissing ? [node] : node.hasError ? node.children.flatMap(broken) : [];
  return broken(root).map((node) => `${node.startPosition.row + 1}: ${node.text.slice(0, 60)}`);
}

/** A parameter of a param block. */
export interface Parameter {
  readonly name: string;
  readonly mandatory: boolean;
}

/** The parameters of the script itself, not of its functions. */
export function scriptParameters({ root }: PowerShell): Parameter[] {
  const block = root.children.find((child) => child.type === "param_block");
  const parameters = block ? nodesOf(block, "script_parameter") : [];
  return parameters.map((parameter) => ({
    name: parameter.children.find((child) => child.type === "variable")!.text.slice(1),
    mandatory: /Mandatory\s*=\s*\$true/.test(parameter.text),
  }));
}

/** Each call of a command, with its name; `&` and `.` calls have the name of what they run. */
export function commands({ root }: PowerShell): { name: string; node: Node }[] {
  return nodesOf(root, "command").map((node) => ({
    name: node.childForFieldName("command_name")?.text ?? node.text,
    node,
  }));
}

export function functionNames({ root }: PowerShell): string[] {
  return nodesOf(root, "function_name").map(({ text }) => text);
}

/** The text without comments and without quoted strings. */
export function codeOnly({ root, text }: PowerShell): string {
  let code = text;
  for (const { startIndex, endIndex } of nodesOf(root, "comment", "string_literal").reverse()) {
    code = code.slice(0, startIndex) + " ".repeat(endIndex - startIndex) + code.slice(endIndex);
  }
  return code;
}

export function ancestors(node: Node): Node[] {
  const above: Node[] = [];
  for (let parent = node.parent; parent; parent = parent.parent) above.push(parent);
  return above;
}
