import { deepStrictEqual, ok, strictEqual } from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { join } from "node:path";
import { withStateFile } from "../stack-files";
import { shop } from "./estates";

const pack = join(__dirname, "..", "..", "..", "..", "policypack");

/** The modules of pages that are loaded at the end of a program. */
function loadedBy(program: string): string[] {
  const code = `${program}.then(() => { process.stderr.write(JSON.stringify(Object.keys(require.cache))); });`;
  const { stderr, status } = spawnSync(process.execPath, ["-e", code], { cwd: pack, encoding: "utf8" });
  strictEqual(status, 0, stderr);
  return (JSON.parse(stderr) as string[]).filter((file) => /[\\/](report[\\/]html|@dagrejs)[\\/]/.test(file));
}

describe("what writes pages", () => {
  const explain = (format: string) =>
    withStateFile(shop(), (file) =>
      loadedBy(
        `require("./bin/cli/main.js").main(["explain", "--state", ${JSON.stringify(file)}, "--format", "${format}"], "0")`,
      ),
    );

  it("is loaded only for them: not by other formats, not by the pack", () => {
    deepStrictEqual(explain("text"), []);
    deepStrictEqual(explain("markdown"), []);
    deepStrictEqual(loadedBy('Promise.resolve(require("./bin/rules/index.js"))'), []);
    const loaded = explain("html");
    ok(loaded.some((file) => file.includes("@dagrejs")));
    ok(loaded.some((file) => file.endsWith("paths-page.js")));
  });
});
