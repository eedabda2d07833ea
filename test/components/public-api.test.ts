import { deepStrictEqual, ok } from "node:assert/strict";
import { join } from "node:path";
import * as ts from "typescript";
import { programOf } from "../../scripts/component-schema";

const entry = join(__dirname, "..", "..", "components", "bin", "index.d.ts");
const program = programOf(entry);
const checker = program.getTypeChecker();
const entrySymbol = checker.getSymbolAtLocation(program.getSourceFile(entry)!)!;
const exported = checker.getExportsOfModule(entrySymbol).map(aliased);

function aliased(symbol: ts.Symbol): ts.Symbol {
  return symbol.flags & ts.SymbolFlags.Alias ? checker.getAliasedSymbol(symbol) : symbol;
}

/** The names that need no import in our declaration files, including those of the facts. */
function isOurs(symbol: ts.Symbol): boolean {
  return (symbol.declarations ?? []).some(
    (declaration) =>
      /\/(components|policypack)\/bin\//.test(declaration.getSourceFile().fileName) &&
      (ts.isInterfaceDeclaration(declaration) ||
        ts.isTypeAliasDeclaration(declaration) ||
        ts.isClassDeclaration(declaration)),
  );
}

/** The types of ours that a declaration refers to. */
function* typesNamedIn(node: ts.Node): Generator<ts.Symbol> {
  if (ts.isIdentifier(node)) {
    const symbol = checker.getSymbolAtLocation(node);
    if (symbol && isOurs(aliased(symbol))) yield aliased(symbol);
  }
  const children: ts.Node[] = [];
  node.forEachChild((child) => void children.push(child));
  for (const child of children) yield* typesNamedIn(child);
}

describe("the public API of the components", () => {
  it("is found by this test", () => {
    ok(exported.some(({ name }) => name === "PatchTopology"));
  });

  it("exports every type that it uses", () => {
    const hidden = exported.flatMap((symbol) =>
      (symbol.declarations ?? [])
        .flatMap((declaration) => [...typesNamedIn(declaration)])
        .filter((named) => !exported.includes(named))
        .map((named) => `${named.name}, of ${symbol.name}`),
    );
    deepStrictEqual([...new Set(hidden)], []);
  });
});
