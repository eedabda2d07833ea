import { deepStrictEqual, rejects } from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { cpSync, mkdtempSync, readFileSync, rmSync, symlinkSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { newRule } from "../../scripts/new-rule/new-rule";

const root = join(__dirname, "..", "..");
const id = "a-rule-of-this-test";

/** In a copy of what the tests of the rules read. */
describe("npm run new-rule", () => {
  const copy = mkdtempSync(join(tmpdir(), "patchpath-"));
  before(() => {
    const isOurs = (path: string) => !/\/(bin[^/]*|node_modules)$/.test(path);
    for (const path of ["policypack", "test/policypack/rules", "docs/rules", "tsconfig.json", ".prettierrc.json"]) {
      cpSync(join(root, path), join(copy, path), { recursive: true, filter: isOurs });
    }
    symlinkSync(join(root, "node_modules"), join(copy, "node_modules"));
  });
  after(() => {
    rmSync(copy, { recursive: true });
  });

  /** The tests of the rules in the copy that fail: the name of their group, and their own. */
  function failures(): string[] {
    const typescript = join(root, "scripts", "typescript.js");
    const args = ["-r", typescript, "--reporter", "json", "test/policypack/rules/rules.test.ts"];
    const mocha = join(root, "node_modules", "mocha", "bin", "mocha.js");
    const { stdout } = spawnSync(process.execPath, [mocha, ...args], { cwd: copy, encoding: "utf8" });
    const { failures: failed } = JSON.parse(stdout) as { failures: { fullTitle: string }[] };
    return failed.map(({ fullTitle }) => fullTitle.replace("the rules of the pack ", ""));
  }

  it("creates a rule of which the tests say only what is left to write", async () => {
    deepStrictEqual(await newRule(copy, id), [
      `policypack/rules/${id}.ts`,
      `test/policypack/rules/${id}.examples.ts`,
      `docs/rules/${id}.md`,
      "policypack/rules/index.ts",
      "test/policypack/rules/all-examples.ts",
    ]);
    deepStrictEqual(failures(), [
      `${id} has nothing left of its template: write what says \`to be written\``,
      `${id} rejects (to be written: a stack that it denies)`,
      `${id} reports the same with all rules of the pack, which share one model of the stack`,
      `${id} evaluates what is known if other properties are not`,
    ]);
  });

  it("overwrites nothing, and takes nothing that is not an id", async () => {
    const index = readFileSync(join(copy, "policypack/rules/index.ts"), "utf8");
    await rejects(newRule(copy, id), { message: `policypack/rules/${id}.ts already exists; expected a new id` });
    for (const wrong of ["", "Rule", "one", "../a-b", "a-b.ts"])
      await rejects(newRule(copy, wrong), /is not an id of a rule/);
    deepStrictEqual(readFileSync(join(copy, "policypack/rules/index.ts"), "utf8"), index);
  });
});
