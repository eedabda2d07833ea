import { deepStrictEqual, ok } from "node:assert/strict";
import { readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";
import * as ts from "typescript";

const folder = join(__dirname, "..", "..", "components");
const files = readdirSync(folder, { recursive: true, encoding: "utf8" }).filter((file) =>
  /^(?!bin\b|node_modules\b).*\.ts$/.test(file),
);

/** Every property of every `...Args` interface of the components, with its doc comment. */
function properties(): { place: string; optional: boolean; documentation: string; readonly: boolean }[] {
  return files.flatMap((file) => {
    const text = readFileSync(join(folder, file), "utf8");
    const source = ts.createSourceFile(file, text, ts.ScriptTarget.ES2022, true);
    const interfaces = source.statements
      .filter(ts.isInterfaceDeclaration)
      .filter(({ name }) => name.text.endsWith("Args"));
    return interfaces.flatMap(({ name, members }) =>
      members.filter(ts.isPropertySignature).map((member) => ({
        place: `${file} ${name.text}.${member.name.getText(source)}`,
        optional: member.questionToken !== undefined,
        documentation: ts
          .getJSDocCommentsAndTags(member)
          .map((comment) => comment.getText(source))
          .join("\n"),
        readonly: member.modifiers?.some(({ kind }) => kind === ts.SyntaxKind.ReadonlyKeyword) ?? false,
      })),
    );
  });
}

describe("component arguments", () => {
  it("are found by this test", () => {
    ok(properties().length > 20);
  });

  it("are readonly", () => {
    deepStrictEqual(
      properties().filter(({ readonly }) => !readonly),
      [],
    );
  });

  it("document the default of each optional one", () => {
    const silent = properties().filter(
      ({ optional, documentation }) => optional && !documentation.includes("@default"),
    );
    deepStrictEqual(
      silent.map(({ place }) => place),
      [],
    );
  });
});
