import { deepStrictEqual, ok } from "node:assert/strict";
import { readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";
import * as ts from "typescript";

const folder = join(__dirname, "..", "..", "components");
const sources = readdirSync(folder, { recursive: true, encoding: "utf8" })
  .filter((file) => /^(?!bin\b|node_modules\b).*\.ts$/.test(file))
  .map((file) => parsed(file, readFileSync(join(folder, file), "utf8")));

function parsed(file: string, text: string): ts.SourceFile {
  return ts.createSourceFile(file, text, ts.ScriptTarget.ES2022, true);
}

/** All nodes below a node, and the node itself. */
function* nodesOf(node: ts.Node): Generator<ts.Node> {
  yield node;
  const children: ts.Node[] = [];
  node.forEachChild((child) => void children.push(child));
  for (const child of children) yield* nodesOf(child);
}

function componentsIn(source: ts.SourceFile): ts.ClassDeclaration[] {
  const classes = source.statements.filter(ts.isClassDeclaration);
  return classes.filter(({ heritageClauses }) =>
    heritageClauses?.some((clause) => clause.getText(source).includes("pulumi.ComponentResource")),
  );
}

const components = sources.flatMap((source) => componentsIn(source).map((component) => ({ source, component })));
const componentNames = components.map(({ component }) => component.name?.text ?? "");

function makesResource(node: ts.Node): boolean {
  if (!ts.isNewExpression(node)) return false;
  const made = node.expression.getText();
  return made.startsWith("aws.") || componentNames.includes(made);
}

/** The functions of a file that create resources, directly or through others in the file. */
function makersIn(source: ts.SourceFile): ReadonlySet<string> {
  const functions = [...nodesOf(source)].flatMap((node): { readonly name: string; readonly body: ts.Node }[] => {
    if (ts.isFunctionDeclaration(node) && node.name) return [{ name: node.name.text, body: node }];
    if (!ts.isVariableDeclaration(node) || !node.initializer || !ts.isArrowFunction(node.initializer)) return [];
    return [{ name: node.name.getText(), body: node.initializer }];
  });
  const makers = new Set<string>();
  for (let before = -1; before < makers.size;) {
    before = makers.size;
    for (const { name, body } of functions) {
      if ([...nodesOf(body)].some((node) => makesResource(node) || isUseOf(makers, node))) makers.add(name);
    }
  }
  return makers;
}

function isUseOf(names: ReadonlySet<string>, node: ts.Node): boolean {
  if (!ts.isIdentifier(node) || !names.has(node.text)) return false;
  return !ts.isFunctionDeclaration(node.parent) && !ts.isPropertyAssignment(node.parent);
}

/** Where a file creates resources only after a value is known, which a preview would not show. */
function madeInApply(source: ts.SourceFile): string[] {
  const makers = makersIn(source);
  const deferred = [...nodesOf(source)].filter(
    (node): node is ts.CallExpression =>
      ts.isCallExpression(node) &&
      ts.isPropertyAccessExpression(node.expression) &&
      ["apply", "then"].includes(node.expression.name.text),
  );
  return deferred
    .filter((call) =>
      call.arguments.some((argument) =>
        [...nodesOf(argument)].some((node) => makesResource(node) || isUseOf(makers, node)),
      ),
    )
    .map((call) => `${source.fileName}:${source.getLineAndCharacterOfPosition(call.getStart()).line + 1}`);
}

describe("the sources of the components", () => {
  it("are found by this test", () => {
    ok(components.length >= 9, componentNames.join(", "));
  });

  it("create no resource inside apply, where a preview would not show it", () => {
    deepStrictEqual(sources.flatMap(madeInApply), []);
  });

  for (const [what, text] of [
    ["a resource", "x.apply((id) => new aws.ec2.Vpc(id));"],
    ["a component", "x.apply((id) => { if (id) new PatchWindow(id); });"],
    ["a function that creates one", "function make(id) { new aws.ec2.Vpc(id); } x.apply(make);"],
    ["a function that calls it", "function a() { b(); } const b = () => new aws.ec2.Vpc(''); x.apply(() => a());"],
  ] as const) {
    it(`would be reported for creating ${what} there`, () => {
      deepStrictEqual(madeInApply(parsed("bad.ts", text)), ["bad.ts:1"]);
    });
  }

  it("may compute values there", () => {
    const text = "const v = new aws.ec2.Vpc(''); x.apply((id) => new Map([[id, v]]));";
    deepStrictEqual(madeInApply(parsed("good.ts", text)), []);
  });

  for (const { source, component } of components) {
    const name = component.name?.text ?? "";
    it(`register the outputs of ${name}, under the type of its folder and name`, () => {
      const constructor = component.members.find(ts.isConstructorDeclaration);
      ok(constructor);
      const calls = [...nodesOf(constructor)].filter(ts.isCallExpression);
      ok(calls.some(({ expression }) => expression.getText() === "this.registerOutputs"));
      const type = calls.find(({ expression }) => expression.kind === ts.SyntaxKind.SuperKeyword)?.arguments[0];
      const module = source.fileName.split("/")[0] ?? "";
      deepStrictEqual(type?.getText(), `"patchpath:${module}:${name}"`);
    });
  }
});
